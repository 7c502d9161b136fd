"""Conversations as those who asked look at them: found by what they are, a page at a time."""

import datetime
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from assistant.interviewing.models import Conversation, Status
from assistant.store.service_tables import conversations
from ingestion.models import Record


class Wanted(NamedTuple):
    """Which conversations are wanted; None leaves a thing open.

    Attributes:
        is_doubted: Held back because it may come from a machine.
        is_filed: A source of its study.
        since: Opened then or later; `until`, before then.
    """

    study: str | None = None
    survey: str | None = None
    status: Status | None = None
    language: str | None = None
    visitor: str | None = None
    is_doubted: bool | None = None
    is_filed: bool | None = None
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None


class Listed(Record):
    """A conversation, without what was said in it.

    Attributes:
        doubt: Why it is held back; null where it is not.
        filed_at: When it became a source of its study; null where it is none.
    """

    id: str
    study: str
    survey: str
    status: Status
    language: str
    visitor: str | None
    doubt: str | None
    opened_at: datetime.datetime
    touched_at: datetime.datetime
    filed_at: datetime.datetime | None


class Archived(Record):
    """A conversation and what was said in it."""

    about: Listed
    conversation: Conversation


_COLUMNS = [conversations.c[name] for name in Listed.model_fields]


def listed(
    connection: Connection, wanted: Wanted, limit: int, after: tuple[datetime.datetime, str] | None
) -> tuple[Listed, ...]:
    """Give conversations, newest first.

    Args:
        connection: To the service's tables.
        wanted: Which ones.
        limit: How many at the most.
        after: When the last one on the page before was opened, and its id.
    """
    found = select(*_COLUMNS).where(*_conditions(wanted), *_behind(after))
    ordered = found.order_by(conversations.c.opened_at.desc(), conversations.c.id.desc())
    rows = connection.execute(ordered.limit(limit)).mappings()
    return tuple(_listed(dict(row)) for row in rows)


def find(connection: Connection, ids: Sequence[str]) -> tuple[Archived, ...]:
    """Give conversations whole, newest first; those that are not there are left out."""
    found = select(*_COLUMNS, conversations.c.state).where(conversations.c.id.in_(ids))
    ordered = found.order_by(conversations.c.opened_at.desc(), conversations.c.id.desc())
    return tuple(
        Archived(
            about=_listed({name: row[name] for name in Listed.model_fields}),
            conversation=Conversation.model_validate_json(row["state"]),
        )
        for row in connection.execute(ordered).mappings()
    )


def release(connection: Connection, id: str) -> bool:
    """Let a conversation that was held back become a source; tell whether it was held back."""
    held = and_(conversations.c.id == id, conversations.c.doubt > "")
    return bool(connection.execute(update(conversations).where(held).values(doubt="")).rowcount)


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    same = ("study", "survey", "status", "language", "visitor")
    given = {name: getattr(wanted, name) for name in same}
    found = [conversations.c[name] == value for name, value in given.items() if value is not None]
    if wanted.is_doubted is not None:
        doubted = conversations.c.doubt > ""
        free = or_(conversations.c.doubt.is_(None), conversations.c.doubt == "")
        found.append(doubted if wanted.is_doubted else free)
    if wanted.is_filed is not None:
        filed = conversations.c.filed_at
        found.append(filed.is_not(None) if wanted.is_filed else filed.is_(None))
    if wanted.since:
        found.append(conversations.c.opened_at >= _naive(wanted.since))
    if wanted.until:
        found.append(conversations.c.opened_at < _naive(wanted.until))
    return found


def _behind(after: tuple[datetime.datetime, str] | None) -> list[ColumnElement[bool]]:
    if after is None:
        return []
    at, id = _naive(after[0]), after[1]
    earlier = conversations.c.opened_at < at
    return [or_(earlier, and_(conversations.c.opened_at == at, conversations.c.id < id))]


def _listed(row: dict[str, object]) -> Listed:
    times = {name: at.replace(tzinfo=datetime.UTC) for name, at in row.items() if _is_time(at)}  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] - a time
    return Listed.model_validate({**row, **times, "doubt": row["doubt"] or None})


def _is_time(value: object) -> bool:
    return isinstance(value, datetime.datetime)


def _naive(at: datetime.datetime) -> datetime.datetime:
    return at.astimezone(datetime.UTC).replace(tzinfo=None)
