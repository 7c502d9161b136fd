"""Claims about how a decision came about: at once, for good, or for want of time."""

from assistant.behaviour import Concept, Step, concept_of, distinct, matching
from assistant.claims.study import UNKNOWN, Found, Person, factor, number
from assistant.models import Claim

_DAYS = 10
_VISITS = 6


def did_not_compare(_claim: Claim, person: Person) -> Found:
    """Hold it against the visits and days between the first visit and the purchase."""
    bought = person.study.named(Concept.PURCHASE)
    if not person.has(bought):
        return UNKNOWN
    rows = [row for row in person.until(bought) if row.page or row.name]
    days = (matching(person.rows, bought)[0].at - person.rows[0].at).days
    value = distinct(rows, "sessions")
    usual = person.study.usual((), "sessions", before=bought)
    parts = value >= max(_VISITS, 2 * (usual or 1)) and days >= _DAYS
    return Found(
        parts=True if parts else (False if value <= 2 or days <= 2 else None),
        metric=f"visits by {person.name} before the purchase",
        value=value,
        typical=usual,
        told=f"Says the decision was made at once, but came {value} times over {days} days before "
        "buying" + (f"; typical is {number(usual)} visits." if usual is not None else "."),
        strength=factor(value, usual),
    )


def loyal(_claim: Claim, person: Person) -> Found:
    """Hold it against cancelling, and against looking for the way out again and again."""
    study = person.study
    gone, near = study.named(Concept.CANCEL), study.steps(Concept.CANCEL)
    if not near or not person.rows:
        return UNKNOWN
    left, value = person.count(gone), person.count(near)
    days = person.count(near, "days")
    parts = left >= 1 or days >= 2
    return Found(
        parts=True if parts else (False if value == 0 else None),
        metric=f"{gone[0].name if left else near[0]} by {person.name}",
        value=left or value,
        typical=study.usual(gone if left else near),
        told=f"Says leaving is out of the question, but {'cancelled' if left else 'went to cancel'}"
        f" {left or value} times.",
        strength=factor(left or value, 0.5),
    )


def no_time(_claim: Claim, person: Person) -> Found:
    """Hold it against the days on which the person was there all the same."""
    if not person.rows:
        return UNKNOWN
    visits = [Step(name) for name in person.study.names.names if concept_of(name) != Concept.MAIL]
    value, usual = person.count(visits, "days"), person.study.usual(visits, "days")
    if usual is None:
        return UNKNOWN
    return Found(
        parts=True if value >= max(8, 2 * usual) else (False if value <= usual else None),
        metric=f"days with a visit by {person.name}",
        value=value,
        typical=usual,
        told=f"Says there was no time, but was there on {value} days; typical is {number(usual)}.",
        strength=factor(value, usual),
    )
