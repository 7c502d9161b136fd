"""Put placeholders where personal data stands."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ingestion.models import Document, Turn
from ingestion.redaction import addresses, names, numbers
from ingestion.redaction.finding import Finding, Kind

_PLACEHOLDER = re.compile(r"\[(?:" + "|".join(Kind) + r")\]")
_CONTACTS = {Kind.EMAIL, Kind.PHONE}


class Redacted(NamedTuple):
    """A document without personal data.

    Attributes:
        replaced: How many stretches of each kind were masked.
    """

    document: Document
    replaced: dict[str, int]


def redact(document: Document) -> Redacted:
    """Mask the personal data in what is said, asked and written above a document.

    A name found once is masked wherever the document says it.
    """
    texts = [document.title or "", *_texts(document.turns)]
    found = [_unnamed(text) for text in texts]
    people = {name for text, each in zip(texts, found, strict=True) for name in _people(text, each)}
    if not people and not any(found):
        return Redacted(document, {})
    replaced = Counter[str]()
    masked = [
        _masked(text, each, people, replaced) for text, each in zip(texts, found, strict=True)
    ]
    turns = tuple(
        turn.model_copy(update={"text": text, "asked": asked})
        for turn, text, asked in zip(document.turns, masked[1::2], masked[2::2], strict=True)
    )
    title = masked[0] if document.title is not None else None
    clean = Document.model_validate(dict(document) | {"turns": turns, "title": title})
    return Redacted(clean, dict(replaced))


def mask(text: str) -> str:
    """Mask the personal data in a text that stands alone."""
    found = _unnamed(text)
    return _masked(text, found, set(_people(text, found)), Counter())


def is_masked(text: str) -> bool:
    """Tell whether something was masked in `text`.

    Example:
        >>> is_masked(mask("Write to ada@example.org."))
        True
    """
    return bool(_PLACEHOLDER.search(text))


def _texts(turns: Iterable[Turn]) -> Iterator[str]:
    for turn in turns:
        yield turn.text
        yield turn.asked


def _unnamed(text: str) -> list[Finding]:
    """Find what is not a name, the longer first where two overlap."""
    found = [*numbers.find(text), *addresses.find(text)]
    kept: list[Finding] = []
    for each in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if all(each.end <= other.start or other.end <= each.start for other in kept):
            kept.append(each)
    return kept


def _people(text: str, found: Iterable[Finding]) -> Iterator[str]:
    return names.named(text, [each for each in found if each.kind in _CONTACTS])


def _masked(
    text: str, found: Iterable[Finding], people: Iterable[str], replaced: Counter[str]
) -> str:
    """Write `text` with a placeholder for each finding and each mention of a person."""
    kept = list(found)
    kept += [
        each
        for each in names.mentions(text, people)
        if all(each.end <= other.start or other.end <= each.start for other in kept)
    ]
    for each in sorted(kept, reverse=True):
        text = f"{text[: each.start]}[{each.kind}]{text[each.end :]}"
        replaced[each.kind] += 1
    return text
