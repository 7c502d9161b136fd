"""Tell where the sentences of a text end, in nine languages.

A sentence ends at a full stop, a question or exclamation mark, an ellipsis or their wide forms;
not after an abbreviation, an initial, an ordinal, or inside a number or an address. A line break
ends one where it stands between paragraphs, items of a list or short lines. What runs on for very
long is cut at its clauses. The rules are our own, for a splitter for nine languages would be a
model to download.
"""

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import cast

import yaml

_LONGEST = 600
"""Characters; what runs on for longer is cut."""
_WRAPPED = 58
"""Characters of a line from which on its break may come from wrapping a longer text."""

_MONTHS = re.compile(
    r"(?:jan|f[eé]br?|m[aäe]r|mars|maart|apr|avr|abr|ma[iy]|mei|mag|jun|juin|giu|jul|juil|lug|aug|ago|"
    r"août|sep|set|o[ck]t|out|ott|nov|de[czs]|dic|янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)",
    re.IGNORECASE,
)

_LISTS = cast(
    dict[str, str],
    yaml.safe_load(files("ingestion.chunking").joinpath("abbreviations.yaml").read_text("utf-8")),
)
_GOES_ON, _MAY_END, _STARTERS, _SITES = (
    frozenset(_LISTS[name].split()) for name in ("goes_on", "may_end", "starters", "sites")
)

_CLOSING = r"(?:[\"'”’“»«)\]」』）》*_]|[ \u00a0\u202f]»)*"
_EMOJI = r"[\u2600-\u27bf\U0001f000-\U0001faff][\ufe0f\u200d\u2600-\u27bf\U0001f000-\U0001faff]*"
_END = re.compile(
    rf"(?P<wide>[。！？｡]+[。！？｡!?]*{_CLOSING}(?:\s*{_EMOJI})*)"
    rf"|(?P<mark>(?:[.…]*[!?‽؟]+[!?.…]*)(?P<closed>{_CLOSING})(?:\s*{_EMOJI})*)"
    rf"|(?P<dots>(?:\.{{2,}}|…+){_CLOSING}(?:\s*{_EMOJI})*)"
    rf"|(?P<stop>(?<![\s.])\.{_CLOSING}(?:\s*{_EMOJI})*)"
    rf"|(?P<face>{_EMOJI}(?:\s*{_EMOJI})*)"
    r"|(?P<paragraph>\s*\n\s*\n\s*)"
    r"|(?P<line>\n)"
)
_ITEM = re.compile(r"[ \t]*(?:[-*•–—·▪◦+]\s|\(?\d{1,2}[.)]\s|[a-z]\)\s)")
_OPENING = re.compile(r"[\s\"'„“‘«»‹¿¡(\[*_–—-]*")
_TOKEN = re.compile(r"[^\s(\[\"'„“‘«»¿¡/]+$")
_VOWEL = re.compile(r"[aeiouyäöüáéíóúàèìòùâêîôûãõæøåаеёиоуыэюя]", re.IGNORECASE)
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_CLAUSE = re.compile(
    r"[,;:，；、：]\s*|\s[–—-]\s"
    r"|\s(?=(?:and|but|so|because|then|und|aber|weil|dann|et|mais|puis|y|pero|e|ma|poi|en|maar|dus"
    r"|mas|então|и|но|а|потом)\s)"
)


def spans(text: str, language: str = "und") -> Iterator[tuple[int, int]]:
    """Give where each sentence begins and ends, half-open, in order, white space left out.

    Marks without a word go with the sentence before them; a text of nothing but punctuation has no
    sentence.

    Example:
        >>> said = "It took 3.5 days, e.g. from Monday. Why? No idea"
        >>> [said[start:end] for start, end in spans(said)]
        ['It took 3.5 days, e.g. from Monday.', 'Why?', 'No idea']
    """
    pending: tuple[int, int] | None = None
    for start, end in _pieces(text, language):
        is_marks = not any(map(str.isalnum, text[start:end]))
        if pending and (is_marks or not any(map(str.isalnum, text[slice(*pending)]))):
            pending = pending[0], end
            continue
        if pending:
            yield pending
        pending = start, end
    if pending and _says_something(text[slice(*pending)]):
        yield pending


def _says_something(text: str) -> bool:
    return any(map(str.isalnum, text)) or re.search(_EMOJI, text) is not None


