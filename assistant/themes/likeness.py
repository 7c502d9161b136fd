"""How alike two pieces of evidence are: one vector a piece, compared by their product.

The sentence, what stands around it, both together and the touchpoint count, each by its weight:
what one person says another may have said a sentence before. From all but the touchpoint the mean
of the language and that of the kind are taken, so that one pain in two languages is one, and wishes
are not alike for being wishes. What is left is turned to the directions that tell themes apart,
and, heaviest of all, to those that tell which touchpoint a sentence and what stands around it are
about, whatever name the reader gave it: for vectors of the local encoder they were learned from
many industries (`evals/training/likeness.py`). For another model's the directions are those in
which the study's pieces differ most, the strong ones damped, and touchpoints are told by name
alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from assistant.models import Piece
from assistant.themes.kinds import kind_of
from ingestion import embedding

Rows = NDArray[np.float32]
AnyRows = NDArray[np.float16] | NDArray[np.float32]

DIRECTIONS = Path(__file__).parent / "weights" / "directions.npz"

OWN, CONTEXT, BOTH, TOUCHPOINT, NAME = 0.8, 0.3, 0.5, 1.5, 0.2
"""Weights of the sentence, of what stands around it, of both together, of the touchpoint that both
are about, and of the name that the reader gave it."""

_WEIGHTS = (OWN, CONTEXT, BOTH, TOUCHPOINT)
_KEPT = ("own", "around", "touchpoint")
_DIRECTIONS = 100
_DAMPING = 0.5
_FLOOR = 0.1
_SHRINKAGE = 10
_TOUCHPOINT_WIDTH = 64
_EPSILON = 1e-6


def unit(rows: NDArray[np.floating[Any]]) -> Rows:
    """Scale each row to length 1; a row of nothing stays one."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.maximum(lengths, _EPSILON)).astype(np.float32)


@dataclass(frozen=True)
class View:
    """How vectors of one sort are read: the means that are taken, and the directions kept.

    Attributes:
        languages: The mean of each language.
        mean: That of all, for a language of which nothing was known.
        kinds: The mean of each kind, once the languages' are taken.
    """

    languages: dict[str, Rows]
    mean: Rows
    kinds: dict[str, Rows]
    directions: Rows

    def read(self, rows: Rows, languages: Sequence[str], kinds: Sequence[str]) -> Rows:
        """Turn vectors of this sort to the directions kept, each of length 1."""
        middles = [
            self.languages.get(language, self.mean) + self.kinds.get(kind, 0)
            for language, kind in zip(languages, kinds, strict=True)
        ]
        return unit((rows - np.stack(middles)) @ self.directions)


@dataclass(frozen=True)
class Likeness:
    """What was learned from a sample of the study's pieces, to read any of them."""

    views: tuple[View, ...]

    def read(self, pieces: Sequence[Piece], rows: AnyRows) -> Rows:
        """Give each piece its vector of length 1: the product of two is how alike they are."""
        languages, kinds = _sorts(pieces)
        parts: list[Rows] = [
            view.read(part, languages, kinds) * np.float32(weight**0.5)
            for view, part, weight in zip(self.views, _parts(rows), _WEIGHTS, strict=False)
        ]
        names = [piece.touchpoint or "" for piece in pieces]
        return unit(np.hstack([*parts, np.float32(NAME**0.5) * _hashed(names)]))


def learn(pieces: Sequence[Piece], rows: AnyRows, space: str | None = None) -> Likeness:
    """Learn from a sample how the study's languages lie, and its directions where none are known.

    Args:
        pieces: The sample.
        rows: A row a piece.
        space: Names the space in which the rows lie.
    """
    known = _learned_directions() if space == embedding.space() else _UNKNOWN
    views = tuple(
        _learn_view(part, *_sorts(pieces), directions)
        for part, directions in zip(_parts(rows), known, strict=False)
    )
    return Likeness(views)


_UNKNOWN = (None, None, None)
"""The directions of a space in which none were learned; touchpoints are told by name then."""


@lru_cache(maxsize=1)
def _learned_directions() -> tuple[Rows, Rows, Rows, Rows]:
    with np.load(DIRECTIONS, allow_pickle=False) as kept:
        own, around, touchpoint = (kept[name].astype(np.float32) for name in _KEPT)
    return own, around, own, touchpoint


def _parts(rows: AnyRows) -> tuple[Rows, Rows, Rows, Rows]:
    """Give the sentences' vectors, those around them, and, for two views, both together."""
    own, around = np.split(rows.astype(np.float32), 2, axis=1)
    both = own + around
    return own, around, both, both


def _sorts(pieces: Sequence[Piece]) -> tuple[list[str], list[str]]:
    return [piece.language for piece in pieces], [kind_of(piece) or "" for piece in pieces]


def _learn_view(
    rows: Rows, languages: Sequence[str], kinds: Sequence[str], directions: Rows | None
) -> View:
    mean = rows.mean(axis=0)
    of_languages = _means(rows, languages, mean)
    left = rows - np.stack([of_languages[name] for name in languages])
    of_kinds = _means(left, kinds, np.zeros_like(mean))
    if directions is None:
        directions = _directions(left - np.stack([of_kinds[name] for name in kinds]))
    return View(of_languages, mean, of_kinds, directions)


def _means(rows: Rows, names: Sequence[str], mean: Rows) -> dict[str, Rows]:
    """Give the mean of each name's rows; few rows say little of it: pull those towards `mean`."""
    here = np.array(names)
    return {
        name: (rows[here == name].sum(axis=0) + _SHRINKAGE * mean)
        / np.float32((here == name).sum() + _SHRINKAGE)
        for name in sorted(set(names))
    }


def _directions(centred: Rows) -> Rows:
    """Find the directions of most difference, as columns, the strong ones damped."""
    scatter = centred.T @ centred / np.float32(len(centred))
    strengths, axes = np.linalg.eigh(scatter.astype(np.float64))
    kept = min(_DIRECTIONS, len(centred))
    deviation = np.sqrt(np.maximum(strengths[::-1][:kept], 0))
    damped = (deviation + _FLOOR * deviation[0] + _EPSILON) ** _DAMPING
    return (axes[:, ::-1][:, :kept] / damped).astype(np.float32)


def _hashed(texts: Sequence[str]) -> Rows:
    """Give each short text a vector by its words, equal words at equal places."""
    known = {text: row for row, text in enumerate(sorted(set(texts)))}
    rows = np.zeros((len(known), _TOUCHPOINT_WIDTH), np.float32)
    for text, row in known.items():
        for word in text.casefold().split():
            code = crc32(word.encode())
            rows[row, code % _TOUCHPOINT_WIDTH] += 1.0 if code & 0x8000 else -1.0
    return unit(rows)[[known[text] for text in texts]]
