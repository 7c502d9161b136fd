"""Claims about mails and messages: those that never came, are all read, or were passed on."""

import re

from assistant.behaviour import (
    Concept,
    Step,
    concept_of,
    concepts_in,
    is_said,
    path,
    pattern,
    words,
)
from assistant.claims.study import UNKNOWN, Found, Person, factor, number
from assistant.models import Claim
from ingestion.models import Event

_OPENED = re.compile(r"open|read|click|öffn|geöffnet|ouv|clic|abr|apert|geopend|откры|点击|打开")
_PASSED_ON = re.compile(
    r"\b(?:code|codes|link|links|invit\w*|einlad\w*|parrain\w*)\b|邀请|码|код\w*"
)


_OF_MAILS = {Concept.MAIL, Concept.SUPPORT, Concept.VISIT, Concept.DELIVERED}
"""What a sentence about any mail at all may speak of: mails arrive, as parcels do."""


_SOME, _OF_THAT_KIND = 3, 2
"""So many opened mails contradict that none came: any, or such as the claim names."""


def _opened(person: Person) -> tuple[Step, ...]:
    steps = dict.fromkeys(count.step for count in person.study.names.counts)
    mails = (step for step in steps if Concept.MAIL in concepts_in(str(step)))
    return tuple(step for step in mails if _OPENED.search(words(step.name)))


def _names(steps: tuple[Step, ...]) -> str:
    return ", ".join(sorted({step.name for step in steps}))


def _kind(text: str) -> str:
    """What is left of a text without its words for mail: "confirmation" of "confirmation mail"."""
    return " ".join(word for word in words(text).split() if concept_of(word) != Concept.MAIL)


def no_mail(claim: Claim, person: Person) -> Found:
    """Hold it against the mails that were opened, of the kind that the claim names if it does."""
    steps = _opened(person)
    about = set(concepts_in(claim.quote)) - _OF_MAILS
    spoken = person.study.spoken(_kind(claim.quote))
    named = tuple(
        step for step in steps if step in spoken or about.intersection(concepts_in(str(step)))
    )
    steps = named or (() if about else steps)
    if not steps or not person.rows:
        return UNKNOWN
    value, usual = person.count(steps), person.study.usual(steps)
    return Found(
        parts=True if value >= (_OF_THAT_KIND if named else _SOME) else (None if value else False),
        metric=f"mails opened ({_names(steps)}) by {person.name}",
        value=value,
        typical=usual,
        told=f"Says that no mail came, but opened {value}"
        + (f"; typical is {number(usual)}." if usual is not None else "."),
        strength=factor(value, 0.5),
    )


_MANY_PAGES = 4
_READ_MOST = 0.8


def reads_everything(claim: Claim, person: Person) -> Found:
    """Hold it against the mails that were opened, or against the pages of what was read."""
    if Concept.MAIL in concepts_in(claim.quote):
        return _mails_read(person)
    return _followed(claim, person) or _pages_read(claim, person)


_PROGRESS = pattern(
    "scroll* / watch* / progress* / played / listened / depth / percent* / read / gelesen"
    " / gesehen / lecture / lu / visto / vista / letto / gelezen / bekeken / lido / leído"
    " / прочитан* / просмотр* / 进度 / 播放 / 阅读"
)
_ALL, _HALF = 80.0, 50.0


def _followed(claim: Claim, person: Person) -> Found | None:
    """Read or watched to the end: the percentage that the log has for it."""
    said = words(claim.quote).split()
    rows = [
        row
        for row in person.rows
        if row.value is not None
        and 0 <= row.value <= 100
        and _PROGRESS.search(words(row.name))
        and any(is_said(part, said) for part in _told_of(row))
    ]
    if not rows:
        return None
    value = max(row.value or 0.0 for row in rows)
    return Found(
        parts=True if value <= _HALF else (False if value >= _ALL else None),
        metric=f"furthest {rows[0].name} by {person.name}, percent",
        value=value,
        typical=None,
        told=f"Says to have followed it to the end, but {rows[0].name} goes to {number(value)}"
        " percent at the furthest.",
        strength=factor(100, value),
    )


def _told_of(row: Event) -> list[str]:
    """The words that say what was followed, and not how far: "guide" of `guide_read`."""
    parts = words(f"{row.name} {path(row.page or '')}").split()
    return [part for part in parts if not _PROGRESS.search(part)]


def _pages_read(claim: Claim, person: Person) -> Found:
    """Read from the first page to the last: how many of them were opened."""
    said = words(claim.quote).split()
    folders = {
        name: pages
        for name, pages in person.study.folders.items()
        if len(pages) >= _MANY_PAGES and any(is_said(part, said) for part in words(name).split())
    }
    if not folders or not person.rows:
        return UNKNOWN
    name = min(folders, key=lambda each: (-len(folders[each]), each))
    all_of_it = len(folders[name])
    value = len(folders[name] & {path(row.page) for row in person.rows if row.page})
    few = 1 <= value <= all_of_it / 2
    return Found(
        parts=True if few else (False if value >= _READ_MOST * all_of_it else None),
        metric=f"pages of {name} opened by {person.name}",
        value=value,
        typical=None,
        told=f"Says to have read all of it, but opened {value} of the {all_of_it} pages of {name}.",
        strength=factor(all_of_it, value),
    )


def _mails_read(person: Person) -> Found:
    steps = _opened(person)
    usual = person.study.usual(steps) if steps else None
    if usual is None or not person.rows:
        return UNKNOWN
    value = person.count(steps)
    return Found(
        parts=True if value <= 1 and usual >= 4 else (False if value >= usual else None),
        metric=f"mails opened ({_names(steps)}) by {person.name}",
        value=value,
        typical=usual,
        told=f"Says every mail is read, but opened {value}; typical is {number(usual)}.",
        strength=factor(value, usual),
    )


def recommends(claim: Claim, person: Person) -> Found:
    """Hold a claim to have passed on a code or a link against the invitations in the log.

    Recommending by word of mouth leaves no row, so nothing else is ever held against it.
    """
    steps = tuple(
        step
        for step in person.study.steps(Concept.REFERRAL)
        if concept_of(step.name) == Concept.REFERRAL
    )
    if not steps or not person.rows:
        return UNKNOWN
    value = person.count(steps)
    if value:
        return Found(parts=False)
    usual = person.study.usual(steps)
    if usual is None or not _PASSED_ON.search(words(claim.quote)):
        return UNKNOWN
    return Found(
        parts=True,
        metric=f"{steps[0].name} by {person.name}",
        value=0,
        typical=usual,
        told="Says the invitation was passed on, but the log has none sent.",
        strength=2.0,
    )
