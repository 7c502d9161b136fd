"""Tables and lists of records: reviews, tickets, survey answers, interviews, event logs.

A table is recognised by its columns and its first rows, then read one row at a time. The guide of
what can be said about a table that is not recognised is `docs/mapping.md`.
"""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from ingestion.errors import MalformedSource, UnsupportedFormat
from ingestion.mapping import Layout, Mapping
from ingestion.models import (
    Contents,
    Document,
    DocumentKind,
    Event,
    Level,
    Recognition,
    Refusal,
    Source,
    State,
)
from ingestion.records import event_rows, mail, processes, threads, voice_rows
from ingestion.records.asking import unfold
from ingestion.records.delimited import is_table, open_table
from ingestion.records.nested import open_json, open_lines, open_parquet
from ingestion.records.people import Ids
from ingestion.records.planning import plan
from ingestion.records.plans import Plan
from ingestion.records.sheets import open_sheets
from ingestion.records.tables import Broken, Row, Table, sample

__all__ = ["is_table", "read"]

_WITH_HEADERS = {"csv", "xlsx"}
Item = Document | Event | Refusal


class _Part(NamedTuple):
    """One recognised table of a file, and its rows still unread."""

    table: Table
    plan: Plan
    rows: Iterator[Row | Broken]


def read(source: Source, form: str, mapping: Mapping | None = None) -> Contents:
    """Recognise a file of records, and read its records as they are asked for.

    Args:
        source: The file.
        form: csv (whatever its delimiter), xlsx, json, jsonl, parquet, mbox or eml.
        mapping: What is known about the study's files; it wins over what is recognised.

    Raises:
        UnsupportedFormat: It holds neither words nor events, or `form` is none of these.
        MalformedSource: It cannot be opened as what it is said to be.
    """
    if form in ("mbox", "eml"):
        return mail.read(source, form)
    layout = mapping.layout(source.id) if mapping else Layout()
    parts, refusals = _recognised(source, form, layout)
    first = parts[0]
    recognition = Recognition(
        source_id=source.id,
        format=form,
        kind=first.plan.kind,
        encoding=first.table.encoding,
        columns=first.plan.columns,
        note=_note(parts, refusals),
    )
    return Contents(recognition, chain(refusals, _items(source, parts)))


def _tables(source: Source, form: str, layout: Layout) -> Iterator[Table]:
    if form == "xlsx":
        return open_sheets(source.path, layout)
    openers = {"csv": open_table, "json": open_json, "jsonl": open_lines}
    if form == "parquet":
        return iter([open_parquet(source.path)])
    if form not in openers:
        raise UnsupportedFormat(f"{form} is no format of records")
    return iter([openers[form](source.path, layout)])


def _recognised(source: Source, form: str, layout: Layout) -> tuple[list[_Part], list[Refusal]]:
    """Recognise the tables of a file; of several, those that hold nothing are left out, said."""
    parts: list[_Part] = []
    refusals: list[Refusal] = []
    reasons: list[str] = []
    for table in _tables(source, form, layout):
        try:
            parts.append(_part(unfold(table) if form in _WITH_HEADERS else table, layout))
        except UnsupportedFormat as error:
            reasons.append(str(error))
            refusals.append(_left_out(source, table, str(error)))
    if not parts:
        raise UnsupportedFormat("; ".join(reasons) or "no table in it")
    return parts, refusals


def _part(table: Table, layout: Layout) -> _Part:
    rows, again = sample(table)
    return _Part(table, plan(table, rows, layout), again)


def _left_out(source: Source, table: Table, reason: str) -> Refusal:
    where = f"{source.id}#{table.name}"
    return Refusal(level=Level.RECORDS, state=State.EXCLUDED, where=where, reason=reason)


def _note(parts: Sequence[_Part], refusals: Sequence[Refusal]) -> str:
    sheets = [f"sheet {part.table.name}: {part.plan.kind}" for part in parts if part.table.name]
    left_out = [f"{refusal.where} left out" for refusal in refusals]
    notes = [part.plan.note for part in parts if part.plan.note]
    return "; ".join(notes + (sheets if len(parts) > 1 else []) + left_out)


def _items(source: Source, parts: Sequence[_Part]) -> Iterator[Item]:
    ids = Ids()
    for part in parts:
        try:
            yield from _read(source, part, ids)
        except (MalformedSource, OSError) as error:
            where = source.id
            yield Refusal(level=Level.RECORDS, state=State.FAILED, where=where, reason=str(error))


def _read(source: Source, part: _Part, ids: Ids) -> Iterator[Item]:
    if part.plan.process:
        return processes.read(source, part.plan.process, part.rows)
    if part.plan.kind is DocumentKind.EVENTS:
        return event_rows.read(source, part.plan, part.rows)
    if part.plan.is_threaded:
        return threads.read(source, part.plan, part.rows, ids)
    return voice_rows.read(source, part.plan, part.rows, ids)
