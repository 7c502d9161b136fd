"""Find documents that repeat an earlier one, exactly or nearly, in bounded memory.

A document is known by 63 bits, made from its words after folding case, accents of width and
punctuation, so that what was seen can be rebuilt from stored integers:

- short texts: how many words there are, and six sums of 9 bits, each over the words that fall to
  it. A word that is changed, added or dropped touches two sums at most, so texts of 12 words and
  more repeat when four of six agree. Shorter ones repeat when all of them do;
- long texts: 62 bits that differ in proportion to the pairs of words that differ (SimHash over
  pairs of words). Two texts repeat when at most 9 bits differ: about a sixth of their triples of
  words.

Source: M. Charikar, "Similarity estimation techniques from rounding algorithms", STOC 2002.
"""

import re
from array import array
from unicodedata import normalize
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from ingestion.models import Document, DocumentKind, Role

_FEWEST = 6
"""Words below which two people may well have said the same."""
_NEARLY = 12
"""Words from which on a text repeats when it nearly does."""
_LONG = 64
"""Words from which on a text is compared by its pairs of words."""
_BORDER = 2
"""Words by which repeats may differ in length: near what is long they are looked up as both."""

_SUMS, _SUM_BITS = 6, 9
_LONG_FLAG = 1 << 62
_SIMILAR_BITS = 62
_MOST_BITS = 9
"""Bits in which two long texts may differ."""
_BANDS = 3
_BUCKET_BITS = 18

_NO_APOSTROPHES = str.maketrans("", "", "'’")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_]+")


def fingerprint(document: Document) -> int | None:
    """Give the 63 bits that a document's repeats are known by.

    An interview is compared whole, anything else by what the customer said, for agents repeat
    themselves.

    Returns:
        None for what is too short to repeat anything: fewer than six words.
    """
    numbers = _numbers(document)
    return numbers[0] if numbers else None


class Duplicates:
    """The documents seen so far, by their fingerprints: about 100 bytes each, and their ids."""

    def __init__(self) -> None:
        self._short = _Short()
        self._long = _Long()

    def seen(self, document: Document) -> str | None:
        """Name the earlier document that `document` repeats; None where it is new, and remember it.

        The same id again repeats nothing: it is the same document, read anew.
        """
        numbers = _numbers(document)
        found = (self._of(number).find(number) for number in numbers)
        earlier = next(filter(None, found), None)
        if numbers and earlier is None:
            self.remember(document.id, numbers[0])
        return None if earlier == document.id else earlier

    def remember(self, id: str, fingerprint: int | None) -> None:
        """Take a document as seen, by the fingerprint that was stored for it."""
        if fingerprint is not None:
            self._of(fingerprint).add(id, fingerprint)

    def _of(self, number: int) -> "_Short | _Long":
        return self._long if number & _LONG_FLAG else self._short


class _Short:
    """Short texts, in chains of those that agree in two sums: one of three pairs always does."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._numbers = array("q")
        self._heads = [array("l", [-1]) * (1 << _BUCKET_BITS) for _ in range(_BANDS)]
        self._next = [array("l") for _ in range(_BANDS)]

    def add(self, id: str, number: int) -> None:
        place = len(self._ids)
        self._ids.append(id)
        self._numbers.append(number)
        for heads, following, key in zip(self._heads, self._next, _keys(number), strict=True):
            following.append(heads[key])
            heads[key] = place

    def find(self, number: int) -> str | None:
        for heads, following, key in zip(self._heads, self._next, _keys(number), strict=True):
            place = heads[key]
            while place >= 0:
                if _is_near(self._numbers[place], number):
                    return self._ids[place]
                place = following[place]
        return None


class _Long:
    """Long texts, in one row of numbers that is searched whole: 0.1 ms for 100,000."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._numbers: NDArray[np.uint64] = np.zeros(64, dtype=np.uint64)

    def add(self, id: str, number: int) -> None:
        if len(self._ids) == len(self._numbers):
            self._numbers = np.concatenate([self._numbers, np.zeros_like(self._numbers)])
        self._numbers[len(self._ids)] = number
        self._ids.append(id)

    def find(self, number: int) -> str | None:
        kept = self._numbers[: len(self._ids)]
        if not len(kept):
            return None
        differing = np.bitwise_count(kept ^ np.uint64(number))
        nearest = int(differing.argmin())
        return self._ids[nearest] if differing[nearest] <= _MOST_BITS else None


def _numbers(document: Document) -> tuple[int, ...]:
    """Give a document's fingerprint, and what it would be on the other side of what is long."""
    words = _words(document)
    n_words = len(words) - sum(len(word) == 1 and word > "\u3040" for word in words) // 2
    if n_words < _FEWEST:
        return ()
    hashes = np.array([crc32(word.encode()) for word in words], dtype=np.uint64)
    if n_words <= _LONG - _BORDER:
        return (_of_short(hashes, n_words),)
    if n_words >= _LONG + _BORDER:
        return (_of_long(hashes),)
    both = _of_short(hashes, min(n_words, _LONG - 1)), _of_long(hashes)
    return both if n_words < _LONG else both[::-1]


def _words(document: Document) -> list[str]:
    is_whole = document.kind is DocumentKind.INTERVIEW
    said = [turn.text for turn in document.turns if is_whole or turn.role is Role.CUSTOMER]
    folded = normalize("NFKC", "\n".join(said)).casefold()
    return _WORD.findall(folded.translate(_NO_APOSTROPHES))


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spread every bit of each number over all 64 (SplitMix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def _of_short(hashes: NDArray[np.uint64], n_words: int) -> int:
    mixed = _mixed(hashes + np.uint64(0x9E3779B97F4A7C15))
    groups = (mixed >> np.uint64(40)) % np.uint64(_SUMS)
    number = n_words
    for group in range(_SUMS):
        total = int(mixed[groups == group].sum(dtype=np.uint64)) >> (64 - _SUM_BITS)
        number = number << _SUM_BITS | total
    return number


def _of_long(hashes: NDArray[np.uint64]) -> int:
    pairs = np.unique(_mixed(hashes[:-1] * np.uint64(0x9E3779B97F4A7C15) + hashes[1:]))
    bits = np.unpackbits(pairs.view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")
    majority = bits.sum(axis=0, dtype=np.int64) * 2 > len(pairs)
    number = int(np.packbits(majority, bitorder="little").view(np.uint64)[0])
    return number & ((1 << _SIMILAR_BITS) - 1) | _LONG_FLAG


def _sums(number: int) -> list[int]:
    return [number >> _SUM_BITS * at & (1 << _SUM_BITS) - 1 for at in range(_SUMS)]


def _keys(number: int) -> tuple[int, int, int]:
    mask = (1 << _BUCKET_BITS) - 1
    return number & mask, number >> 18 & mask, number >> 36 & mask


def _is_near(one: int, other: int) -> bool:
    """Tell whether two short texts repeat each other."""
    if one == other:
        return True
    n_one, n_other = one >> _SUMS * _SUM_BITS, other >> _SUMS * _SUM_BITS
    if min(n_one, n_other) < _NEARLY or abs(n_one - n_other) > 1:
        return False
    agreeing = sum(a == b for a, b in zip(_sums(one), _sums(other), strict=True))
    return agreeing >= _SUMS - 2
