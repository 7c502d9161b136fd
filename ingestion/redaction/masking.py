"""Put placeholders where personal data stands."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ingestion.models import Document, Turn
from ingestion.redaction import addresses, names, numbers
from ingestion.redaction.finding import Finding, Kind

_PLACEHOLDER = re.compile(r"\[(?:" + "|".join(Kind) + r")\]")
_CONTACTS = {Kind.EMAIL, Kind.PHONE}
_RANK = {kind: rank for rank, kind in enumerate(Kind)}
_MAY_HOLD = re.compile(r"[\d@]")
_SMALL_WORD = re.compile(r"(?<!\w)[^\W\d_A-ZÀ-ÞА-ЯЁ][^\W\d_]*")


class Redacted(NamedTuple):
    """A document without personal data.

    Attributes:
        replaced: How many stretches of each kind were masked.
    """

    document: Document
    replaced: dict[str, int]


class _Masked(NamedTuple):
    texts: Sequence[str]
    replaced: dict[str, int]


def redact(document: Document) -> Redacted:
    """Mask the personal data in what is said, asked and written above a document.

    A name found once is masked wherever the document says it.
    """
    texts = [document.title or "", *_texts(document.turns)]
    masked = _all_masked(texts)
    if not masked.replaced:
        return Redacted(document, {})
    turns = tuple(
        turn.model_copy(update={"text": text, "asked": asked})
        for turn, text, asked in zip(
            document.turns, masked.texts[1::2], masked.texts[2::2], strict=True
        )
    )
    title = masked.texts[0] if document.title is not None else None
    kept = {name: getattr(document, name) for name in Document.model_fields}  # not what is cached
    clean = Document.model_validate(kept | {"turns": turns, "title": title})
    return Redacted(clean, masked.replaced)


def mask(text: str) -> str:
    """Mask the personal data in a text that stands alone."""
    return _all_masked([text]).texts[0]


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


def _all_masked(texts: Sequence[str]) -> _Masked:
    """Mask texts that speak of the same people."""
    found = [_unnamed(text) for text in texts]
    people = {name for text, each in zip(texts, found, strict=True) for name in _people(text, each)}
    if not people and not any(found):
        return _Masked(texts, {})
    spoken = frozenset(_SMALL_WORD.findall(" ".join(texts))) if people else frozenset[str]()
    if people:
        found = [
            _without_overlap([*each, *names.mentions(text, people, spoken)])
            for text, each in zip(texts, found, strict=True)
        ]
    replaced = Counter(each.kind.value for findings in found for each in findings)
    return _Masked(
        [_written(text, each) for text, each in zip(texts, found, strict=True)], dict(replaced)
    )


def _unnamed(text: str) -> list[Finding]:
    """Find what is not a name."""
    if not _MAY_HOLD.search(text):
        return []
    return _without_overlap([*numbers.find(text), *addresses.find(text)])


def _without_overlap(found: Sequence[Finding]) -> list[Finding]:
    """Keep the surer kind, and of one kind the longer, where two overlap."""
    kept: list[Finding] = []
    taken = bytearray(max((each.end for each in found), default=0))
    for each in sorted(found, key=lambda each: (_RANK[each.kind], each.start - each.end)):
        if not any(taken[each.start : each.end]):
            kept.append(each)
            taken[each.start : each.end] = b"\x01" * (each.end - each.start)
    return kept


def _people(text: str, found: Iterable[Finding]) -> Iterator[str]:
    return names.named(text, [each for each in found if each.kind in _CONTACTS])


def _written(text: str, found: Iterable[Finding]) -> str:
    """Write `text` with a placeholder for each finding."""
    for each in sorted(found, reverse=True):
        text = f"{text[: each.start]}[{each.kind}]{text[each.end :]}"
    return text
