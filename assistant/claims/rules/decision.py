"""Claims about how a decision came about: at once, for good, or for want of time."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

from assistant.behaviour import (
    Concept,
    Step,
    concept_of,
    concepts_in,
    distinct,
    matching,
    pattern,
    words,
)
from assistant.claims.study import UNKNOWN, Found, Person, Study, factor, folder, number
from assistant.models import Claim
from ingestion.models import Event

_LAST_DAYS = 60
_DAYS = 10
_VISITS = 6


_SAME_DAY = pattern(
    "very day / same day / that day / same evening / very evening / same night / am selben tag"
    " / am gleichen tag / selben abend / gleichen abend / le jour même / le soir même"
    " / el mismo día / ese mismo día / misma noche / misma tarde / lo stesso giorno"
    " / la sera stessa / la stessa sera / dezelfde dag / dezelfde avond / no mesmo dia"
    " / na mesma noite / в тот же день / в тот же вечер / 当天 / 当晚"
)
_ANOTHER_DAY, _AGAIN = 3, 3
_DECIDED = pattern(
    "joined / join / signed / took / taken / booked / dabei / genommen / gebucht / inscrit*"
    " / pris / réservé / dentro / preso / iscritt* / genomen / geboekt / entrei / fiquei"
    " / reservei / записал* / оформил* / 加入 / 定 / 订"
)


def did_not_compare(claim: Claim, person: Person) -> Found:
    """Hold it against the visits and days between the first visit and the purchase."""
    study = person.study
    bought = next(filter(person.has, (study.bought, study.named(Concept.APPOINTMENT))), None)
    is_same_day = _SAME_DAY.search(words(claim.quote)) is not None
    if not bought or (is_same_day and not _decides(claim, study)):
        return UNKNOWN
    if (many := _looked_at_many(person, bought)).parts and not is_same_day:
        return many
    days = (matching(person.rows, bought)[0].at - person.rows[0].at).days
    value = distinct(person.until(bought), "sessions")
    usual = study.usual((), "sessions", before=bought)
    often = value >= max(_VISITS, 2 * (usual or 1)) and days >= _DAYS
    another_day = value >= _AGAIN and days >= _ANOTHER_DAY
    parts = another_day if is_same_day else often
    return Found(
        parts=True if parts else (False if value <= 2 or days <= 2 else None),
        metric=f"visits by {person.name} before the purchase",
        value=value,
        typical=usual,
        told=f"Says the decision was made at once, but came {value} times over {days} days before "
        "buying" + (f"; typical is {number(usual)} visits." if usual is not None else "."),
        strength=factor(days, 1) if is_same_day else factor(value, usual),
    )


def _decides(claim: Claim, study: Study) -> bool:
    """Tell whether a sentence speaks of deciding: much else is done on the same day."""
    about = {Concept.PURCHASE, Concept.SIGNUP, Concept.APPOINTMENT}.intersection(
        concepts_in(claim.quote)
    )
    named = set(study.names.mentioned(claim.quote)).intersection(study.bought)
    return bool(about or named or _DECIDED.search(words(claim.quote)))


_LOOKS, _KINDS, _TIMES = 10, 5, 3


def _looked_at_many(person: Person, before: Sequence[Step]) -> Found:
    """Who took the first they saw did not look at one after the other, in one folder of pages."""
    rows = [row for row in person.until(before) if row.page and folder(row.page)]
    folders = Counter(folder(row.page or "") for row in rows)
    where = min(folders, key=lambda each: (-folders[each], each), default="")
    if len({row.page for row in rows if folder(row.page or "") == where}) < _KINDS:
        return UNKNOWN
    counts = person.study.names.counts
    steps = [c.step for c in counts if c.step.page and folder(c.step.page) == where]
    value, usual = person.count(steps, before=before), person.study.usual(steps, before=before)
    return Found(
        parts=True if value >= _LOOKS and value >= _TIMES * (usual or 1) else None,
        metric=f"views of {where} by {person.name} before deciding",
        value=value,
        typical=usual,
        told=f"Says to have looked at no other, but looked at pages of {where} {value} times before"
        " deciding" + (f"; typical is {number(usual)}." if usual is not None else "."),
        strength=factor(value, usual),
    )


_MOST = 0.5


def compared_first(_claim: Claim, person: Person) -> Found:
    """Hold it against the pages of reviews and comparisons that most buyers open before buying."""
    study = person.study
    bought, steps = study.named(Concept.PURCHASE), study.steps(Concept.REVIEW, Concept.COMPARE)
    if not steps or not person.has(bought):
        return UNKNOWN
    value, share = person.count(steps, before=bought), study.share(steps, bought)
    if value or share is None or share < _MOST:
        return Found(parts=False) if value >= 2 else UNKNOWN
    where = next((step.page for step in steps if step.page), steps[0].name)
    return Found(
        parts=True,
        metric=f"views of {where} by {person.name} before the purchase",
        value=0,
        typical=study.usual(steps, before=bought),
        told=f"Says to have read and compared first, but never opened {where} before buying;"
        f" {round(100 * share)} of 100 buyers did.",
        strength=2 + 4 * share,
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
    turned_away = _turned_away(person)
    if turned_away.parts:
        return turned_away
    visits = [Step(name) for name in person.study.names.names if concept_of(name) != Concept.MAIL]
    value, usual = person.count(visits, "days"), person.study.usual(visits, "days")
    if usual is None:
        return UNKNOWN
    return Found(
        parts=True if value >= max(12, 3 * usual) else (False if value <= usual else None),
        metric=f"days with a visit by {person.name}",
        value=value,
        typical=usual,
        told=f"Says there was no time, but was there on {value} days; typical is {number(usual)}.",
        strength=factor(value, usual),
    )


_NONE_LEFT = pattern(
    "no slot* / none left / no seat* / no appointment* / no availability / no dates"
    " / unavailable / not available / sold out / out of stock / fully booked / waitlist*"
    " / waiting list / called off / cancelled by us / ausgebucht / ausverkauft"
    " / keine termine / nicht verfügbar / warteliste / abgesagt / complet / épuisé"
    " / indisponible / liste d attente / agotado / sin cupo / no disponible / lista de espera"
    " / esaurito / non disponibile / lista d attesa / uitverkocht / volgeboekt"
    " / niet beschikbaar / wachtlijst / esgotado / indisponível / нет мест / распродано"
    " / недоступн* / лист ожидания / 售罄 / 无号 / 约满 / 候补"
)
_TURNED_AWAY = 3


def _turned_away(person: Person) -> Found:
    """Who looked again and again, and was told that there was none, did find the time."""
    names = person.study.names.names
    steps = [Step(name) for name in names if _NONE_LEFT.search(words(name))]
    refused = matching(person.rows, steps)
    days = len({row.at.date() for row in refused})
    if days < _TURNED_AWAY:
        return UNKNOWN
    pages = Counter(row.page for row in refused if row.page)
    where = min(pages, key=lambda page: (-pages[page], page), default=refused[0].name)
    seen = [row for row in person.rows if where in (row.page, row.name) and row not in refused]
    looks = [row for row in seen if concept_of(row.name) in (None, Concept.VISIT)] or refused
    name = looks[0].name
    value = sum(row.name == name for row in looks)
    usual = person.study.usual([Step(name, looks[0].page)])
    return Found(
        parts=True if value >= _TURNED_AWAY else None,
        metric=f"views of {where} by {person.name}",
        value=value,
        typical=usual,
        told=f"Says there was no time, but looked at {where} {value} times, and"
        f" {len(refused)} times the answer was {refused[0].name}, on {days} days"
        + (f"; typical is {number(usual)}." if usual is not None else "."),
        strength=factor(value, usual),
    )


_TROUBLES = (
    Concept.PRICE,
    Concept.SUPPORT,
    Concept.SHIPPING,
    Concept.SETUP,
    Concept.RETURN,
)


def gave_a_reason(claim: Claim, person: Person) -> Found:
    """Hold the reason for leaving against what the last two months were full of."""
    rows = _last_days(person)
    spoken = set(concepts_in(f"{claim.quote} {claim.detail.get('before', '')}"))
    loud = max(
        (_loudness(rows, meant, person) for meant in _TROUBLES),
        key=lambda loudness: loudness[0],
        default=None,
    )
    if loud is None or loud[0] < _LOUD:
        return _never_met(claim, person, rows)
    strength, value, usual, meant = loud
    if meant in spoken:
        return Found(parts=False)
    first = matching(rows, person.study.steps(meant))[0]
    return Found(
        parts=True,
        metric=f"{first.page or first.name} by {person.name} in the last {_LAST_DAYS} days",
        value=value,
        typical=usual,
        told=f"Gives another reason for leaving, but the last {_LAST_DAYS} days have "
        f"{first.page or first.name} {value} times; typical is {number(usual or 0)} in all.",
        strength=strength,
    )


_NO_REASON = frozenset(
    {Concept.NOISE, Concept.ABANDON, Concept.CANCEL, Concept.SUPPORT, Concept.RENEWAL}
    | {Concept.MAIL, Concept.PURCHASE, Concept.SIGNUP, Concept.VISIT, Concept.REFERRAL}
)
"""What leaving is about itself, and what a log holds only in part: help is asked for anywhere."""


def _never_met(claim: Claim, person: Person, rows: Sequence[Event]) -> Found:
    """Hold it against the reason's own events: who never met any did not leave because of it."""
    study, meant = person.study, set(concepts_in(claim.quote)) - _NO_REASON
    mentioned = study.names.mentioned(claim.quote)
    named = tuple(step for step in mentioned if concept_of(step.name) not in _NO_REASON)
    steps = named or study.named(*meant)
    usual = study.usual(steps) if steps else None
    if usual is None or len(rows) < _MANY or person.has(steps):
        return UNKNOWN
    pages = Counter(row.page or row.name for row in rows)
    where = min(pages, key=lambda page: (-pages[page], page))
    return Found(
        parts=True,
        metric=f"{', '.join(step.name for step in steps[:3])} by {person.name}",
        value=0,
        typical=usual,
        told=f"Gives as the reason what the log has not once: {steps[0].name}; typical is"
        f" {number(usual)}. The last {_LAST_DAYS} days have {where} {pages[where]} times.",
        strength=_LOUD,
    )


_LOUD = 3.0
_MANY = 5


def _loudness(
    rows: Sequence[Event], meant: Concept, person: Person
) -> tuple[float, int, float | None, Concept]:
    """How many times as much of it there was as is typical; 0 where that says nothing."""
    steps = person.study.steps(meant)
    value, usual = len(matching(rows, steps)), person.study.usual(steps)
    enough = value >= _MANY and usual is not None and value >= _LOUD * usual
    return (factor(value, usual) if enough else 0.0, value, usual, meant)


def _last_days(person: Person) -> tuple[Event, ...]:
    """The last two months before leaving, where the person left."""
    rows = person.until(person.study.named(Concept.CANCEL))
    return tuple(row for row in rows if row.at >= rows[-1].at - timedelta(days=_LAST_DAYS))
