"""From a written transcript to turns: plain text and Markdown with speaker labels.

What is no speech keeps its place as a turn that is never the customer's, with a field that says
what it is: "heading", or "note" for what stands before the first label and for stage directions.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ingestion.models import Role, Turn
from ingestion.speech import labels
from ingestion.speech.cues import flat

_HEADING = re.compile(r"#{1,6}\s+(.*?)\s*#*")
_RULE = re.compile(r"([-*_=~])(\s*\1){2,}")
_DIRECTION = re.compile(r"\\?\[[^\[\]]*\]|\*[^*\s][^*]*\*|_[^_\s][^_]*_")
_CREDIT = re.compile(
    r"(?:transcribed|transcript(?:ion)? (?:provided|generated|created)|transkribiert)"
    r" (?:by|with|using|von|mit)\b.*",
    re.IGNORECASE,
)
_ASKING = ("?", "？")
_LIST_ITEM = re.compile(r"(?:[-*+•]|\d{1,3}[.)])\s+\S")
_BOLD = re.compile(r"(\*\*\*|\*\*|__)(?=\S)(.{1,400}?)(?<=\S)\1")
_ITALIC = re.compile(r"(?<![\w*])(\*|_)(?=[^\s*_])([^*_\n]*[^\s*_])\1(?![\w*])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_MARKDOWN = re.compile(r"^#{1,6} |\*\*\S|\\\[", re.MULTILINE)


class _Part(NamedTuple):
    """A stretch of lines: of one speaker's speech, or of a heading or note."""

    lines: list[str]
    speaker: str | None = None
    start_ms: int | None = None
    field: str | None = None


def turns(text: str) -> tuple[Turn, ...]:
    """Read a transcript: the labels that behave like labels open turns, the rest is said.

    Args:
        text: Line breaks of any kind; Markdown emphasis and escapes are taken off.

    Returns:
        In order. A text without labels gives a turn for each paragraph, without a speaker.
    """
    lines = re.split(r"\r\n|[\n\r\f\v\u2028\u2029]", text.removeprefix("\ufeff"))
    openings = [_opening(line) for line in lines]
    names = labels.believed(opening for opening in openings if opening)
    parts = _labelled(lines, openings, names) if names else _paragraphs(lines)
    is_markdown = bool(_MARKDOWN.search(text))
    return tuple(turn for part in parts if (turn := _turn(part, is_markdown=is_markdown)))


def row(cells: Sequence[str]) -> str:
    """Write a table's row as the line of a transcript: the time, the speaker, what is said.

    Example:
        >>> row(["0:12", "Anna", "It was late."])
        '[0:12] Anna: It was late.'
    """
    said = [text for cell in cells if (text := flat(cell))]
    stamps = [text for text in said if labels.is_stamp(text)]
    words = [text for text in said if text not in stamps]
    while len(words) > 2 and words[0].isdigit():
        words.pop(0)
    if len(words) < 2:
        return " ".join(said)
    stamp = f"[{stamps[0].strip('[]()')}] " if stamps else ""
    return f"{stamp}{words[0].rstrip(':：')}: {' '.join(words[1:])}"


def _opening(line: str) -> labels.Label | None:
    heading = _HEADING.fullmatch(line.strip())
    return labels.alone(heading[1]) if heading else labels.read(line)


def _labelled(
    lines: Sequence[str], openings: Sequence[labels.Label | None], names: frozenset[str]
) -> Iterator[_Part]:
    part = _Part([], field="note")
    for line, opening in zip(lines, openings, strict=True):
        if opening and opening.key in names:
            yield part
            part = _Part([_spoken(opening.rest)], opening.speaker, opening.start_ms)
        elif aside := _aside(line):
            yield part
            yield aside
            part = part._replace(lines=[], start_ms=None)
        else:
            part.lines.append(_spoken(line))
    yield part


def _paragraphs(lines: Sequence[str]) -> Iterator[_Part]:
    """Parts of a text without labels; a line that asks ends its paragraph, a bold one is a note."""
    part = _Part([])
    for line in lines:
        aside = _aside(line) or _bold_line(line)
        if not aside:
            part.lines.append(_spoken(line))
        if aside or not line.strip() or line.rstrip(" *_").endswith(_ASKING):
            yield part
            part = _Part([])
        if aside:
            yield aside
    yield part


def _bold_line(line: str) -> _Part | None:
    """A question, most likely: whoever types an interview sets it off so."""
    return _Part([line], field="note") if _BOLD.fullmatch(line.strip()) else None


def _spoken(line: str) -> str:
    """A line without the time at its start; a rule or a time alone says nothing."""
    if _RULE.fullmatch(line.strip()):
        return ""
    return labels.unstamped(line)


def _aside(line: str) -> _Part | None:
    """A heading, a stage direction, or the credit of a tool, on a line of its own."""
    text = line.strip()
    if heading := _HEADING.fullmatch(text):
        return _Part([heading[1]], field="heading")
    is_aside = _DIRECTION.fullmatch(text) or _CREDIT.fullmatch(text)
    return _Part([text], field="note") if is_aside else None


def _turn(part: _Part, *, is_markdown: bool) -> Turn | None:
    text = _plain(_joined(part.lines), is_markdown=is_markdown)
    if not text:
        return None
    role = Role.INTERVIEWER if part.field else Role.CUSTOMER
    speaker = None if part.field else part.speaker
    return Turn(text=text, speaker=speaker, role=role, field=part.field, start_ms=part.start_ms)


def _joined(lines: Sequence[str]) -> str:
    """Lines of a paragraph run on; paragraphs and items of a list start on a new line."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if not line.strip() or _LIST_ITEM.match(line.strip()):
            blocks.append([])
        blocks[-1].append(line)
    return "\n".join(filter(None, (flat("\n".join(block)) for block in blocks)))


def _plain(text: str, *, is_markdown: bool) -> str:
    """Take emphasis off; what it emphasises stays as it is."""
    text = _ITALIC.sub(r"\2", _BOLD.sub(r"\2", text))
    return (_ESCAPE.sub(r"\1", text) if is_markdown else text).strip()
