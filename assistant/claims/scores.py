"""Hold scores against what the process, and the people who gave them, then did.

A good score tells how it felt; the clock and the log tell what happened. Where the two part, the
score hides something.
"""

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median
from typing import NamedTuple

from assistant.behaviour import Concept, EventLog, Step, Vocabulary, concept_of, pattern, words
from assistant.claims.checking import Ranked, counted
from assistant.claims.study import factor, number
from assistant.models import Behaviour, CountedClaim
from ingestion.models import DocumentKind, Metric

_FEW = 5
"""Fewer scores than this say nothing about a process."""
_GOOD_SHARE = 0.7
_SLOW_HOURS = 36.0
_SLOWER = 1.25
_SELDOM = 0.2
_MUCH_LOST = 0.4
_LEAVING = {Concept.CANCEL: 0.25, Concept.RETURN: 0.25, Concept.SKIP: 0.5}
"""The share of people with good scores from which on it is told that they do this; of what they
do, the first is told, as it says most."""
_PROMOTER = 0.8
"""The lowest normalised score of a promoter: 9 of 10."""
_GOOD = 0.5
_SERIOUS = pattern(
    "high / highest / urgent / critical / blocker / major / severe / p0 / p1 / sev1 / hoch"
    " / dringend"
    " / kritisch / haute / élevée / urgente / critique / alta / crítica / critica / hoog"
    " / высок* / срочн* / критич* / 高 / 紧急 / 严重"
)


class Scored(NamedTuple):
    """A score that somebody gave, with what else its document says.

    Attributes:
        document: The document's id; for a record, `source#record`.
        value: On the scale of the source, for telling.
        normal: From -1, the worst, to 1, the best.
        attributes: As the document has them: created_at, solved_at, priority, segment.
    """

    document: str
    source: str
    kind: DocumentKind
    metric: Metric
    value: float
    normal: float
    participant: str | None
    attributes: dict[str, str]


def compare(scored: Iterable[Scored], log: EventLog | None) -> tuple[Ranked, ...]:
    """Find where scores and behaviour part; the log is None where the study has no events.

    Returns:
        The strongest first: good satisfaction beside slow solving, promoters who do not refer,
        people with good scores who then leave.
    """
    every = list(scored)
    found = [*_slow_but_good(every)]
    if log is not None:
        names = Vocabulary(log.steps())
        found += _silent_promoters(every, log, names) + _leaving_though_good(every, log, names)
    return tuple(sorted(found, key=lambda each: (-each.strength, each.contradiction.id)))


def _by(scored: Sequence[Scored], key: Callable[[Scored], str]) -> dict[str, list[Scored]]:
    groups: dict[str, list[Scored]] = {}
    for each in scored:
        groups.setdefault(key(each), []).append(each)
    return dict(sorted(groups.items()))


# ------------------------------------------------------------------ scores against the clock
def _hours(each: Scored) -> float | None:
    try:
        begun, ended = (
            datetime.datetime.fromisoformat(each.attributes[name].replace("Z", "+00:00"))
            for name in ("created_at", "solved_at")
        )
        return (ended - begun).total_seconds() / 3600
    except (KeyError, ValueError, TypeError):
        return None


def _slow_but_good(scored: Sequence[Scored]) -> list[Ranked]:
    """Most ratings are good, and the serious matters behind them took days."""
    timed = [each for each in scored if _hours(each) is not None]
    return [
        told
        for source, own in _by(timed, lambda each: each.source).items()
        for told in _slow(source, own, [e for e in scored if e.source == source])
    ]


def _slow(source: str, timed: Sequence[Scored], rated: Sequence[Scored]) -> list[Ranked]:
    good = [each for each in timed if each.normal >= _GOOD]
    share = sum(each.normal >= _GOOD for each in rated) / len(rated)
    serious = [each for each in good if _SERIOUS.search(words(each.attributes.get("priority", "")))]
    slow, with_priority = (serious, True) if len(serious) >= _FEW else (good, False)
    if len(rated) < _FEW or len(slow) < _FEW or share < _GOOD_SHARE:
        return []
    value, usual = _median_hours(slow), _median_hours(timed)
    if value < _SLOW_HOURS or (with_priority and value < _SLOWER * usual):
        return []
    kinds = sorted({each.attributes["priority"] for each in serious}) if with_priority else []
    which = f" with priority {' or '.join(kinds)}" if kinds else ""
    things = "tickets" if slow[0].kind == DocumentKind.TICKET else "cases"
    return [
        counted(
            CountedClaim(
                metric=f"share of {things} rated good ({slow[0].metric}) in {source}, percent",
                value=round(100 * share, 1),
            ),
            Behaviour(
                document=source,
                metric=f"median hours to solve, {things} rated good{which}",
                value=value,
                typical=usual,
            ),
            f"{number(100 * share)} % of the rated {things} are rated good, but those rated good"
            f"{which} took a median of {number(value)} hours to solve; all rated {things} took"
            f" {number(usual)}. People are pleased with the answer, not with the wait.",
            factor(value, min(usual, _SLOW_HOURS)) * len(slow) ** 0.5,
        )
    ]


