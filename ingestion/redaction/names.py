"""Names of private people, where a text says who somebody is.

A first name in the middle of a story identifies nobody and stays: "a lad called Tobias". A name is
masked where people introduce themselves, sign, are greeted or addressed with a title, stand with
their family name, or beside an e-mail address or a telephone number. Names in Chinese are found by
`chinese`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from ingestion.redaction import chinese, known, pairs
from ingestion.redaction.finding import Finding, Kind
from ingestion.redaction.phrases import phrases

_CAP, _OF = pairs.CAPITALISED, pairs.PARTICLE
_MORE = rf"(?:[ ](?:{_OF}[ ]){{0,2}}{_CAP}|[ ][A-Z]\.){{0,3}}"
_FULL = rf"((?:[A-Z]\. ?){{0,3}}{_CAP}{_MORE})"
_PARTICLES = r"(?:(?:v[ao]n(?: de[rn]?)?|de(?: la)?|di|da|dos?|te[rn]|zu) )?"
_FAMILY = rf"({_PARTICLES}(?:[A-Z]\. ?){{0,3}}{_CAP}{_MORE})"
_NAME_TOKEN = re.compile(_CAP)
_JOINT = (
    r"(?:\s*(?:on|at|under|unter|au|sous|al|en|op|onder|no|pelo|по|is|ist|или|or|oder|via|phone"
    r"|tel|tél|тел|e-?mail|mail|mobile|cell|handy|cel)\b\.?)?"
)
_BEFORE_CONTACT = re.compile(
    rf"({_CAP}(?: {_CAP}){{0,2}})(?:[ ,:;(<–-]{{0,3}}{_JOINT}){{1,2}}[\s,:;(<–-]{{1,4}}$"
)
_AFTER_CONTACT = re.compile(rf"^[\s,;)>(–-]{{1,4}}({_CAP}(?: {_CAP}){{0,2}})")
_RIGHT_BEFORE = re.compile(rf"{_CAP}(?: {_CAP}){{1,2}}[,:;(<]? ?[(<]?")
_ARTICLE = re.compile(
    r"\b(?:the|an?|your|our|their|my|der|die|das|den|dem|[mk]?eine?|unsere?|ihre?|les?|la|une?|votre|el|los"
    r"|una?|su|il|lo|gli|uno|het|een|os?|as?|uma?)\s$",
    re.IGNORECASE,
)
_ME = re.compile(r"\b(?:me|mich|mir|moi|mí|mij|mim|меня|мне)\W{1,3}$", re.IGNORECASE)
_SHORTEST = 3
_WORD = re.compile(r"\w+")
_LABEL = re.compile(r"(?:^|\n)[^\n:：]{2,30}[:：]")
_ASKING_FOR_A_KNOWN_NAME = (
    "claimed",
    "speaking",
    "thanked",
    "greeted",
    "here",
    "asked for",
    "dashed",
)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """The phrases of `phrases.yaml` as expressions, each with the name as its first group."""
    said = {name: rf"(?i:{words})" for name, words in phrases().items()}
    end = r"(?=\s*(?:[,.!?;:)\n]|$))"
    return {
        "introduced": re.compile(rf"(?<!\w){said['introduced']}[ :,]+[\"'“«]?{_FULL}"),
        "introduced small": re.compile(
            rf"(?<!\w){said['introduced']} ([a-zà-ÿа-яё]+)(?: [a-zà-ÿ]+)?{end}"
        ),
        "claimed": re.compile(
            rf"(?<!\w){said['claimed']} {_FULL}(?!,? {said['machines']})"
            rf"(?=\s*(?:[,.!;:\n]|$|{said['claimed_before']}\b))"
        ),
        "speaking": re.compile(
            rf"(?<!\w){said['speaking']} {_FULL}(?=,? {said['speaking_before']}\b)"
        ),
        "titled": re.compile(rf"(?<![\w.]){phrases()['titles']} {_FAMILY}"),
        "signed": re.compile(
            rf"(?<!\w){said['closings']}[\s,.!—–-]+{_FULL}(?=\.?\s*(?:$|\n|[,(+\d]))"
        ),
        "thanked": re.compile(rf"(?<!\w){said['thanks']}[\s,.!—–-]+{_FULL}(?=\s*(?:[.!,(]|$|\n))"),
        "dashed": re.compile(rf"(?:^|\n|[.!?…] ?)\s*[—–-]{{1,2}} ?{_FULL}\.?\s*$"),
        "greeted": re.compile(
            rf"(?:^|(?<=[\n.!?])\s*){said['greetings']},? {_FULL}(?=\s*(?:[,!.:;\n–-]|$))"
        ),
        "here": re.compile(rf"(?:^|\n)\s*{_FULL} {said['here']}\b"),
        "line": re.compile(rf"(?:^|\n)\s*{said['line']}\s*[:：]\s*{_FULL}"),
        "asked for": re.compile(rf"(?<!\w){said['asked_for']} {_FULL}"),
    }


def named(text: str, contacts: Iterable[Finding]) -> Iterator[str]:
    """Give the names of people whom `text` identifies, each as it stands there.

    Args:
        text: What is searched.
        contacts: The e-mail addresses and telephone numbers in it: a name beside one is a person's.
    """
    near = tuple(contacts)
    for contact in near:
        yield from _beside(text, contact)
    if near:
        yield from _where(text, _is_person, "asked for")
    yield from chinese.named(text)
    if not _triggers().isdisjoint(_WORD.findall(text.casefold())):
        yield from _announced(text)
    if _LABEL.search(text):
        yield from _where(text, _is_person, "line")
    tokens = set(map(pairs.without_possessive, _NAME_TOKEN.findall(text)))
    if not known.all_first_names().isdisjoint(tokens):
        yield from _where(text, _is_known, *_ASKING_FOR_A_KNOWN_NAME)
    yield from pairs.named(text)


@cache
def _triggers() -> frozenset[str]:
    """Words of which each phrase that announces a name has one; without them none is looked for."""
    return frozenset(phrases()["triggers"].split())


def _announced(text: str) -> Iterator[str]:
    """Give what phrases announce so surely that the name need not be known."""
    for found in _found(text, "introduced", "titled"):
        if _first(found[1]) not in _titled_things():
            yield from _names_in(found[1])
    yield from _where(text, lambda name: _is_signature(text, name), "signed")
    yield from _where(text, _is_person, "speaking")
    for found in _found(text, "introduced small"):
        if found[1].capitalize() in known.all_first_names():
            yield found[1]


def _where(text: str, is_one: Callable[[str], bool], *names: str) -> Iterator[str]:
    for found in _found(text, *names):
        if is_one(found[1]):
            yield from _names_in(found[1])


def _found(text: str, *names: str) -> Iterator[re.Match[str]]:
    for name in names:
        yield from _patterns()[name].finditer(text)


@cache
def _titled_things() -> frozenset[str]:
    """What follows a title in the name of a firm or thing: "Dr. Martens"."""
    return frozenset(phrases()["titled_things"].split())


def _first(name: str) -> str:
    return pairs.without_possessive(name.split()[0])


def _is_known(name: str) -> bool:
    return _first(name) in known.all_first_names() and _is_person(name)


def _is_person(name: str) -> bool:
    """Tell whether a name may be one: known, or of two words that are not ordinary."""
    words = name.split()
    if _first(name) in known.all_first_names():
        return " ".join(words[:2]) not in known.brands()
    return len(words) <= 3 and _ordinary().isdisjoint(words) and not words[-1].isupper()


def _is_signature(text: str, name: str) -> bool:
    """Tell whether a person signs: a firm is spoken of elsewhere in the text too."""
    is_once = all(text.count(word) == 1 for word in name.split())
    return _is_known(name) or (is_once and _is_person(name))


def _names_in(found: str) -> Iterator[str]:
    """Give a name up to the first word that is none: "Anna Und"; none that was masked before."""
    if pairs.BLANKED.search(found):
        return
    words: list[str] = []
    for word in found.split():
        if words and word in known.no_surnames():
            break
        words.append(word)
    yield pairs.without_possessive(" ".join(words).rstrip(".,"))


def _beside(text: str, contact: Finding) -> Iterator[str]:
    """Give the names around a contact, and those that an e-mail address is made of."""
    before = _BEFORE_CONTACT.search(text, max(0, contact.start - 70), contact.start)
    after = _AFTER_CONTACT.match(text[contact.end : contact.end + 60])
    for found in filter(None, (before, after)):
        name = _known_part(found[1]) or _of_me(text, found)
        if name:
            yield from _names_in(name)
    if contact.kind is Kind.EMAIL:
        yield from _of_address(text[contact.start : contact.end].partition("@")[0])


def _of_me(text: str, found: re.Match[str]) -> str | None:
    """Give a name that nobody knows where somebody says that it is theirs: "me, Ada Quillow".

    Who writes two names right before a contact, with nothing but a comma between, says so too.
    """
    before = text[max(0, found.start(1) - 8) : found.start(1)]
    is_mine = _ME.search(before)
    is_right_before = _RIGHT_BEFORE.fullmatch(found[0]) and not _ARTICLE.search(before)
    name = _without_ordinary(found[1]) if is_mine or is_right_before else ""
    return name if " " in name and _is_person(name) else None


def _without_ordinary(name: str) -> str:
    """Take off what stands with a capital as a sentence begins with it: "Ring Ada Quillow"."""
    words = name.split()
    is_ordinary = words[0] in _ordinary() or _ARTICLE.match(f"{words[0]} ")
    return " ".join(words[1:] if is_ordinary else words)


@cache
def _ordinary() -> frozenset[str]:
    return known.no_surnames() | frozenset(phrases()["nobody"].split())


def _known_part(name: str) -> str | None:
    """Give what stands from the first word that is a first name on."""
    words = name.split()
    at = next((at for at, word in enumerate(words) if word in known.all_first_names()), None)
    return None if at is None else " ".join(words[at:])


def _of_address(local: str) -> Iterator[str]:
    """Give the names that an address is made of: "maureen.tibbs", "m.tibbs"."""
    parts = [part for part in re.split(r"[._+\d-]+", local.lower()) if part]
    if not known.generic().isdisjoint(parts):
        return
    names = [part for part in parts if len(part) >= _SHORTEST]
    is_name = len(parts) == 2 or any(part.capitalize() in known.all_first_names() for part in names)
    if is_name:
        yield from (part.capitalize() for part in names)


def mentions(text: str, names: Iterable[str], spoken: frozenset[str]) -> Iterator[Finding]:
    """Find every mention of the names, whole or a part of them.

    Args:
        text: What is searched.
        names: As `named` gives them, of the whole document.
        spoken: The document's words with a small initial: a part of a name that is among them is
            an ordinary word, and masked only with the rest of its name.
    """
    parts = {
        part
        for name in names
        for part in (name, *name.split())
        if part == name or (_tells(part) and part.lower() not in spoken)
    }
    if not parts:
        return
    longest_first = sorted(parts, key=lambda part: (-len(part), part))
    either = "|".join(map(_in_any_case, longest_first))
    for found in re.finditer(either, text):
        yield Finding(*found.span(), Kind.NAME)


def _tells(part: str) -> bool:
    """Tell whether a part of a name is one by itself: "van" and "M" are not."""
    return part[:1].isupper() and len(part) >= _SHORTEST


def _in_any_case(part: str) -> str:
    """Write a name as an expression: Chinese has no borders, Russian has cases."""
    if chinese.is_chinese(part):
        return re.escape(part)
    if part[0] > "\u0400" and len(part) >= 3:
        words = [
            rf"{re.escape(re.sub('[аяйьы]$', '', word))}[а-яё]{{0,3}}" for word in part.split()
        ]
        return rf"\b{' '.join(words)}\b"
    return rf"(?<!\w){re.escape(part)}(?!\w)"
