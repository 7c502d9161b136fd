"""The main path of a study, from its events: who reached which step, and where they broke off."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from assistant.behaviour.concepts import Concept, concept, concept_of, path
from assistant.behaviour.log import EventLog
from assistant.behaviour.steps import Step, StepCount
from assistant.behaviour.stops import ASIDE, COMMERCIAL, DETOURS, KEY_PAGES, Stop, goal, rank
from assistant.models import FunnelStep
from ingestion.models import Event

MAX_STEPS = 12
_LEAST_SHARE = 0.01
"""A step that fewer sessions have is no part of the main path, unless it is the goal itself."""
_SAMPLE = 500
"""So many people's paths tell the order of the steps."""
_LONGEST = 5000
"""Rows of one path that are read: who has more is a machine."""
_MANY_PAGES = 5
_MOST_TOGETHER = 5000
"""Pages of one folder, or addresses of one page, that are counted together: the most visited."""
_MOST_PAGES = 200
_FEW_PAGES = 3
_IN_TURN = 1.3
"""Pages of an event are its steps where a session has so many of them."""


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
    walked = [rows[:_LONGEST] for rows in log.paths(_SAMPLE)]
    stops = [*_relevant(stops, walked), *_shared_pages(counts, total, goal(stops), walked)]
    stops = _ordered(stops, walked)
    return tuple(_measured(log, _fewest(stops)))


def _measured(log: EventLog, stops: Sequence[Stop]) -> Iterable[FunnelStep]:
    for at, stop in enumerate(stops):
        lost = None
        if at + 1 < len(stops):
            lost = 1 - log.reaching(stop.steps, stops[at + 1].steps) / stop.sessions
            lost = round(lost, 4)
        yield FunnelStep(step=stop.name, sessions=stop.sessions, drop_off=lost)


# ------------------------------------------------------------------ candidates
def _seen(counts: Sequence[StepCount]) -> frozenset[str]:
    """The names that say only that a page was seen: by their words, or by their many pages.

    Where one with many pages says so by its words, others with many have something else in that
    column: what was printed, or played.
    """
    pages: Counter[str] = Counter(count.step.name for count in counts if count.step.page)
    meant = {count.step.name: concept_of(count.step.name) for count in counts}
    says_so = frozenset(name for name, about in meant.items() if about == Concept.VISIT)
    if any(pages[name] >= _MANY_PAGES for name in says_so):
        return says_so
    unsaid = {name for name, about in meant.items() if about is None and pages[name] >= _MANY_PAGES}
    return says_so | unsaid


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
        if meant is not None and meant in KEY_PAGES - named:
            pages[meant].append(count)
    stops = [stop for meant, found in pages.items() for stop in _of_pages(log, meant, found)]
    return [stop for stop in stops if stop.sessions >= _LEAST_SHARE * total]


def _of_pages(log: EventLog, meant: Concept, found: Sequence[StepCount]) -> list[Stop]:
    """One page stands for itself, the steps of a checkout too; many are shown as their folder."""
    pages = _same_page(meant, found)
    if len(pages) <= _MANY_PAGES and meant in COMMERCIAL:
        return [_counted(log, page) for page in pages]
    top = _counted(log, pages[0])
    together = [step for page in pages for step in page.steps][:_MOST_TOGETHER]
    if 2 * top.sessions >= log.sessions(together):
        return [top]
    return [_stop(log, f"{together[0].name} {_shared(together)}", together, meant)]


def _same_page(meant: Concept, found: Sequence[StepCount]) -> list[Stop]:
    """Each page once, whatever query its address carries; the most visited first.

    The sessions of a page with several addresses are their sum until it is `_counted`.
    """
    pages: defaultdict[str, list[StepCount]] = defaultdict(list)
    for count in found:
        pages[f"{count.step.name} {path(count.step.page or '')}"].append(count)
    stops = [
        Stop(name, tuple(c.step for c in own), sum(c.sessions for c in own), meant)
        for name, own in pages.items()
    ]
    return sorted(stops, key=lambda stop: (-stop.sessions, stop.name))


def _counted(log: EventLog, page: Stop) -> Stop:
    if len(page.steps) == 1:
        return page
    return _stop(log, page.name, page.steps[:_MOST_TOGETHER], page.meant)


def _shared(steps: Sequence[Step]) -> str:
    """The folder that most of the pages lie in: "/product" of "/product/17" and "/product/18"."""
    heads = Counter(path(step.page or "").lstrip("/").split("/")[0] for step in steps)
    return "/" + min(heads, key=lambda head: (-heads[head], head))


def _events(log: EventLog, counts: Sequence[StepCount], total: int) -> list[Stop]:
    """The events that have a name of their own, and the steps inside one where they differ."""
    rows: defaultdict[str, list[StepCount]] = defaultdict(list)
    for count in counts:
        rows[count.step.name].append(count)
    stops: list[Stop] = []
    for name in sorted(rows.keys() - _seen(counts)):
        meant = concept(Step(name)) or concept(max(rows[name], key=lambda c: c.sessions).step)
        least = 1 if meant == Concept.PURCHASE else _LEAST_SHARE * total
        if meant in ASIDE or sum(count.sessions for count in rows[name]) < least:
            continue
        whole = _stop(log, name, (Step(name),), meant)
        stops.extend(_parts(whole, rows[name], least) if whole.sessions >= least else ())
    return stops