def _median_hours(scored: Sequence[Scored]) -> float:
    return round(median(hours for each in scored if (hours := _hours(each)) is not None), 1)


# ------------------------------------------------------------------ scores against the log
class _Fans(NamedTuple):
    """People with good scores of one source and metric who are in the log."""

    claim: CountedClaim
    source: str
    names: frozenset[str]
    known: frozenset[str]


_Scores = dict[str, list[Scored]]


def _told_by(scored: Sequence[Scored]) -> _Scores:
    """Give the scores of each source and metric whose givers are known."""
    return _by(
        [e for e in scored if e.participant and e.metric != Metric.CES],
        lambda each: f"{each.source}\x1f{each.metric}",
    )


def _fans(groups: _Scores, log: EventLog, names: Vocabulary, least: float) -> list[_Fans]:
    """Find who scored at least so much, of every source and metric."""
    known = frozenset(log.people([Step(name) for name in names.names]))
    return [fans for own in groups.values() if (fans := _best(own, known, least)) is not None]


def _best(own: Sequence[Scored], known: frozenset[str], least: float) -> _Fans | None:
    best = [each for each in own if each.normal >= least - 1e-9]
    names = frozenset(each.participant for each in best if each.participant)
    if len(names & known) < _FEW:
        return None
    metric, source = best[0].metric, best[0].source
    low, high = min(each.value for each in best), max(each.value for each in best)
    values = number(low) if low == high else f"{number(low)} to {number(high)}"
    label = {Metric.NPS: "NPS", Metric.CSAT: "CSAT", Metric.RATING: "a rating of"}.get(metric, "")
    who = "promoters" if least >= _PROMOTER else "satisfied"
    claim = CountedClaim(
        metric=f"{who}: people with {label} {values} in {source}", value=len(names)
    )
    return _Fans(claim, source, names, names & known)


def _silent_promoters(scored: Sequence[Scored], log: EventLog, names: Vocabulary) -> list[Ranked]:
    """They would recommend it, and hardly anybody has invited anybody."""
    steps = (
        names.named(Concept.REFERRAL)
        or names.about(Concept.REFERRAL)
        or names.named(Concept.REVIEW)
    )
    if not steps:
        return []
    did = frozenset(log.people(steps))
    told: list[Ranked] = []
    groups = _told_by([each for each in scored if each.metric == Metric.NPS])
    for fans in _fans(groups, log, names, _PROMOTER):
        value = len(fans.known & did)
        if value <= _SELDOM * len(fans.known):
            told.append(_silent(fans, value, _label(steps[0]), log))
    return told


def _label(step: Step) -> str:
    return f"view of {step.page}" if concept_of(step.name) == Concept.VISIT else step.name


def _silent(fans: _Fans, value: int, event: str, log: EventLog) -> Ranked:
    return counted(
        fans.claim,
        Behaviour(
            document=log.totals().source,
            metric=f"of these, customers with at least one {event}",
            value=value,
            typical=None,
        ),
        f"{number(fans.claim.value)} people give a score that promises to recommend; of the "
        f"{len(fans.known)} who are in the events, {value} have a {event}. They may tell others "
        "by word of mouth, but not by the way that is offered.",
        factor(len(fans.known), max(value, 1)),
    )


def _leaving_though_good(
    scored: Sequence[Scored], log: EventLog, names: Vocabulary
) -> list[Ranked]:
    """They gave good scores, and left or sent things back all the same."""
    did = {
        meant: frozenset(log.people(steps)) for meant in _LEAVING if (steps := names.named(meant))
    }
    groups = _told_by(scored)
    of_nps = {key: own for key, own in groups.items() if own[0].metric == Metric.NPS}
    others = {key: own for key, own in groups.items() if key not in of_nps}
    every = [*_fans(of_nps, log, names, _PROMOTER), *_fans(others, log, names, _GOOD)]
    return [told for fans in every if (told := _leaving(fans, did, log, names)) is not None]


def _leaving(
    fans: _Fans, did: Mapping[Concept, frozenset[str]], log: EventLog, names: Vocabulary
) -> Ranked | None:
    for meant, people in did.items():
        value = len(fans.known & people)
        if value >= max(_FEW, _LEAVING[meant] * len(fans.known)):
            return _left(fans, value, names.commonest(meant), log)
    return None


def _left(fans: _Fans, value: int, event: str, log: EventLog) -> Ranked:
    people = log.totals().people
    return counted(
        fans.claim,
        Behaviour(
            document=log.totals().source,
            metric=f"of these, customers with at least one {event}",
            value=value,
            typical=None,
        ),
        f"{number(fans.claim.value)} people give good scores; of the {len(fans.known)} who "
        f"are among the {people} people in the events, {value} have a {event} all the same.",
        value / len(fans.known) * len(fans.known) ** 0.5 * 2,
    )
