"""What people did: the rows of event logs, and the counts that are asked of them.

`StoredLog` answers what `assistant.behaviour.log.EventLog` asks, each question with one query, so
that a log of millions is never held.
"""

import datetime
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    distinct,
    false,
    func,
    insert,
    or_,
    select,
    true,
    tuple_,
)

from assistant.behaviour.log import Unit
from assistant.behaviour.steps import Lasted, Step, StepCount, Totals
from assistant.store.tables import events
from ingestion.models import Event, SourceId

_ROW = events.c
_DAY = func.date(_ROW.at)
_UNITS: dict[Unit, ColumnElement[Any]] = {
    "events": func.count(),
    "sessions": func.count(distinct(_ROW.session)),
    "days": func.count(distinct(_DAY)),
}


def save(connection: Connection, study: str, happened: Sequence[Event]) -> None:
    """Keep events."""
    rows = [
        {
            "study": study,
            "source": event.source_id,
            "session": event.session,
            "participant": event.participant,
            "at": event.at.astimezone(datetime.UTC).replace(tzinfo=None),
            "name": event.name,
            "page": event.page,
            "channel": event.channel,
            "value": event.value,
            "took": event.took,
            "promised": event.promised,
        }
        for event in happened
    ]
    if rows:
        connection.execute(insert(events), rows)


