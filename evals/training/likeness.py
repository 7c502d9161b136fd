"""What tells themes apart: directions along which tellings of one theme differ little.

The vectors of tellings, and of what stands around them, are turned so that what varies among the
tellings of one theme weighs less, by how much it varies, and what sets themes of one industry
apart is kept.

Source: Hastie, Tibshirani and Friedman 2009, The Elements of Statistical Learning, chapter 4.3,
linear discriminant analysis.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from assistant.themes import context_vectors
from evals.training.passages import Passage
from ingestion.embedding import Embed, Vectors

_KEPT = 200
_SHRINKAGE = 0.1


class _Told(NamedTuple):
    """Tellings of one industry: a row each of what they say and of what stands around them."""

    own: Vectors
    around: Vectors
    themes: list[str]


def write(path: Path, passages: Iterable[Passage], embed: Embed) -> None:
    """Find the directions from the tellings in `passages`, and write them."""
    by_industry: dict[str, list[Passage]] = defaultdict(list)
    for one in passages:
        if any(told.theme for told in one.labels):
            by_industry[one.group].append(one)
    told = [_told(some, embed) for _, some in sorted(by_industry.items())]
    own = directions([(one.own, one.themes) for one in told])
    around = directions([(one.around, one.themes) for one in told])
    np.savez_compressed(path, own=own.astype(np.float16), around=around.astype(np.float16))


def _told(passages: Sequence[Passage], embed: Embed) -> _Told:
    segments = [segment for one in passages for segment in one.segments]
    themes = [told.theme for one in passages for told in one.labels]
    own = embed([segment.text for segment in segments])
    around = context_vectors(segments, own, embed)
    rows = [row for row, theme in enumerate(themes) if theme]
    return _Told(own[rows], around[rows], [themes[row] for row in rows])


def directions(told: Sequence[tuple[Vectors, Sequence[str]]]) -> NDArray[np.float64]:
    """Find the directions, as columns, from the vectors and themes of each industry."""
    from scipy import linalg

    within, overall = _scatter(told)
    width = len(within)
    within += _SHRINKAGE * np.trace(within) / width * np.eye(width)
    _, columns = cast(Any, linalg).eigh(overall, within)
    return columns[:, ::-1][:, :_KEPT]


def _scatter(
    told: Sequence[tuple[Vectors, Sequence[str]]],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Add up how tellings scatter about their theme's middle, and about their industry's."""
    width, count = told[0][0].shape[1], sum(len(themes) for _, themes in told)
    within, overall = np.zeros((width, width)), np.zeros((width, width))
    for vectors, themes in told:
        rows = vectors.astype(np.float64)
        overall += _about_the_middle(rows)
        for theme in sorted(set(themes)):
            within += _about_the_middle(rows[[one == theme for one in themes]])
    return within / count, overall / count


def _about_the_middle(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    apart = rows - rows.mean(axis=0)
    return apart.T @ apart
