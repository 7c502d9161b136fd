"""Ask the same of every text of a public set."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np

from assistant.models import Reading
from evals.suites.labelled import Reads
from evals.suites.measures import Question
from evals.training.labels import Labels
from evals.training.passages import Around, passage

_SEED = 0


class Known(NamedTuple):
    """A text, what its set says of it, and what simple rules say, by the name of the question."""

    id: str
    text: str
    around: Around
    told: dict[str, float]
    plain: dict[str, float]


class Asked(NamedTuple):
    """Questions, and the texts of the samples that they were asked of, by id."""

    questions: list[Question]
    texts: dict[str, str]


class Wanted(NamedTuple):
    """What to ask: which of the truths, and beside which rule of `Known.plain`."""

    name: str
    measure: str
    told: str
    rule: str


def drawn(known: Sequence[Known], at_most: int) -> list[Known]:
    """Draw some by chance, the same each time."""
    return Random(_SEED).sample(known, min(at_most, len(known)))  # noqa: S311  a sample, no secret


def read(some: Sequence[Known], reads: Reads) -> Sequence[Reading]:
    """Read each text as a document of its own."""
    alone = [passage([one.text], [Labels()], one.around, one.id, "public") for one in some]
    return reads([segment for each in alone for segment in each.segments])


def ask(wanted: Wanted, some: Sequence[Known], said: Sequence[float]) -> Question:
    """Ask it of those samples for which both the set and the rule have an answer."""
    rows = [
        (one.id, one.told[wanted.told], answer, one.plain[wanted.rule])
        for one, answer in zip(some, said, strict=True)
        if wanted.told in one.told and wanted.rule in one.plain
    ]
    told, answers, plain = (np.array([row[at] for row in rows], np.float64) for at in (1, 2, 3))
    ids = tuple(row[0] for row in rows)
    return Question(wanted.name, wanted.measure, ids, told, answers, plain, wanted.rule)


def texts(some: Sequence[Known]) -> dict[str, str]:
    """Give the text of each sample, by its id."""
    return {one.id: one.text for one in some}


def table(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Give the rows of a CSV file, counted from 1."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from enumerate(csv.DictReader(file), 1)
