"""Claims that something was quick or easy."""

from typing import NamedTuple

from assistant.behaviour import Concept, Step, concepts_in, hours_between, is_done
from assistant.claims.study import UNKNOWN, Found, Person, Study, factor, number
from assistant.models import Claim

_SLOWER = 12
"""Memory shortens; only what took so many times longer than said is told."""
_A_DAY = 24.0
_VISITS = 3
_QUICK_HOURS = 48.0
"""What "quick" without a number allows."""


class Stretch(NamedTuple):
    """Something that begins and ends in the log.

    Attributes:
        what: In words, for the explanation.
        within: The rows of somebody who is busy with it.
        needs_visits: Whether only coming back to it shows that it was not quick: who starts
            and puts it off was not kept from it.
    """

    what: str
    start: tuple[Step, ...]
    end: tuple[Step, ...]
    within: tuple[Step, ...]
    needs_visits: bool


_BUYING = (Concept.CART, Concept.CHECKOUT, Concept.PAYMENT)


def _setup(study: Study, text: str) -> Stretch:
    steps = study.steps(Concept.SETUP)
    spoken = tuple(step for step in study.speaking_of(text) if step in steps)
    ends = tuple(s for s in spoken if is_done(s)) or study.names.done(Concept.SETUP)
    start = spoken or study.named(Concept.SIGNUP) + steps
    return Stretch("set-up", start, ends, spoken or steps, needs_visits=True)


def _delivery(study: Study, _text: str) -> Stretch:
    ends = study.steps(Concept.DELIVERED)
    return Stretch("delivery", study.named(Concept.PURCHASE), ends, (), needs_visits=False)


def _buying(study: Study, _text: str) -> Stretch:
    within = study.steps(*_BUYING)
    ends = study.named(Concept.PURCHASE)
    return Stretch("the purchase", within, ends, within, needs_visits=True)


def _leaving(study: Study, _text: str) -> Stretch:
    ends = study.named(Concept.CANCEL)
    within = study.steps(Concept.CANCEL)
    pages = tuple(step for step in within if step not in ends)
    return Stretch("cancelling", pages, ends, within, needs_visits=True)


_TOPICS = (
    (Concept.SETUP, _setup),
    (Concept.DELIVERED, _delivery),
    (Concept.SHIPPING, _delivery),
    (Concept.CANCEL, _leaving),
    (Concept.CHECKOUT, _buying),
    (Concept.PAYMENT, _buying),
    (Concept.PURCHASE, _buying),
    (Concept.CART, _buying),
)


def _stretch(claim: Claim, study: Study) -> Stretch | None:
    """What the claim speaks of: its own words first, then the question, then the words before."""
    for text in (claim.quote, claim.detail.get("asked", ""), claim.detail.get("before", "")):
        meant = concepts_in(text)
        for topic, make in _TOPICS:
            if topic in meant:
                return make(study, text)
        if any(step in study.steps(Concept.SETUP) for step in study.speaking_of(text)):
            return _setup(study, text)
    return None


def quick(claim: Claim, person: Person) -> Found:
    """Hold it against the hours from beginning to end, and how many visits it took."""
    stretch = _stretch(claim, person.study)
    if stretch is None or not stretch.start or not stretch.end:
        return UNKNOWN
    taken = hours_between(person.rows, stretch.start, stretch.end)
    if taken is None:
        return UNKNOWN
    usual = person.study.usual_hours(stretch.start, stretch.end)
    visits = person.count(stretch.within, "sessions", before=())
    said = float(claim.detail["hours"]) if "hours" in claim.detail else None
    visited = f", with {visits} visits" if stretch.within else ""
    return Found(
        parts=_verdict(said, taken, usual, visits if stretch.needs_visits else None),
        metric=f"hours from {_label(stretch.start, person)} to {_label(stretch.end, person)}"
        f" for {person.name}",
        value=round(taken, 1),
        typical=usual,
        told=f"Remembers {stretch.what} as {_spoken(said)}, but from the first step to the end it "
        f"took {number(taken)} hours{visited}"
        + (f"; typical is {number(usual)} hours." if usual is not None else "."),
        strength=factor(taken, usual if usual is not None else said),
    )


def _verdict(
    said: float | None, taken: float, usual: float | None, visits: int | None
) -> bool | None:
    allowed = _QUICK_HOURS if said is None else said
    if taken <= allowed or (said is not None and taken <= 2 * said):
        return False
    if visits is not None:
        slow = taken >= _A_DAY and visits >= _VISITS and taken >= _SLOWER * allowed
    else:
        slow = taken >= 2 * max(allowed, _A_DAY) and taken >= 1.3 * (usual or 0)
    return True if slow and (said is not None or taken >= 1.5 * (usual or taken)) else None


def _spoken(said: float | None) -> str:
    if said is None:
        return "quick and easy"
    if said < 1:
        return f"a matter of {number(said * 60)} minutes"
    return f"a matter of {number(said)} hours" if said < _A_DAY else f"{number(said / 24)} days"


def _label(steps: tuple[Step, ...], person: Person) -> str:
    """The step of these that the person has first, by its name."""
    row = next((row for row in person.rows if any(step.holds(row) for step in steps)), None)
    return row.name if row is not None else steps[0].name
