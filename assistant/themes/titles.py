"""Name themes in the customers' own words: the clause that says best what sets each one apart.

A title is a run of words out of one clause of one quote, never put together from several. It
begins and ends where the clause or a part of it does. Of what reads well, the wording is taken
that lies nearest to its theme in meaning, whose words many of the theme's pieces share and few
other themes have, and that was said with the feeling the theme is about.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import nlargest
from math import exp, log
from typing import NamedTuple

from assistant.models import Piece
from assistant.themes.meanings import Meanings
from assistant.themes.terms import Lexicon, is_unspaced, lexicon, stems, stems_of
from assistant.themes.wordings import beginning, cut

_READ, _OF_ONE, _WEIGHED = 15, 3, 8
"""Quotes of a theme that are read, wordings kept of each, and wordings kept of all of them."""
_SHARED, _CHANCE = 0.7, 0.6
_BY_RANK, _BY_FEELING = 0.05, 0.4
_WORDS, _READS_WELL = 0.5, 0.3


class _Wording(NamedTuple):
    """A possible title.

    Attributes:
        quality: How well it reads, and how central and how strongly felt its quote is.
        told: How much of what the theme's pieces share its words say: 1 for the most.
    """

    text: str
    quality: float
    told: float


class _Common(NamedTuple):
    """How many of the themes have each word, and how many themes there are."""

    spread: Counter[str]
    themes: int


def titles(
    themes: Sequence[Sequence[Piece]], language: str, meanings: Meanings | None = None
) -> list[str]:
    """Give each theme a title of its own, in `language` where anybody in it speaks it.

    Args:
        themes: The pieces of each theme, the most central first.
        language: The study's main language.
        meanings: Of the themes, in their order; without it, words alone decide.
    """
    common = _Common(Counter(name for one in themes for name in stems_of(one)), len(themes))
    spoken = [_spoken(pieces, language) for pieces in themes]
    found = [_wordings(pieces, common) for pieces in spoken]
    ranked = _ranked(found, meanings)
    taken = set[str]()
    named = dict[int, str]()
    for at in sorted(range(len(themes)), key=lambda at: (-len(themes[at]), themes[at][0].id)):
        named[at] = _free(ranked[at] or [_capital(beginning(spoken[at][0].quote))], taken)
        taken.add(named[at].casefold())
    return [named[at] for at in range(len(themes))]


def _spoken(pieces: Sequence[Piece], language: str) -> list[Piece]:
    """Keep the pieces in the study's language; where there are none, in the theme's commonest."""
    counts = Counter(piece.language for piece in pieces)
    chosen = language if language in counts else max(sorted(counts), key=counts.__getitem__)
    return [piece for piece in pieces if piece.language == chosen]


def _ranked(found: Sequence[Sequence[_Wording]], meanings: Meanings | None) -> list[list[str]]:
    """Rank the wordings of each theme, the best first."""
    texts = [[each.text for each in mine] for mine in found]
    near = meanings.rate(texts) if meanings else [[0.0] * len(mine) for mine in found]
    return [
        [
            _capital(each.text)
            for _, each in sorted(
                (-each.quality * exp(meant + _WORDS * each.told), each)
                for each, meant in zip(mine, rates, strict=True)
            )
        ]
        for mine, rates in zip(found, near, strict=True)
    ]


def _free(wordings: Sequence[str], taken: set[str]) -> str:
    """Take the best wording that no other theme has; the same words told twice are numbered."""
    for wording in wordings:
        if wording.casefold() not in taken:
            return wording
    count = 2
    while f"{wordings[0]} ({count})".casefold() in taken:
        count += 1
    return f"{wordings[0]} ({count})"


def _wordings(pieces: Sequence[Piece], common: _Common) -> list[_Wording]:
    """Choose, of what the most central pieces of a theme say, what may become its title."""
    weights = _weights(pieces, common)
    best = dict[str, _Wording]()
    for rank, piece in enumerate(pieces[:_READ]):
        worth = (1 - _BY_FEELING + _BY_FEELING * _feeling(piece)) / (1 + _BY_RANK * rank)
        for each in nlargest(_OF_ONE, _said(piece, weights), key=_promise):
            mine = each._replace(quality=worth * each.quality)
            best[each.text] = max(mine, best.get(each.text, mine))
    most = max((each.told for each in best.values()), default=1.0)
    scaled = (each._replace(told=each.told / most) for each in best.values())
    return nlargest(_WEIGHED, scaled, key=_promise)


def _said(piece: Piece, weights: dict[str, float]) -> Iterator[_Wording]:
    known = lexicon(piece.language)
    for text, quality in cut(piece.quote, known):
        if told := _told(text, known, weights):
            yield _Wording(text, quality, told)


def _told(text: str, known: Lexicon, weights: dict[str, float]) -> float:
    """Say how much of what its theme shares a wording tells, for its length."""
    length = len(text) if is_unspaced(text) else len(text.split())
    return sum(sorted(weights.get(name, 0.0) for name in stems(text, known))) / length**0.5


def _promise(wording: _Wording) -> tuple[float, str]:
    return wording.quality * (_READS_WELL + wording.told), wording.text


def _feeling(piece: Piece) -> float:
    """Say how strongly a piece was felt, and how sure that is; 1 for the most."""
    return min(1.0, abs(piece.valence)) * piece.confidence


def _weights(pieces: Sequence[Piece], common: _Common) -> dict[str, float]:
    """Weigh each word by how many of the theme's pieces have it, and how few other themes."""
    inside = Counter(name for piece in pieces for name in stems_of([piece]))
    return {
        name: ((count - _CHANCE) / len(pieces)) ** _SHARED
        * log(1 + common.themes / common.spread[name])
        for name, count in inside.items()
    }


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
