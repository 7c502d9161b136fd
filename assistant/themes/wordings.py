"""Cut quotes to what can stand alone as a title, and say how well each part reads."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.themes.terms import Lexicon, clauses, fold, is_unspaced, words

_FEWEST, _MOST, _BEST = 3, 9, 6
_FEWEST_CHARACTERS, _MOST_CHARACTERS = 4, 18
_CUT_BEFORE, _CUT_AFTER, _CUT_ASUNDER = 0.7, 0.8, 0.5
_SENSE_TURNED, _ONE_NAME, _TWO_CLAUSES, _LEFT_OPEN = 0.5, 0.5, 0.8, 0.6


class Wording(NamedTuple):
    """A part of a clause, and how well it reads: 1 for a whole clause of the best length."""

    text: str
    quality: float


class _Run(NamedTuple):
    """Words of a clause, from `start` to `end`, exclusive; counted in words."""

    start: int
    end: int


def cut(quote: str, known: Lexicon) -> Iterator[Wording]:
    """Give every part of a quote that can stand alone, none from more than one clause.

    Example:
        >>> from assistant.themes.terms import lexicon
        >>> next(cut("Honestly, and then the parcel was late again.", lexicon("en"))).text
        'the parcel was late'
    """
    for clause in clauses(quote):
        yield from _unspaced(clause) if is_unspaced(clause) else _spaced(clause, known)


def beginning(quote: str) -> str:
    """Take the beginning of a quote in which nothing can stand alone."""
    if is_unspaced(quote):
        return quote[:_MOST_CHARACTERS]
    return " ".join(quote.split()[:_MOST]).strip(" .,;:-") or quote[:_MOST_CHARACTERS]


def _unspaced(clause: str) -> Iterator[Wording]:
    if len(clause) >= _FEWEST_CHARACTERS:
        is_whole = len(clause) <= _MOST_CHARACTERS
        yield Wording(clause[:_MOST_CHARACTERS], 1.0 if is_whole else 0.5)


def _spaced(clause: str, known: Lexicon) -> Iterator[Wording]:
    found = words(clause)
    folded = [fold(word.group()) for word in found]
    for run in _runs(folded, known):
        text = clause[found[run.start].start() : found[run.end - 1].end()]
        yield Wording(text, _quality(folded, run, known))


def _runs(folded: Sequence[str], known: Lexicon) -> Iterator[_Run]:
    """Find the runs from where a clause or a part of it begins to where one ends."""
    joints = (at for at, word in enumerate(folded) if word in known.joints)
    borders = [at for at, word in enumerate(folded) if at and word in known.borders]
    starts = {_opened(folded, at, known) for at in (0, *joints)}
    ends = {at for at in borders if folded[at - 1] not in known.stop}
    for start in sorted(starts):
        for end in sorted(ends | {_closed(folded, known)}):
            if _FEWEST <= end - start <= _MOST:
                yield _Run(start, end)


def _quality(folded: Sequence[str], run: _Run, known: Lexicon) -> float:
    """Say how well a part of a clause stands alone, whatever it tells."""
    inside = folded[run.start : run.end]
    quality = (_BEST / (_BEST + abs(len(inside) - _BEST))) ** 0.5
    quality *= 1.0 if run.start <= _opened(folded, 0, known) else _CUT_BEFORE
    if run.end < _closed(folded, known):
        quality *= _CUT_ASUNDER if folded[run.end] in known.binders else _CUT_AFTER
    quality *= _LEFT_OPEN if _hangs(inside, known) else 1.0
    turns = sum(word in known.negations for word in folded)
    kept = sum(word in known.negations for word in inside)
    quality *= _SENSE_TURNED if kept < turns else 1.0
    names = sum(word not in known.stop for word in inside)
    quality *= _ONE_NAME if names < 2 else 1.0
    return quality * (_TWO_CLAUSES if known.joints.intersection(inside) else 1.0)


def _hangs(inside: Sequence[str], known: Lexicon) -> bool:
    """Tell whether a part waits for another: "before they called", "than that", "the one for"."""
    begins = inside[0] in known.borders - known.subjects and inside[1] in known.subjects
    return begins or inside[0] in known.hanging or inside[-1] in known.borders | known.binders


def _opened(folded: Sequence[str], at: int, known: Lexicon) -> int:
    """Skip the words that only lead up to a clause."""
    while at < len(folded) and folded[at] in known.openers:
        at += 1
    return at


def _closed(folded: Sequence[str], known: Lexicon) -> int:
    """Leave out the words that only fade a clause out."""
    at = len(folded)
    while at > 0 and folded[at - 1] in known.openers:
        at -= 1
    return at
