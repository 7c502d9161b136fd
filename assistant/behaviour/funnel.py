"""The main path of a study, from its events: who reached which step, and where they broke off."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import NamedTuple

from assistant.behaviour.concepts import Concept, concept, concept_of, words
from assistant.behaviour.log import EventLog, Step, StepCount
from assistant.models import FunnelStep
from ingestion.models import Event

MAX_STEPS = 12
_LEAST_SHARE = 0.01
"""A step that fewer sessions have is no part of the main path, unless it is the goal itself."""
_SAMPLE = 500
"""So many people's paths tell the order of the steps."""
_MANY_PAGES = 5

_WAY = (
    Concept.VISIT,
    Concept.SEARCH,
    Concept.PRODUCT,
    Concept.COMPARE,
    Concept.PRICE,
    Concept.SIGNUP,
    Concept.SETUP,
    Concept.CART,
    Concept.CHECKOUT,
    Concept.SHIPPING,
    Concept.PAYMENT,
    Concept.PURCHASE,
)
"""The way to the goal, in the order in which it is walked where the log itself does not tell."""
_KEY_PAGES = frozenset(_WAY) - {Concept.VISIT, Concept.SEARCH, Concept.SETUP}
_COMMERCIAL = frozenset(_WAY[5:]) - {Concept.SETUP}
_ASIDE = frozenset(Concept) - frozenset(_WAY)


class Stop(NamedTuple):
    """A candidate for a step of the funnel: the kinds of row it counts, under one name."""

    name: str
    steps: tuple[Step, ...]
    sessions: int
    meant: Concept | None


def funnel(log: EventLog) -> tuple[FunnelStep, ...]:
    """Find the main path: the first visit, the pages that decide, the commercial events.

    Sessions are counted for each step by itself, whichever other steps they have. The drop-off
    is the share of them in which neither the session nor its known visitor ever has the next
    step; the last step has none.

    Returns:
        In the order in which people walk it, at most 12 steps; empty for an empty log.
    """
    counts = log.steps()
    total = log.totals().sessions
    stops = [*_visits(log, counts), *_pages(log, counts, total), *_events(log, counts, total)]
    walked = list(log.paths(_SAMPLE))
    stops = _ordered(_relevant(stops, walked), walked)
    return tuple(_measured(log, _fewest(stops)))


def _measured(log: EventLog, stops: Sequence[Stop]) -> Iterable[FunnelStep]:
    for at, stop in enumerate(stops):
        lost = None
        if at + 1 < len(stops):
            lost = 1 - log.reaching(stop.steps, stops[at + 1].steps) / stop.sessions
            lost = round(lost, 4)
        yield FunnelStep(step=stop.name, sessions=stop.sessions, drop_off=lost)


# ------------------------------------------------------------------ candidates
def _is_seen(name: str, counts: Sequence[StepCount]) -> bool:
    """Tell whether a name says only that a page was seen: by its words, or by its many pages."""
    meant = concept_of(name)
    pages = {count.step.page for count in counts if count.step.name == name}
    return meant == Concept.VISIT or (meant is None and len(pages) >= _MANY_PAGES)


def _seen(counts: Sequence[StepCount]) -> frozenset[str]:
    names = {count.step.name for count in counts}
    return frozenset(name for name in names if _is_seen(name, counts))


def _stop(log: EventLog, name: str, steps: Sequence[Step], meant: Concept | None) -> Stop:
    return Stop(name, tuple(steps), log.sessions(steps), meant)


def _visits(log: EventLog, counts: Sequence[StepCount]) -> list[Stop]:
    """The one name under which most sessions see a page at all."""
    stops = [_stop(log, name, (Step(name),), Concept.VISIT) for name in sorted(_seen(counts))]
    return sorted(stops, key=lambda stop: -stop.sessions)[:1]


def _pages(log: EventLog, counts: Sequence[StepCount], total: int) -> list[Stop]:
    """The pages that decide, where no event of its own says the same."""
    seen = _seen(counts)
    named = {concept_of(count.step.name) for count in counts if count.step.name not in seen}
    pages: defaultdict[Concept, list[StepCount]] = defaultdict(list)
    for count in counts:
        meant = concept(count.step) if count.step.name in seen else None
        if meant is not None and meant in _KEY_PAGES - named:
            pages[meant].append(count)
    stops = [stop for meant, found in pages.items() for stop in _of_pages(log, meant, found)]
    return [stop for stop in stops if stop.sessions >= _LEAST_SHARE * total]


def _of_pages(log: EventLog, meant: Concept, found: Sequence[StepCount]) -> list[Stop]:
    """One page stands for itself, the steps of a checkout too; many are shown as their folder."""
    found = sorted(found, key=lambda count: (-count.sessions, str(count.step)))
    top = found[0]
    if len(found) <= _MANY_PAGES and meant in _COMMERCIAL:
        return [Stop(str(count.step), (count.step,), count.sessions, meant) for count in found]
    together = [c.step for c in found if c.step.name == top.step.name]
    if 2 * top.sessions >= log.sessions(together):
        return [Stop(str(top.step), (top.step,), top.sessions, meant)]
    return [_stop(log, f"{top.step.name} {_shared(together)}", together, meant)]


