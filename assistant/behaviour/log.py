"""The questions that are asked of an event log, and the answers from a small one held in memory.

Every question is one aggregate over the rows, so that a log of millions is answered by its
database and never read into memory.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cached_property
from itertools import groupby
from typing import Literal, Protocol

from assistant.behaviour.steps import Lasted, Step, StepCount, Totals
from ingestion.models import Event

Unit = Literal["events", "sessions", "days"]


class EventLog(Protocol):
    """What is asked of an event log. Nobody asks for all rows.

    Rows that lasted (orders, repairs: `Event.took`) are no visits: only `jobs` and `lasted` tell
    of them.
    """

    def totals(self) -> Totals:
        """Count the sessions and the known people, and find the first and the last row."""
        ...

    def steps(self) -> tuple[StepCount, ...]:
        """Count each (name, page): GROUP BY name, page. A row without a page has page None."""
        ...

    def channels(self) -> dict[str, int]:
        """Count distinct sessions of each channel; rows without one are left out."""
        ...

    def sessions(self, steps: Collection[Step]) -> int:
        """Count distinct sessions with a row of any of the steps; 0 for no steps."""
        ...

    def reaching(self, steps: Collection[Step], others: Collection[Step]) -> int:
        """Count distinct sessions with a row of `steps` that have one of `others` too.

        A session has it when the session itself does, or any session of the same known
        participant: people buy on another day than they look.
        """
        ...

    def paths(self, limit: int) -> Iterator[tuple[Event, ...]]:
        """Give the rows, in time order, of the `limit` people with the most distinct names.

        People who are not known are their session. Equal counts go by identifier, so that the
        same log gives the same paths.
        """
        ...

    def of(self, participant: str) -> Iterator[Event]:
        """Give one participant's rows in time order, equal times in the order of the file."""
        ...

    def jobs(self, participant: str) -> Iterator[Event]:
        """Give what was carried out for a participant, in time order."""
        ...

    def lasted(self) -> Iterator[Lasted]:
        """Give how long each thing took that was carried out for anybody."""
        ...

    def people(self, steps: Collection[Step]) -> Iterator[str]:
        """Give each known participant with a row of any of the steps, once."""
        ...

    def counts(
        self, steps: Collection[Step], unit: Unit = "events", before: Collection[Step] = ()
    ) -> Iterator[int]:
        """Count each known participant's rows of the steps; people without any are left out.

        Args:
            steps: Which rows; none stands for every row.
            unit: Rows, distinct sessions or distinct days (UTC).
            before: Only rows earlier than the participant's first of these, and only people
                who have one; none: no limit.
        """
        ...

    def hours(self, start: Collection[Step], end: Collection[Step]) -> Iterator[float]:
        """Give the hours from each participant's first `start` to the first `end` after it."""
        ...

    def days(self, channel: str, since: datetime.datetime) -> Iterator[int]:
        """Count each participant's distinct days (UTC) with a row of the channel, from `since`.

        People without any are left out.
        """
        ...


def _any(steps: Collection[Step]) -> Callable[[Event], bool]:
    names = {step.name for step in steps if step.page is None}
    pairs = {(step.name, step.page) for step in steps if step.page is not None}
    return lambda event: event.name in names or (event.name, event.page) in pairs


_KEYS: dict[Unit, Callable[[tuple[int, Event]], object]] = {
    "events": lambda numbered: numbered[0],
    "sessions": lambda numbered: numbered[1].session,
    "days": lambda numbered: numbered[1].at.date(),
}


def distinct(events: Iterable[Event], unit: Unit) -> int:
    """Count events, their sessions or their days (UTC)."""
    return len({_KEYS[unit](numbered) for numbered in enumerate(events)})


