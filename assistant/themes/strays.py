"""Documents that are not about what the study is about."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.themes.likeness import Rows, unit
from ingestion.embedding import Vectors

_FEWEST = 30
_NEIGHBOURS = 5
_FAR_FROM_ALL, _FAR_FROM_ANY = 3.3, 1.5
"""How many deviations below the usual document: from the middle of the study, and from the nearest
documents. Both have to hold: a rare subject is far from the middle, and somebody shares it."""

_LITTLE, _LONELY = 0.5, 0.8
_ONE_SENTENCE = 0.9
_BLOCK = 1_024
_COMPARED = 4_000
_NORMAL = 1.4826
"""Turns a median deviation into a standard one."""


def off_topic(documents: Sequence[str], vectors: Vectors) -> frozenset[str]:
    """Name the documents that have nothing to do with the others.

    A document wrongly left out is lost, one wrongly kept is one voice among many, so it names
    only what stands far apart. A document of one sentence says too little to be judged, and of
    fewer than 30 documents nobody can say what is usual.

    Args:
        documents: Their ids. Whoever is interviewed is meant to be: leave interviews out.
        vectors: The mean of each document's sentence vectors, not brought to length 1: the more
            it is shorter than that, the more sentences it is the mean of.
    """
    if len(documents) < _FEWEST:
        return frozenset()
    rows = unit(vectors)
    middle = unit(np.median(rows, axis=0, keepdims=True))[0]
    shared, near = rows @ middle, _nearest(rows)
    strange = (shared < _LITTLE * np.median(shared)) & (near < _LONELY * np.median(near))
    strange &= _below_usual(shared) > _FAR_FROM_ALL
    strange &= _below_usual(near) > _FAR_FROM_ANY
    strange &= np.linalg.norm(vectors, axis=1) < _ONE_SENTENCE
    return frozenset(id for id, is_strange in zip(documents, strange, strict=True) if is_strange)


def _nearest(rows: Rows) -> NDArray[np.float32]:
    """Say how like its nearest others each document is; of very many, a part is compared with."""
    others = rows[:: len(rows) // _COMPARED + 1]
    near = np.empty(len(rows), np.float32)
    for at in range(0, len(rows), _BLOCK):
        likeness = rows[at : at + _BLOCK] @ others.T
        nearest = np.partition(likeness, -_NEIGHBOURS - 1, axis=1)[:, -_NEIGHBOURS - 1 :]
        near[at : at + _BLOCK] = np.sort(nearest, axis=1)[:, :_NEIGHBOURS].mean(axis=1)
    return near


def _below_usual(figures: NDArray[np.float32]) -> NDArray[np.float32]:
    """Say how far below the median each figure is, in deviations that few strays cannot move."""
    middle = np.median(figures)
    spread = _NORMAL * np.median(np.abs(figures - middle))
    return ((middle - figures) / max(float(spread), 1e-6)).astype(np.float32)
