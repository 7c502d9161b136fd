"""From timed cues to turns: a turn runs over many cues, a cue may hold several speakers."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ingestion.models import Turn
from ingestion.speech import labels

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_WRAPPED_WIDE = re.compile(rf"(?<={_WIDE})[ \t]*\n[ \t]*(?={_WIDE})")


class Cue(NamedTuple):
    """Words shown at one time.

    Attributes:
        text: One line of them.
        speaker: Who says them, if the format itself says so.
    """

    text: str
    speaker: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None


def turns(cues: Iterable[Cue]) -> tuple[Turn, ...]:
    """Put cues together into turns.

    A name that opens a cue holds until the next one, unless the file names the speaker of nearly
    every cue: there, a cue without a name is nobody's. In a file without any names a turn ends
    with a sentence, so that it can still be told who asks.

    Returns:
        In order; white space is single.
    """
    spoken = [cue for cue in cues if cue.text.strip()]
    named = list(_named(spoken))
    if all(cue.speaker is None for cue in named):
        return tuple(_merged(_sentences(named)))
    return tuple(_merged([cue] for cue in (named if _names_each(named) else _carried(named))))


def flat(text: str) -> str:
    """The same words with single spaces, and none where a line of Chinese was only wrapped."""
    return " ".join(_WRAPPED_WIDE.sub("", text).split())


def _named(cues: Sequence[Cue]) -> Iterator[Cue]:
    """Take the labels that stand inside the words of cues out of them."""
    openings = [None if cue.speaker else labels.read(cue.text) for cue in cues]
    names = labels.believed(opening for opening in openings if opening)
    for cue, opening in zip(cues, openings, strict=True):
        if opening and opening.key in names:
            yield cue._replace(text=opening.rest, speaker=opening.speaker)
        else:
            yield cue


def _names_each(cues: Sequence[Cue]) -> bool:
    """Whether the file repeats a speaker's name in every cue and not only where it changes."""
    named = [cue.speaker for cue in cues if cue.speaker]
    repeats = any(left == right for left, right in pairwise(named))
    return repeats and len(named) * 2 > len(cues)


def _carried(cues: Iterable[Cue]) -> Iterator[Cue]:
    speaker = None
    for cue in cues:
        speaker = cue.speaker or speaker
        yield cue._replace(speaker=speaker)


def _sentences(cues: Iterable[Cue]) -> Iterator[list[Cue]]:
    run: list[Cue] = []
    for cue in cues:
        run.append(cue)
        if _SENTENCE_END.search(cue.text.rstrip()):
            yield run
            run = []
    if run:
        yield run


def _merged(runs: Iterable[list[Cue]]) -> Iterator[Turn]:
    """One turn for each run, and for runs in a row that one named speaker says."""
    gathered: list[Cue] = []
    for run in runs:
        if gathered and (run[0].speaker is None or run[0].speaker != gathered[-1].speaker):
            yield from _turn(gathered)
            gathered = []
        gathered += run
    if gathered:
        yield from _turn(gathered)


def _turn(cues: Sequence[Cue]) -> Iterator[Turn]:
    if text := flat(" ".join(cue.text for cue in cues)):
        first, last = cues[0], cues[-1]
        yield Turn(text=text, speaker=first.speaker, start_ms=first.start_ms, end_ms=last.end_ms)
