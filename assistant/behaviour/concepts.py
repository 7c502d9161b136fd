"""What the names in an event log mean: every company calls its basket something else.

A name is matched by its words, in nine languages. A word list instead of a model: the names are
two or three words long, and a wrong match would count the wrong thing in silence.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import cast

import yaml

from assistant.behaviour.steps import Step, StepCount


class Concept(StrEnum):
    """What a kind of row is about. Where two would fit, the one that stands first wins."""

    NOISE = "noise"
    ABANDON = "abandon"
    CALLED_OFF = "called off"
    CANCEL = "cancel"
    SKIP = "skip"
    RETURN = "return"
    REMOVE = "remove"
    SAMPLE = "sample"
    REFERRAL = "referral"
    REVIEW = "review"
    SUPPORT = "support"
    RENEWAL = "renewal"
    DELIVERED = "delivered"
    SHIPPING = "shipping"
    SETUP = "set-up"
    MAIL = "mail"
    CART = "cart"
    CONFIRMED = "confirmed"
    PAYMENT = "payment"
    CHECKOUT = "checkout"
    PURCHASE = "purchase"
    APPOINTMENT = "appointment"
    SIGNUP = "sign-up"
    PRICE = "price"
    COMPARE = "compare"
    PRODUCT = "product"
    SEARCH = "search"
    VISIT = "visit"


_CAMEL = re.compile(r"(?<=[a-zа-я0-9])(?=[A-ZА-Я])")
_SHORT = 3
_PLAIN = frozenset(
    [
        "page",
        "view",
        "start",
        "step",
        "done",
        "open",
        "event",
        "screen",
        "click",
        "complete",
        "completed",
    ]
)
"""Words of names that say nothing about what a step is about."""
_UNSPACED = re.compile(r"[぀-ヿ一-鿿]")
_WORD = re.compile(r"[぀-ヿ一-鿿]+|[^\W_぀-ヿ一-鿿]+")
_ADDRESS = re.compile(r"^https?://[^/?#]*|[?#].*$")
_DONE = re.compile(
    r"\b(?:done|complet\w*|verified|finish\w*|success\w*|activated|connected|confirmed|installed"
    r"|assembled|ready|live|fertig|abgeschlossen|bestätigt|terminé\w*|vérifié\w*|activé\w*"
    r"|completad\w*|verificad\w*|terminad\w*|completat\w*|verificat\w*|attivat\w*|voltooid"
    r"|geverifieerd|klaar|concluíd\w*|ativad\w*|заверш\w*|подтвержд\w*|готов\w*)\b|完成|成功|已验证"
)


def words(text: str) -> str:
    """Write a name or a path as lower-case words between single spaces.

    Example:
        >>> words("addToCart"), words("/checkout/step-2")
        ('add to cart', 'checkout step 2')
    """
    return " ".join(_WORD.findall(_CAMEL.sub(" ", text).casefold()))


def pattern(entries: str) -> re.Pattern[str]:
    """Read a list of words, told apart by " / ", into what finds any of them in `words`.

    A star stands for any ending, an equals sign for the whole text. Words of a script without
    spaces are found anywhere.
    """
    parts: list[str] = []
    for entry in entries.split(" / "):
        if _UNSPACED.search(entry):
            parts.append(re.escape(entry))
        elif entry.startswith("="):
            parts.append(f"^{re.escape(entry[1:])}$")
        else:
            parts.append(r"\b" + re.escape(entry).replace(r"\*", r"\w*") + r"\b")
    return re.compile("|".join(parts))


def _patterns() -> dict[Concept, re.Pattern[str]]:
    names = files("assistant.behaviour").joinpath("names.yaml").read_text("utf-8")
    entries = cast(dict[str, str], yaml.safe_load(names))
    return {Concept(name): pattern(told) for name, told in entries.items()}


_PATTERNS = _patterns()


@lru_cache(maxsize=100_000)
def concept_of(text: str) -> Concept | None:
    """Tell what a name or a path is about, None where its words tell nothing.

    Example:
        >>> concept_of("in_den_warenkorb"), concept_of("remove_from_cart"), concept_of("inbox")
        (<Concept.CART: 'cart'>, <Concept.REMOVE: 'remove'>, None)
    """
    plain = words(text)
    return next((concept for concept, found in _PATTERNS.items() if found.search(plain)), None)


def concepts_in(text: str) -> tuple[Concept, ...]:
    """Tell everything that a sentence speaks of, in the order of precedence."""
    plain = words(text)
    return tuple(concept for concept, found in _PATTERNS.items() if found.search(plain))


def path(page: str) -> str:
    """Take the path out of an address: no host, no query, no place on the page.

    Example:
        >>> path("https://shop.example/pricing?from=mail#top"), path("app:inbox")
        ('/pricing', 'app:inbox')
    """
    return _ADDRESS.sub("", page) or "/"


def concept(step: Step) -> Concept | None:
    """Tell what a kind of row is about: its name, or its page where the name says only "seen".

    A page that takes orders is not an order, so a page alone never makes a purchase unless it
    is the one that confirms it.
    """
    named = concept_of(step.name)
    if named == Concept.CONFIRMED:
        return Concept.PURCHASE
    if named not in (None, Concept.VISIT):
        return named
    paged = concept_of(path(step.page)) if step.page else None
    if paged == Concept.CONFIRMED:
        return Concept.PURCHASE
    return named if paged in (None, Concept.PURCHASE) else paged


def is_done(step: Step) -> bool:
    """Tell whether the event's name says that something came to its end.

    Example:
        >>> is_done(Step("import_done")), is_done(Step("import_start"))
        (True, False)
    """
    return bool(_DONE.search(words(step.name)))


MOST_STEPS = 2000
"""So many kinds of row are asked for in one question; the rarest beyond them are left out."""


class Vocabulary:
    """One log's own names, by what they are about."""

    def __init__(self, counts: tuple[StepCount, ...]) -> None:
        self.counts = counts
        self._about: defaultdict[Concept | None, list[StepCount]] = defaultdict(list)
        for count in counts:
            self._about[concept(count.step)].append(count)

    def about(self, *concepts: Concept) -> tuple[Step, ...]:
        """Find the kinds of row that are about any of the concepts, in the log's order."""
        found = [count for each in sorted(set(concepts)) for count in self._about[each]]
        return _most(found)

    def named(self, *concepts: Concept) -> tuple[Step, ...]:
        """Find the events that are one of the concepts by their name, not by their page."""
        found = [count for each in sorted(set(concepts)) for count in self._about[each]]
        return _most([count for count in found if concept_of(count.step.name) in concepts])

    def done(self, *concepts: Concept) -> tuple[Step, ...]:
        """Find the events that end something about the concepts."""
        return tuple(step for step in self.about(*concepts) if is_done(step))

    def spoken(self, text: str) -> tuple[Step, ...]:
        """Find the kinds of row whose own words stand in a text: "import" in "the import took"."""
        said = [word for word in words(text).split() if word in self._words]
        return _most([count for word in dict.fromkeys(said) for count in self._words[word]])

    def told(self, text: str) -> tuple[Step, ...]:
        """Find the events all of whose own words, two or more, stand in a text in some form.

        "room_booked" is told by "I never booked a meeting room", and by "Je n'ai jamais réservé
        de salle"; "sample_posted" is not.
        """
        said = words(text).split()
        return tuple(
            Step(name)
            for name, own in self._own_words.items()
            if len(own) > 1 and all(is_said(word, said) for word in own)
        )

    def told_by_a_word(self, text: str) -> tuple[Step, ...]:
        """Find the events that a text names by a word, in some form, that no other event has."""
        said = words(text).split()
        events = Counter(word for own in self._own_words.values() for word in own)
        return tuple(
            Step(name)
            for name, own in self._own_words.items()
            if any(events[word] == 1 and is_said(word, said) for word in own)
        )

    def mentioned(self, text: str) -> tuple[Step, ...]:
        """Find the events that a text names by a word, in some form, alone or with others."""
        said = words(text).split()
        return tuple(
            Step(name)
            for name, own in self._own_words.items()
            if any(is_said(word, said) for word in own)
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The event names of the log."""
        return tuple(dict.fromkeys(count.step.name for count in self.counts))

    @cached_property
    def _own_words(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(_telling(name)) for name in self.names}

    @cached_property
    def _words(self) -> dict[str, list[StepCount]]:
        found: defaultdict[str, list[StepCount]] = defaultdict(list)
        for count in self.counts:
            for word in set(_telling(f"{count.step.name} {path(count.step.page or '')}")):
                found[word].append(count)
        return dict(found)


def _telling(name: str) -> list[str]:
    """The words of a name that say what it is about."""
    return [word for word in words(name).split() if len(word) > _SHORT and word not in _PLAIN]


def is_said(word: str, said: Sequence[str]) -> bool:
    """Tell whether a word stands among others, in some form or by what it is called elsewhere.

    Example:
        >>> is_said("booked", ["never", "book"]), is_said("sample", ["jamais", "échantillons"])
        (True, True)
    """
    things = _things(word)
    return any(_is_form(word, one) or not things.isdisjoint(_things(one)) for one in said)


@cache
def _terms() -> tuple[re.Pattern[str], ...]:
    told = files("assistant.behaviour").joinpath("terms.yaml").read_text("utf-8")
    return tuple(map(pattern, cast(list[str], yaml.safe_load(told))))


@lru_cache(maxsize=100_000)
def _things(word: str) -> frozenset[int]:
    """What a word of any of nine languages is a name of, by the entries of `terms.yaml`."""
    return frozenset(n for n, term in enumerate(_terms()) if term.search(word))


def _is_form(word: str, other: str) -> bool:
    """Tell whether two words are forms of one: they begin alike for two thirds of the longer.

    Example:
        >>> _is_form("booked", "book"), _is_form("renewal", "renewed"), _is_form("sample", "same")
        (True, True, False)
    """
    ends = (at for at, (one, two) in enumerate(zip(word, other, strict=False)) if one != two)
    alike = next(ends, min(len(word), len(other)))
    return alike > _SHORT and 3 * alike >= 2 * max(len(word), len(other))


def _most(counts: list[StepCount]) -> tuple[Step, ...]:
    counts = list(dict.fromkeys(counts))
    if len(counts) > MOST_STEPS:
        counts = sorted(counts, key=lambda count: -count.events)[:MOST_STEPS]
    return tuple(sorted((count.step for count in counts), key=str))
