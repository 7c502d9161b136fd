"""From what the columns may be to a plan: one column for each field, and no column twice."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from ingestion.errors import UnsupportedFormat
from ingestion.mapping import Field, Layout
from ingestion.models import DocumentKind, Metric, Role
from ingestion.records import dates, recognising, scores
from ingestion.records.asking import question
from ingestion.records.columns import Column
from ingestion.records.dates import Order
from ingestion.records.plans import Plan, Words
from ingestion.records.recognising import Candidate
from ingestion.records.scores import Reader
from ingestion.records.tables import Row, Table

_LEAST = 0.35
"""How well a name has to fit, at least."""

_MAPPED = 9.0
_METRICS = {
    Field.RATING: Metric.RATING,
    Field.NPS: Metric.NPS,
    Field.CSAT: Metric.CSAT,
    Field.CES: Metric.CES,
    Field.SATISFACTION: Metric.CSAT,
}
_MANY = frozenset({Field.BODY, Field.ANSWER, Field.REPLY})
_VOICE = frozenset(
    {Field.ID, Field.PARTICIPANT, Field.NAME, Field.LANGUAGE, Field.SEGMENT, Field.PLAN}
    | {Field.CHANNEL, Field.PRODUCT, Field.VERSION, Field.ORDER_VALUE, Field.PAGE}
)
_ALLOWED: dict[DocumentKind, frozenset[Field]] = {
    DocumentKind.REVIEW: _VOICE
    | {Field.DATE, Field.TITLE, Field.BODY, Field.REPLY, Field.RATING, Field.NPS, Field.CATEGORY},
    DocumentKind.TICKET: _VOICE
    | {Field.CREATED_AT, Field.SOLVED_AT, Field.TITLE, Field.BODY, Field.REPLY, Field.COMMENTS}
    | {Field.PRIORITY, Field.STATUS, Field.SATISFACTION, Field.CATEGORY, Field.DATE},
    DocumentKind.SURVEY: _VOICE
    | {Field.DATE, Field.NPS, Field.CSAT, Field.CES, Field.RATING, Field.ANSWER, Field.ASKED},
    DocumentKind.EVENTS: frozenset(
        {Field.SESSION, Field.VISITOR, Field.PARTICIPANT, Field.TIMESTAMP, Field.EVENT, Field.PAGE}
        | {Field.CHANNEL, Field.VALUE, Field.NAME}
    ),
    DocumentKind.INTERVIEW: _VOICE
    | {Field.TRANSCRIPT, Field.DATE, Field.COMMENTS, Field.TITLE, Field.BODY},
}
_THREAD = frozenset(
    {Field.INTERVIEW, Field.SPEAKER, Field.ROLE, Field.BODY, Field.PARTICIPANT, Field.LANGUAGE}
    | {Field.TIMESTAMP, Field.TITLE, Field.STATUS, Field.PRIORITY, Field.CHANNEL}
)
_DATES = (Field.DATE, Field.CREATED_AT, Field.SOLVED_AT, Field.TIMESTAMP)

Chosen = dict[Field, list[Column]]


def plan(table: Table, rows: Sequence[Row], layout: Layout) -> Plan:
    """Decide what a table holds and how its rows are read.

    Raises:
        UnsupportedFormat: It holds neither words nor events.
    """
    found = _mapped(recognising.candidates(table, rows), layout)
    kind = recognising.kind_of(found, layout)
    is_threaded = kind in (DocumentKind.INTERVIEW, DocumentKind.TICKET) and (
        recognising.is_threaded(found) and recognising.transcript_column(found) is None
    )
    chosen = _chosen(found, _THREAD if is_threaded else _ALLOWED[kind])
    _complete(kind, found, chosen, is_threaded)
    _require(kind, chosen, found)
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


def _mapped(found: list[Candidate], layout: Layout) -> list[Candidate]:
    """Put what a mapping says of a column in the place of what was recognised."""
    said = {name.casefold().strip(): field for name, field in layout.columns.items()}
    missing = set(said) - {candidate.column.name.casefold() for candidate in found}
    if missing and found:
        names = ", ".join(sorted(missing))
        raise UnsupportedFormat(f"the mapping names columns that are not there: {names}")
    return [
        Candidate(
            column, {said[name]: _MAPPED} if (name := column.name.casefold()) in said else votes
        )
        for column, votes in found
    ]


def _chosen(found: Sequence[Candidate], allowed: frozenset[Field]) -> Chosen:
    """Give each field the column that fits it best; fields of words may have several."""
    bids = [
        (weight, field, candidate.column)
        for candidate in found
        for field, weight in candidate.votes.items()
        if field in allowed and weight >= _LEAST
    ]
    chosen: Chosen = {}
    taken: set[int] = set()
    for weight, field, column in sorted(bids, key=lambda bid: -bid[0]):
        may_join = field in _MANY and (weight > 0.9 or (weight > 0.5 and column.is_prose))
        if column.index not in taken and (field not in chosen or may_join):
            chosen.setdefault(field, []).append(column)
            taken.add(column.index)
    return chosen


def _complete(
    kind: DocumentKind, found: Sequence[Candidate], chosen: Chosen, is_threaded: bool
) -> None:
    """Find by their values the columns that their names did not give away."""
    free = [c for c in found if not any(c.column in columns for columns in chosen.values())]
    if kind is DocumentKind.EVENTS:
        _complete_events(found, chosen)
    elif kind is DocumentKind.INTERVIEW and not is_threaded:
        _complete_interview(found, chosen)
    elif kind is DocumentKind.SURVEY:
        _complete_survey(free, chosen)
    elif Field.BODY not in chosen and Field.COMMENTS not in chosen:
        prose = [c.column for c in free if c.column.is_prose]
        if prose or Field.TITLE not in chosen:
            chosen[Field.BODY] = [max(prose, key=lambda c: c.words)] if prose else []
    if Field.ID not in chosen and found and _is_index(found[0].column):
        chosen[Field.ID] = [found[0].column]
    for field in [field for field, columns in chosen.items() if not columns]:
        del chosen[field]


def _is_index(column: Column) -> bool:
    """The nameless first column of counted rows."""
    is_counted = column.name == "column 1" and column.is_number and column.variety == 1
    return is_counted and all(value.is_integer() for value in column.numbers)


def _complete_events(found: Sequence[Candidate], chosen: Chosen) -> None:
    fields = (Field.PARTICIPANT, Field.TIMESTAMP, Field.EVENT)
    for field, index in zip(fields, recognising.nameless(found), strict=True):
        is_nameless = all(c.column.name.startswith("column ") for c in found)
        if is_nameless and index is not None:
            chosen.setdefault(field, [found[index].column])
    visitor = chosen.get(Field.VISITOR)
    if Field.PARTICIPANT not in chosen and visitor and "distinct" in visitor[0].plain:
        chosen[Field.PARTICIPANT] = visitor


def _complete_interview(found: Sequence[Candidate], chosen: Chosen) -> None:
    index = recognising.transcript_column(found)
    if index is not None and Field.COMMENTS not in chosen:
        chosen[Field.TRANSCRIPT] = [found[index].column]
        for field in (Field.BODY, Field.TITLE):
            chosen[field] = [c for c in chosen.get(field, []) if c.index != index][:1]
        chosen.pop(Field.BODY)


def _complete_survey(free: Sequence[Candidate], chosen: Chosen) -> None:
    """Take every column of free text for an answer; where there is none, the named text."""
    answers = chosen.setdefault(Field.ANSWER, [])
    for column, votes in free:
        is_other = any(weight > 0.9 for field, weight in votes.items() if field is not Field.BODY)
        is_named = votes.get(Field.BODY, 0) > 0.5
        if (is_named and not column.is_code) or (column.is_prose and not is_other):
            answers.append(column)
    answers.sort(key=lambda column: column.index)


def _require(kind: DocumentKind, chosen: Chosen, found: Sequence[Candidate]) -> None:
    for wanted in _NEEDS[kind]:
        if not any(field in chosen for field in wanted):
            names = ", ".join(candidate.column.name for candidate in found[:12])
            needed = f"as {kind}, no column for {' or '.join(wanted)} among: {names}"
            raise UnsupportedFormat(f"{needed}; name it in a --mapping (docs/mapping.md)")


_NEEDS: dict[DocumentKind, tuple[tuple[Field, ...], ...]] = {
    DocumentKind.REVIEW: ((Field.BODY, Field.TITLE, Field.RATING),),
    DocumentKind.TICKET: ((Field.BODY, Field.TITLE, Field.COMMENTS),),
    DocumentKind.SURVEY: ((Field.ANSWER, Field.NPS, Field.CSAT, Field.CES, Field.RATING),),
    DocumentKind.EVENTS: ((Field.TIMESTAMP,), (Field.EVENT,)),
    DocumentKind.INTERVIEW: ((Field.TRANSCRIPT, Field.COMMENTS, Field.BODY),),
}


def _words(kind: DocumentKind, chosen: Chosen) -> tuple[Words, ...]:
    if kind is DocumentKind.SURVEY:
        return tuple(_answer(column) for column in chosen.get(Field.ANSWER, []))
    is_ticket = kind is DocumentKind.TICKET
    titles = [
        Words(c.index, "subject" if is_ticket else "title") for c in chosen.get(Field.TITLE, [])
    ]
    bodies = chosen.get(Field.BODY, [])
    first = "description" if is_ticket else "body"
    texts = [Words(c.index, c.name if n else first) for n, c in enumerate(bodies)]
    replies = [Words(c.index, c.name, role=Role.AGENT) for c in chosen.get(Field.REPLY, [])]
    return (*titles, *texts, *replies)


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
            or column.plain == "type"
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