class StoredLog:
    """The event log of a study, as one."""

    def __init__(self, connection: Connection, study: str) -> None:
        self._connection = connection
        self._study = _ROW.study == study
        self._ours = and_(self._study, _ROW.took.is_(None))

    def totals(self) -> Totals:
        """Count the sessions and the known people, and find the first and the last row."""
        largest = (
            select(_ROW.source)
            .where(self._ours)
            .group_by(_ROW.source)
            .order_by(func.count().desc(), _ROW.source)
        )
        counted = select(
            func.count(distinct(_ROW.session)),
            func.count(distinct(_ROW.participant)),
            func.min(_ROW.at),
            func.max(_ROW.at),
        ).where(self._ours)
        source = self._connection.scalars(largest).first() or ""
        sessions, people, first, last = self._connection.execute(counted).one()
        return Totals(source, sessions, people, _utc(first), _utc(last))

    def steps(self) -> tuple[StepCount, ...]:
        """Count each (name, page), in alphabetical order."""
        found = (
            select(_ROW.name, _ROW.page, func.count(), func.count(distinct(_ROW.session)))
            .where(self._ours)
            .group_by(_ROW.name, _ROW.page)
        )
        counted = [
            StepCount(Step(name, page), rows, sessions)
            for name, page, rows, sessions in self._connection.execute(found)
        ]
        return tuple(sorted(counted, key=lambda count: str(count.step)))

    def channels(self) -> dict[str, int]:
        """Count distinct sessions of each channel."""
        found = (
            select(_ROW.channel, func.count(distinct(_ROW.session)).label("sessions"))
            .where(self._ours, _ROW.channel.is_not(None), _ROW.channel != "")
            .group_by(_ROW.channel)
            .order_by(_ROW.channel)
        )
        return {row.channel: row.sessions for row in self._connection.execute(found)}

    def sessions(self, steps: Collection[Step]) -> int:
        """Count distinct sessions with a row of any of the steps."""
        found = select(func.count(distinct(_ROW.session))).where(self._ours, _any(steps))
        return self._connection.execute(found).scalar_one()

    def reaching(self, steps: Collection[Step], others: Collection[Step]) -> int:
        """Count distinct sessions with a row of `steps` that have one of `others` too."""
        reached = select(_ROW.session).where(self._ours, _any(others))
        people = select(_ROW.participant).where(
            self._ours, _any(others), _ROW.participant.is_not(None)
        )
        found = select(func.count(distinct(_ROW.session))).where(
            self._ours,
            _any(steps),
            or_(_ROW.session.in_(reached), _ROW.participant.in_(people)),
        )
        return self._connection.execute(found).scalar_one()

    def paths(self, limit: int) -> Iterator[tuple[Event, ...]]:
        """Give the rows, in time order, of the `limit` people with the most distinct names."""
        who = func.coalesce(_ROW.participant, _ROW.session)
        busiest = (
            select(who)
            .where(self._ours)
            .group_by(who)
            .order_by(func.count(distinct(_ROW.name)).desc(), who)
            .limit(limit)
        )
        for person in self._connection.scalars(busiest).all():
            unknown = and_(_ROW.participant.is_(None), _ROW.session == person)
            rows = [*self._rows(_ROW.participant == person), *self._rows(unknown)]
            yield tuple(sorted(rows, key=lambda event: event.at))

    def of(self, participant: str) -> Iterator[Event]:
        """Give one participant's rows in time order, equal times in the order of the file."""
        return self._rows(_ROW.participant == participant)

    def jobs(self, participant: str) -> Iterator[Event]:
        """Give what was carried out for a participant, in time order."""
        return self._rows(_ROW.participant == participant, lasting=True)

    def lasted(self) -> Iterator[Lasted]:
        """Give how long each thing took that was carried out for anybody."""
        found = select(_ROW.name, _ROW.took, _ROW.promised).where(
            self._study, _ROW.took.is_not(None)
        )
        return (Lasted(*row) for row in self._connection.execute(found))

    def people(self, steps: Collection[Step]) -> Iterator[str]:
        """Give each known participant with a row of any of the steps, once."""
        known = _ROW.participant.is_not(None)
        found = select(_ROW.participant).where(self._ours, known, _any(steps)).distinct()
        return iter(self._connection.scalars(found.order_by(_ROW.participant)))

    def counts(
        self, steps: Collection[Step], unit: Unit = "events", before: Collection[Step] = ()
    ) -> Iterator[int]:
        """Count each known participant's rows of the steps; people without any are left out."""
        wanted = _any(steps) if steps else true()
        found = select(_UNITS[unit]).where(self._ours, _ROW.participant.is_not(None), wanted)
        if before:
            ends = (
                select(_ROW.participant.label("who"), func.min(_ROW.at).label("end"))
                .where(self._ours, _any(before), _ROW.participant.is_not(None))
                .group_by(_ROW.participant)
                .subquery()
            )
            found = found.join(ends, _ROW.participant == ends.c.who).where(_ROW.at < ends.c.end)
        grouped = found.group_by(_ROW.participant).order_by(_ROW.participant)
        return iter(self._connection.scalars(grouped))

    def hours(self, start: Collection[Step], end: Collection[Step]) -> Iterator[float]:
        """Give the hours from each participant's first `start` to the first `end` after it."""
        begins = case((_any(start), True), else_=False).label("begins")
        ends = case((_any(end), True), else_=False).label("ends")
        known = _ROW.participant.is_not(None)
        found = (
            select(_ROW.participant, _ROW.at, begins, ends)
            .where(self._ours, known, or_(_any(start), _any(end)))
            .order_by(_ROW.participant, _ROW.at)
        )
        rows = self._connection.execute(found)
        for _, steps in groupby(rows, key=lambda row: row[0]):
            taken = _hours((at, begins, ends) for _, at, begins, ends in steps)
            if taken is not None:
                yield taken

    def days(self, channel: str, since: datetime.datetime) -> Iterator[int]:
        """Count each participant's distinct days (UTC) with a row of the channel."""
        from_then = _ROW.at >= since.astimezone(datetime.UTC).replace(tzinfo=None)
        found = (
            select(func.count(distinct(_DAY)))
            .where(self._ours, _ROW.participant.is_not(None), _ROW.channel == channel, from_then)
            .group_by(_ROW.participant)
            .order_by(_ROW.participant)
        )
        return iter(self._connection.scalars(found))

    def _rows(self, whose: ColumnElement[bool], *, lasting: bool = False) -> Iterator[Event]:
        kind = and_(self._study, _ROW.took.is_not(None)) if lasting else self._ours
        found = select(events).where(kind, whose).order_by(_ROW.at)
        for row in self._connection.execute(found):
            yield Event(
                source_id=SourceId(row.source),
                session=row.session,
                participant=row.participant,
                at=row.at.replace(tzinfo=datetime.UTC),
                name=row.name,
                page=row.page,
                channel=row.channel,
                value=row.value,
                took=row.took,
                promised=row.promised,
            )


def _any(steps: Collection[Step]) -> ColumnElement[bool]:
    """Tell the rows of any of the steps; no row for no steps."""
    names = [step.name for step in steps if step.page is None]
    pairs = [(step.name, step.page) for step in steps if step.page is not None]
    if not names and not pairs:
        return false()
    return or_(_ROW.name.in_(names), tuple_(_ROW.name, _ROW.page).in_(pairs))


def _hours(rows: Iterator[tuple[datetime.datetime, bool, bool]]) -> float | None:
    begun: datetime.datetime | None = None
    for at, begins, ends in rows:
        if begun is None and begins:
            begun = at
        if begun is not None and ends:
            return (at - begun).total_seconds() / 3600
    return None


def _utc(at: datetime.datetime | None) -> datetime.datetime | None:
    return at and at.replace(tzinfo=datetime.UTC)
