"""The words that turn a meaning and those that carry none, as `lexicon.yaml` lists them."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple, TypeAlias, cast

import yaml

from assistant.grounding.words import fold, words_of

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "ru", "zh")
_GUARDS = ("negations", "modals", "comparatives", "numbers")

Lists: TypeAlias = dict[str, dict[str, str]]
Phrase: TypeAlias = tuple[str, ...]


class Guards(NamedTuple):
    """The words that turn a meaning, of all nine languages together, apostrophes left out."""

    negations: frozenset[str]
    modals: frozenset[str]
    comparatives: frozenset[str]
    numbers: frozenset[str]

    def hold(self, key: str) -> bool:
        """Tell whether a word turns a meaning in some language."""
        return is_figure(key) or key.startswith("n'") or any(bare(key) in words for words in self)

    def count(self, key: str) -> bool:
        """Tell whether a word denies or numbers: said twice, it is not the same as said once."""
        return (
            is_figure(key)
            or key.startswith("n'")
            or bare(key) in self.negations
            or bare(key) in self.numbers
        )


class Lexicon(NamedTuple):
    """What is known of a language; of an unknown one, what can be said of any.

    Attributes:
        fillers: Sounds and words that carry nothing.
        twice: Words that say something else when they are said twice.
        turning: What a cut may not leave out of a clause: negations and conditions.
        edges: Numbers, comparatives and modals: a cut may not stand beside one it leaves out.
        ifs: Of the turning words, the ones that govern what follows their clause.
        joints: Words that begin a clause which what stands before does not govern.
        subordinators: Words that keep a clause under what stands before its comma.
        phrases: Words in a row that carry nothing.
        set_off: Such that carry nothing where they stand between marks.
    """

    fillers: frozenset[str]
    twice: frozenset[str]
    turning: frozenset[str]
    edges: frozenset[str]
    ifs: frozenset[str]
    joints: frozenset[str]
    subordinators: frozenset[str]
    phrases: frozenset[Phrase] = frozenset()
    set_off: frozenset[Phrase] = frozenset()

    @property
    def openings(self) -> frozenset[str]:
        """The words that a phrase which carries nothing may begin with."""
        return _openings(self.phrases, self.set_off)


class Slips(NamedTuple):
    """What a transcript gets wrong, and where that makes another word of it."""

    stutters: frozenset[str]
    apostrophe_counts: frozenset[str]
    doubling_counts: frozenset[str]
    marks: re.Pattern[str]
    written_out: dict[str, Phrase]


class Wide(NamedTuple):
    """Chinese words that are found in the text, since it has no spaces.

    Attributes:
        turning: Negations and conditions; what only looks like one is its first group.
        ifs: Conditions that govern what follows their clause.
        joints: Words that begin a clause.
    """

    turning: re.Pattern[str]
    ifs: re.Pattern[str]
    joints: re.Pattern[str]


def bare(key: str) -> str:
    """Leave the apostrophes out."""
    return key.replace("'", "")


def is_figure(key: str) -> bool:
    """Tell whether a number is written in figures, those of Chinese among them."""
    return any(map(str.isnumeric, key))


@cache
def guards() -> Guards:
    """Give the words that turn a meaning."""
    return Guards(*(_all_of(name) for name in _GUARDS))


@cache
def lexicon(language: str) -> Lexicon:
    """Look up the words of a language; of one that is not covered, the strictest of all."""
    if language not in LANGUAGES:
        turning = _all_of("negations") | _all_of("conditions")
        nothing = frozenset[str]()
        twice, ifs = _all_of("twice"), _all_of("ifs")
        return Lexicon(_common_sounds(), twice, turning, nothing, ifs, nothing, nothing)
    return Lexicon(
        fillers=_set(_text("sounds")) - _of("sounds_said", language) | _of("fillers", language),
        twice=_of("twice", language),
        turning=_of("negations", language) | _of("conditions", language) | _of("ifs", language),
        edges=frozenset[str]().union(*(_of(name, language) for name in _GUARDS[1:]))
        - _set(_text("slight")),
        ifs=_of("ifs", language),
        joints=_of("joints", language),
        subordinators=_set(_text("subordinators")) | _of("ifs", language),
        phrases=_phrases("phrases", language),
        set_off=_phrases("set_off", language),
    )


@cache
def _openings(phrases: frozenset[Phrase], set_off: frozenset[Phrase]) -> frozenset[str]:
    return frozenset(phrase[0] for phrase in phrases | set_off)


@cache
def slips() -> Slips:
    """Give what transcripts get wrong."""
    marks = _text("marks").replace("\n", "")
    return Slips(
        _set(_text("stutters")),
        _set(_text("apostrophe_counts"), keep_apostrophes=True),
        _set(_text("doubling_counts")),
        re.compile(rf"[\[(<（【]\s?(?:{marks})[\s\d:.,]{{0,20}}[\])>）】]", re.IGNORECASE),
        dict(_written_out()),
    )


@cache
def wide() -> Wide:
    """Give the Chinese words that bear on a cut."""
    turning = "|".join(_chinese(name) for name in ("negations", "conditions", "ifs"))
    innocent = "|".join(_text("innocent").split())
    return Wide(
        re.compile(rf"({innocent})|{turning}"),
        re.compile(_chinese("ifs")),
        re.compile(_chinese("joints")),
    )


def _chinese(name: str) -> str:
    return "|".join(_lists()[name]["zh"].split())


def _common_sounds() -> frozenset[str]:
    return _set(_text("sounds")) - _all_of("sounds_said")


def _all_of(name: str) -> frozenset[str]:
    return frozenset[str]().union(*(_of(name, language) for language in _lists()[name]))


def _of(name: str, language: str) -> frozenset[str]:
    return _set(_lists()[name].get(language, ""))


def _phrases(name: str, language: str) -> frozenset[Phrase]:
    phrases = _lists()[name].get(language, "").split(",")
    return frozenset(_keys(phrase) for phrase in phrases if phrase.strip())


def _written_out() -> Iterator[tuple[str, Phrase]]:
    for line in _text("written_out").splitlines():
        short, _, long = line.partition("=")
        yield fold(short.strip()), _keys(long)


def _keys(text: str) -> Phrase:
    return tuple(word.key for word in words_of(text))


def _set(words: str, *, keep_apostrophes: bool = False) -> frozenset[str]:
    folded = map(fold, words.split())
    return frozenset(folded if keep_apostrophes else map(bare, folded))


def _text(name: str) -> str:
    return cast(str, _lists()[name])


@cache
def _lists() -> Lists:
    text = files("assistant.grounding").joinpath("lexicon.yaml").read_text("utf-8")
    return cast(Lists, yaml.safe_load(text))
