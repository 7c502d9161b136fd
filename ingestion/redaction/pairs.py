"""First names that stand with a family name: "Piotr Zawada", "Светлана Игоревна"."""

import re
from collections.abc import Iterator

from ingestion.redaction import known

CAPITALISED = r"[A-ZÀ-ÖØ-ÞŁŚŻŹŠŽČĆА-ЯЁ][^\W\d_]*(?:['’-][^\W\d_]+)*"
"""A word with a capital, as an expression."""
PARTICLE = r"(?:van|von|de|der|den|da|di|do|dos|das|del|della|la|le|el|zu|ter|ten|bin|al)"
"""What stands in small letters within a name, as an expression."""
BLANKED = re.compile(r"\b[Xx]{2,}\b")
"""What was masked before it came here."""

_TOKEN = re.compile(CAPITALISED)
_PAIR = re.compile(
    rf"(?<![\w'’@.-])(?=({CAPITALISED}) ((?:[A-Z]\. )?(?:{PARTICLE} ){{0,2}})({CAPITALISED})"
    rf"((?: {CAPITALISED})?)(?![\w@]))"
)
_PATRONYMIC = re.compile(
    r"\b[А-ЯЁ][а-яё]+ [А-ЯЁ][а-яё]+(?:ович|евич|ьич|овна|евна|ична)[а-яё]{0,2}\b"
    r"(?: [А-ЯЁ][а-яё]+(?:[оеё]в|ин|ын|ск|енко|ук|юк)[а-яё]{0,3}\b)?"
)
_CYRILLIC = re.compile(r"[А-ЯЁ]")
_RUSSIAN_SURNAME = re.compile(
    r"(?:[оеё]в|ин|ын|[сц]к(?:ий|ая|ого|ой|ому)|енко|ук|юк|ич|ян|швили|дзе)"
    r"(?:а|у|ым|ой|е|ы)?$|ых$"
)
_GERMAN_NOUN = re.compile(
    r"(?:ung|heit|keit|schaft|tion|tät|chen|lein|nis|tum|ling|ismus)(?:en|s|e)?$"
)
_PLACE_BEFORE = re.compile(
    r"\b(?:St|Saint|San|Santa|Santo|São|Sankt|Lake|Mount|Port|Fort|Cape|Los)\.? $"
)
_PLACE_AFTER = re.compile(
    r" (?:Street|St|Road|Rd|Avenue|Ave|Lane|Hospital|University|College|School|Airport|Station|Park"
    r"|Foundation|Institute|Museum|Stadium|Center|Centre|Hotel|Award|Collection|Dress|Jeans)\b"
)
_PRONOUN = ("I'", "I’")
_POSSESSIVE = re.compile(r"['’]s$")


def named(text: str) -> Iterator[str]:
    """Give first names that stand with a family name."""
    tokens = _TOKEN.findall(text)
    is_russian = _CYRILLIC.search(text) is not None
    if not is_russian and known.possible_first_names().isdisjoint(tokens):
        return
    yield from (found[0] for found in _PATRONYMIC.finditer(text))
    if len(tokens) > 4 and len(tokens) * 10 > 7 * len(text.split()):
        return  # a headline: Every Word Has a Capital
    for found in _PAIR.finditer(text):
        if _is_pair(text, found) and not BLANKED.search(_name(found)):
            yield without_possessive(_name(found))


def _name(found: re.Match[str]) -> str:
    """Give both names, and the family name where two first names stand before it."""
    is_second_first_name = found[3] in known.all_first_names() and found[3][0] < "\u0400"
    return f"{found[1]} {found[2]}{found[3]}{found[4] if is_second_first_name else ''}"


def _is_pair(text: str, found: re.Match[str]) -> bool:
    first, surname = found[1], without_possessive(found[3])
    if not _is_first(text, found.start(), first):
        return False
    if (
        surname.startswith(_PRONOUN)
        or surname in known.no_surnames()
        or surname.isupper()
        or f"{first} {surname}" in known.brands()
    ):
        return False
    if surname[0] > "\u0400":
        return bool(_RUSSIAN_SURNAME.search(surname))
    around = _PLACE_BEFORE.search(text[: found.start()][-8:]) or _PLACE_AFTER.match(
        text, found.end(3)
    )
    return not around and not _GERMAN_NOUN.search(surname)


def _is_first(text: str, start: int, word: str) -> bool:
    """Tell whether a word is a first name; one that is often another word, not at the start."""
    if word in known.first_names() or _russian_base(word):
        return True
    before = text[:start].rstrip()
    starts = not before or before[-1] in '.!?:\n…"“„«»*-–—'
    return not starts and word in known.possible_first_names()


def _russian_base(word: str) -> bool:
    """Tell whether a word is a Russian first name in any of its cases."""
    if word[0] < "\u0400":
        return False
    stems = (word, word[:-1], word[:-2])
    return any(
        f"{stem}{ending}" in known.first_names()
        for stem in stems
        if len(stem) > 2
        for ending in ("", "а", "я", "й", "ь")
    )


def without_possessive(name: str) -> str:
    """Give a name without the "'s" that may follow it."""
    return _POSSESSIVE.sub("", name)
