"""From a sample of rows to a plan: what a table holds, and how its rows are read."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from ingestion.mapping import Field, Layout
from ingestion.models import DocumentKind, Metric, Role
from ingestion.records import choosing, dates, processes, recognising, scores
from ingestion.records.asking import question
from ingestion.records.choosing import Chosen
from ingestion.records.columns import Column
from ingestion.records.dates import Order
from ingestion.records.plans import Plan, Words
from ingestion.records.recognising import Candidate
from ingestion.records.scores import Reader
from ingestion.records.tables import Row, Table

_METRICS = {
    Field.RATING: Metric.RATING,
    Field.NPS: Metric.NPS,
    Field.CSAT: Metric.CSAT,
    Field.CES: Metric.CES,
    Field.SATISFACTION: Metric.CSAT,
}
_DATES = (Field.DATE, Field.CREATED_AT, Field.SOLVED_AT, Field.TIMESTAMP)


def plan(table: Table, rows: Sequence[Row], layout: Layout) -> Plan:
    """Decide what a table holds and how its rows are read.

    Raises:
        UnsupportedFormat: It holds neither words nor events.
    """
    found = choosing.mapped(recognising.candidates(table, rows), layout)
    process = None if layout.kind or recognising.is_event_log(found) else processes.find(found)
    if process:
        columns = {table.header[index]: name for name, index in process.places.items()}
        return Plan(kind=DocumentKind.EVENTS, at={}, columns=columns, process=process)
    kind = recognising.kind_of(found, layout)
    is_threaded = kind in (DocumentKind.INTERVIEW, DocumentKind.TICKET) and (
        recognising.is_threaded(found) and recognising.transcript_column(found) is None
    )
    chosen = choosing.choose(kind, found, is_threaded)
    words = _words(kind, chosen)
    readers = tuple(_readers(kind, chosen, found, layout))
    singles = {field: columns[0] for field, columns in chosen.items()}
    return Plan(
        kind=kind,
        at={field: column.index for field, column in singles.items()},
        words=words,
        scores=readers,
        orders={c.index: _order(c, layout) for f, c in singles.items() if f in _DATES},
        columns=_named(table, chosen, readers),
        is_threaded=is_threaded,
        is_interleaved=is_threaded and _is_interleaved(rows, singles[Field.INTERVIEW].index),
        fallbacks=tuple(_fallbacks(found, chosen)) if kind is DocumentKind.EVENTS else (),
        note=_note(chosen),
    )


def _words(kind: DocumentKind, chosen: Chosen) -> tuple[Words, ...]:
    if kind is DocumentKind.SURVEY:
        return tuple(_answer(column) for column in chosen.get(Field.ANSWER, []))
    is_ticket = kind is DocumentKind.TICKET
    titles = [
        Words(c.index, "subject" if is_ticket else "title") for c in chosen.get(Field.TITLE, [])
    ]
    bodies = chosen.get(Field.BODY, [])
    first = "description" if is_ticket else "body"
    texts = [_text(column, "" if n else first) for n, column in enumerate(bodies)]
    replies = [Words(c.index, c.name, role=Role.AGENT) for c in chosen.get(Field.REPLY, [])]
    return (*titles, *texts, *replies)


def _text(column: Column, name: str) -> Words:
    asked = question(column.name) if recognising.is_question(column) else ""
    return Words(column.index, column.name if asked else name or column.name, asked)


def _answer(column: Column) -> Words:
    asked = question(column.question or column.name)
    is_noun = len(asked.split()) == 1 and not asked.endswith(("?", "？"))
    return Words(column.index, column.name, "" if is_noun else asked)


def _readers(
    kind: DocumentKind, chosen: Chosen, found: Sequence[Candidate], layout: Layout
) -> Iterator[tuple[int, Reader]]:
    chosen = _with_nps(kind, chosen, found)
    for field, metric in _METRICS.items():
        for column in chosen.get(field, []):
            if scores.is_scale(column.values) or not column.values:
                said = layout.scales.get(column.name)
                yield column.index, scores.reader(metric, column.name, column.values, said)


def _with_nps(kind: DocumentKind, chosen: Chosen, found: Sequence[Candidate]) -> Chosen:
    """See in a survey's 0 to 10 beside "promoter" and "detractor", or alone, its NPS."""
    ratings = chosen.get(Field.RATING, [])
    if kind is not DocumentKind.SURVEY or Field.NPS in chosen or not ratings:
        return chosen
    is_grouped = any(scores.is_group(candidate.column.values) for candidate in found)
    numbers = [value for cell in ratings[0].values if (value := scores.value_of(cell)) is not None]
    if numbers and max(numbers) in (9, 10) and (is_grouped or min(numbers) == 0):
        rest = {field: columns for field, columns in chosen.items() if field is not Field.RATING}
        return {**rest, Field.NPS: ratings}
    return chosen


def _is_interleaved(rows: Sequence[Row], index: int) -> bool:
    """Tell whether a conversation goes on after another one has begun."""
    keys = [key for key, _ in groupby(row.cells[index] for row in rows)]
    return len(set(keys)) < len(keys)


def _order(column: Column, layout: Layout) -> Order:
    if layout.dates and column.order not in (Order.ISO, Order.EPOCH, Order.NAMED):
        return Order(layout.dates)
    return column.order or Order.ISO


def _named(table: Table, chosen: Chosen, readers: Sequence[tuple[int, Reader]]) -> dict[str, str]:
    taken = {column.index: field.value for field, columns in chosen.items() for column in columns}
    taken |= {i: read.metric.value for i, read in readers if taken[i] != Field.SATISFACTION}
    return {table.header[index]: field for index, field in sorted(taken.items())}


def _fallbacks(found: Sequence[Candidate], chosen: Chosen) -> Iterator[int]:
    """Further names of an event: its type, or what a custom event says of itself."""
    taken = {column.index for columns in chosen.values() for column in columns}
    for column, votes in found:
        is_event = (
            votes.get(Field.EVENT, 0) > 0.9
            or column.plain in ("type", "name")
            or column.plain.startswith("unstruct event")
        )
        if is_event and column.index not in taken:
            yield column.index


def _note(chosen: Chosen) -> str:
    notes: list[str] = []
    for field in _DATES:
        for column in chosen.get(field, []):
            if dates.is_ambiguous(column.values):
                first = "day" if column.order is Order.DMY else "month"
                notes.append(f"{column.name} is read {first} first")
    if any(column.variety < 1 for column in chosen.get(Field.ID, [])):
        notes.append("ids that come back get ~2, ~3, … behind them")
    return "; ".join(notes)
