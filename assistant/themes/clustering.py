"""Which pieces belong together: what most samples of the documents put together.

Pieces are drawn towards their likes and joined by average linkage, in many samples, each of which
lacks a part of the documents; then those stay together that the samples agree on. So a theme does
not hang on a single document. Of what was measured on the gold clusters of `evals/clusters.py` and
on planted corpora this did best; it needs no number of clusters and gives the same result each
time. What it costs grows with the square of the pieces, so beyond `SMALL` a sample is clustered and
the rest assigned.

Source: Fred and Jain 2005, Combining Multiple Clusterings Using Evidence Accumulation.
"""

from collections.abc import Callable, Sequence
from math import log2
from typing import Any, cast
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from assistant.themes.likeness import Rows, unit

Labels = NDArray[np.intp]
"""The cluster of each row, counted from 0; -1 for none."""

SMALL = 3_000
"""Rows up to which all are clustered at once: about 170 MB."""

_TOO_FEW_TO_SAMPLE = 8
_MOST_ROUNDS, _FEWEST_ROUNDS, _ROUNDS_TIMES_ROWS = 40, 5, 15_000
_KEPT = 90
"""How many documents of a hundred a sample keeps."""

_AGREED = 0.5
"""The share of the samples that must join two clusters."""

_TOGETHER, _FINER = 0.7, 0.06
"""The mean likeness from which two clusters of a sample become one, from -1 to 1, and how much more
is asked each time that the rows are twice as many: the more is told, the finer it can be told
apart."""

_STEPS = 5
_PULL = 0.5
_SHARPNESS, _SHARPER, _SHARPEST = 3.5, 2.0, 8.0
_FINER_FROM = 250
_COMPANY = 0.15
_NEAR = 0.5
_PASSES = 3
_BLOCK = 4_096
_LEAST = 3


def cluster(rows: Rows, documents: Sequence[str]) -> Labels:
    """Join what most samples of the documents join.

    Args:
        rows: Of length 1, at most a few thousand.
        documents: Where each was told: a sample has all of a document or nothing.
    """
    apart = 1 - _TOGETHER - _FINER * _doublings(len(rows))
    if len(rows) < _TOO_FEW_TO_SAMPLE:
        return _linked(_apart(_drawn(rows)), apart)
    joined, met = np.zeros((2, len(rows), len(rows)), np.float32)
    samples = (_sampled(documents, round) for round in range(_rounds(len(rows))))
    for places in filter(len, samples):
        labels = _linked(_apart(_drawn(rows[places])), apart)
        block = np.ix_(places, places)
        joined[block] += labels[:, None] == labels
        met[block] += 1
    joined /= np.maximum(met, 1, out=met)
    return _linked(_beyond(joined), 1 - _AGREED)


