"""What two wordings are compared by: strictly, then with what a transcript adds left out.

No likeness is scored. What may differ is left out of both wordings, and the rest has to be the
same, word for word: so a negation, a number or any other word that was dropped, added or swapped
cannot pass. A guard (a word that turns a meaning) is never taken for what may differ.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.grounding.lexicon import Lexicon, bare, guards, is_figure, lexicon, slips
from assistant.grounding.words import Word, words_of

_HYPHENS = "-‐‑‒–−"
_HYPHEN = re.compile(rf"[{_HYPHENS}]")
_BROKEN_OFF = re.compile(rf"(?:[{_HYPHENS}—]|\.\.\.|…)\s*")
_JOINED = re.compile(rf"[{_HYPHENS}](?:\s?\n\s?)?")
_MARK = re.compile(r"[,.;:!?…，。、；：！？–—]|\s-\s")
_PHRASE = (4, 3, 2, 1)
"""Words of a phrase."""
_REPEATS = (1, 2, 3)
"""Words that may be said twice in a row by a slip."""
_LONG = 6
_DOUBLE = re.compile(r"([^\W\d_r])\1")
_ENDS_COUNT = re.compile(r"em+o$")  # Italian: saremo, we shall be; saremmo, we should be
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_ROMAN = re.compile(r"[ivxlcdmw]+")


class Wording(NamedTuple):
    """A text and its words in one language."""

    text: str
    words: list[Word]
    language: str

    @classmethod
    def of(cls, text: str, language: str) -> "Wording":
        """Read a text."""
        return cls(text, words_of(text), language)


def likenesses(*wordings: Wording) -> Iterator[list[list[Word]]]:
    """Give the words that wordings are compared by, strictly first, then with more left out.

    First every word, punctuation apart; then without what a transcript adds: marks, broken-off
    words, fillers, stutters, slips; then with hyphenated words put together: e-mail is email.
    """
    yield [wording.words for wording in wordings]
    yield [_told(wording, wording.words) for wording in wordings]
    if any(_HYPHEN.search(wording.text) for wording in wordings):
        yield [_told(wording, list(_put_together(wording))) for wording in wordings]


def _told(wording: Wording, words: Sequence[Word]) -> list[Word]:
    known = lexicon(wording.language)
    heard = list(_unbroken(wording.text, _unmarked(wording.text, words)))
    said = [word for word in heard if word.key not in known.fillers]
    meant = list(_written_out(_without_phrases(wording.text, said, known)))
    return [_as(_spelt(word.key), word) for word in _once(meant, known)]


def _as(key: str, word: Word) -> Word:
    """Give a word that is compared by another key; most are by their own, and are not copied."""
    return word if key == word.key else word._replace(key=key)


def _without_phrases(text: str, words: Sequence[Word], known: Lexicon) -> Iterator[Word]:
    """Leave out phrases that carry nothing: some anywhere, some only between marks."""
    openings = known.openings
    at = 0
    while at < len(words):
        sizes = _PHRASE if words[at].key in openings else ()
        size = next((n for n in sizes if _is_phrase(text, words, (at, at + n), known)), 0)
        if not size:
            yield words[at]
        at += size or 1


def _is_phrase(text: str, words: Sequence[Word], place: tuple[int, int], known: Lexicon) -> bool:
    phrase = tuple(word.key for word in words[slice(*place)])
    if len(phrase) < place[1] - place[0]:
        return False
    return phrase in known.phrases or (
        phrase in known.set_off and all(_is_set_off(text, words, at) for at in place)
    )


def _is_set_off(text: str, words: Sequence[Word], at: int) -> bool:
    """Tell whether a mark stands before a word, or nothing does."""
    if not 0 < at < len(words):
        return True
    return _MARK.search(text, words[at - 1].end, words[at].start) is not None


def _written_out(words: Iterator[Word]) -> Iterator[Word]:
    """Write out what is written together, or short: gonna, cannot."""
    written_out = slips().written_out
    for word in words:
        for key in written_out.get(word.key, (word.key,)):
            yield _as(key, word)


def _unmarked(text: str, words: Sequence[Word]) -> Iterator[Word]:
    """Leave out [inaudible] and the like."""
    marks = slips().marks.finditer(text)
    mark = next(marks, None)
    for word in words:
        while mark and mark.end() <= word.start:
            mark = next(marks, None)
        if not mark or word.start < mark.start():
            yield word


def _unbroken(text: str, words: Iterator[Word]) -> Iterator[Word]:
    """Leave out a word that breaks off and is begun again: "wai- waiting"."""
    last: Word | None = None
    for word in words:
        if last and not _is_begun_again(text, last, word):
            yield last
        last = word
    if last:
        yield last


def _is_begun_again(text: str, word: Word, after: Word) -> bool:
    is_part = len(word.key) < len(after.key) and after.key.startswith(word.key)
    is_broken = is_part and _BROKEN_OFF.fullmatch(text, word.end, after.start)
    return bool(is_broken) and not guards().hold(word.key) and not is_figure(after.key)


def _once(words: Sequence[Word], known: Lexicon) -> list[Word]:
    """Leave out what is said again at once, up to three words; its last time is kept."""
    once: list[Word] = []
    for word in words:
        once.append(word)
        before = [earlier.key for earlier in once[-1 - len(_REPEATS) : -1]]
        if word.key in before:
            size = before[::-1].index(word.key) + 1
            if _is_stutter(once, size, known):
                del once[-2 * size : -size]
    return once


def _is_stutter(words: Sequence[Word], size: int, known: Lexicon) -> bool:
    unit = [word.key for word in words[-size:]]
    if unit != [word.key for word in words[-2 * size : -size]]:
        return False
    if _is_wide(unit):
        return "".join(unit) in slips().stutters
    return not any(_counts(key) or key in known.twice for key in unit)


@lru_cache(maxsize=8192)
def _counts(key: str) -> bool:
    return guards().count(key)


def _is_wide(unit: Sequence[str]) -> bool:
    return all(len(key) == 1 and key >= "\u2e80" for key in unit)


@lru_cache(maxsize=65536)
def _spelt(key: str) -> str:
    """Spell a word so that a letter drawn out or doubled, and an apostrophe, do not count."""
    if not _ROMAN.fullmatch(key):
        key = _DRAWN_OUT.sub(r"\1", key)
    if key not in slips().apostrophe_counts:
        key = bare(key)
    return key.replace("ё", "е") if guards().hold(key) else _undoubled(key.replace("ё", "е"))


def _undoubled(key: str) -> str:
    plain = _DOUBLE.sub(r"\1", key)
    counts = slips().doubling_counts
    is_kept = len(plain) < _LONG or key in counts or _ENDS_COUNT.search(key)
    return key if is_kept else plain


def _put_together(wording: Wording) -> Iterator[Word]:
    """Put hyphenated words together, unless a part turns the meaning or is a figure."""
    last: Word | None = None
    for word in wording.words:
        if last and _is_joined(wording.text, last, word):
            last = Word(last.start, word.end, last.key + word.key)
            continue
        if last:
            yield last
        last = word
    if last:
        yield last


def _is_joined(text: str, word: Word, after: Word) -> bool:
    if not _JOINED.fullmatch(text, word.end, after.start):
        return False
    return not any(guards().hold(each.key) or is_figure(each.key) for each in (word, after))
