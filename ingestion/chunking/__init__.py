"""Split a document into segments: one for each sentence a customer said, with its context.

Where sentences end is told by `sentences`; here they get their place and their context.
"""

from collections.abc import Iterator
from typing import NamedTuple

from ingestion import language
from ingestion.chunking import sentences
from ingestion.models import Document, Metric, Role, Segment, SegmentId, Span, digest

_TELLING = 60
"""Characters that a segment needs for its own language to be told."""
_LONG = 600
"""Characters from which on a document may be in more languages than one."""
_ASKED = 240
"""Characters of what somebody else said that stand as the question where none is asked."""

_MAIN = (Metric.RATING, Metric.CSAT, Metric.NPS, Metric.CES)
"""Which score speaks for a document that has several."""


class _Said(NamedTuple):
    """A sentence, where it stands in the document, and the question before it."""

    text: str
    start: int
    turn: int
    asked: str


def split(document: Document) -> tuple[Segment, ...]:
    """Split what the customer said into segments, in order.

    Returns:
        Segments that hold everything the customer said but white space; a turn of nothing but
        punctuation gives none, and neither does a turn of anybody else.
    """
    said = list(_said(document))
    texts = ["", *(each.text for each in said), ""]
    rating = _rating(document)
    is_long = len(document.text) > _LONG or document.language == language.UNKNOWN
    return tuple(
        Segment(
            id=SegmentId(f"seg_{digest(document.id, str(each.start), each.text)}"),
            document_id=document.id,
            turn=each.turn,
            span=Span(start=each.start, end=each.start + len(each.text)),
            text=each.text,
            kind=document.kind,
            language=_language(document, each.text) if is_long else document.language,
            participant=document.participant,
            asked=each.asked,
            before=texts[position],
            after=texts[position + 2],
            title=document.title or "",
            position=position,
            rating=rating,
        )
        for position, each in enumerate(said)
    )


def _said(document: Document) -> Iterator[_Said]:
    asked = ""
    for at, (turn, start) in enumerate(zip(document.turns, document.starts, strict=True)):
        if turn.role is not Role.CUSTOMER:
            asked = _question(turn.text, document.language)
            continue
        for begin, end in sentences.spans(turn.text, document.language):
            yield _Said(turn.text[begin:end], start + begin, at, turn.asked or asked)


def _question(text: str, spoken: str) -> str:
    """Give the last question of what somebody else said; without one, how it ends."""
    said = [text[start:end] for start, end in sentences.spans(text, spoken)]
    asked = [sentence for sentence in said if "?" in sentence or "？" in sentence]
    if asked:
        return asked[-1]
    return text if len(text) <= _ASKED or not said else said[-1]


def _rating(document: Document) -> float | None:
    """Give the document's main score, from -1 to 1; the first where a metric has several."""
    ranked = sorted(document.scores, key=lambda score: _MAIN.index(score.metric))
    return ranked[0].normal if ranked else None


def _language(document: Document, text: str) -> str:
    if len(text) < _TELLING and not any("\u0400" <= char <= "\u9fff" for char in text):
        return document.language
    return language.detect(text, document.language)
