"""Passages to learn from: segments as the product reads them, each with what is known of it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from evals.training import labels
from evals.training.labels import Labels
from ingestion.models import DocumentId, DocumentKind, Segment, SegmentId, Span, digest

Row = dict[str, Any]

QUESTIONS = ("?", "？")
_RATED = {DocumentKind.REVIEW, DocumentKind.SURVEY}
_ENDS = (".", "!", "?", "。", "！", "？", "…", '"')
_MARKS = ("Interviewer:", "Re:", "RE:", "Subject:", "Asunto:", "Betreff:", "Objet :", "Oggetto:")


@dataclass(frozen=True)
class Passage:
    """Sentences that stand together, in order.

    Attributes:
        group: What is held out together: the industry of a written passage, the set of a real one.
        origin: "written", "real" or the name of a public set.
    """

    segments: tuple[Segment, ...]
    labels: tuple[Labels, ...]
    group: str
    origin: str


@dataclass(frozen=True)
class Around:
    """What stands around the sentences of one passage."""

    kind: DocumentKind
    language: str
    asked: str = ""
    before: str = ""
    title: str = ""
    rating: float | None = None


def passage(
    texts: Sequence[str], told: Sequence[Labels], around: Around, group: str, origin: str
) -> Passage:
    """Make a passage of sentences that follow each other."""
    document = DocumentId(digest(origin, group, around.title, *texts))
    neighbours = [around.before, *texts, ""]
    segments = [
        Segment(
            id=SegmentId(digest(document, str(place))),
            document_id=document,
            turn=0,
            span=Span(start=0, end=len(text)),
            text=text,
            kind=around.kind,
            language=around.language,
            asked=around.asked,
            before=neighbours[place],
            after=neighbours[place + 2],
            title=around.title,
            position=place + bool(around.before),
            rating=around.rating,
        )
        for place, text in enumerate(texts)
    ]
    return Passage(tuple(segments), tuple(told), group, origin)


def written(path: Path, seed: int) -> Iterator[Passage]:
    """Read the sentences written for the project, passage by passage."""
    together: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(path):
        together[row["passage"]].append(row)
    chance = Random(seed)  # noqa: S311 - a made-up rating, no secret
    for rows in together.values():
        valences = [float(row["valence"]) for row in rows]
        rating = made_up_rating(DocumentKind(rows[0]["source"]), valences, chance)
        around = _around(rows[0], rating)
        texts = [row["text"] for row in rows]
        yield passage(texts, [_told(row) for row in rows], around, rows[0]["industry"], "written")


def real(path: Path) -> Iterator[Passage]:
    """Read the real sentences that two annotators labelled."""
    for row in _rows(path):
        group = str(row["id"]).split(":")[0].split("/")[0]
        yield passage([row["text"]], [_told(row)], _around(row, None), group, "real")


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _told(row: Row) -> Labels:
    stage = labels.STAGES.index(row["stage"]) if row["stage"] in labels.STAGES else labels.UNKNOWN
    return Labels(
        kinds=tuple(float(kind in row["kinds"]) for kind in labels.KINDS),  # pyright: ignore[reportArgumentType]
        stage=stage,
        emotion=labels.EMOTIONS.index(row["emotion"]),
        valence=float(row["valence"]),
        about=labels.ABOUTS.index(row["about"]),
        touchpoint=labels.touchpoint(row["touchpoint"]),
        words=row["touchpoint"],
        channel=labels.channel(row["touchpoint"], row["text"])
        if row["lang"] == "en" or row["touchpoint"]
        else labels.UNKNOWN,
    )


def _around(row: Row, rating: float | None) -> Around:
    words = row["context"].strip()
    for mark in _MARKS:
        words = words.removeprefix(mark).strip()
    part = _part_of(words, row["source"]) if words else "before"
    return Around(DocumentKind(row["source"]), row["lang"], rating=rating, **{part: words})


def _part_of(words: str, source: str) -> str:
    is_spoken = source in {"interview", "survey"}
    if is_spoken and words.endswith(QUESTIONS):
        return "asked"
    if not is_spoken and not words.endswith(_ENDS) and len(words) < 60:
        return "title"
    return "before"


def made_up_rating(kind: DocumentKind, valences: Sequence[float], chance: Random) -> float | None:
    """Half of the reviews and answers get stars that go with the passage, loosely, as in life."""
    if kind not in _RATED or chance.random() < 0.5:
        return None
    mean = sum(valences) / len(valences)
    return max(-1.0, min(1.0, round(mean + chance.gauss(0, 0.7)) / 2))


def grouped(passages: Iterable[Passage], folds: int) -> list[list[Passage]]:
    """Split into folds so that no group stands in two of them; the same on every machine."""
    out: list[list[Passage]] = [[] for _ in range(folds)]
    for one in passages:
        out[int(digest(one.group), 16) % folds].append(one)
    return out
