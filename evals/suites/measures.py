"""From answers to figures.

Each measure is taken over the last axis, so that many draws are measured at once.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from evals.clusters import Figures as Grouped
from evals.clusters import GoldSet, measure
from ingestion.models import Record

Numbers = NDArray[np.float64]
Measure = Callable[[Numbers, Numbers], Numbers]

_DRAWS, _FEW, _SEED = 1_000, 100, 0
_BETWEEN = (2.5, 97.5)
_NINETEEN_OF_20 = 1.96


@dataclass(frozen=True)
class Question:
    """What was asked of each sample, what is true of it, and what was said.

    Attributes:
        measure: One of `MEASURES`.
        samples: The id of each sample.
        told: The truth: yes and no as 1 and 0, a class by its number. Where samples come in
            several renderings, a row a rendering.
        said: What the product says, in the shape of `told`.
        plain: What the simple rule `rule` says of the same samples.
        beside: The figure of `rule`, where it is known rather than measured here.
        slices: The name of a slice, and which samples are in it.
    """

    name: str
    measure: str
    samples: tuple[str, ...]
    told: Numbers
    said: Numbers
    plain: Numbers | None = None
    rule: str = ""
    beside: float | None = None
    slices: Mapping[str, NDArray[np.bool_]] = field(default_factory=dict[str, NDArray[np.bool_]])

    def wrong(self) -> tuple[str, ...]:
        """Name the samples that were judged wrongly, in order."""
        if self.measure in _WHOLE:
            return ()
        far = np.abs(self.told - self.said)
        apart = (far >= 1 if self.measure == "error" else far > 0).tolist()
        return tuple(id for id, is_wrong in zip(self.samples, apart, strict=True) if is_wrong)


class Figure(Record):
    """A measure over `n` samples, and between what it lies in 19 of 20 draws of as many.

    Attributes:
        beside: The same measure of the simple rule `rule`, where one was asked too.
    """

    name: str
    measure: str
    n: int
    value: float
    low: float
    high: float
    beside: float | None = None
    rule: str = ""


def f1(told: Numbers, said: Numbers) -> Numbers:
    """F1 of yes-or-no answers; 0 where nothing is there and nothing was said.

    Example:
        >>> round(float(f1(np.array([1.0, 1, 0]), np.array([1.0, 0, 0]))), 3)
        0.667
    """
    both, all = (told * said).sum(-1), told.sum(-1) + said.sum(-1)
    return 2 * both / np.maximum(1, all)


def accuracy(told: Numbers, said: Numbers) -> Numbers:
    """Give the share that was judged rightly."""
    return (told == said).mean(-1)


def macro_f1(told: Numbers, said: Numbers) -> Numbers:
    """F1 on the mean of the classes that occur in the truth.

    Example:
        >>> float(macro_f1(np.array([1.0, 2, 2]), np.array([2.0, 2, 2])))
        0.4
    """
    scores = [f1((told == one) * 1.0, (said == one) * 1.0) for one in np.unique(told)]
    there = [(told == one).any(-1) * 1.0 for one in np.unique(told)]
    return np.sum(scores, axis=0) / np.maximum(1, np.sum(there, axis=0))


def error(told: Numbers, said: Numbers) -> Numbers:
    """Give how far the answers lie from the truth, on the mean."""
    return np.abs(told - said).mean(-1)


def share(told: Numbers, said: Numbers) -> Numbers:
    """Give the share of which something was said, whatever is true."""
    return said.mean(-1) + 0 * told.mean(-1)


def nmi(told: Numbers, said: Numbers) -> Numbers:
    """Compare a grouping with the true one: the information both share."""
    return np.array([_groups(*each).nmi for each in _draws(told, said)]).reshape(told.shape[:-1])


def ari(told: Numbers, said: Numbers) -> Numbers:
    """Compare a grouping with the true one: the pairs on which both agree, adjusted for chance."""
    return np.array([_groups(*each).ari for each in _draws(told, said)]).reshape(told.shape[:-1])


def _draws(told: Numbers, said: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    return zip(np.atleast_2d(told), np.atleast_2d(said), strict=True)


def _groups(told: Numbers, said: Numbers) -> Grouped:
    gold = GoldSet("", [], [str(group) for group in told.tolist()], [])
    return measure(gold, said.astype(np.intp))


def spread(told: Numbers, said: Numbers) -> Numbers:
    """Give how far the best and the worst rendering of the same samples lie apart."""
    each = accuracy(told, said)
    return each.max(0) - each.min(0)


MEASURES: Mapping[str, Measure] = {
    "F1": f1,
    "macro-F1": macro_f1,
    "accuracy": accuracy,
    "error": error,
    "share": share,
    "spread": spread,
    "NMI": nmi,
    "ARI": ari,
}
_WHOLE = {"spread", "NMI", "ARI"}
"""Of these no single sample is right or wrong."""


def figure(question: Question) -> Figure:
    """Measure a question over all its samples."""
    of = MEASURES[question.measure]
    told, said, plain = question.told, question.said, question.plain
    between = _around if question.measure in _WHOLE else _between
    low, high = between(of, told, said)
    return Figure(
        name=question.name,
        measure=question.measure,
        n=told.shape[-1],
        value=_rounded(of(told, said)),
        low=low,
        high=high,
        beside=question.beside if plain is None else _rounded(of(told, plain)),
        rule=question.rule,
    )


def sliced(question: Question) -> list[Question]:
    """Ask the same of the samples of each slice alone."""
    return [
        Question(
            f"{question.name}, {name}",
            question.measure,
            tuple(id for id, is_in in zip(question.samples, here, strict=True) if is_in),
            question.told[here],
            question.said[here],
            None if question.plain is None else question.plain[here],
            question.rule,
        )
        for name, here in question.slices.items()
        if here.any()
    ]


def _between(of: Measure, told: Numbers, said: Numbers) -> tuple[float, float]:
    """Draw as many samples again and again, some twice and some not at all: the bootstrap.

    Source: Efron and Tibshirani 1993, An introduction to the bootstrap, chapter 13.
    """
    n = told.shape[-1]
    drawn = np.random.default_rng(_SEED).integers(0, n, (_DRAWS, n))
    low, high = np.percentile(of(told[..., drawn], said[..., drawn]), _BETWEEN)
    return _rounded(low), _rounded(high)


def _around(of: Measure, told: Numbers, said: Numbers) -> tuple[float, float]:
    """Draw half of the samples again and again: a sample twice would look like a group.

    Source: Shao and Tu 1995, The jackknife and bootstrap, section 2.3 (the delete-half jackknife).
    """
    n, chance = told.shape[-1], np.random.default_rng(_SEED)
    halves = [chance.choice(n, max(1, n // 2), replace=False) for _ in range(_FEW)]
    drawn = [float(of(told[..., half], said[..., half])) for half in halves]
    value, reach = float(of(told, said)), _NINETEEN_OF_20 * float(np.std(drawn))
    return _rounded(value - reach), _rounded(value + reach)


def _rounded(value: float | np.floating | Numbers) -> float:
    return round(float(value), 4)
