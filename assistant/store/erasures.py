"""What is to be erased from its study: noted with the withdrawal, and done off the request path."""

import datetime
from collections.abc import Sequence

from sqlalchemy import Connection, and_, insert, select, update

from assistant.store.service_tables import conversations, erasures, studies


def ask(connection: Connection, study: str, ids: Sequence[str], at: datetime.datetime) -> None:
    """Note that conversations are to be erased from their study; what is noted is noted once."""
    known = select(erasures.c.conversation).where(erasures.c.study == study)
    noted = set(connection.scalars(known.where(erasures.c.conversation.in_(ids))))
    again = and_(erasures.c.study == study, erasures.c.conversation.in_(noted))
    connection.execute(update(erasures).where(again).values(done_at=None))
    rows = [
        {"study": study, "conversation": id, "asked_at": _naive(at), "done_at": None}
        for id in ids
        if id not in noted
    ]
    if rows:
        connection.execute(insert(erasures), rows)


def waiting(connection: Connection) -> dict[str, list[str]]:
    """Give the conversations that are not erased yet, by study."""
    found = select(erasures.c.study, erasures.c.conversation).where(erasures.c.done_at.is_(None))
    by_study: dict[str, list[str]] = {}
    for study, id in connection.execute(found.order_by(erasures.c.asked_at)):
        by_study.setdefault(study, []).append(id)
    return by_study


def done(connection: Connection, study: str, ids: Sequence[str], at: datetime.datetime) -> None:
    """Note that nothing of these conversations is left in their study."""
    same = and_(erasures.c.study == study, erasures.c.conversation.in_(ids))
    connection.execute(update(erasures).where(same).values(done_at=_naive(at)))


def overdue(connection: Connection, now: datetime.datetime) -> dict[str, list[str]]:
    """Give the conversations that are older than their study keeps any, by study."""
    kept = select(studies.c.id, studies.c.retention_days).where(
        studies.c.retention_days.is_not(None)
    )
    return {
        study: ids
        for study, days in connection.execute(kept).all()
        if (ids := _before(connection, study, _naive(now) - datetime.timedelta(days=days)))
    }


def _before(connection: Connection, study: str, moment: datetime.datetime) -> list[str]:
    old = select(conversations.c.id).where(
        conversations.c.study == study, conversations.c.touched_at < moment
    )
    return list(connection.scalars(old))


def _naive(at: datetime.datetime) -> datetime.datetime:
    return at.astimezone(datetime.UTC).replace(tzinfo=None)
