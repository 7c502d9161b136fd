"""Prepare a document for reading: tell its language, mask it, see whether it repeats, split it."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from ingestion import chunking, language, redaction, screening
from ingestion.models import Document, Level, Refusal, Role, Segment, State
from ingestion.screening import Duplicates

_TITLE = "title"
_TELLING = 4_000
"""Characters that tell a document's language."""


class Prepared(NamedTuple):
    """A document, masked and split, before it is read.

    Attributes:
        fingerprint: What its repeats are known by; None without words.
        barred: Segments that are read and searched but never quoted, with the state that says why.
        turns: How many turns were used, left out for their speaker's role, or have no words.
        masked: Masked items by type.
    """

    document: Document
    fingerprint: int | None
    segments: tuple[Segment, ...]
    barred: dict[str, State]
    turns: Counter[State]
    masked: dict[str, int]


class Repeated(NamedTuple):
    """A document that says what an earlier one said: it counts once.

    Attributes:
        earlier: The id of the document that it repeats.
    """

    refusal: Refusal
    earlier: str


def prepare(document: Document, duplicates: Duplicates) -> Prepared | Refusal | Repeated:
    """Prepare `document`, and remember it among `duplicates`.

    Returns:
        The document prepared, also where it holds a score and no words; or why it is not read: it
        has neither, or repeats another.
    """
    masked, replaced = redaction.redact(_in_its_language(document))
    segments = chunking.split(masked)
    if not segments and not masked.scores:
        reason = "no words of a customer in it, and no score"
        return _refusal(document, State.EMPTY, reason)
    earlier = duplicates.seen(masked) if segments else None
    if earlier is not None:
        reason = f"says the same as {earlier}, which is counted"
        return Repeated(_refusal(document, State.DUPLICATE, reason), earlier)
    return Prepared(
        document=masked,
        fingerprint=screening.fingerprint(masked) if segments else None,
        segments=segments,
        barred=_barred(masked, segments),
        turns=_turns(masked, segments),
        masked=replaced,
    )


def _refusal(document: Document, state: State, reason: str) -> Refusal:
    return Refusal(level=Level.RECORDS, state=state, where=document.id, reason=reason)


def _in_its_language(document: Document) -> Document:
    """Tell the language from the customer's words, where the source does not say it."""
    if document.language != "und":
        return document
    said = " ".join(turn.text for turn in document.turns if turn.role is Role.CUSTOMER)
    return document.model_copy(update={"language": language.detect(said[:_TELLING])})


def _barred(document: Document, segments: Sequence[Segment]) -> dict[str, State]:
    """Bar what instructs and what was masked; of a text that instructs, its title too."""
    barred: dict[str, State] = {}
    for _, turn in groupby(segments, key=lambda segment: segment.turn):
        said = list(turn)
        instructing = screening.instructions([segment.text for segment in said])
        for segment, instructs in zip(said, instructing, strict=True):
            if instructs:
                barred[segment.id] = State.EXCLUDED
            elif redaction.is_masked(segment.text):
                barred[segment.id] = State.MASKED
    if State.EXCLUDED in barred.values():
        titles = (each for each in segments if document.turns[each.turn].field == _TITLE)
        barred |= {segment.id: State.EXCLUDED for segment in titles}
    return barred


def _turns(document: Document, segments: Sequence[Segment]) -> Counter[State]:
    used = {segment.turn for segment in segments}
    return Counter(
        State.USED
        if at in used
        else State.EXCLUDED
        if turn.role is not Role.CUSTOMER
        else State.EMPTY
        for at, turn in enumerate(document.turns)
    )
