"""Rows of an event log, as events."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from ingestion.mapping import Field
from ingestion.models import Event, Level, Refusal, Source, State
from ingestion.records import scores
from ingestion.records.people import is_device, person
from ingestion.records.plans import Plan
from ingestion.records.tables import Broken, Row
from ingestion.records.voice_rows import broken, moment

_VAGUE = frozenset(
    {"", "unstruct", "struct", "event", "track", "custom", "snowplow_ecommerce_action"}
)
_SCHEMA = re.compile(r'"(?:type|action|name|event_name)"\s*:\s*"([^"]+)"')


def read(source: Source, plan: Plan, rows: Iterable[Row | Broken]) -> Iterator[Event | Refusal]:
    """Turn each row into an event, or say why it is none."""
    for row in rows:
        if isinstance(row, Broken):
            yield broken(source, row)
        else:
            yield _event(source, plan, row)


def _event(source: Source, plan: Plan, row: Row) -> Event | Refusal:
    cells = row.cells
    if not any(cells):
        return _refused(source, row, State.EMPTY, "an empty row")
    at = moment(plan, cells, Field.TIMESTAMP)
    if at is None:
        said = plan.cell(cells, Field.TIMESTAMP)
        return _refused(source, row, State.FAILED, f"no time that can be read: {said!r}")
    name = _name(plan, cells)
    if not name:
        return _refused(source, row, State.FAILED, "no name of what happened")
    participant, session = _who(plan, cells, at)
    if not session:
        return _refused(
            source, row, State.EXCLUDED, "neither a session nor a person: belongs to nobody"
        )
    return Event(
        source_id=source.id,
        session=session,
        participant=participant,
        at=at,
        name=name,
        page=_page(plan.cell(cells, Field.PAGE)),
        channel=plan.cell(cells, Field.CHANNEL) or None,
        value=scores.number(plan.cell(cells, Field.VALUE)),
    )


def _refused(source: Source, row: Row, state: State, reason: str) -> Refusal:
    where = f"{source.id}#{row.number}"
    return Refusal(level=Level.RECORDS, state=state, where=where, reason=reason, line=row.line)


def _name(plan: Plan, cells: Sequence[str]) -> str:
    """Name what happened; where the first column says no more than "custom", ask the next ones."""
    name = plan.cell(cells, Field.EVENT)
    if name not in _VAGUE:
        return name
    for index in plan.fallbacks:
        value = cells[index].strip()
        inner = _SCHEMA.search(value) if value.startswith(("{", "[")) else None
        if inner or (value and value[0] not in "{[" and value not in _VAGUE):
            return inner[1] if inner else value
    return name or next((cells[i].strip() for i in plan.fallbacks if cells[i].strip()), "")


def _who(plan: Plan, cells: Sequence[str], at: datetime) -> tuple[str | None, str]:
    """Tell the customer and the visit; a log without visits has one a person and day."""
    customer = plan.cell(cells, Field.PARTICIPANT)
    participant = None if is_device(customer) else person(customer)
    participant = participant or person(plan.cell(cells, Field.NAME), is_name=True)
    visitor = plan.cell(cells, Field.VISITOR)
    session = plan.cell(cells, Field.SESSION)
    if session:  # a number may count the visits of each visitor anew
        return participant, f"{visitor}/{session}" if session.isdigit() and visitor else session
    whose = participant or visitor or customer
    return participant, f"{whose}/{at.date()}" if whose else ""


def _page(value: str) -> str | None:
    """Keep the path of an address: hosts and queries say nothing about a step."""
    if value.startswith(("http://", "https://")):
        try:
            parts = urlsplit(value)
        except ValueError:
            return value
        return parts.path or "/"
    return value or None
