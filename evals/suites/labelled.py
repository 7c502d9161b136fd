"""Labelled sentences in a file, one JSON object a line: the project's own, or a team's.

`text` and `kinds` are needed; `stage`, `emotion`, `valence` and `about` are measured where they are
given; `context`, `source`, `lang`, `passage` and `id` say what the sentence stands in.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from random import Random
from typing import Literal, NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.models import DEFAULT_STAGES, About, Emotion, EvidenceKind, Reading
from evals.suites.measures import Numbers, Question
from evals.training.labels import Labels
from evals.training.passages import QUESTIONS, Around, passage
from ingestion.models import DocumentKind, Segment

Reads = Callable[[Sequence[Segment]], Sequence[Reading]]

AT_MOST = 2_000
_SEED = 0
_SLICE_LEAST = 20
_FELT = (EvidenceKind.PAIN, EvidenceKind.DELIGHT, EvidenceKind.OPPORTUNITY)
_STAGES = tuple(stage.id for stage in DEFAULT_STAGES)
_MARK = "Interviewer:"
_ENDS = (".", "!", "?", "…", "。", "！", "？", '"')


class Unreadable(ValueError):
    """A line of a labelled file is not what the format asks for; says where, and why."""


class Label(BaseModel):
    """A sentence, and what people say of it; fields that are not known here are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str = Field(min_length=1)
    kinds: tuple[EvidenceKind | Literal["neutral"], ...] = Field(min_length=1)
    stage: str | None = None
    emotion: Emotion | None = None
    valence: float | None = Field(default=None, ge=-2, le=2)
    about: About | None = None
    context: str = ""
    source: DocumentKind = DocumentKind.REVIEW
    lang: str = "und"
    passage: str = ""
    id: str = ""

    @property
    def origin(self) -> str:
        """Where the sentence comes from, as its id begins: "nhs:12" comes from "nhs"."""
        return self.id.replace("/", ":").partition(":")[0]


class Sample(NamedTuple):
    """A labelled sentence as the product reads it."""

    id: str
    label: Label
    segment: Segment


def samples(path: Path, at_most: int = AT_MOST) -> list[Sample]:
    """Read a labelled file; of a long one, whole passages drawn by chance, the same each time.

    Raises:
        Unreadable: A line is not as the format asks.
    """
    lines = list(enumerate(_labels(path), 1))
    passages = [list(some) for _, some in groupby(lines, lambda line: line[1].passage or line[0])]
    Random(_SEED).shuffle(passages)  # noqa: S311  a sample, no secret
    drawn: list[Sample] = []
    for some in passages:
        if len(drawn) + len(some) <= at_most:
            drawn.extend(_together(path.stem, some))
    return drawn


def questions(drawn: Sequence[Sample], reads: Reads) -> list[Question]:
    """Ask what the labels say: what a sentence shows, where on the journey, and how it felt."""
    readings = reads([sample.segment for sample in drawn])
    pairs = [(sample, said) for sample, said in zip(drawn, readings, strict=True)]
    asked = [*_kinds(pairs), *_moments(pairs), *_feelings(pairs)]
    return [one for one in asked if len(one.samples)]


Pairs = Sequence[tuple[Sample, Reading]]


def _kinds(pairs: Pairs) -> Iterator[Question]:
    for kind in _FELT:
        rows = [(kind in sample.label.kinds, kind in said.kinds) for sample, said in pairs]
        if any(told for told, _ in rows):
            yield _question(kind.value, "F1", pairs, rows)
    felt = set(_FELT)
    rows = [(_code(sample.label.kinds), _code(said.kinds)) for sample, said in pairs]
    yield _question("kinds", "accuracy", pairs, rows)
    quiet = [(sample, said) for sample, said in pairs if not felt & set(sample.label.kinds)]
    rows = [(0, bool(felt & set(said.kinds))) for _, said in quiet]
    yield _question("found where nothing is", "share", quiet, rows)


def _code(kinds: Sequence[str]) -> float:
    """Number each way in which pain, delight and opportunity may come together."""
    return float(sum(2**at for at, kind in enumerate(_FELT) if kind in kinds))


