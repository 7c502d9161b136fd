"""Who did what, and when, with the private routes: written with the deed itself, and never changed.

No entry holds a visitor's id or words: the log outlives what is erased.
"""

import datetime

from sqlalchemy import Connection, insert, select

from assistant.store.service_tables import audit
from ingestion.models import Record


class Entry(Record):
    """Something that was done.

    Attributes:
        id: Counts up; a page of the log is told by the last one on it.
        who: An access key's id.
        action: "survey.made", "key.revoked" …
        what: The id of what it was done to.
    """

    id: int
    at: datetime.datetime
    who: str
    action: str
    what: str


def note(connection: Connection, who: str, action: str, what: str) -> None:
    """Note a deed in the transaction that does it."""
    at = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    connection.execute(insert(audit), [{"at": at, "who": who, "action": action, "what": what}])


def listed(
    connection: Connection, limit: int, before: int | None = None, action: str | None = None
) -> tuple[Entry, ...]:
    """Give entries, newest first.

    Args:
        connection: To the service's tables.
        limit: How many at the most.
        before: Only those with a smaller id.
        action: Only those of this action.
    """
    found = select(audit).order_by(audit.c.id.desc()).limit(limit)
    if before is not None:
        found = found.where(audit.c.id < before)
    if action is not None:
        found = found.where(audit.c.action == action)
    rows = connection.execute(found).mappings()
    return tuple(Entry.model_validate({**row, "at": _in_utc(row["at"])}) for row in rows)


def _in_utc(at: datetime.datetime) -> datetime.datetime:
    return at.replace(tzinfo=datetime.UTC)
