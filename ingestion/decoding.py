"""Bytes to text: which character encoding a file is written in.

UTF-8 and UTF-16 are certain. For the rest there is only likelihood, and the general detector
confuses the Western with the Central European code page. So the encodings of our nine languages
(and Japanese, whose bytes pass for Chinese) are weighed here by what their letters look like, and
it is asked only where none of them fits.
"""

import codecs
import re
from collections.abc import Callable
from itertools import pairwise

from charset_normalizer import from_bytes

from ingestion.errors import MalformedSource

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ENOUGH = 0.9
"""The share of a codec's letters that have to look right for it to be believed at once."""

_SAMPLE = 65_536
_WORD = re.compile(r"[^\W\d_]+")
_WESTERN = frozenset("äöüßÄÖÜéèêëàâçîïôûùœæáíóúñãõìòåøÉÈÊÀÂÁÍÓÚÑÇÃÕÎÔÅØŒÆýÿ")
_SIGNS = frozenset("…’‘“”„‚‹›«»–—·•°€£§©®™¿¡´\xa0№½¼¾²³ªº×")


def detect(head: bytes) -> str:
    """Name the Python codec that a file is to be read with.

    Args:
        head: The file's first bytes, or all of it; it may end inside a character.

    Returns:
        A codec that reads `head` without an error and drops a byte order mark.

    Raises:
        MalformedSource: No encoding of text fits.
    """
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec
    return _wide(head) or ("utf-8" if _reads(head, "utf-8") is not None else _narrow(head))


def decode(data: bytes) -> tuple[str, str]:
    """Read a whole file as text, and say in which encoding: no character is ever replaced.

    Raises:
        MalformedSource: No encoding fits, or the one that the file declares does not; with the
            line of the first byte that is wrong.
    """
    codec = detect(data)
    try:
        return data.decode(codec), codec
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise MalformedSource(f"not {codec.upper()}: save the file as UTF-8", line) from error


def _reads(data: bytes, codec: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(codec)("strict").decode(data)
    except UnicodeDecodeError:
        return None


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: the zero bytes of its spaces and digits all stand on one side."""
    sample = head[: min(_SAMPLE, len(head) // 2 * 2)]
    zeros = sample[::2].count(0), sample[1::2].count(0)
    is_one_sided = max(zeros) > 10 * min(zeros)
    if not is_one_sided or _is_writing(_reads(sample, "utf-8")):
        return None
    codec = "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"
    return codec if _is_writing(_reads(head, codec)) else None


def _is_writing(text: str | None) -> bool:
    """Whether there are no more control characters in it than a slip explains."""
    sample = (text or "")[:_SAMPLE]
    strange = sum(not (char.isprintable() or char.isspace()) for char in sample)
    return bool(sample) and strange <= max(1, len(sample) // 20)


def _narrow(head: bytes) -> str:
    sample = head[:_SAMPLE]
    if b"\0" not in sample:
        likely, codec = max((_likelihood(head, codec), codec) for codec in _LOOKS)
        if likely >= _ENOUGH:
            return codec
        if (best := from_bytes(sample).best()) and _reads(head, best.encoding) is not None:
            return best.encoding
        if likely > 0:
            return codec
    line = _first_odd_line(head)
    raise MalformedSource("no known character encoding fits: save the file as UTF-8", line)


def _first_odd_line(head: bytes) -> int:
    odd = re.search(rb"[\x80-\xff\x00]", head)
    return head.count(b"\n", 0, odd.start() if odd else 0) + 1


def _likelihood(head: bytes, codec: str) -> float:
    """The share of what is not ASCII that looks like writing in the languages of this codec."""
    text = _reads(head, codec)
    if text is None or not _is_writing(text):
        return 0.0
    sample = text[:_SAMPLE]
    foreign = sum(char > "\x7f" for char in sample)
    signs = sum(char in _SIGNS for char in sample)
    return (_LOOKS[codec](sample) + signs) / foreign if foreign else 0.0


def _western_letters(text: str) -> int:
    """Accented letters, in words that are otherwise ASCII."""
    words = (word for word in _WORD.findall(text) if not word.isascii())
    return sum(_accents(word) for word in words)


def _accents(word: str) -> int:
    accents = sum(char in _WESTERN for char in word)
    plain = sum(char.isascii() for char in word)
    return accents if plain + 1 >= accents else 0


def _cyrillic_letters(text: str) -> int:
    """Letters of words that are Cyrillic throughout and do not turn to capitals inside."""
    return sum(len(word) for word in _WORD.findall(text) if _is_cyrillic(word))


def _is_cyrillic(word: str) -> bool:
    turns_capital = any(left.islower() and right.isupper() for left, right in pairwise(word))
    return not turns_capital and all("А" <= char <= "я" or char in "Ёё" for char in word)


def _common_hanzi(text: str) -> int:
    """Characters of the first level of GB 2312, the 3,755 that make up nearly all running text."""
    return sum(_is_common(char) for char in text if char > "\x7f")


def _is_common(char: str) -> bool:
    if "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffee":
        return True
    return char > "\u3400" and 0xB0 <= char.encode("gb18030")[0] <= 0xD7


def _japanese(text: str) -> int:
    """All of it, if there is enough kana in it: kanji alone do not tell."""
    foreign = sum(char > "\x7f" for char in text)
    kana = sum("\u3040" <= char <= "\u30ff" for char in text)
    return foreign if kana * 3 > foreign else 0


_LOOKS: dict[str, Callable[[str], int]] = {
    "cp1252": _western_letters,
    "cp1251": _cyrillic_letters,
    "koi8_r": _cyrillic_letters,
    "gb18030": _common_hanzi,
    "cp932": _japanese,
    "euc_jp": _japanese,
}
"""How the writing of each codec looks: the number of characters that are as they should be."""
