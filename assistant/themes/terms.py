"""The words of a quote that name something, and the clauses it is made of."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, cast

import yaml

from assistant.models import Piece

_CLAUSE = re.compile(
    r"[.,:](?!\d)|[;!?…()\[\]\"“”«»„\n\t]+|\s[-–—]+\s|—"
    r"|[\u3001\u3002\u300a-\u300f\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]+"
)
_WORD = re.compile(r"[^\W_]+(?:['’.,&+/-][^\W_]+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
_STEM = 6
_SHORT = 3


class Lexicon(NamedTuple):
    """What is known of a language's small words; nothing of a language that is not covered."""

    stop: frozenset[str]
    borders: frozenset[str]
    negations: frozenset[str]
    joints: frozenset[str]
    openers: frozenset[str]
    subjects: frozenset[str]
    hanging: frozenset[str]
    binders: frozenset[str]


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, str]]:
    text = Path(__file__).with_name("stopwords.yaml").read_text("utf-8")
    return cast(dict[str, dict[str, str]], yaml.safe_load(text))


@lru_cache(maxsize=64)
def lexicon(language: str) -> Lexicon:
    """Look up the small words of a language."""
    lists = _lists().get(language, {})
    return Lexicon(*(frozenset(lists.get(name, "").split()) for name in Lexicon._fields))


def is_unspaced(text: str) -> bool:
    """Tell whether a text is in a script that puts no spaces between words."""
    return bool(_UNSPACED.search(text))


def clauses(text: str) -> Iterator[str]:
    """Split a text at its punctuation, with what is empty left out."""
    return (clause for part in _CLAUSE.split(text) if (clause := part.strip(" -–—*#>'")))


def words(text: str) -> list[re.Match[str]]:
    """Find the words of a text in a script with spaces."""
    return list(_WORD.finditer(text))


def fold(word: str) -> str:
    """Bring a word to the form in which the small words are listed."""
    return word.casefold().replace("’", "'")


def stem(word: str, known: Lexicon) -> str | None:
    """Cut a word to what its forms share; None where it names nothing.

    Example:
        >>> stem("renewals", lexicon("en")), stem("The", lexicon("en"))
        ('renewa', None)
    """
    folded = fold(word)
    if folded in known.stop or folded in known.negations or folded.isdigit():
        return None
    return folded[:_STEM] if len(folded) >= _SHORT else None


def stems(text: str, known: Lexicon) -> set[str]:
    """Collect what a text names; where no spaces part the words, its pairs of characters."""
    if is_unspaced(text):
        pairs = (text[at : at + 2] for at in range(len(text) - 1))
        return {
            pair
            for pair in pairs
            if len(_UNSPACED.findall(pair)) == 2 and not _is_small(pair, known)
        }
    return {found for word in words(text) if (found := stem(word.group(), known))}


def stems_of(pieces: Sequence[Piece]) -> set[str]:
    """Collect what some pieces name, each in its own language."""
    return {name for piece in pieces for name in stems(piece.quote, lexicon(piece.language))}


def _is_small(pair: str, known: Lexicon) -> bool:
    return pair in known.stop or pair[0] in known.stop or pair[1] in known.stop
