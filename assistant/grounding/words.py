"""The words of a text, and where each stands in it.

A text is cut into words by the shape of its characters, so that no offset is ever mapped back: a
word knows where it stands, and only what it is compared by is folded. Scripts without spaces give
a word for each character. Zero-width characters and combining marks belong to what they follow.
"""

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import category, normalize

_LETTER, _DIGIT, _WIDE, _MARK, _SYMBOL = "LDHMS"
_APOSTROPHE, _HYPHEN, _POINT, _SPACE, _OTHER = "QNTWP"

_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff"
    r"\uf900-\ufaff\uff66-\uff9d\U00020000-\U0003ffff]"
)
_SHAPES = {
    **dict.fromkeys("'’‘ʼ＇", _APOSTROPHE),
    **dict.fromkeys("-‐‑‒–−", _HYPHEN),
    **dict.fromkeys(".,:/", _POINT),
    **dict.fromkeys("%‰&", _SYMBOL),
    **dict.fromkeys("|~_", _OTHER),
    **dict.fromkeys("\uff9e\uff9f", _MARK),
}
_OF_CATEGORY = {"L": _LETTER, "N": _LETTER, "M": _MARK, "S": _SYMBOL, "Z": _SPACE, "P": _OTHER}
_OF_KIND = {"Nd": _DIGIT, "Cf": _MARK, "Sk": _OTHER, "Cc": _SPACE}
_WORD = re.compile(
    r"HM*|SM*"
    r"|(?<=[DM])N(?=D)"  # from 10-15: neither 10 15 nor 1015
    r"|(?:(?<![LDHMN])N(?=D))?"  # a minus
    r"[LD][LDM]*(?:(?<=D)T(?=D)[LDM]+|Q(?=[LD])[LDM]+)*"
)
_PLAIN = str.maketrans({**dict.fromkeys("’‘ʼ＇", "'"), **dict.fromkeys("‐‑‒–−", "-")})


class Word(NamedTuple):
    """One word, number or symbol: `text[start:end]`, compared by `key`."""

    start: int
    end: int
    key: str


def words_of(text: str) -> list[Word]:
    """Cut a text into its words, in order; punctuation and white space are none.

    Example:
        >>> [word.key for word in words_of("It’s “OK”\u2026 １５ ﬁles, 很 好")]
        ["it's", 'ok', '15', 'files', '很', '好']
    """
    shapes = "".join(map(_shape, text))
    found = (match.span() for match in _WORD.finditer(shapes))
    return [Word(start, end, fold(text[start:end])) for start, end in found]


@lru_cache(maxsize=8192)
def _shape(character: str) -> str:
    """Tell what part a character plays in a word, as one letter."""
    plain = normalize("NFKC", character)
    first = plain if len(plain) == 1 else character
    if character in _SHAPES or first in _SHAPES:
        return _SHAPES.get(character) or _SHAPES[first]
    if _UNSPACED.match(character):
        return _WIDE
    kind = category(character)
    return _OF_KIND.get(kind) or _OF_CATEGORY.get(kind[0], _SYMBOL)


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Fold away what copying changes: case, width, ligatures, typographic signs, zero width.

    A superscript or a fraction is left as it is: 10² is not 102.

    Example:
        >>> fold("STRASSE") == fold("Straße"), fold("10²")
        (True, '10²')
    """
    if word.isascii():
        return word.lower()
    seen = "".join(map(_visible, word.translate(_PLAIN)))
    return normalize("NFC", seen.casefold())


def _visible(character: str) -> str:
    kind = category(character)
    if kind == "Cf" or "\ufe00" <= character <= "\ufe0f":
        return ""
    return character if kind == "No" else normalize("NFKC", character)
