"""The studies that the service files conversations into, and how long each keeps them."""

import datetime

from pydantic import Field
from sqlalchemy import Connection, func, insert, select, update

from assistant.store.service_tables import conversations, studies
from ingestion.models import Record


class KeptStudy(Record):
    """A study.

    Attributes:
        id: Names its folder below `studies/`.
        retention_days: A conversation in which nothing was said for so long is erased; null keeps
            it until somebody erases it.
        n_conversations: How many it holds now.
    """

    id: str
    name: str
    retention_days: int | None = Field(default=None)
    created_at: datetime.datetime
    n_conversations: int


def listed(connection: Connection, id: str | None = None) -> tuple[KeptStudy, ...]:
    """Give every study by id, or the one of this id."""
    counted = (
        select(func.count())
        .where(conversations.c.study == studies.c.id)
        .correlate(studies)
        .scalar_subquery()
    )
    found = select(studies, counted.label("n_conversations")).order_by(studies.c.id)
    if id is not None:
        found = found.where(studies.c.id == id)
    return tuple(
        KeptStudy.model_validate(
            {**row, "created_at": row["created_at"].replace(tzinfo=datetime.UTC)}
        )
        for row in connection.execute(found).mappings()
    )


def make(connection: Connection, id: str, name: str, retention_days: int | None) -> bool:
    """Begin a study, and tell whether it is new."""
    if listed(connection, id):
        return False
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    row = {"id": id, "name": name, "retention_days": retention_days, "created_at": now}
    connection.execute(insert(studies), [row])
    return True


def change(connection: Connection, id: str, name: str, retention_days: int | None) -> bool:
    """Change a study, and tell whether there is one."""
    wanted = update(studies).where(studies.c.id == id)
    changed = wanted.values(name=name, retention_days=retention_days)
    return bool(connection.execute(changed).rowcount)
