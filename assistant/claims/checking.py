"""Hold what people said against what they did, and tell where the two part."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from assistant.behaviour import EventLog
from assistant.claims.durations import spoken_times
from assistant.claims.rules import RULES
from assistant.claims.spotting import NEAR
from assistant.claims.study import UNKNOWN, Found, Person, Study, factor
from assistant.models import Behaviour, Claim, Contradiction, CountedClaim, SpokenClaim
from ingestion.models import digest
from ingestion.parsing import naming

MOST = 12
"""So many are told at most: more would not be read, and every false alarm costs trust."""
_A_PERSON = 2
"""So many are told of one person at most."""
_LOUDLY = 3.0
"""The factor from which on a contradiction is told of a claim that is only faintly made."""
_AS_STATED = 1.5
"""A count that somebody names is right where the one counted is so many times it, at most."""
_PLAIN = 0.12
"""A claim is as plain as the plainest where its cosine is no further below it than this."""


class Ranked(NamedTuple):
    """A contradiction, and how strong it is: its factor times the people it speaks for."""

    strength: float
    contradiction: Contradiction


class Checked(NamedTuple):
    """What became of the claims.

    Attributes:
        contradictions: The strongest first, at most 12.
        consistent: Claims that behaviour bears out.
        unknown: Claims that the log cannot judge.
        weaker: Contradictions beyond those told.
    """

    contradictions: tuple[Contradiction, ...]
    consistent: int
    unknown: int
    weaker: int = 0


def check(claims: Iterable[Claim], log: EventLog, more: Iterable[Ranked] = ()) -> Checked:
    """Hold each claim against its speaker's rows in the log.

    Args:
        claims: From `spot`; claims of a person who is not in the log count as unknown.
        log: The study's events.
        more: Contradictions of other kinds, told together with these: `scores.compare`.
    """
    study = Study(log)
    by_person: defaultdict[str | None, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_person[claim.participant].append(claim)
    ranked, consistent, unknown = list(more), 0, len(by_person.pop(None, ()))
    for name, own in by_person.items():
        person = _person(str(name), own, study)
        found = [(claim, each) for claim in own if _counts(claim, each := _found(claim, person))]
        consistent += sum(each.parts is False for _, each in found)
        unknown += sum(each.parts is None for _, each in found)
        ranked.extend(_strongest(found, study.totals.source))
    ranked.sort(key=lambda each: (-each.strength, each.contradiction.id))
    told = tuple(each.contradiction for each in ranked[:MOST])
    return Checked(told, consistent, unknown, len(ranked) - len(told))


def _person(name: str, own: Iterable[Claim], study: Study) -> Person:
    """Find the speaker in the log: by the name in the transcript, or else by that of its file.

    Files and logs write the same id in small letters and in large ones.
    """
    files = {naming.participant(one.document, ()) for one in own if "#" not in one.document}
    known = (name, *sorted(files - {name}))
    spelled = dict.fromkeys(
        way for ways in (known, map(str.upper, known), map(str.lower, known)) for way in ways
    )
    people = (Person(one, study) for one in spelled)
    return next((one for one in people if one.rows or one.jobs), Person(name, study))


def _counts(claim: Claim, found: Found) -> bool:
    """A claim that is only faintly made counts where behaviour speaks loudly against it.

    One that is borne out counts where it is near enough, or names the number itself.
    """
    loud = found.parts is True and found.strength >= _LOUDLY
    near = found.parts is False and _near(claim) >= NEAR
    return "faint" not in claim.detail or loud or near or found.stated


def _found(claim: Claim, person: Person) -> Found:
    if not person.rows and not person.jobs:
        return UNKNOWN
    found = RULES[claim.type](claim, person)
    return Found(parts=False, stated=True) if _states(claim, found) else found


def _states(claim: Claim, found: Found) -> bool:
    """Tell whether the sentence itself says what was counted: "I looked at it ten times"."""
    times = spoken_times(claim.quote)
    return times is not None and times >= 2 and factor(found.value, times) <= _AS_STATED


def _strongest(found: Iterable[tuple[Claim, Found]], source: str) -> list[Ranked]:
    """Tell each thing a person did once, beside the fullest claim that says it plainly."""
    parting: defaultdict[str, list[tuple[Claim, Found]]] = defaultdict(list)
    for claim, each in found:
        if each.parts:
            parting[each.metric].append((claim, each))
    fullest = [_fullest(pairs) for pairs in parting.values()]
    ranked = [Ranked(each.strength, _contradiction(c, each, source)) for c, each in fullest]
    return sorted(ranked, key=lambda each: (-each.strength, each.contradiction.id))[:_A_PERSON]


def _fullest(pairs: Sequence[tuple[Claim, Found]]) -> tuple[Claim, Found]:
    """Of what says it plainly, the one that says most: a reader can judge it best."""
    plainest = max(_near(claim) for claim, _ in pairs)
    plain = [pair for pair in pairs if _near(pair[0]) >= plainest - _PLAIN]
    return max(plain, key=lambda pair: (len(pair[0].quote), -pair[0].start))


def _near(claim: Claim) -> float:
    return float(claim.detail.get("near", 0))


def _contradiction(claim: Claim, found: Found, source: str) -> Contradiction:
    return Contradiction(
        id=digest("contradiction", claim.document, claim.type, str(claim.start)),
        claim=SpokenClaim(document=claim.document, quote=claim.quote),
        behaviour=Behaviour(
            document=found.source or source,
            metric=found.metric,
            value=found.value,
            typical=found.typical,
        ),
        explanation=found.told,
    )


def counted(claim: CountedClaim, behaviour: Behaviour, told: str, strength: float) -> Ranked:
    """Put what a score says beside what was counted."""
    return Ranked(
        strength,
        Contradiction(
            id=digest("contradiction", claim.metric, behaviour.metric),
            claim=claim,
            behaviour=behaviour,
            explanation=told,
        ),
    )
