"""Claims that something was quick or easy."""

from typing import NamedTuple

from assistant.behaviour import (
    Concept,
    Step,
    concept_of,
    concepts_in,
    distinct,
    hours_between,
    is_done,
    matching,
    pattern,
    words,
)
from assistant.claims.rules.timeliness import jobs_about, on_time
from assistant.claims.study import UNKNOWN, Found, Person, Study, factor, number
from assistant.models import Claim

_SLOWER = 12
"""Memory shortens; only what took so many times longer than said is told."""
_A_DAY = 24.0
_VISITS = 3
_QUICK_HOURS = 48.0
"""What "quick" without a number allows."""
_EASY_VISITS = 4
_OFTEN_LATE = 2


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
    spoken = tuple(step for step in study.spoken(text) if step in steps)
    ends = tuple(s for s in spoken if is_done(s)) or study.names.done(Concept.SETUP)
    start = spoken or study.named(Concept.SIGNUP) + steps
    return Stretch("set-up", start, ends, spoken or steps, needs_visits=True)


def _delivery(study: Study, _text: str) -> Stretch:
    ends = study.steps(Concept.DELIVERED) or study.names.done(Concept.SHIPPING)
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


def _joining(study: Study, _text: str) -> Stretch:
    ends = study.named(Concept.SIGNUP)
    within = study.steps(Concept.SIGNUP)
    return Stretch("signing up", within, ends, within, needs_visits=True)


_TOPICS = (
    (Concept.SETUP, _setup),
    (Concept.DELIVERED, _delivery),
    (Concept.SHIPPING, _delivery),
    (Concept.CANCEL, _leaving),
    (Concept.CHECKOUT, _buying),
    (Concept.PAYMENT, _buying),
    (Concept.PURCHASE, _buying),
    (Concept.CART, _buying),
    (Concept.SIGNUP, _joining),
)


def _stretch(claim: Claim, study: Study) -> Stretch | None:
    """What the claim speaks of: its own words first, then the question, then the words before."""
    for text in (claim.quote, claim.detail.get("asked", ""), claim.detail.get("before", "")):
        meant = concepts_in(text)
        for topic, make in _TOPICS:
            if topic in meant:
                return make(study, text)
        if any(step in study.steps(Concept.SETUP) for step in study.spoken(text)):
            return _setup(study, text)
    return None


def _between(claim: Claim, person: Person) -> Stretch | None:
    """From one event to another, where the claim names both and how long it was between them."""
    steps = person.study.names.told_by_a_word(claim.quote) if "hours" in claim.detail else ()
    firsts = [matching(person.rows, [step])[:1] for step in steps]
    if len(steps) != 2 or not all(firsts):
        return None
    (one,), (other,) = sorted(firsts, key=lambda first: first[0].at)
    return Stretch(
        f"what lies between {one.name} and {other.name}",
        (Step(one.name),),
        (Step(other.name),),
        (),
        needs_visits=False,
    )


def quick(claim: Claim, person: Person) -> Found:
    """Hold it against the hours from beginning to end, and how many visits it took."""
    stretch = _between(claim, person) or _stretch(claim, person.study)
    if jobs_about(claim, person) and (stretch is None or not stretch.needs_visits):
        return _job(claim, person)
    if stretch is None or not stretch.start:
        return UNKNOWN
    said = float(claim.detail["hours"]) if "hours" in claim.detail else None
    taken = hours_between(person.rows, stretch.start, stretch.end)
    if taken is None:
        return _came_back(stretch, said, person)
    usual = person.study.usual_hours(stretch.start, stretch.end)
    visits = person.count(stretch.within, "sessions")
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


