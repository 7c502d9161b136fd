"""Read SubRip captions.

There is no standard; what tools write is a counter, a timing, lines of text, a blank line. The
counter may be missing, and a blank line inside a cue does not end what is said there.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from ingestion import decoding
from ingestion.errors import MalformedSource
from ingestion.models import Turn
from ingestion.speech import cues
from ingestion.speech.cues import Cue
from ingestion.speech.labels import stamp_ms

_CLOCK = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,:]\d{1,3})?"
_TIMING = re.compile(rf"\s*({_CLOCK})\s*-{{1,2}}>\s*({_CLOCK})(?:\s.*)?")
_TAG = re.compile(r"</?(?:[ibus]|font(?:\s[^<>]*)?|span(?:\s[^<>]*)?)>|\{\\[^{}]*\}", re.IGNORECASE)
_COUNTER = re.compile(r"\s*\d{1,7}\s*")


def recognises(head: str) -> bool:
    """Whether a timing stands among the first lines, before anything that reads like prose."""
    return any(_TIMING.fullmatch(line) for line in head.lstrip("\ufeff \t\r\n").splitlines()[:3])


def parse(data: bytes) -> tuple[Turn, ...]:
    """Turn a SubRip file into turns: the name that opens a cue holds until the next name.

    Raises:
        MalformedSource: There is no timing where one is due, with the line.
    """
    text, _ = decoding.decode(data)
    lines = re.split(r"\r\n|\n|\r", text)
    starts = [number for number, line in enumerate(lines) if _TIMING.fullmatch(line)]
    _check_opening(lines, starts)
    return cues.turns(
        cue
        for start, end in pairwise([*starts, len(lines) + 1])
        for cue in _cues(lines, start, min(end, len(lines)))
    )


def _check_opening(lines: list[str], starts: list[int]) -> None:
    """Nothing but a counter may stand before the first timing."""
    opening = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    before = [(number, line) for number, line in opening if not starts or number <= starts[0]]
    wrong = next((number for number, line in before if not _COUNTER.fullmatch(line)), None)
    if wrong is None and not starts:
        wrong = opening[-1][0] if opening else 1
    if wrong is not None:
        raise MalformedSource("expected a timing, 00:00:00,000 --> 00:00:00,000", wrong)


def _cues(lines: list[str], start: int, end: int) -> Iterator[Cue]:
    """Yield a cue for each line of text between this timing and the next, less its counter."""
    timing = _TIMING.fullmatch(lines[start])
    body = list(range(start + 1, end))
    has_next = end < len(lines)
    while body and not lines[body[-1]].strip():
        body.pop()
    if has_next and body and _COUNTER.fullmatch(lines[body[-1]]):
        body.pop()
    for number in body:
        if _is_orphan(lines, number, start):
            raise MalformedSource("a cue without a timing", number + 1)
        if said := _TAG.sub("", lines[number]).strip():
            yield Cue(said, None, stamp_ms(timing and timing[1]), stamp_ms(timing and timing[2]))


def _is_orphan(lines: list[str], number: int, start: int) -> bool:
    """A counter after a blank line, with text after it instead of a timing."""
    is_counter = bool(_COUNTER.fullmatch(lines[number])) and number > start + 1
    is_followed = number + 1 < len(lines) and bool(lines[number + 1].strip())
    return is_counter and is_followed and not lines[number - 1].strip()
