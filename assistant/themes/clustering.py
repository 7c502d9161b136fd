"""Which pieces belong together: average linkage, and for many pieces a sample and its centres.

Average linkage did as well as or better than any other on the gold clusters of `evals/clusters.py`,
needs no number of clusters, and gives the same result each time. What it costs grows with the
square of the pieces, so beyond `SMALL` a sample is clustered and the rest assigned.
"""

from collections.abc import Callable, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from assistant.themes.likeness import Rows, unit

Labels = NDArray[np.intp]
"""The cluster of each row, counted from 0; -1 for none."""

SMALL = 3_000
"""Rows up to which all are clustered at once: about 80 MB."""

TOGETHER = 0.1
"""The mean likeness from which two clusters become one."""

_NEAR = 0.3
_PASSES = 3
_BLOCK = 8_192
_LEAST = 3


def cluster(rows: Rows, together: float = TOGETHER) -> Labels:
    """Join the two most alike clusters for as long as their mean likeness is `together` or more.

    Args:
        rows: Of length 1, at most a few thousand.
        together: A likeness, from -1 to 1.
    """
    from scipy.cluster import hierarchy

    tools = cast(Any, hierarchy)
    if len(rows) < 2:
        return np.zeros(len(rows), np.intp)
    upper = np.triu_indices(len(rows), 1)
    apart = np.maximum(1 - (rows @ rows.T)[upper], 0).astype(np.float64)
    tree = tools.linkage(apart, "average")
    return np.asarray(tools.fcluster(tree, 1 - together, "distance"), np.intp) - 1


def centre(rows: Rows) -> Rows:
    """Give the middle of some rows, of length 1."""
    return unit(rows.mean(axis=0, keepdims=True))[0]


def cluster_many(read: Callable[[NDArray[np.intp]], Rows], order: Sequence[int]) -> Labels:
    """Cluster a sample, give every row to the nearest centre, and do it again for those far off.

    Args:
        read: Gives the rows at some places: they are never all held at once.
        order: All places, in the order in which a sample is to be taken.
    """
    labels = np.full(len(order), -1, np.intp)
    waiting = np.array(order, np.intp)
    known = 0
    for _ in range(_PASSES):
        if len(waiting) < _LEAST:
            break
        sample = read(waiting[:SMALL])
        middles = _middles(sample, cluster(sample))
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
