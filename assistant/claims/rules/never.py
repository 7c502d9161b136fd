"""Claims never to do something."""

from collections.abc import Collection

from assistant.behaviour import (
    Concept,
    Step,
    concepts_in,
    distinct,
    matching,
    pattern,
    words,
)
from assistant.claims.study import UNKNOWN, Found, Person, factor, number
from assistant.models import Claim

_OFTEN = 3
_SELDOM_SAID = pattern(
    "hardly ever / rarely / seldom / kaum / selten / rarement / rara vez / raramente / zelden"
    " / редко / 很少"
)
_VERY_OFTEN = 12
"""Who says "hardly ever" is not contradicted by a few times."""


def never_did_it(claim: Claim, person: Person) -> Found:
    """Hold it against the rows of what was never done."""
    steps, what = _never(claim, person)
    if not what or not person.rows:
        return UNKNOWN
    found = matching(person.rows, steps)
    value, days = len(found), distinct(found, "days")
    if value == 0:
        return Found(parts=False)
    usual = person.study.usual(steps)
    often = _VERY_OFTEN if _SELDOM_SAID.search(words(claim.quote)) else _OFTEN
    return Found(
        parts=True if value >= often and days >= 2 else None,
        metric=f"{what} by {person.name}",
        value=value,
        typical=usual,
        told=f"Says never to have done it, but the log has {what} {value} times on {days} days"
        + (f"; typical is {number(usual)}." if usual is not None else "."),
        strength=factor(value, 0.5),
    )


_NEVER = (
    Concept.SKIP,
    Concept.MISSED,
    Concept.CANCEL,
    Concept.RETURN,
    Concept.MAIL,
    Concept.SUPPORT,
    Concept.PRICE,
    Concept.COMPARE,
    Concept.REFERRAL,
    Concept.REVIEW,
)


def _never(claim: Claim, person: Person) -> tuple[Collection[Step], str]:
    """What the claim says was never done: a channel never used, or a kind of row."""
    study, about = person.study, concepts_in(claim.quote)
    if told := study.names.told(claim.quote):
        return told, told[0].name
    for meant in _NEVER:
        steps = study.named(meant) or study.steps(meant)
        if meant in about and steps:
            return steps, str(steps[0])
    channel = study.channel_in(claim.quote)
    if channel is None:
        return (), ""
    rows = {Step(row.name, row.page) for row in person.rows if row.channel == channel}
    others = {Step(row.name, row.page) for row in person.rows if row.channel != channel}
    return rows - others, f"{channel} use"
