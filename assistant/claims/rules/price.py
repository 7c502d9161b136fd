"""Claims about the price: that it did not matter, and that it was the reason."""

from collections import Counter, defaultdict
from collections.abc import Sequence

from assistant.behaviour import Concept, Step, concept, concept_of, concepts_in, matching
from assistant.claims.study import UNKNOWN, Found, Person, Study, factor, number
from assistant.models import Claim
from ingestion.models import Event

_OFTEN = 4
_TIMES = 2.0
_BASKET = (Concept.CART, Concept.CHECKOUT, Concept.PAYMENT, Concept.PURCHASE)
_COSTS = (Concept.PRICE, Concept.SHIPPING, Concept.RENEWAL, *_BASKET)
_PROBLEMS = (Concept.SETUP, Concept.SUPPORT, Concept.SHIPPING, Concept.RETURN)
_LAST_SESSIONS = 10


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
    prices = _price_steps(claim, study)
    seen, usual = person.count(prices), study.usual(prices)
    if not prices or not person.rows:
        return UNKNOWN
    if seen > max(2, usual or 0) or person.has(study.steps(*_BASKET)):
        return Found(parts=False)
    page, times, page_usual = _stumbling(person)
    if page is None or not _stood_out(times, page_usual):
        return UNKNOWN
    return Found(
        parts=True,
        metric=f"views of {page} by {person.name}",
        value=times,
        typical=page_usual,
        told=f"Blames the price, but saw it only {seen} times and never reached the basket; came "
        f"back to {page} {times} times, where most of the last visits ended; "
        f"{_typical(page_usual)}.",
        strength=factor(times, page_usual),
    )


def _stood_out(times: int, usual: float | None) -> bool:
    return times >= 5 and times >= 3 * (usual or 1)


def _stumbling(person: Person) -> tuple[str | None, int, float | None]:
    """The page at which most of the last visits ended, with its views and the typical number."""
    ends = Counter(page for page in _last_pages(person.rows) if page)
    if not ends:
        return None, 0, None
    page = min(ends, key=lambda page: (-ends[page], page))
    if 2 * ends[page] < min(_LAST_SESSIONS, sum(ends.values())) or not _is_trouble(person, page):
        return None, 0, None
    seen = [c.step for c in person.study.names.counts if _sees(c.step, page)]
    return page, person.count(seen), person.study.usual(seen)


def _sees(step: Step, page: str) -> bool:
    return (
        step.page == page
        and concept(step) != Concept.ABANDON
        and concept_of(step.name) in (None, Concept.VISIT)
    )


def _is_trouble(person: Person, page: str) -> bool:
    """A page where people get stuck: abandoned there, or one that nobody opens for pleasure."""
    if concept_of(page) in _COSTS:
        return False
    left = [s for s in person.study.steps(Concept.ABANDON) if s.page == page]
    return concept_of(page) in _PROBLEMS or person.count(left) >= 2


def _last_pages(rows: Sequence[Event]) -> list[str | None]:
    """Where each of the last visits ended: mails are no visits."""
    visits: defaultdict[str, list[Event]] = defaultdict(list)
    for row in rows:
        if concept_of(row.name) != Concept.MAIL:
            visits[row.session].append(row)
    ordered = sorted(visits.values(), key=lambda visit: visit[-1].at)
    return [visit[-1].page for visit in ordered[-_LAST_SESSIONS:]]
