"""Scores as exports write them: numbers, stars, "4 of 5" and answers in words."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ingestion.mapping import Scale
from ingestion.models import Metric, Score
from ingestion.records.vocabulary import anywhere, load

_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
_OF = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:/|%|out of|of|von|sur|de|su|van|из|分|stars?|sterne?|étoiles?|"
    r"estrellas?|stelle|sterren|estrelas?|звезд\w*|星|[-–:=(]).*",
    re.IGNORECASE,
)
_FULL, _EMPTY = "★⭐🌟", "☆"
_WORTH = {word: float(worth) for worth, words in load("scales").items() for word in words}
_TWO_ENDED = {"good": 1.0, "bad": 0.0}
_HARD = anywhere(load("questions")["hard"])
_LOW_IS_BEST = re.compile(
    rf"\b1\s*[=:(–-]+\s*(?:{'|'.join(load('questions')['good'])})|schulnote", re.IGNORECASE
)
_STEPS = {Metric.RATING: (5, 10, 100), Metric.CSAT: (1, 5, 7, 10, 100), Metric.CES: (5, 7, 10)}


class Reader(NamedTuple):
    """How a column's scores are read: the numbers of its worst and its best answer."""

    metric: Metric
    worst: float
    best: float
    is_two_ended: bool = False

    def read(self, cell: str) -> Score | None:
        """Read one score; None where the cell holds none, or one off the scale."""
        low, high = min(self.worst, self.best), max(self.worst, self.best)
        value = value_of(cell)
        if value is None:
            share = self._worth(cell)
            return None if share is None else self._score(low + share * (high - low))
        if not low <= value <= high:
            return None
        return self._score(value if self.worst < self.best else low + high - value)

    def _worth(self, cell: str) -> float | None:
        word = cell.casefold().strip()
        return _TWO_ENDED.get(word) if self.is_two_ended else _WORTH.get(word)

    def _score(self, value: float) -> Score:
        low, high = min(self.worst, self.best), max(self.worst, self.best)
        return Score(metric=self.metric, value=value, low=low, high=high)


def number(cell: str) -> float | None:
    """Read a cell that is a number and nothing else."""
    return float(cell.replace(",", ".")) if _NUMBER.fullmatch(cell) else None


def value_of(cell: str) -> float | None:
    """Read the number of a score: "4", "4,5", "4/5", "4 - good", "★★★★☆"."""
    text = cell.strip()
    if not text:
        return None
    if text[0] in _FULL + _EMPTY:
        return float(sum(letter in _FULL for letter in text))
    plain = number(text)
    if plain is not None:
        return plain
    found = _OF.fullmatch(text)
    return float(found[1].replace(",", ".")) if found else None


def is_scale(values: Sequence[str]) -> bool:
    """Tell whether a column's values can be scores at all."""
    fits = sum(value_of(v) is not None or v.casefold().strip() in _WORTH for v in values)
    return bool(values) and fits >= 0.9 * len(values)


def is_group(values: Sequence[str]) -> bool:
    """Tell whether a column says promoter, passive or detractor, in any of the languages."""
    groups = ("promot", "detra", "détra", "detrak", "passiv", "pasiv", "neutr", "промо", "критик")
    return bool(values) and all(v.casefold().startswith(groups) for v in values)


def reader(metric: Metric, question: str, values: Sequence[str], said: Scale | None) -> Reader:
    """Settle the scale of a column of scores.

    Args:
        metric: Which score it is.
        question: The column's name, which may be the question and name the ends of the scale.
        values: Those sampled.
        said: What a mapping says of the scale; it wins.
    """
    if said:
        return Reader(said.metric or metric, said.worst, said.best)
    low, high = _range(metric, [v for cell in values if (v := value_of(cell)) is not None])
    is_two_ended = {value.casefold() for value in values} <= {*_TWO_ENDED, "offered", "unoffered"}
    if _is_reversed(metric, question.casefold(), values):
        low, high = high, low
    return Reader(metric, low, high, is_two_ended)


def _range(metric: Metric, numbers: Sequence[float]) -> tuple[float, float]:
    if metric is Metric.NPS:
        return 0, 10
    usual = 7 if metric is Metric.CES and not numbers else 5
    top = max(numbers, default=usual)
    high = next((step for step in _STEPS[metric] if top <= step), top)
    low = min(0 if high in (1, 100) else 1, min(numbers, default=1))
    return low, high


def _is_reversed(metric: Metric, question: str, values: Sequence[str]) -> bool:
    """Tell whether the small number is the good answer, by the question or by labelled answers."""
    if metric is Metric.NPS:
        return False
    if _LOW_IS_BEST.search(question) or (metric is Metric.CES and _HARD.search(question)):
        return True
    return _slope([pair for value in values if (pair := _labelled(value))]) < 0


def _labelled(value: str) -> tuple[float, float] | None:
    """Take "1 - very satisfied" apart: 1, and what the words are worth."""
    found = re.fullmatch(r"(\d+)\s*[-–:=.(]+\s*(\D+?)\)?", value.strip())
    worth = _WORTH.get(found[2].strip().casefold()) if found else None
    return (float(found[1]), worth) if found and worth is not None else None


def _slope(pairs: Sequence[tuple[float, float]]) -> float:
    if not pairs:
        return 0.0
    mean_x = sum(x for x, _ in pairs) / len(pairs)
    return sum((x - mean_x) * (y - 0.5) for x, y in pairs) or _lone_slope(pairs)


def _lone_slope(pairs: Sequence[tuple[float, float]]) -> float:
    x, worth = pairs[0]
    return -1.0 if x <= 1 and worth > 0.5 else 0.0