def _shared(steps: Sequence[Step]) -> str:
    """The folder that most of the pages lie in: "/product" of "/product/17" and "/product/18"."""
    heads = Counter((step.page or "").lstrip("/").split("/")[0] for step in steps)
    return "/" + min(heads, key=lambda head: (-heads[head], head))


def _events(log: EventLog, counts: Sequence[StepCount], total: int) -> list[Stop]:
    """The events that have a name of their own, and the steps inside one where they differ."""
    seen, stops = _seen(counts), list[Stop]()
    for name in sorted({count.step.name for count in counts} - seen):
        meant = concept(Step(name)) or _most_meant(name, counts)
        whole = _stop(log, name, (Step(name),), meant)
        if meant in _ASIDE or whole.sessions < (
            1 if meant == Concept.PURCHASE else _LEAST_SHARE * total
        ):
            continue
        stops.append(whole)
        if meant in _COMMERCIAL:
            stops.extend(_parts(whole, counts, _LEAST_SHARE * total))
    return stops


def _most_meant(name: str, counts: Sequence[StepCount]) -> Concept | None:
    mine = [count for count in counts if count.step.name == name]
    return concept(max(mine, key=lambda count: count.sessions).step)


def _parts(whole: Stop, counts: Sequence[StepCount], least: float) -> list[Stop]:
    mine = [count for count in counts if count.step.name == whole.name and count.step.page]
    if not 1 < len(mine) <= _MANY_PAGES:
        return []
    return [
        Stop(str(part.step), (part.step,), part.sessions, whole.meant)
        for part in mine
        if least <= part.sessions < 0.98 * whole.sessions
    ]


# ------------------------------------------------------------------ which, and in which order
def _firsts(stops: Sequence[Stop], path: Sequence[Event]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, event in enumerate(path):
        for stop in stops:
            if stop.name not in found and any(step.holds(event) for step in stop.steps):
                found[stop.name] = at
    return found


def _goal(stops: Sequence[Stop]) -> Stop | None:
    way = [stop for stop in stops if stop.meant in _COMMERCIAL]
    return max(way, key=lambda s: (_rank(s), s.sessions), default=None)


def _rank(stop: Stop) -> int:
    return _WAY.index(stop.meant) if stop.meant and stop.meant in _WAY else len(_WAY)


def _relevant(stops: Sequence[Stop], walked: Sequence[Sequence[Event]]) -> list[Stop]:
    """Keep what half of those who reach the goal did before it, and every commercial step."""
    goal = _goal(stops)
    if goal is None:
        return list(stops)
    firsts = [_firsts(stops, path) for path in walked]
    reached = [first for first in firsts if goal.name in first]
    before = Counter(
        name for first in reached for name, at in first.items() if at <= first[goal.name]
    )
    return [
        stop
        for stop in stops
        if stop.meant in _COMMERCIAL | _KEY_PAGES | {Concept.VISIT}
        or 2 * before[stop.name] >= max(1, len(reached))
    ]


def _ordered(stops: Sequence[Stop], walked: Sequence[Sequence[Event]]) -> list[Stop]:
    """Order by how people walk: the step that comes first in more paths goes before."""
    ahead: Counter[str] = Counter()
    firsts = [_firsts(stops, path) for path in walked]
    for one, other in combinations(stops, 2):
        both = [first for first in firsts if one.name in first and other.name in first]
        lead = sum(
            (first[one.name] < first[other.name]) * 2 - 1
            for first in both
            if first[one.name] != first[other.name]
        )
        if lead == 0:
            lead = 1 if (_rank(one), -one.sessions) <= (_rank(other), -other.sessions) else -1
        ahead[one.name if lead > 0 else other.name] += 1
    return sorted(
        stops, key=lambda stop: (-ahead[stop.name], _rank(stop), -stop.sessions, stop.name)
    )


def _fewest(stops: Sequence[Stop]) -> list[Stop]:
    """Leave out the smallest of the side steps until the funnel can be read at a glance."""
    kept = list(stops)
    while len(kept) > MAX_STEPS:
        kept.remove(
            min(kept, key=lambda stop: (stop.meant in _COMMERCIAL, stop.sessions, stop.name))
        )
    return kept


# ------------------------------------------------------------------ what a break-off costs
class Costs:
    """Where sessions end, asked for in the words of a theme."""

    def __init__(self, steps: Sequence[FunnelStep]) -> None:
        self._steps = [step for step in steps if step.drop_off is not None]

    def at(self, touchpoint: str | None) -> float | None:
        """Give the share of sessions lost at the step that a touchpoint speaks of.

        Args:
            touchpoint: One to four words, in any of the nine languages: "price page", "Kasse".

        Returns:
            The highest share among the steps that match, None where none does.
        """
        return max(
            (
                step.drop_off or 0.0
                for step in self._steps
                if touchpoint and _match(step, touchpoint)
            ),
            default=None,
        )


def _match(step: FunnelStep, touchpoint: str) -> bool:
    meant = _step_meaning(step.step)
    about = concept_of(touchpoint)
    if about is not None and about != Concept.VISIT:
        return meant == about
    mine = set(words(step.step).split()) - {"page", "view", "step", "start"}
    return any(len(word) > 3 and word in mine for word in words(touchpoint).split())


def _step_meaning(step: str) -> Concept | None:
    name, _, page = step.partition(" ")
    return concept(Step(name, page or None))
