"""Ask the same of every text of a public set."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np

from assistant.models import EvidenceKind, Reading
from evals.suites.labelled import Reads
from evals.suites.measures import Question
from evals.training.labels import Labels
from evals.training.passages import Around, Passage, passage
from ingestion.chunking.sentences import spans

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


class Whole(NamedTuple):
    """What a text of several sentences shows, and which way it leans."""

    kinds: frozenset[EvidenceKind]
    leaning: float


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


def read_by_sentence(some: Sequence[Known], reads: Reads) -> list[Whole]:
    """Read longer texts sentence by sentence, as the product does, and sum each text up."""
    split = [_split(one) for one in some]
    readings = iter(reads([segment for each in split for segment in each.segments]))
    return [_whole([next(readings) for _ in each.segments]) for each in split]


def _split(one: Known) -> Passage:
    sentences = [one.text[start:end] for start, end in spans(one.text, one.around.language)]
    parts = sentences or [one.text]
    return passage(parts, [Labels()] * len(parts), one.around, one.id, "public")


def _whole(readings: Sequence[Reading]) -> Whole:
    """Join what the sentences show; how it felt is told by those that felt strongest."""
    felt = [reading.valence for reading in readings]
    kinds = frozenset(kind for reading in readings for kind in reading.kinds)
    return Whole(kinds, sum(valence * abs(valence) for valence in felt))


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
