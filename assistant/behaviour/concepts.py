"""What the names in an event log mean: every company calls its basket something else.

A name is matched by its words, in nine languages. A word list instead of a model: the names are
two or three words long, and a wrong match would count the wrong thing in silence.
"""

import re
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import cast

import yaml

from assistant.behaviour.steps import Step


class Concept(StrEnum):
    """What a kind of row is about. Where two would fit, the one that stands first wins."""

    NOISE = "noise"
    ABANDON = "abandon"
    CALLED_OFF = "called off"
    CANCEL = "cancel"
    SKIP = "skip"
    MISSED = "missed"
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