def _moments(pairs: Pairs) -> Iterator[Question]:
    """What is told of a moment is measured where a moment is told of."""
    telling = [(sample, said) for sample, said in pairs if set(sample.label.kinds) != {"neutral"}]
    staged = [pair for pair in telling if pair[0].label.stage in _STAGES]
    rows = [
        (_STAGES.index(one.label.stage or ""), _STAGES.index(said.stage)) for one, said in staged
    ]
    yield _question("stage", "accuracy", staged, rows)
    moved = [pair for pair in telling if pair[0].label.emotion]
    order = list(Emotion)
    rows = [
        (order.index(one.label.emotion or order[0]), order.index(said.emotion))
        for one, said in moved
    ]
    yield _question("emotion", "accuracy", moved, rows)
    told_of = [pair for pair in telling if pair[0].label.about]
    rows = [(one.label.about is About.RIVAL, said.about is About.RIVAL) for one, said in told_of]
    if any(told for told, _ in rows):
        yield _question("about a rival", "F1", told_of, rows)


def _feelings(pairs: Pairs) -> Iterator[Question]:
    felt = [pair for pair in pairs if pair[0].label.valence]
    rows = [((one.label.valence or 0) > 0, said.valence > 0) for one, said in felt]
    yield _question("valence sign", "accuracy", felt, rows)
    known = [pair for pair in pairs if pair[0].label.valence is not None]
    far = [(one.label.valence or 0.0, said.valence) for one, said in known]
    yield _question("valence", "error", known, far)


def _question(
    name: str, measure: str, pairs: Pairs, rows: Sequence[tuple[float, float]]
) -> Question:
    told, said = (np.array([row[at] for row in rows], np.float64) for at in (0, 1))
    drawn = [sample for sample, _ in pairs]
    ids = tuple(sample.id for sample in drawn)
    plain = _commonest(told, measure)
    rule = "" if plain is None else _RULES[measure]
    return Question(name, measure, ids, told, said, plain, rule, slices=_slices(drawn))


_RULES = {"F1": "always yes", "accuracy": "the commonest", "error": "always 0"}


def _commonest(told: Numbers, measure: str) -> Numbers | None:
    if measure not in _RULES or not len(told):
        return None
    values, counts = np.unique(told, return_counts=True)
    always = {"F1": 1.0, "accuracy": float(values[counts.argmax()]), "error": 0.0}
    return np.full(len(told), always[measure])


def _slices(drawn: Sequence[Sample]) -> dict[str, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """Slice by language, kind of source and origin, where a slice is large enough to tell."""
    found: dict[str, np.ndarray[tuple[int], np.dtype[np.bool_]]] = {}
    for name, values in (
        ("language", [sample.label.lang for sample in drawn]),
        ("source", [sample.label.source.value for sample in drawn]),
        ("origin", [sample.label.origin for sample in drawn]),
    ):
        several = sorted(set(values) - {""})
        for value in several if len(several) > 1 else []:
            here = np.array([one == value for one in values], np.bool_)
            if here.sum() >= _SLICE_LEAST:
                found[f"{name} {value}"] = here
    return found


def _labels(path: Path) -> Iterator[Label]:
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                yield Label.model_validate_json(line)
            except ValidationError as problem:
                first = problem.errors()[0]
                place = ".".join(map(str, first["loc"])) or "the line"
                raise Unreadable(f"{path}, line {number}: {place}: {first['msg']}") from problem


def _together(name: str, some: Sequence[tuple[int, Label]]) -> Iterator[Sample]:
    """Give the sentences of one passage, which are read together, under the ids they go by."""
    first = some[0][1]
    texts = [label.text for _, label in some]
    together = passage(texts, [Labels()] * len(texts), _around(first), name, str(some[0][0]))
    for (number, label), segment in zip(some, together.segments, strict=True):
        yield Sample(label.id or f"{name}:{number}", label, segment)


def _around(label: Label) -> Around:
    """Tell which part the context plays: the question asked, the title, or the sentence before."""
    words = label.context.strip().removeprefix(_MARK).strip()
    is_spoken = label.source in {DocumentKind.INTERVIEW, DocumentKind.SURVEY}
    part = "before"
    if is_spoken and (words.endswith(QUESTIONS) or _MARK in label.context):
        part = "asked"
    elif not is_spoken and words and not words.endswith(_ENDS):
        part = "title"
    parts = {"asked": "", "before": "", "title": "", part: words}
    return Around(label.source, label.lang, parts["asked"], parts["before"], parts["title"])
