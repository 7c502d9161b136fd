"""Small labelled corpora, written for the project: whole documents, and themes told by many people.

A file is an industry. Its lines, as a writer writes them:

    = bike repair workshop
    * no-callback pain: nobody rings when the bike is ready
    @ review en "Good hands, bad phone"
    no-callback|pain,action|experience|frustrated|-1|own|collection|Said Thursday, and I rang.
    @ interview en
    > What was it like dropping it off?
    -|action|experience|neutral|0|own|drop-off|I wheeled it in before work.
    @ survey en ? What is the main reason for your score?

`=` names the industry, `*` a theme, `@` begins a document, with its title or the question that all
were asked, `>` is what an interviewer asks. Everything else is a customer's sentence: its theme or
`-`, kinds, stage, emotion, valence, whom it is about, touchpoint, and the words. Plain statements,
a sentence or two a document, are of every industry and no stage: a set of their own, `PLAIN`.
So is an industry that is mostly told of in ways that are hard to read: `HARD`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import NamedTuple

from assistant.models import About
from evals.training import labels
from evals.training.labels import Labels
from evals.training.passages import Around, Passage, made_up_rating, passage
from ingestion.models import DocumentKind

PLAIN = "plain"
"""The origin of plain statements."""
HARD = "hard"
"""The origin of praise and complaint in one sentence, of what is felt but told as a bare story, of
what only looks like it, of who would not recommend, and of look-alike troubles at one touchpoint.
"""

_PLAIN_INDUSTRY, _HARD_INDUSTRY = "plain statements", ", hard to read"
_DOCUMENT = re.compile(r'@ (\w+) (\w\w)(?: "(.*)"| \? (.*))?$')
_ABOUT = {"own": About.OWN, "rival": About.RIVAL, "none": About.NONE}
_COLUMNS = 8


class Said(NamedTuple):
    """A sentence, what was asked before it, and what it shows."""

    text: str
    asked: str
    told: Labels


@dataclass
class _Document:
    kind: DocumentKind
    language: str
    title: str = ""
    asked: str = ""
    said: list[Said] = field(default_factory=list[Said])


def read(folder: Path, seed: int) -> Iterator[Passage]:
    """Read every file of `folder`: a passage a document.

    Raises:
        ValueError: A line is none of those above; it says which.
    """
    chance = Random(seed)  # noqa: S311 - a made-up rating, no secret
    for path in sorted(folder.glob("*.txt")):
        lines = path.read_text(encoding="utf-8").splitlines()
        industry = lines[0].removeprefix("= ").strip()
        for document in _documents(path, lines[1:], industry):
            if document.said:
                yield _passage(document, industry, chance)


def _documents(path: Path, lines: Sequence[str], industry: str) -> list[_Document]:
    found: list[_Document] = []
    for number, line in enumerate(lines, 2):
        match line[:2]:
            case "* " | "":
                continue
            case "@ ":
                found.append(_opened(line, f"{path.name}:{number}"))
            case "> ":
                found[-1].asked = line[2:].strip()
            case _:
                found[-1].said.append(_said(line, found[-1], industry, f"{path.name}:{number}"))
    return found


def _opened(line: str, place: str) -> _Document:
    found = _DOCUMENT.match(line.strip())
    if not found:
        raise ValueError(f"{place}: no document begins like {line!r}")
    kind, language, title, asked = found.groups()
    return _Document(DocumentKind(kind), language, title or "", asked or "")


def _said(line: str, document: _Document, industry: str, place: str) -> Said:
    parts = line.split("|", _COLUMNS - 1)
    if len(parts) < _COLUMNS:
        raise ValueError(f"{place}: {len(parts)} columns where {_COLUMNS} belong: {line!r}")
    theme, kinds, stage, emotion, valence, about, touchpoint, text = map(str.strip, parts)
    told = Labels(
        kinds=tuple(float(kind in kinds.split(",")) for kind in labels.KINDS),
        stage=labels.STAGES.index(stage) if stage in labels.STAGES else labels.UNKNOWN,
        emotion=labels.EMOTIONS.index(emotion),
        valence=float(valence),
        about=labels.ABOUTS.index(_ABOUT[about]),
        theme="" if theme == "-" else f"{industry}: {theme}",
    )
    return Said(text, document.asked, _placed(told, touchpoint, text, document.language))


def _placed(told: Labels, touchpoint: str, text: str, language: str) -> Labels:
    """Add touchpoint and channel; the channel is only known by English words."""
    is_english = language == "en"
    return replace(
        told,
        touchpoint=labels.touchpoint(touchpoint),
        words=touchpoint.removeprefix("-"),
        channel=labels.channel(touchpoint, text) if is_english else labels.UNKNOWN,
    )


def _passage(document: _Document, industry: str, chance: Random) -> Passage:
    told = [one.told for one in document.said]
    rating = made_up_rating(document.kind, [one.valence for one in told], chance)
    around = Around(document.kind, document.language, title=document.title, rating=rating)
    made = passage([one.text for one in document.said], told, around, industry, _origin(industry))
    asked = [one.asked for one in document.said]
    return replace(
        made,
        segments=tuple(
            segment.model_copy(update={"asked": question})
            for segment, question in zip(made.segments, asked, strict=True)
        ),
    )


def _origin(industry: str) -> str:
    if industry == _PLAIN_INDUSTRY:
        return PLAIN
    return HARD if industry.endswith(_HARD_INDUSTRY) else "corpus"
