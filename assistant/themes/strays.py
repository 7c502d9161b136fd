"""Documents that are not about what the study is about."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.models import Piece
from assistant.themes.likeness import AnyRows, Rows, unit
from ingestion.embedding import Vectors
from ingestion.models import DocumentKind

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


_APART, _BY_PIECE = 0.775, 0.025
"""The share of the usual nearness below which the evidence of a document is like nobody's, and how
much higher it is for each piece of it, up to `_MOST_PIECES`, as more is known then. On fifteen
planted corpora this names 18 of 46 strays that nothing else had named, and 1 of 1,859 others."""
_MOST_PIECES = 4


def unlike_others(pieces: Sequence[Piece], vectors: AnyRows) -> frozenset[str]:
    """Name the documents whose evidence is like nobody else's.

    A document tells of its subject by what it praises and what it complains of. Interviews are
    compared with and never named, and of fewer than 30 documents nobody can say what is usual.

    Args:
        pieces: The evidence of the study.
        vectors: A row a piece, of the local encoder: its own vector, then that around it.
    """
    rows = defaultdict[str, list[int]](list)
    for row, piece in enumerate(pieces):
        if piece.document_kind is not DocumentKind.INTERVIEW:
            rows[piece.document].append(row)
    if len(rows) < _FEWEST:
        return frozenset()
    near = _nearness(pieces, vectors)
    means = {document: float(near[own].mean()) for document, own in rows.items()}
    usual = float(np.median(list(means.values())))
    return frozenset(
        document
        for document, own in rows.items()
        if means[document] < usual * (_APART + _BY_PIECE * min(len(own), _MOST_PIECES))
    )


def _nearness(pieces: Sequence[Piece], vectors: AnyRows) -> Rows:
    """Say how like each piece is to its nearest of other documents; of many, a part is compared."""
    step = len(pieces) // _COMPARED + 1
    documents = np.unique([piece.document for piece in pieces], return_inverse=True)[1]
    width = vectors.shape[1] // 2
    others, told_in = unit(vectors[::step, :width].astype(np.float32)), documents[::step]
    near = np.zeros(len(pieces), np.float32)
    for at in range(0, len(pieces), _BLOCK):
        block = slice(at, at + _BLOCK)
        likeness = unit(vectors[block, :width].astype(np.float32)) @ others.T
        likeness[documents[block, None] == told_in] = -1
        near[block] = np.partition(likeness, -_NEIGHBOURS, axis=1)[:, -_NEIGHBOURS:].mean(axis=1)
    return near
