"""Read SBV captions, as YouTube exports them: a line with two times, then lines of text."""

import re
from collections.abc import Iterator

from ingestion import decoding
from ingestion.errors import MalformedSource
from ingestion.models import Turn
from ingestion.speech import cues
from ingestion.speech.cues import Cue
from ingestion.speech.labels import stamp_ms

_CLOCK = r"\d{1,3}:\d{1,2}:\d{1,2}\.\d{1,3}"
_TIMING = re.compile(rf"\s*({_CLOCK})\s*,\s*({_CLOCK})\s*")
_LIKE_TIMING = re.compile(r"\s*\d{1,3}:[\w:.]+,\d[\w:.]+\s*")


def recognises(head: str) -> bool:
    """Whether the first line that is not blank holds two times."""
    lines = head.lstrip("\ufeff \t\r\n").splitlines()
    return bool(lines and _TIMING.fullmatch(lines[0]))


def parse(data: bytes) -> tuple[Turn, ...]:
    """Turn an SBV file into turns: the name that opens a caption holds until the next name.

    Raises:
        MalformedSource: Words stand where a time is due, with the line.
    """
    text, _ = decoding.decode(data)
    return cues.turns(_cues(re.split(r"\r\n|\n|\r", text)))


def _cues(lines: list[str]) -> Iterator[Cue]:
    timing: re.Match[str] | None = None
    for number, line in enumerate(lines, start=1):
        if found := _TIMING.fullmatch(line):
            timing = found
        elif line.strip():
            if timing is None or _LIKE_TIMING.fullmatch(line):
                raise MalformedSource("expected a time, 0:00:00.000,0:00:00.000", number)
            for said in line.split("[br]"):
                yield Cue(said.strip(), None, stamp_ms(timing[1]), stamp_ms(timing[2]))
    if timing is None:
        raise MalformedSource("expected a time, 0:00:00.000,0:00:00.000", 1)