class Events:
    """An event log held in memory: for small studies and for tests."""

    def __init__(self, events: Iterable[Event]) -> None:
        rows = sorted(events, key=lambda event: event.at)
        self._events = [event for event in rows if event.took is None]
        self._jobs = [event for event in rows if event.took is not None]

    def totals(self) -> Totals:
        """Count the sessions and the known people, and find the first and the last row."""
        sources = Counter(str(event.source_id) for event in self._events)
        return Totals(
            source=min(sources, key=lambda name: (-sources[name], name), default=""),
            sessions=len({event.session for event in self._events}),
            people=len(self._people),
            first=self._events[0].at if self._events else None,
            last=self._events[-1].at if self._events else None,
        )

    def steps(self) -> tuple[StepCount, ...]:
        """Count each (name, page), in alphabetical order."""
        sessions: defaultdict[Step, list[str]] = defaultdict(list)
        for event in self._events:
            sessions[Step(event.name, event.page)].append(event.session)
        return tuple(
            StepCount(step, len(seen), len(set(seen)))
            for step, seen in sorted(sessions.items(), key=lambda item: str(item[0]))
        )

    def channels(self) -> dict[str, int]:
        """Count distinct sessions of each channel."""
        pairs = {(event.channel, event.session) for event in self._events if event.channel}
        return dict(sorted(Counter(channel for channel, _ in pairs if channel).items()))

    def sessions(self, steps: Collection[Step]) -> int:
        """Count distinct sessions with a row of any of the steps."""
        holds = _any(steps)
        return len({event.session for event in self._events if holds(event)})

    def reaching(self, steps: Collection[Step], others: Collection[Step]) -> int:
        """Count distinct sessions with a row of `steps` that have one of `others` too."""
        holds, wanted = _any(steps), _any(others)
        reached = [event for event in self._events if wanted(event)]
        sessions = {event.session for event in reached}
        people = {event.participant for event in reached} - {None}
        return len(
            {
                event.session
                for event in self._events
                if holds(event) and (event.session in sessions or event.participant in people)
            }
        )

    def paths(self, limit: int) -> Iterator[tuple[Event, ...]]:
        """Give the rows, in time order, of the `limit` people with the most distinct names."""
        paths: defaultdict[str, list[Event]] = defaultdict(list)
        for event in self._events:
            paths[event.participant or event.session].append(event)
        kinds = {who: len({event.name for event in path}) for who, path in paths.items()}
        for who in sorted(paths, key=lambda who: (-kinds[who], who))[:limit]:
            yield tuple(paths[who])

    def of(self, participant: str) -> Iterator[Event]:
        """Give one participant's rows in time order."""
        return iter(self._people.get(participant, ()))

    def jobs(self, participant: str) -> Iterator[Event]:
        """Give what was carried out for a participant, in time order."""
        return (event for event in self._jobs if event.participant == participant)

    def lasted(self) -> Iterator[Lasted]:
        """Give how long each thing took that was carried out for anybody."""
        for event in self._jobs:
            if event.took is not None:
                yield Lasted(event.name, event.took, event.promised)

    def people(self, steps: Collection[Step]) -> Iterator[str]:
        """Give each known participant with a row of any of the steps, once."""
        holds = _any(steps)
        return (who for who, rows in self._people.items() if any(map(holds, rows)))

    def counts(
        self, steps: Collection[Step], unit: Unit = "events", before: Collection[Step] = ()
    ) -> Iterator[int]:
        """Count each known participant's rows of the steps; people without any are left out."""
        holds, ends = _any(steps), _any(before)
        for rows in self._people.values():
            end = next((event.at for event in rows if ends(event)), None)
            if before and end is None:
                continue
            kept = [
                row for row in rows if (end is None or row.at < end) and (not steps or holds(row))
            ]
            if kept:
                yield distinct(kept, unit)

    def hours(self, start: Collection[Step], end: Collection[Step]) -> Iterator[float]:
        """Give the hours from each participant's first `start` to the first `end` after it."""
        for rows in self._people.values():
            taken = hours_between(rows, start, end)
            if taken is not None:
                yield taken

    def days(self, channel: str, since: datetime.datetime) -> Iterator[int]:
        """Count each participant's distinct days (UTC) with a row of the channel."""
        for rows in self._people.values():
            kept = [row for row in rows if row.channel == channel and row.at >= since]
            if kept:
                yield distinct(kept, "days")

    @cached_property
    def _people(self) -> dict[str, list[Event]]:
        known = [event for event in self._events if event.participant]
        known.sort(key=lambda event: event.participant or "")
        return {
            who: list(rows) for who, rows in groupby(known, lambda event: event.participant) if who
        }


def hours_between(
    rows: Iterable[Event], start: Collection[Step], end: Collection[Step]
) -> float | None:
    """Hours from the first row of `start` to the first of `end` that is not earlier.

    Args:
        rows: One participant's rows, in time order.
        start: What begins it.
        end: What ends it.
    """
    begins, ends = _any(start), _any(end)
    begun: datetime.datetime | None = None
    for row in rows:
        if begun is None and begins(row):
            begun = row.at
        if begun is not None and ends(row):
            return (row.at - begun).total_seconds() / 3600
    return None


def matching(rows: Iterable[Event], steps: Collection[Step]) -> list[Event]:
    """Keep the rows of any of the steps, in order."""
    holds = _any(steps)
    return [row for row in rows if holds(row)]
