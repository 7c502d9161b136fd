"""What tells themes apart: directions along which tellings of one theme differ little.

The vectors of tellings, and of what stands around them, are turned so that what varies among the
tellings of one theme weighs less, by how much it varies, and what sets themes of one industry
apart is kept. Beside them, a sentence with what stands around it is turned towards the annotators'
words for the touchpoint it is about, and away from the words for others.

Sources: Hastie, Tibshirani and Friedman 2009, The Elements of Statistical Learning, chapter 4.3,
linear discriminant analysis; van den Oord and others 2018, Representation Learning with Contrastive
Predictive Coding.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from assistant.themes import context_vectors
from assistant.themes.likeness import unit
from evals.training.labels import Labels
from evals.training.network import Tensor, torch
from evals.training.passages import Passage
from ingestion.embedding import Embed, Vectors

_KEPT = 200
_SHRINKAGE = 0.1
_STEPS, _AT_ONCE, _RATE, _LEFT_OUT, _SEED = 2_500, 512, 1e-3, 0.1, 7
_SHARPNESS = 15.0
_NEVER = -1e4


class Told(NamedTuple):
    """Tellings of one industry: a row each of what they say and of what stands around them.

    Attributes:
        names: What each tells of.
    """

    own: Vectors
    around: Vectors
    names: list[str]


class _Read(NamedTuple):
    """All sentences of one industry, and their labels."""

    own: Vectors
    around: Vectors
    labels: list[Labels]

    def about(self, names: Sequence[str]) -> Told:
        """Give those that tell of something, by their names."""
        rows = [row for row, name in enumerate(names) if name]
        return Told(self.own[rows], self.around[rows], [names[row] for row in rows])


def write(path: Path, passages: Iterable[Passage], embed: Embed) -> None:
    """Find the directions from the tellings in `passages`, and write them."""
    by_industry: dict[str, list[Passage]] = defaultdict(list)
    for one in passages:
        by_industry[one.group].append(one)
    read = [_read(some, embed) for _, some in sorted(by_industry.items())]
    themes = [one.about([told.theme for told in one.labels]) for one in read]
    touchpoints = [one.about([told.words for told in one.labels]) for one in read]
    found = {
        "own": directions([(one.own, one.names) for one in themes if one.names]),
        "around": directions([(one.around, one.names) for one in themes if one.names]),
        "touchpoint": towards_names(touchpoints, embed),
    }
    halves: dict[str, Any] = {name: value.astype(np.float16) for name, value in found.items()}
    np.savez_compressed(path, **halves)


def _read(passages: Sequence[Passage], embed: Embed) -> _Read:
    segments = [segment for one in passages for segment in one.segments]
    own = embed([segment.text for segment in segments])
    around = context_vectors(segments, own, embed)
    return _Read(own, around, [told for one in passages for told in one.labels])


def towards_names(told: Sequence[Told], embed: Embed) -> NDArray[np.float32]:
    """Find how to turn tellings, with what stands around them, towards the names they tell of.

    The names are turned in a way of their own, which is only needed here.
    """
    t = torch()
    t.manual_seed(_SEED)
    names = sorted({name for one in told for name in one.names})
    place = {name: row for row, name in enumerate(names)}
    goals = t.from_numpy(embed(names))
    rows = t.from_numpy(np.concatenate([unit(one.own + one.around) for one in told]))
    of = t.tensor([place[name] for one in told for name in one.names])
    turn, turn_names = (t.eye(rows.shape[1], requires_grad=True) for _ in range(2))
    optimiser = t.optim.Adam([turn, turn_names], lr=_RATE)
    for _ in range(_STEPS):
        some = t.randint(0, len(rows), (_AT_ONCE,))
        near = _product(rows[some], turn, goals[of[some]], turn_names) * _SHARPNESS
        loss = _off(near, of[some]) + _off(near.T, of[some])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return turn.detach().numpy()


def _product(rows: Tensor, turn: Tensor, goals: Tensor, turn_goals: Tensor) -> Tensor:
    functions = torch().nn.functional
    shown = functions.normalize(functions.dropout(rows, _LEFT_OUT) @ turn)
    return shown @ functions.normalize(goals @ turn_goals).T


def _off(near: Tensor, of: Tensor) -> Tensor:
    """Say how badly each row finds its own column among those of other names."""
    t = torch()
    own = t.eye(len(of), dtype=t.bool)
    same = (of[:, None] == of[None]) & ~own
    return t.nn.functional.cross_entropy(near.masked_fill(same, _NEVER), t.arange(len(of)))


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