def _parts(whole: Stop, rows: Sequence[StepCount], least: float) -> list[Stop]:
    """A commercial event, and the pages of it that fewer sessions have.

    Pages of which each session has hardly more than one are no steps: they are a choice, as which
    product somebody puts into the basket.
    """
    paged = [count for count in rows if count.step.page]
    if whole.meant not in COMMERCIAL or not 1 < len(paged) <= _MANY_PAGES:
        return [whole]
    if sum(part.sessions for part in paged) < _IN_TURN * whole.sessions:
        return [whole]
    return [whole] + [
        Stop(str(part.step), (part.step,), part.sessions, whole.meant)
        for part in paged
        if least <= part.sessions < 0.98 * whole.sessions
    ]


# ------------------------------------------------------------------ which, and in which order
def _walks(stops: Sequence[Stop], paths: Sequence[Sequence[Event]]) -> list[dict[str, int]]:
    """Where each path has each stop first, by the stop's name."""
    at_name: defaultdict[Step, list[str]] = defaultdict(list)
    for stop in stops:
        for step in stop.steps:
            at_name[step].append(stop.name)
    return [_firsts(at_name, walked) for walked in paths]


def _firsts(at_name: Mapping[Step, Sequence[str]], walked: Sequence[Event]) -> dict[str, int]:
    found: dict[str, int] = {}
    for at, event in enumerate(walked):
        for step in (Step(event.name), Step(event.name, event.page)):
            for name in at_name.get(step, ()):
                found.setdefault(name, at)
    return found


def _shared_pages(
    counts: Sequence[StepCount],
    total: int,
    aim: Stop | None,
    walked: Sequence[Sequence[Event]],
) -> list[Stop]:
    """The few pages, whatever they are called, that many saw on their way to the goal."""
    seen = _seen(counts)
    pages = [
        Stop(str(count.step), (count.step,), count.sessions, None)
        for count in sorted(counts, key=lambda count: (-count.sessions, str(count.step)))
        if count.step.name in seen
        and path(count.step.page or "/") != "/"
        and concept(count.step) in (None, Concept.VISIT)
        and count.sessions >= 2 * _LEAST_SHARE * total
    ][:_MOST_PAGES]
    if aim is None or not pages:
        return []
    ways = [way for rows in walked if (way := _until(rows, aim)) is not None]
    met = Counter(name for way in _walks(pages, [before for before, _ in ways]) for name in way)
    later = Counter(name for way in _walks(pages, [after for _, after in ways]) for name in way)
    kept = [
        page
        for page in pages
        if 3 * met[page.name] >= len(ways) and met[page.name] > later[page.name]
    ]
    return sorted(kept, key=lambda page: (-met[page.name], page.name))[:_FEW_PAGES]


def _until(rows: Sequence[Event], aim: Stop) -> tuple[Sequence[Event], Sequence[Event]] | None:
    """A path before and after its goal, None where it has none."""
    at = _walks([aim], [rows])[0].get(aim.name)
    return None if at is None else (rows[:at], rows[at + 1 :])


def _relevant(stops: Sequence[Stop], walked: Sequence[Sequence[Event]]) -> list[Stop]:
    """Keep what half of those who reach the goal did before it, and every commercial step.

    An appointment or a sample is a step unless most who reach the goal have it only afterwards.
    """
    aim = goal(stops)
    if aim is None:
        return list(stops)
    firsts = _walks(stops, walked)
    reached = [first for first in firsts if aim.name in first]
    met = Counter(name for first in reached for name in first)
    before = Counter(
        name for first in reached for name, at in first.items() if at <= first[aim.name]
    )
    return [
        stop
        for stop in stops
        if (
            2 * before[stop.name] >= met[stop.name]
            if stop.meant in DETOURS and stop.name != aim.name
            else stop.meant in COMMERCIAL | KEY_PAGES | {Concept.VISIT}
        )
        or 2 * before[stop.name] >= max(1, len(reached))
    ]


def _ordered(stops: Sequence[Stop], walked: Sequence[Sequence[Event]]) -> list[Stop]:
    """Order by how people walk: the step that comes first in more paths goes before."""
    ahead: Counter[str] = Counter()
    firsts = _walks(stops, walked)
    for one, other in combinations(stops, 2):
        both = [first for first in firsts if one.name in first and other.name in first]
        lead = sum(
            (first[one.name] < first[other.name]) * 2 - 1
            for first in both
            if first[one.name] != first[other.name]
        )
        if lead == 0:
            lead = 1 if (rank(one), -one.sessions) <= (rank(other), -other.sessions) else -1
        ahead[one.name if lead > 0 else other.name] += 1
    return sorted(
        stops, key=lambda stop: (-ahead[stop.name], rank(stop), -stop.sessions, stop.name)
    )


def _fewest(stops: Sequence[Stop]) -> list[Stop]:
    """Leave out the smallest of the side steps until the funnel can be read at a glance."""
    kept = list(stops)
    while len(kept) > MAX_STEPS:
        kept.remove(
            min(kept, key=lambda stop: (stop.meant in COMMERCIAL, stop.sessions, stop.name))
        )
    return kept
