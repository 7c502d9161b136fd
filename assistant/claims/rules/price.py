"""Claims about the price: that it did not matter, and that it was the reason."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta

from assistant.behaviour import (
    Concept,
    Step,
    concept,
    concept_of,
    concepts_in,
    matching,
    pattern,
    words,
)
from assistant.claims.study import UNKNOWN, Found, Person, Study, factor, folder, number
from assistant.models import Claim
from ingestion.models import Event

_OFTEN = 4
_TIMES = 2.0
_BASKET = (Concept.CART, Concept.CHECKOUT, Concept.PAYMENT, Concept.PURCHASE)
_COSTS = (Concept.PRICE, Concept.SHIPPING, Concept.RENEWAL, *_BASKET)
_PROBLEMS = (Concept.SETUP, Concept.SUPPORT, Concept.SHIPPING, Concept.RETURN)
_BROWSED = (Concept.VISIT, Concept.PRODUCT, Concept.SEARCH, Concept.REVIEW)
_READ = pattern(
    "blog* / news* / magazin* / stories / inspiration* / about / home / index / inbox / dashboard"
    " / account / profile / feed / konto / compte / cuenta / perfil / profil"
)
"""Pages where a visit ends without anybody being stuck."""
_LAST_SESSIONS = 10
_LAST_DAYS = 60


def _price_steps(claim: Claim, study: Study) -> tuple[Step, ...]:
    """The pages that show the price spoken of: that of the delivery, where it is named."""
    if Concept.SHIPPING in concepts_in(claim.quote):
        shown = study.steps(Concept.SHIPPING)
        if shown:
            return shown
    return study.steps(Concept.PRICE)


def _named(steps: Sequence[Step]) -> str:
    """Name what is counted after its largest part: "/pricing", or "add_shipping_info"."""
    step = min(steps, key=lambda step: (len(str(step)), str(step)))
    return f"views of {step.page}" if step.page else f"rows of {step.name}"


def price_did_not_matter(claim: Claim, person: Person) -> Found:
    """Hold it against how often the price was looked up before paying."""
    study = person.study
    steps = _price_steps(claim, study)
    if not steps:
        return UNKNOWN
    bought = study.named(Concept.PURCHASE)
    before = bought if person.has(bought) else ()
    value, usual = person.count(steps, before=before), study.usual(steps, before=before)
    until = " before the purchase" if before else ""
    days = len({row.at.date() for row in matching(person.until(before), steps)})
    return Found(
        parts=_verdict(value, usual),
        metric=f"{_named(steps)} by {person.name}{until}",
        value=value,
        typical=usual,
        told=f"Says that the price did not matter, but looked it up {value} times on {days} days"
        f"{until}; {_typical(usual)}.",
        strength=factor(value, usual),
    )


def _verdict(value: float, usual: float | None) -> bool | None:
    if value >= _OFTEN and value >= _TIMES * (usual or 1):
        return True
    return False if value <= max(2, usual or 0) else None


def _typical(usual: float | None, unit: str = "") -> str:
    return (
        f"typical is {number(usual)}{unit}" if usual is not None else "nobody else can be compared"
    )


def price_was_the_reason(claim: Claim, person: Person) -> Found:
    """Hold it against what the person kept coming back to, and how their last visits ended."""
    study = person.study
    prices = _price_steps(claim, study) or study.steps(*_BASKET)
    if not prices or not person.rows:
        return UNKNOWN
    rows = _before_leaving(person)
    seen = len(matching(rows, prices))
    if seen > max(2, study.usual(prices) or 0):
        return Found(parts=False)
    bought = person.has(study.named(Concept.PURCHASE))
    if not bought and person.has(study.steps(*_BASKET)):
        return Found(parts=False)
    trouble = _stumbling(rows, study)
    if trouble is None:
        return UNKNOWN
    steps, where = trouble
    times, usual = len(matching(rows, steps)), study.usual(steps)
    return Found(
        parts=True if _stood_out(times, usual) else None,
        metric=f"{_counted(steps, where)} by {person.name}",
        value=times,
        typical=usual,
        told=f"Blames the price, but saw it {_times(seen)}{' at the end' if bought else ''}"
        f"{'' if bought else ' and never reached the basket'}; came back to {where} {times} times, "
        f"where most of the last visits ended; {_typical(usual)}.",
        strength=factor(times, usual),
    )


def _times(count: int) -> str:
    return {0: "not once", 1: "only once", 2: "only twice"}.get(count, f"{count} times")


def _counted(steps: Sequence[Step], where: str) -> str:
    is_seen = any(f"{step.page}/".startswith(f"{where}/") for step in steps)
    return f"views of {where}" if is_seen else f"rows of {where}"


def _stood_out(times: int, usual: float | None) -> bool:
    return times >= 5 and times >= 3 * (usual or 1)


def _before_leaving(person: Person) -> tuple[Event, ...]:
    """All rows of somebody who never bought; of a customer, the last sixty days."""
    study = person.study
    rows = person.until(study.named(Concept.CANCEL))
    if not rows or not matching(rows, study.named(Concept.PURCHASE)):
        return rows
    return tuple(row for row in rows if row.at >= rows[-1].at - timedelta(days=_LAST_DAYS))


def _stumbling(rows: Sequence[Event], study: Study) -> tuple[tuple[Step, ...], str] | None:
    """What most of the last visits ended with, where it is no price and looks like trouble."""
    last = [row for row in _last_rows(rows) if row.page or concept_of(row.name)]
    pages = [row.page or row.name for row in last]
    where = _at_half(pages) or _at_half([folder(page) for page in pages])
    if not where or not _is_trouble(where, rows, study):
        return None
    return _rows_of(where, study), where


def _at_half(ends: Sequence[str]) -> str | None:
    """What half of the visits or more ended with."""
    counts = Counter(ends)
    most = min(counts, key=lambda end: (-counts[end], end), default=None)
    return most if most and 2 * counts[most] >= len(ends) else None


def _rows_of(where: str, study: Study) -> tuple[Step, ...]:
    """How a page is seen; where it only has events of another name, or is one, those."""
    steps = [
        count.step
        for count in study.names.counts
        if where in (count.step.page, count.step.name, folder(count.step.page or ""))
    ]
    stays = [step for step in steps if concept(step) != Concept.ABANDON]
    views = [step for step in stays if concept_of(step.name) in (None, Concept.VISIT)]
    return tuple(views or stays)


def _is_trouble(where: str, rows: Sequence[Event], study: Study) -> bool:
    """A page that was abandoned again and again, or one that nobody opens for pleasure.

    Where the log has no word for abandoning, any page at which somebody's visits kept ending who
    never bought.
    """
    if concept_of(where) in _COSTS:
        return False
    left = study.steps(Concept.ABANDON)
    abandoned = [row for row in matching(rows, left) if row.page == where]
    if left or matching(rows, study.named(Concept.PURCHASE)):
        return concept_of(where) in _PROBLEMS or len(abandoned) >= 2
    return (
        concept_of(where) not in _BROWSED
        and bool(words(where))
        and not (_READ.search(words(where)))
    )


def _last_rows(rows: Sequence[Event]) -> list[Event]:
    """What each of the last visits ended with: mails are no visits."""
    visits: defaultdict[str, list[Event]] = defaultdict(list)
    for row in rows:
        if concept_of(row.name) != Concept.MAIL:
            visits[row.session].append(row)
    ordered = sorted(visits.values(), key=lambda visit: visit[-1].at)
    return [visit[-1] for visit in ordered[-_LAST_SESSIONS:]]