def _job(claim: Claim, person: Person) -> Found:
    """Hold it against how long what was carried out for the person took, by a table of such."""
    jobs = [(job.took or 0.0, job) for job in jobs_about(claim, person)]
    days, job = max(jobs, key=lambda each: each[0])
    usual = person.study.usual_job(job.name)
    said = float(claim.detail["hours"]) if "hours" in claim.detail else None
    if said is None and job.promised is not None:
        return on_time(claim, person)
    return Found(
        parts=_verdict(said, days * _A_DAY, usual and usual * _A_DAY, None),
        metric=f"days that it took ({job.name}) for {person.name}",
        value=round(days, 1),
        typical=usual,
        told=f"Remembers it as {_spoken(said)}, but it took {number(days)} days"
        + (f"; typical is {number(usual)}." if usual is not None else "."),
        strength=factor(days, usual),
        source=str(job.source_id),
    )


def _verdict(
    said: float | None, taken: float, usual: float | None, visits: int | None
) -> bool | None:
    """Tell whether it took so long that the claim cannot stand, however it is counted."""
    allowed = _QUICK_HOURS if said is None else said
    if taken <= (allowed if said is None else 2 * said):
        return False
    above = 1.0 if said is not None else 1.5
    if usual is not None and taken < above * usual:
        return None
    if visits is None:
        return True if taken >= 2 * max(allowed, _A_DAY) else None
    if said is None:
        return True if visits >= _EASY_VISITS and taken >= 1.5 * allowed else None
    slow = taken >= max(_A_DAY, _SLOWER * said) and visits >= _VISITS
    return True if slow else None


def _came_back(stretch: Stretch, said: float | None, person: Person) -> Found:
    """Where the log has no end: on how many days the person came back to it."""
    rows = matching(person.rows, stretch.within)
    value, usual = distinct(rows, "days"), person.study.usual(stretch.within, "days")
    if not stretch.needs_visits or said is None or value == 0:
        return UNKNOWN
    often = value >= max(_EASY_VISITS, 2 * (usual or 1)) and value * _A_DAY >= _SLOWER * said
    return Found(
        parts=True if often else None,
        metric=f"days with {rows[0].page or rows[0].name} by {person.name}",
        value=value,
        typical=usual,
        told=f"Remembers {stretch.what} as {_spoken(said)}, but came back to it on {value} days"
        + (f"; typical is {number(usual)}." if usual is not None else "."),
        strength=factor(value, usual),
    )


def _spoken(said: float | None) -> str:
    if said is None:
        return "quick and easy"
    if said < 1:
        return f"a matter of {number(said * 60)} minutes"
    return f"a matter of {number(said)} hours" if said < _A_DAY else f"{number(said / 24)} days"


def _label(steps: tuple[Step, ...], person: Person) -> str:
    """The step of these that the person has first, by its name."""
    return next((row.name for row in matching(person.rows, steps)), steps[0].name)


_LATE = pattern(
    "late / delay* / missed / failed / postponed / verspät* / verschoben / retard* / retraso"
    " / retrasad* / ritard* / vertraagd / vertraging / atras* / опозда* / задерж* / перенес*"
    " / 延迟 / 延误"
)


def _is_late(name: str) -> bool:
    about = (Concept.SHIPPING, Concept.DELIVERED, Concept.PURCHASE)
    return concept_of(name) in about and bool(_LATE.search(words(name)))


def always_on_time(claim: Claim, person: Person) -> Found:
    """Hold it against the deliveries that the log calls late."""
    study = person.study
    late = tuple(Step(name) for name in study.names.names if _is_late(name))
    came = study.steps(Concept.DELIVERED)
    value, usual = person.count(late), study.usual(late) if late else None
    if not late or not (value or person.has(came)):
        return on_time(claim, person)
    return Found(
        parts=True if value >= _OFTEN_LATE else (False if value == 0 else None),
        metric=f"{matching(person.rows, late)[0].name if value else late[0].name} by {person.name}",
        value=value,
        typical=usual,
        told=f"Says it always comes on time, but the log has it late {value} times"
        + (f"; typical is {number(usual)}." if usual is not None else "."),
        strength=factor(value, 1.0),
    )
