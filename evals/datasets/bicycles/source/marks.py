"""Marks in the sources, and what they say.

A mark is {{CODE words}}: CODE is kinds + number . stage . valence . emotion . note; X:type|value is
personal data, OFF opens an off-topic document, INJ holds a passage that tries to instruct the
reader. README.md tells the letters.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from planted import Record

STAGES = {
    "w": "awareness",
    "c": "consideration",
    "d": "decision",
    "x": "experience",
    "r": "retention",
    "v": "advocacy",
}
EMOTIONS = {
    "unc": "uncertain",
    "urg": "urgent",
    "exc": "excited",
    "sce": "sceptical",
    "rea": "reassured",
    "fru": "frustrated",
    "con": "confused",
    "dis": "disappointed",
    "ang": "angry",
    "sat": "satisfied",
    "neu": "neutral",
}
KINDS = {"p": "pain", "d": "delight", "o": "opportunity", "a": "action", "n": "neutral"}

_MARK = re.compile(r"\{\{((?!X:)\S+) ((?:[^{}]|\{\{X:[^{}]*\}\})*)\}\}")
_PERSONAL = re.compile(r"\{\{X:(\w+)\|(.*?)\}\}")
_LABEL = re.compile(r"([pdoan]+)(\d*)")
_CLAIM = "claim:"
# Marks stand apart by a space; between Chinese sentences there is none.
_SPACE_IN_CHINESE = re.compile(r"(?<=[。！？”]) (?=[\u4e00-\u9fff“])")


class Segment(Record):
    """A labelled passage of the customer's."""

    doc: str
    quote: str
    stage: str
    valence: int
    emotion: str
    kinds: list[str]
    pain_point_id: str | None
    delight_id: str | None = None
    hard: str | None = None

    def told(self) -> dict[str, Any]:
        """The segment as truth.json has it: only a pain point's id may be null."""
        return {
            key: value
            for key, value in self.model_dump().items()
            if value is not None or key == "pain_point_id"
        }


@dataclass
class Marks:
    """All that the marks of the documents said, in the order of reading."""

    segments: list[Segment] = field(default_factory=list[Segment])
    pii: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    injections: list[dict[str, str]] = field(default_factory=list[dict[str, str]])
    off_topic: dict[str, str] = field(default_factory=dict[str, str])
    claims: dict[str, dict[str, str]] = field(default_factory=dict[str, dict[str, str]])

    def strip(self, doc: str, text: str) -> str:
        """The text without its marks, noting what they say of the document."""
        text = _MARK.sub(lambda found: self._note(doc, found[1], found[2].strip()), text)
        text = _SPACE_IN_CHINESE.sub("", text)
        return _PERSONAL.sub(lambda found: self._personal(doc, found[1], found[2].strip()), text)

    def _personal(self, doc: str, kind: str, value: str) -> str:
        """Note a piece of personal data; return it."""
        self.pii.append({"doc": doc, "value": value, "type": kind})
        return value

    def _note(self, doc: str, code: str, words: str) -> str:
        """Note what one mark says; return its words, with the marks of personal data left in."""
        if code == "OFF":
            self.off_topic.setdefault(doc, words)
        elif code == "INJ":
            self.injections.append({"doc": doc, "quote": words})
        else:
            self._label(doc, code, _PERSONAL.sub(r"\2", words))
        return words

    def _label(self, doc: str, code: str, quote: str) -> None:
        """Note a labelled passage, or the claim that it is."""
        kinds, stage, valence, emotion, note = (*code.split("."), "", "", "", "")[:5]
        claims = note.startswith(_CLAIM)
        if claims:
            self.claims[note.removeprefix(_CLAIM)] = {"doc": doc, "quote": quote}
        segment = Segment(
            doc=doc,
            quote=quote,
            stage=STAGES[stage],
            valence=int(valence or 0),
            emotion=EMOTIONS[emotion or "neu"],
            hard=None if claims else note or None,
            **_kinds(kinds),
        )
        self.segments.append(segment)


def _kinds(code: str) -> dict[str, Any]:
    """The kinds of a passage, and the planted pain or delight that its number means."""
    found = _LABEL.fullmatch(code)
    if found is None:
        raise ValueError(f"{code!r} is no kind and number: write one or more of pdoan, then digits")
    letters, number = found[1], int(found[2] or 0)
    return {
        "kinds": [KINDS[letter] for letter in letters],
        "pain_point_id": f"pp{number:02d}" if number and letters[0] in "po" else None,
        "delight_id": f"d{number:02d}" if number and letters == "d" else None,
    }
