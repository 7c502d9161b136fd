"""Choose the pieces of words that some languages need, of the hundred that the base model knows."""

import unicodedata
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingestion.embedding.words import UNKNOWN, Vocabulary, Words

SIZE = 54_000
_WORDS = 400_000
_CAPITAL = 0.15
"""How often a word stands with a capital letter, beside its plain form."""
_HEARD = 1e-5
"""The share that a piece found in the labelled sentences is given at least."""
_CHINESE = "zh"
_CHARACTER = 1e-6
"""The share of Chinese from which a character is kept in any case: without it a word has a hole."""


def choose(vocabulary: Vocabulary, languages: Sequence[str], heard: Iterable[str]) -> list[int]:
    """Give the ids of the pieces to keep, in order: those that some language uses most.

    Args:
        vocabulary: All the pieces of the base model.
        languages: Their codes, "en" and the like.
        heard: Texts whose pieces are kept in any case.
    """
    words = Words(vocabulary)
    share = np.zeros(len(vocabulary.pieces))
    characters = set[int]()
    for language in languages:
        mine = _shares(words, language, len(share))
        share = np.maximum(share, mine)
        if language == _CHINESE:
            often = np.flatnonzero(mine > _CHARACTER).tolist()
            characters = {place for place in often if _is_character(vocabulary.pieces[place])}
    for ids in words.split(list(heard)):
        share[ids] = np.maximum(share[ids], _HEARD)
    share[[place for place, piece in enumerate(vocabulary.pieces) if _is_sign(piece)]] = 1
    share[: UNKNOWN + 1] = 1
    return sorted(characters.union(np.argsort(-share, kind="stable")[:SIZE].tolist()))


def _shares(words: Words, language: str, count: int) -> NDArray[np.float64]:
    frequencies: dict[str, float] = _lists().get_frequency_dict(language, "best")
    forms = sorted(frequencies.items(), key=lambda form: -form[1])[:_WORDS]
    if language != _CHINESE:
        forms += [(word.capitalize(), often * _CAPITAL) for word, often in forms]
    share = np.zeros(count)
    for ids, (_, often) in zip(words.split([word for word, _ in forms]), forms, strict=True):
        share[ids[1:-1]] += often
    return share / share.sum()


def _is_sign(piece: str) -> bool:
    """Tell whether a piece is one sign or one letter of the Latin or Cyrillic alphabet."""
    letter = piece.removeprefix("\u2581")
    if len(letter) != 1:
        return not letter
    name = unicodedata.name(letter, "")
    return unicodedata.category(letter)[0] in "PSN" or name.startswith(("LATIN", "CYRILLIC"))


def _is_character(piece: str) -> bool:
    """Tell whether a piece is one Chinese character."""
    letter = piece.removeprefix("\u2581")
    return len(letter) == 1 and unicodedata.name(letter, "").startswith("CJK UNIFIED")


def _lists() -> Any:  # noqa: ANN401 - only training needs the lists of words
    return import_module("wordfreq")
