"""Tables in which each row is something that was carried out for a person, and how long it took.

Orders, deliveries, repairs, refunds: a person, a date, and how long it took, as a number or from
one date to another; often what was promised too. Names suggest (`words/processes.yaml`), values
decide.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from typing import NamedTuple

from ingestion.mapping import Field
from ingestion.models import Event, Level, Refusal, Source, State
from ingestion.records import dates, scores
from ingestion.records.columns import Column
from ingestion.records.dates import Order
from ingestion.records.people import person
from ingestion.records.recognising import Candidate, best_vote, is_question
from ingestion.records.tables import Broken, Row
from ingestion.records.vocabulary import load, whole

_WORDS = {name: whole(words) for name, words in load("processes").items()}
_UNITS = {"minutes": 1 / 1440, "hours": 1 / 24, "days": 1.0, "weeks": 7.0}
_LIKELY = 0.55
_A_SENTENCE = 5


class Span(NamedTuple):
    """How long, as a column of numbers says: the column's place, and days a unit."""

    place: int
    days: float


class Process(NamedTuple):
    """Which columns tell when it began and ended, how long it took, and what was promised."""

    label: str
    at: dict[Field, int]
    orders: dict[int, Order]
    begun: int
    took: Span | int
    promised: Span | int | None

    @property
    def places(self) -> dict[str, int]:
        """Where each thing stands, for the recognition."""
        spans = {"took": self.took, "promised": self.promised}
        found = {name: s.place if isinstance(s, Span) else s for name, s in spans.items()}
        kept = {name: index for name, index in found.items() if index is not None}
        return {field.value: index for field, index in self.at.items()} | kept


class _Sorted(NamedTuple):
    begun: list[Column]
    ended: list[Column]
    promised: list[Column]
    other: list[Column]


def find(found: Sequence[Candidate]) -> Process | None:
    """Find the columns of a process, None where the table is none."""
    if not found or any(_is_written(candidate) for candidate in found):
        return None
    times = _times([c.column for c in found if _is_clock(c.column)])
    took = _span(found, "ended", "lasted")
    promised = _span(found, "promised")
    ended = None if took else next(iter(times.ended), None)
    begun = next(iter([*times.begun, *times.other]), ended)
    at = _who(found)
    if begun is None or not (took or (ended and begun is not ended)) or not at:
        return None
    due = promised or next((column.index for column in times.promised), None)
    took = took or (ended.index if ended else None)
    if took is None:
        return None
    return Process(
        label=_label(found, took, times),
        at=at,
        orders={c.index: c.order or Order.ISO for columns in times for c in columns},
        begun=begun.index,
        took=took,
        promised=due,
    )


def _is_written(candidate: Candidate) -> bool:
    """Somebody's own words: such a table is a voice, whatever else it counts."""
    column = candidate.column
    named = best_vote([candidate], Field.BODY) > _LIKELY
    return column.is_prose and (named or is_question(column) or column.words >= _A_SENTENCE)


def _is_clock(column: Column) -> bool:
    return column.order is not None and column.order is not Order.EPOCH


def _says(name: str, column: Column) -> bool:
    return bool(_WORDS[name].search(column.plain))


def _times(columns: Sequence[Column]) -> _Sorted:
    """Sort the dates by what their names say; "received" begins what something else ends."""
    promised = [c for c in columns if _says("promised", c)]
    rest = [c for c in columns if c not in promised]
    ended = [c for c in rest if _says("ended", c) and not _says("begun", c)]
    begun = [c for c in rest if _says("begun", c) and not _says("ended", c)]
    both = [c for c in rest if _says("begun", c) and _says("ended", c)]
    if ended and not begun:
        begun = both
    elif begun and not ended:
        ended = both
    other = [c for c in rest if c not in ended and c not in begun]
    return _Sorted(begun, ended, promised, other)


