"""Read WebVTT captions, as meeting tools export them.

A conforming player skips a cue it cannot read. This parser refuses the file and names the line,
because a skipped cue is testimony lost without a trace. What loses no words it accepts: blank lines
missing or padded, odd settings, times in the wrong order, tags that are never closed.

Source: https://www.w3.org/TR/webvtt1/#file-structure, #file-parsing, #caption-text
"""

import re
from collections.abc import Iterator
from html import unescape

from ingestion import decoding
from ingestion.errors import MalformedSource
from ingestion.models import Turn
from ingestion.speech import cues
from ingestion.speech.cues import Cue
from ingestion.speech.labels import stamp_ms

_TIMESTAMP = r"(?:\d{1,}:)?\d{1,2}:\d{1,2}[.,]\d{1,3}"
_TIMING = re.compile(rf"\s*({_TIMESTAMP})\s*-->\s*({_TIMESTAMP})(?!\d)(.*)")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:[ \t]+([^<>]*))?>|</v>")
_TAG = re.compile(
    r"</?[^\W\d_][^<>]*>|</?>"  # a span; the standard ignores those it does not know
    r"|<\s*\d{1,3}:[^\s<>]*\s*>"  # a timestamp
    r"|</[^\W\d_]+|<[^\W\d_]+\.[\w.]+"  # a span whose bracket is never closed
)
_COMMENT_OR_STYLE = re.compile(r"(NOTE|STYLE|REGION)(\s|$)|Region:")
_HEADER = re.compile(r"WEBVTT(?:[ \t].*)?")

_Block = tuple[int, list[str]]


def recognises(head: str) -> bool:
    """Whether a file opens with the signature that the standard asks for."""
    return head.lstrip("\ufeff \t\r\n").startswith("WEBVTT")


def parse(data: bytes) -> tuple[Turn, ...]:
    """Turn a WebVTT file into turns.

    Args:
        data: The whole file; UTF-8 by the standard, others are read too.

    Returns:
        Turns in file order, from voice tags or from `Name:` inside cues; a cue without words gives
        none. Times are milliseconds from the start of the recording.

    Raises:
        MalformedSource: It is not WebVTT, or has a block that is neither a cue nor a comment.
    """
    text, _ = decoding.decode(data)
    blocks = _blocks(text)
    _, header = next(blocks, (1, [""]))
    if not _HEADER.fullmatch(header[0].strip()):
        raise MalformedSource("a WebVTT file starts with WEBVTT, alone on its line", line=1)
    return cues.turns(cue for line, block in blocks for cue in _cues(line, block))


def _blocks(text: str) -> Iterator[_Block]:
    """Yield each block with the number of its first line, counted from 1.

    A block ends at a blank line, or where the next cue starts without one; the header is the
    first, and a timing ends it too.
    """
    block: list[str] = []
    is_header = True
    # Not str.splitlines: it also breaks on characters that may occur inside a cue.
    for number, line in enumerate([*re.split(r"\r\n|\n|\r", text), ""], start=1):
        starts_cue = _TIMING.fullmatch(line) and (is_header or any(map(_TIMING.fullmatch, block)))
        if block and (starts_cue or not line.strip()):
            yield number - len(block), block
            block, is_header = [], False
        if line.strip():
            block.append(line)


def _cues(line: int, block: list[str]) -> Iterator[Cue]:
    """Yield the cues of one block: none if it is a comment or style, else one for each voice."""
    timings = [_TIMING.fullmatch(text) for text in block]
    if not any(timings) and _COMMENT_OR_STYLE.match(block[0]):
        return
    has_identifier = not timings[0] and ("-->" not in block[0] or any(timings[1:2]))
    at = 1 if has_identifier else 0
    timing = timings[at] if at < len(block) else None
    if timing is None:
        raise MalformedSource("expected a cue timing, 00:00.000 --> 00:00.000", line + at)
    start_ms, end_ms = stamp_ms(timing[1]), stamp_ms(timing[2])
    for speaker, said in _voices("\n".join(block[at + 1 :])):
        for text in said.split("\n"):
            yield Cue(text, speaker, start_ms, end_ms)


def _voices(payload: str) -> Iterator[tuple[str | None, str]]:
    """Yield (speaker, words) for each stretch of a cue that has words."""
    first, *rest = _VOICE.split(payload)
    for speaker, text in [(None, first), *zip(rest[::2], rest[1::2], strict=True)]:
        if (said := _plain(text)).strip():
            yield (" ".join(_plain(speaker).split()) or None) if speaker else None, said


def _plain(text: str) -> str:
    """Drop tags, then decode entities (in that order, so `&lt;b&gt;` stays words)."""
    return unescape(_TAG.sub("", text))
