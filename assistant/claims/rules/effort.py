"""Claims that something was quick or easy, and that it took long."""

from typing import NamedTuple

from assistant.behaviour import (
    Concept,
    Step,
    concept_of,
    distinct,
    hours_between,
    matching,
    pattern,
    words,
)
from assistant.claims.rules.stretches import Stretch, label, stretch_of
from assistant.claims.rules.timeliness import jobs_about, on_time
from assistant.claims.study import UNKNOWN, Found, Person, factor, number
from assistant.models import Claim

_SLOWER = 12
"""Memory shortens; only what took so many times longer than said is told."""
_A_DAY = 24.0
_VISITS = 3
_QUICK_HOURS = 48.0
"""What "quick" without a number allows."""
_EASY_VISITS = 4
_OFTEN_LATE = 2


def quick(claim: Claim, person: Person) -> Found:
    """Hold it against the hours from beginning to end, and how many visits it took."""
    stretch = stretch_of(claim, person)
    if jobs_about(claim, person) and (stretch is None or not stretch.needs_visits):
        return _job(claim, person)
    if stretch is None or not stretch.start:
        return _spread(claim, person)
    said = float(claim.detail["hours"]) if "hours" in claim.detail else None
    taken = hours_between(person.rows, stretch.start, stretch.end)
    if taken is None:
        return _came_back(stretch, said, person)
    usual = person.study.usual_hours(stretch.start, stretch.end)
    visits = person.count(stretch.within, "sessions")
    visited = f", with {visits} visits" if stretch.within else ""
    return Found(
        parts=_verdict(said, taken, usual, visits if stretch.needs_visits else None),
        metric=f"hours from {label(stretch.start, person)} to {label(stretch.end, person)}"
        f" for {person.name}",
        value=round(taken, 1),
        typical=usual,
        told=f"Remembers {stretch.what} as {_spoken(said)}, but from the first step to the end it "
        f"took {number(taken)} hours{visited}"
        + (f"; typical is {number(usual)} hours." if usual is not None else "."),
        strength=factor(taken, usual if usual is not None else said),
    )


_ONE_DAY, _SPREAD = 24.0, 3


def _spread(claim: Claim, person: Person) -> Found:
    """Hold a claim to have done it in a day at most against the days with what it names."""
    steps = person.study.names.told(claim.quote)
    value, usual = person.count(steps, "days"), person.study.usual(steps, "days")
    if not value or float(claim.detail.get("hours", "inf")) > _ONE_DAY:
        return UNKNOWN
    return Found(
        parts=True if value >= _SPREAD else (False if value == 1 else None),
        metric=f"days with {steps[0].name} by {person.name}",
        value=value,
        typical=usual,
        told=f"Remembers it as done at once, but the log has {steps[0].name} on {value} days"
        + (f"; typical is {number(usual)}." if usual is not None else "."),
        strength=factor(value, 1.0),
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


_SHORTER, _BY_HOURS = 3.0, 5 * _A_DAY
"""What waiting is told of as longer than it was: so many times, and by so many hours."""


def took_long(claim: Claim, person: Person) -> Found:
    """Hold how long somebody says to have waited against the hours from beginning to end."""
    if "hours" not in claim.detail:
        return UNKNOWN
    said, waited = float(claim.detail["hours"]), _waited(claim, person)
    if waited is None:
        return UNKNOWN
    hours, what, usual, source = waited
    much = said >= _SHORTER * hours and said - hours >= _BY_HOURS
    return Found(
        parts=True if much else (False if hours >= said / 1.5 else None),
        metric=f"days {what} for {person.name}",
        value=round(hours / _A_DAY, 1),
        typical=usual and round(usual / _A_DAY, 1),
        told=f"Says it took {number(said / _A_DAY)} days, but it was {number(hours / _A_DAY)}"
        + (f"; typical is {number(usual / _A_DAY)}." if usual is not None else "."),
        strength=factor(said, hours),
        source=source,
    )


class _Wait(NamedTuple):
    hours: float
    what: str
    usual: float | None
    source: str | None


def _waited(claim: Claim, person: Person) -> _Wait | None:
    """How long it was; None where there is nothing of the kind, or nobody knows which is meant."""
    study = person.study
    if jobs := jobs_about(claim, person):
        job = jobs[0]
        if len(jobs) > 1 or job.took is None:
            return None
        usual = study.usual_job(job.name)
        what = f"that it took ({job.name})"
        return _Wait(job.took * _A_DAY, what, usual and usual * _A_DAY, str(job.source_id))
    stretch = stretch_of(claim, person)
    if stretch is None or stretch.needs_visits:
        return None
    hours = hours_between(person.rows, stretch.start, stretch.end)
    if hours is None or len(matching(person.rows, stretch.start)) > 1:
        return None
    what = f"from {label(stretch.start, person)} to {label(stretch.end, person)}"
    return _Wait(hours, what, study.usual_hours(stretch.start, stretch.end), None)


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
