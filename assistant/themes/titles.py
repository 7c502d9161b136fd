"""Name themes in the customers' own words: the clause that says best what sets each one apart.

A title is a run of words out of one clause of one quote, never put together from several. It may
begin and end only where the clause or a part of it does, and says most of what many of the
theme's pieces share and few other themes have.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from math import log
from typing import NamedTuple

from assistant.models import Piece
from assistant.themes.terms import (
    Lexicon,
    clauses,
    fold,
    is_unspaced,
    lexicon,
    stems,
    stems_of,
    words,
)

_FEWEST, _MOST = 3, 8
_FEWEST_CHARACTERS, _MOST_CHARACTERS = 4, 16
_READ = 15
_SHARED, _CHANCE = 0.7, 0.6
_FROM_THE_FIRST_WORD, _FROM_ITS_START, _TO_ITS_END = 1.2, 1.15, 1.5
_SENSE_TURNED, _ONE_NAME, _TWO_CLAUSES = 0.5, 0.5, 0.8
_BEST_LENGTH = 6
_BY_RANK = 0.1


class _Wording(NamedTuple):
    """A possible title, and how good it is."""

    text: str
    score: float


class _Run(NamedTuple):
    """Words of a clause, from `start` to `end`, exclusive; counted in words."""

    start: int
    end: int


def titles(themes: Sequence[Sequence[Piece]], language: str) -> list[str]:
    """Give each theme a title of its own, in `language` where anybody in it speaks it.

    Args:
        themes: The pieces of each theme, the most central first.
        language: The study's main language.
    """
    spread = Counter(name for pieces in themes for name in stems_of(pieces))
    taken = set[str]()
    named = dict[int, str]()
    for at in sorted(range(len(themes)), key=lambda at: (-len(themes[at]), themes[at][0].id)):
        named[at] = _free(_wordings(themes[at], language, spread, len(themes)), taken)
        taken.add(named[at].casefold())
    return [named[at] for at in range(len(themes))]


def _free(wordings: Sequence[str], taken: set[str]) -> str:
    """Take the best wording that no other theme has; the same words told twice are numbered."""
    for wording in wordings:
        if wording.casefold() not in taken:
            return wording
    count = 2
    while f"{wordings[0]} ({count})".casefold() in taken:
        count += 1
    return f"{wordings[0]} ({count})"


def _wordings(
    pieces: Sequence[Piece], language: str, spread: Counter[str], themes: int
) -> list[str]:
    """Rank the possible titles of a theme, the best first; never none."""
    spoken = Counter(piece.language for piece in pieces)
    chosen = language if language in spoken else max(sorted(spoken), key=spoken.__getitem__)
    mine = [piece.quote for piece in pieces if piece.language == chosen][:_READ]
    weights = _weights(pieces, spread, themes)
    found = [
        _Wording(wording.text, wording.score / (1 + _BY_RANK * rank))
        for rank, quote in enumerate(mine)
        for wording in _candidates(quote, lexicon(chosen), weights)
    ]
    ranked = sorted(found, key=lambda each: (-each.score, each.text))
    return [_capital(wording.text) for wording in ranked] or [_beginning(mine[0])]


def _weights(pieces: Sequence[Piece], spread: Counter[str], themes: int) -> dict[str, float]:
    """Weigh each word by how many of the theme's pieces have it, and how few other themes."""
    inside = Counter(name for piece in pieces for name in stems_of([piece]))
    return {
        name: ((count - _CHANCE) / len(pieces)) ** _SHARED * log(1 + themes / spread[name])
        for name, count in inside.items()
    }


def _candidates(quote: str, known: Lexicon, weights: dict[str, float]) -> Iterator[_Wording]:
    for clause in clauses(quote):
        for text, quality in _cut(clause, known):
            named = stems(text, known)
            told = sum(weights.get(name, 0.0) for name in named)
            if told:
                yield _Wording(text, quality * told)


def _cut(clause: str, known: Lexicon) -> Iterator[tuple[str, float]]:
    """Cut a clause to what can stand alone, each with how well it reads."""
    if is_unspaced(clause):
        if len(clause) >= _FEWEST_CHARACTERS:
            whole = len(clause) <= _MOST_CHARACTERS
            yield clause[:_MOST_CHARACTERS], (1.0 if whole else 0.5) / len(clause) ** 0.5
        return
    found = words(clause)
    folded = [fold(word.group()) for word in found]
    for run in _runs(folded, known):
        text = clause[found[run.start].start() : found[run.end - 1].end()]
        yield text, _quality(folded, run, known)


def _quality(folded: Sequence[str], run: _Run, known: Lexicon) -> float:
    """Say how well a part of a clause stands alone, whatever it tells."""
    inside = folded[run.start : run.end]
    quality = 1 / (len(inside) + abs(len(inside) - _BEST_LENGTH)) ** 0.5
    quality *= _TO_ITS_END if run.end == len(folded) else 1.0
    if run.start <= _skipped(folded, 0, known):
        quality *= _FROM_ITS_START if run.start else _FROM_THE_FIRST_WORD
    turns = sum(word in known.negations for word in folded)
    kept = sum(word in known.negations for word in inside)
    quality *= _SENSE_TURNED if kept < turns else 1.0
    names = sum(word not in known.stop for word in inside)
    quality *= _ONE_NAME if names < 2 else 1.0
    return quality * (_TWO_CLAUSES if known.joints.intersection(inside) else 1.0)


def _runs(folded: Sequence[str], known: Lexicon) -> Iterator[_Run]:
    """Find the runs of words that begin and end at a border, with no small words at their ends."""
    borders = [at for at, word in enumerate(folded) if word in known.borders]
    starts = {_skipped(folded, at, known) for at in (0, *(border + 1 for border in borders))}
    ends = {_trimmed(folded, at, known) for at in (len(folded), *borders)}
    whole = set[int]() if folded and folded[0] in known.borders else {0}
    for start in sorted(starts | whole):
        for end in sorted(ends):
            if _FEWEST <= end - start <= _MOST:
                yield _Run(start, end)


def _skipped(folded: Sequence[str], at: int, known: Lexicon) -> int:
    while at < len(folded) and folded[at] in known.stop and folded[at] not in known.negations:
        at += 1
    is_turned = 0 < at < len(folded) and folded[at] in known.negations
    return at - 1 if is_turned and folded[at - 1] not in known.borders else at


def _trimmed(folded: Sequence[str], at: int, known: Lexicon) -> int:
    while at > 0 and folded[at - 1] in known.stop:
        at -= 1
    return at


def _beginning(quote: str) -> str:
    """Take the beginning of a quote in which no clause makes a title."""
    if is_unspaced(quote):
        return quote[:_MOST_CHARACTERS]
    return _capital(" ".join(quote.split()[:_MOST]).strip(" .,;:-") or quote[:_MOST_CHARACTERS])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