def _pieces(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Cut a text at its ends, each piece without white space around it."""
    at = 0
    for end in (*_ends(text, language), len(text)):
        for start, stop in _shortened(text, at, end):
            piece = text[start:stop]
            if trimmed := piece.strip():
                begin = start + len(piece) - len(piece.lstrip())
                yield begin, begin + len(trimmed)
        at = end


def _ends(text: str, language: str) -> Iterator[int]:
    is_wrapped = _is_wrapped(text)
    for found in _END.finditer(text):
        match found.lastgroup:
            case "wide" | "paragraph":
                ends = True
            case "line":
                ends = not is_wrapped and _breaks(text, found.start())
            case "dots" | "face":
                ends = _starts_anew(text, found.end())
            case "stop":
                ends = _stop_ends(text, found, language)
            case _:
                ends = _mark_ends(text, found)
        if ends:
            yield found.end()


def _is_wrapped(text: str) -> bool:
    """Tell whether a text's lines were cut at a width, and not where its writer ended them."""
    lines = text.split("\n")[:-1] if "\n" in text else []
    lengths = [len(line) for line in lines if line.strip()]
    if not lengths:
        return False
    return min(sorted(lengths)[len(lengths) // 4 :]) >= _WRAPPED and max(lengths) < 130


def _breaks(text: str, at: int) -> bool:
    """Tell whether a single line break stands between two sentences."""
    if _ITEM.match(text, at + 1):
        return True
    after = _next(text, at + 1)
    return bool(after) and not after.islower()


def _mark_ends(text: str, found: re.Match[str]) -> bool:
    """Tell whether a question or exclamation mark ends its sentence."""
    end = found.end()
    after = text[end : end + 1]
    if not after:
        return True
    if not after.isspace():
        return _is_glued(text, found.start(), end, least=0) or _HAN.match(after) is not None
    return not (found["closed"] and _next(text, end).islower())


def _stop_ends(text: str, found: re.Match[str], language: str) -> bool:
    """Tell whether a full stop ends its sentence, and is no part of a word or number."""
    start, end = found.start(), found.end()
    after = text[end : end + 1]
    if not after:
        return True
    if not after.isspace():
        return _is_glued(text, start, end, least=3) or bool(
            _HAN.match(after) and _HAN.match(text[start - 1])
        )
    if end - start > 1:
        return not _next(text, end).islower()
    return not _goes_on(text, start, end, language)


def _is_glued(text: str, stop: int, end: int, least: int) -> bool:
    """Tell whether a sentence follows without a space: "It broke.The shop …".

    At least `least` small letters have to stand before the mark.
    """
    before, after = text[max(0, stop - least) : stop], text[end : end + 12]
    if least and not (len(before) == least and before.isalpha() and before.islower()):
        return False
    word = re.match(r"[^\W\d_]+", after)
    if not word or not word[0][0].isupper() or word[0].casefold() in _SITES:
        return False
    return not re.search(r"[/@]|www|https?:", text[max(0, stop - 40) : stop].rpartition(" ")[2])


def _goes_on(text: str, stop: int, end: int, language: str) -> bool:
    """Tell whether the full stop before a space belongs to its word: the sentence goes on."""
    tokens = text[max(0, stop - 24) : stop].split()
    found = _TOKEN.search(text, max(0, stop - 24), stop)
    if not tokens or not found:
        return False
    word, after = found[0], _next(text, end)
    if word.isdigit():
        return _is_ordinal(text, found.start(), end, language)
    bare = word.casefold()
    if len(tokens) > 1 and len(word) < 4 and tokens[-2].endswith("."):
        joined = f"{tokens[-2]}{bare}".casefold().lstrip("(\"'„“«")
        bare = joined if joined in _GOES_ON or joined in _MAY_END else bare
    if bare in _GOES_ON and (len(word) > 1 or "." in bare):
        return True
    if len(word) == 1 and word.isalpha() and "." not in bare:
        return _is_letter_of(text, tokens, end)
    if bare in _MAY_END or "." in bare:
        return after.islower() or after.isdigit()
    return after.islower() and not (len(word) > 1 and _VOWEL.search(word))


def _is_ordinal(text: str, start: int, end: int, language: str) -> bool:
    """Tell whether a number and a full stop are "3." before "Mai", or the number of an item."""
    if end - start > 4:
        return False
    follows = text[_skip(text, end) :][:12]
    if follows[:1].islower() or _MONTHS.match(follows):
        return True
    line = text.rfind("\n", 0, start) + 1
    return not text[line:start].strip() or (language == "de" and follows[:1].isalpha())


def _is_letter_of(text: str, tokens: list[str], end: int) -> bool:
    """Tell whether a single letter is an initial or part of an abbreviation: "J. Doe", "z. B."."""
    letter, before = tokens[-1][-1], tokens[-2] if len(tokens) > 1 else ""
    follows = re.match(r"[^\W\d_]+", text[_skip(text, end) :][:16])
    word = follows[0] if follows else ""
    if len(word) == 1 and text[_skip(text, end) + 1 :][:1] == ".":
        return True
    if letter.islower():
        return word.islower() or letter in _GOES_ON
    is_name = not before or before[:1].isupper() or before.endswith(".")
    return letter != "I" and bool(word) and is_name and word.casefold() not in _STARTERS


def _starts_anew(text: str, end: int) -> bool:
    """Tell whether what follows an ellipsis or a face looks like the start of a sentence."""
    after = _next(text, end)
    return not after or (text[end : end + 1].isspace() and (after.isupper() or after.isdigit()))


def _skip(text: str, at: int) -> int:
    found = _OPENING.match(text, at)
    return found.end() if found else at


def _next(text: str, at: int) -> str:
    """Give the first character that is no opening mark, "" at the end."""
    at = _skip(text, at)
    return text[at : at + 1]


def _shortened(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what runs on for too long, at a clause where there is one."""
    while end - start > _LONGEST:
        window = text[start : start + _LONGEST]
        borders = [at.end() for at in _CLAUSE.finditer(window)]
        spaces = [at.end() for at in re.finditer(r"\s", window)]
        cut = start + max(borders or spaces or [_LONGEST])
        yield start, cut
        start = cut
    yield start, end