def _span(found: Sequence[Candidate], *names: str) -> Span | None:
    """Find the numbers that count days or hours; what was promised never says what came of it."""
    for name in names:
        for column in (candidate.column for candidate in found):
            is_promised = _says("promised", column) and "promised" not in names
            if not is_promised and _says(name, column) and _is_count(column):
                unit = _unit(column)
                if unit is not None:
                    return Span(column.index, unit)
    return None


def _is_count(column: Column) -> bool:
    return column.is_number and column.order is None and all(n >= 0 for n in column.numbers)


def _unit(column: Column) -> float | None:
    """Days a unit; a column that only says "duration" counts days."""
    named = next((days for name, days in _UNITS.items() if _says(name, column)), None)
    return 1.0 if named is None and _says("lasted", column) else named


def _who(found: Sequence[Candidate]) -> dict[Field, int]:
    """Where the person and the row's own id stand; none without a person."""
    at: dict[Field, int] = {}
    for field in (Field.PARTICIPANT, Field.NAME, Field.ID):
        best = max(found, key=lambda c: c.votes.get(field, 0.0))
        if best.votes.get(field, 0.0) > _LIKELY and best.column.index not in at.values():
            at[field] = best.column.index
    return at if Field.PARTICIPANT in at or Field.NAME in at else {}


def _label(found: Sequence[Candidate], took: Span | int, times: _Sorted) -> str:
    """Name it after the date at which it ends, or else after what counts its days."""
    if times.ended:
        return times.ended[0].name
    index = took.place if isinstance(took, Span) else took
    return next(c.column.name for c in found if c.column.index == index)


def read(
    source: Source, process: Process, rows: Iterable[Row | Broken]
) -> Iterator[Event | Refusal]:
    """Turn each row into an event that lasted, or say why it is none."""
    for row in rows:
        if isinstance(row, Broken):
            yield _refused(source, row, State.FAILED, row.reason)
        else:
            yield _event(source, process, row)


def _event(source: Source, process: Process, row: Row) -> Event | Refusal:
    cells = row.cells
    begun = _moment(process, cells, process.begun)
    if begun is None:
        return _refused(source, row, State.FAILED, "no date that can be read")
    took = _days(process, cells, process.took, begun)
    if took is None:
        return _refused(source, row, State.EXCLUDED, "has not come to its end")
    if took < 0:
        return _refused(source, row, State.FAILED, "ends before it begins")
    given = person(_cell(process, cells, Field.ID)) or str(row.number)
    return Event(
        source_id=source.id,
        session=f"{source.id}#{given}",
        participant=_person(process, cells),
        at=begun,
        name=f"{PurePosixPath(source.id).stem}, {process.label}",
        took=took,
        promised=_days(process, cells, process.promised, begun),
    )


def _person(process: Process, cells: Sequence[str]) -> str | None:
    known = person(_cell(process, cells, Field.PARTICIPANT))
    return known or person(_cell(process, cells, Field.NAME), is_name=True)


def _cell(process: Process, cells: Sequence[str], field: Field) -> str:
    index = process.at.get(field)
    return "" if index is None else cells[index].strip()


def _moment(process: Process, cells: Sequence[str], index: int) -> datetime | None:
    value = cells[index].strip()
    return dates.read(value, process.orders[index]) if value else None


def _days(
    process: Process, cells: Sequence[str], span: Span | int | None, begun: datetime
) -> float | None:
    if span is None:
        return None
    if isinstance(span, Span):
        counted = scores.number(cells[span.place].strip())
        return None if counted is None else round(counted * span.days, 4)
    at = _moment(process, cells, span)
    return None if at is None else round((at - begun).total_seconds() / 86_400, 4)


def _refused(source: Source, row: Row | Broken, state: State, reason: str) -> Refusal:
    where = f"{source.id}#{row.number}"
    return Refusal(level=Level.RECORDS, state=state, where=where, reason=reason, line=row.line)