def _rounds(count: int) -> int:
    return max(_FEWEST_ROUNDS, min(_MOST_ROUNDS, _ROUNDS_TIMES_ROWS // count))


def _doublings(count: int) -> float:
    """Say how often a study of `_FINER_FROM` rows is doubled to have so many."""
    return log2(max(count, _FINER_FROM) / _FINER_FROM)


def _sampled(documents: Sequence[str], round: int) -> NDArray[np.intp]:
    """Choose by the documents' names, so that the samples stay the same when one is taken out."""
    names = [f"{round}:{document}".encode() for document in documents]
    kept = [place for place, name in enumerate(names) if crc32(name) % 100 < _KEPT]
    return np.array(kept, np.intp)


def _linked(distances: NDArray[np.float64], apart: float) -> Labels:
    """Join the two nearest clusters for as long as their mean distance is at most `apart`.

    The distances are used up: at thousands of rows a second copy counts.
    """
    import fastcluster

    if not len(distances):
        return np.zeros(1, np.intp)
    link = cast(Any, fastcluster).linkage
    tree = cast(NDArray[np.float64], link(distances, "average", preserve_input=False))
    return _cut(tree[:, :2].astype(np.intp), int((tree[:, 2] <= apart).sum()))


def _cut(joined: NDArray[np.intp], count: int) -> Labels:
    """Label the rows after the first `count` joins.

    Args:
        joined: The two clusters of each join, nearest first: rows are counted from 0, and what a
            join makes after them.
        count: How many of the joins to make.
    """
    rows = len(joined) + 1
    cluster_of = np.arange(rows + count)
    for place in range(count - 1, -1, -1):
        cluster_of[joined[place]] = cluster_of[rows + place]
    return np.unique(cluster_of[:rows], return_inverse=True)[1]


def _drawn(rows: Rows) -> Rows:
    """Draw each row towards those like it; one with no company stays nearly where it is.

    Every row pulls, by a power of its likeness: a cut at the nearest few would make the outcome
    hang on which few there happen to be.
    """
    sharpness = np.float32(min(_SHARPNESS + _SHARPER * _doublings(len(rows)), _SHARPEST))
    for _ in range(_STEPS):
        likeness = rows @ rows.T
        np.maximum(likeness, 0, out=likeness)
        np.fill_diagonal(likeness, 0)
        pull = _raised(likeness, sharpness) @ rows
        strength = np.linalg.norm(pull, axis=1, keepdims=True)
        rows = unit(rows + np.float32(_PULL) * pull / np.maximum(strength, _COMPANY))
    return rows


def _raised(likeness: Rows, power: np.float32) -> Rows:
    """Raise to a power, in place and ten times as fast as NumPy does; nothing stays nothing."""
    with np.errstate(divide="ignore"):
        np.log(likeness, out=likeness)
    likeness *= power
    return np.exp(likeness, out=likeness)


def _apart(rows: Rows) -> NDArray[np.float64]:
    """Give the distance of each two rows, in the order of a condensed matrix."""
    distances = _beyond(rows @ rows.T)
    return np.maximum(distances, 0, out=distances)


def _beyond(likeness: Rows) -> NDArray[np.float64]:
    """Give what each two lack to be wholly alike, in the order of a condensed matrix."""
    after = [likeness[row, row + 1 :] for row in range(len(likeness))]
    lacking = np.concatenate(after, dtype=np.float64)
    return np.subtract(1, lacking, out=lacking)


def centre(rows: Rows) -> Rows:
    """Give the middle of some rows, of length 1."""
    return unit(rows.mean(axis=0, keepdims=True))[0]


def cluster_many(
    read: Callable[[NDArray[np.intp]], Rows],
    documents: Sequence[str],
    order: Sequence[int],
) -> Labels:
    """Cluster a sample, give every row to the nearest centre, and do it again for those far off.

    Args:
        read: Gives the rows at some places: they are never all held at once.
        documents: Where each was told.
        order: All places, in the order in which a sample is to be taken.
    """
    labels = np.full(len(order), -1, np.intp)
    waiting = np.array(order, np.intp)
    known = 0
    for _ in range(_PASSES):
        if len(waiting) < _LEAST:
            break
        sample = read(waiting[:SMALL])
        told_in = [documents[place] for place in cast(list[int], waiting[:SMALL].tolist())]
        middles = _middles(sample, cluster(sample, told_in))
        _assign(labels, waiting, read, middles, known)
        known += len(middles)
        waiting = waiting[labels[waiting] < 0]
    return labels


def _middles(sample: Rows, labels: Labels) -> Rows:
    """Give the centres of clusters that are more than chance: in a large study one voice is not."""
    sizes = np.bincount(labels)
    sums = np.zeros((len(sizes), sample.shape[1]), np.float32)
    np.add.at(sums, labels, sample)
    return unit(sums)[sizes >= _LEAST]


def _assign(
    labels: Labels,
    waiting: NDArray[np.intp],
    read: Callable[[NDArray[np.intp]], Rows],
    middles: Rows,
    known: int,
) -> None:
    if not len(middles):
        return
    for at in range(0, len(waiting), _BLOCK):
        places = waiting[at : at + _BLOCK]
        likeness = read(places) @ middles.T
        nearest = likeness.argmax(axis=1)
        near = likeness[np.arange(len(places)), nearest] >= _NEAR
        labels[places[near]] = nearest[near] + known
