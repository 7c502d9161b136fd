"""What may be a step of the funnel, and the way to the goal."""

from collections.abc import Sequence
from typing import NamedTuple

from assistant.behaviour.concepts import Concept
from assistant.behaviour.steps import Step

WAY = (
    Concept.VISIT,
    Concept.SEARCH,
    Concept.PRODUCT,
    Concept.COMPARE,
    Concept.PRICE,
    Concept.SAMPLE,
    Concept.SIGNUP,
    Concept.APPOINTMENT,
    Concept.SETUP,
    Concept.CART,
    Concept.CHECKOUT,
    Concept.SHIPPING,
    Concept.PAYMENT,
    Concept.PURCHASE,
)
"""The way to the goal, in the order in which it is walked where the log itself does not tell."""
DETOURS = frozenset({Concept.APPOINTMENT, Concept.SAMPLE})
"""What many do on the way, and many do not."""
KEY_PAGES = frozenset(WAY) - {Concept.VISIT, Concept.SEARCH, Concept.SETUP} - DETOURS
COMMERCIAL = frozenset(WAY[6:]) - {Concept.SETUP}
ASIDE = frozenset(Concept) - frozenset(WAY)


class Stop(NamedTuple):
    """A candidate for a step of the funnel: the kinds of row it counts, under one name."""

    name: str
    steps: tuple[Step, ...]
    sessions: int
    meant: Concept | None


def goal(stops: Sequence[Stop]) -> Stop | None:
    """Find the stop that lies furthest along the way to a purchase, None where none does."""
    way = [stop for stop in stops if stop.meant in COMMERCIAL]
    return max(way, key=lambda s: (rank(s), s.sessions), default=None)


def rank(stop: Stop) -> int:
    """Tell how far along the way a stop lies; what is no part of it comes last."""
    return WAY.index(stop.meant) if stop.meant and stop.meant in WAY else len(WAY)
