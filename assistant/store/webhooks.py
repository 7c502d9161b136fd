"""Webhooks and what is sent to them: tried again, later and later, until it is given up as dead."""

import datetime
import secrets
from base64 import b64encode
from collections.abc import Sequence
from typing import Literal, NamedTuple

from pydantic import Field
from sqlalchemy import (
    ColumnElement,
    Connection,
    Update,
    and_,
    delete,
    insert,
    select,
    update,
)

from assistant.store.service_tables import deliveries, webhooks
from ingestion.models import Record

State = Literal["waiting", "delivered", "dead"]
_LEASE = datetime.timedelta(minutes=2)
"""So long nobody else tries what somebody has begun to send."""


class Webhook(Record):
    """Where finished conversations of a study are told.

    Attributes:
        secret: What each delivery is signed with, as the receiver keeps it: "whsec_…".
    """

    id: str
    study: str
    url: str
    secret: str = Field(repr=False)


class Delivery(Record):
    """Something that is told to a webhook.

    Attributes:
        body: What is sent, as JSON.
        next_at: When it is tried next, for one that waits.
        error: Of the last attempt.
    """

    id: str
    webhook: str
    body: str
    state: State
    attempts: int
    next_at: datetime.datetime
    error: str | None
    created_at: datetime.datetime


class Due(NamedTuple):
    """A delivery that is to be sent now, and where to."""

    delivery: Delivery
    webhook: Webhook


def make(connection: Connection, study: str, url: str) -> Webhook:
    """Make a webhook with a secret of its own."""
    secret = f"whsec_{b64encode(secrets.token_bytes(32)).decode()}"
    made = Webhook(id=f"wh_{secrets.token_hex(6)}", study=study, url=url, secret=secret)
    connection.execute(insert(webhooks), [made.model_dump() | {"created_at": _now()}])
    return made


def listed(connection: Connection, id: str | None = None) -> tuple[Webhook, ...]:
    """Give every webhook, oldest first, or the one of this id."""
    columns = [webhooks.c[name] for name in Webhook.model_fields]
    found = select(*columns).order_by(webhooks.c.created_at)
    found = found if id is None else found.where(webhooks.c.id == id)
    return tuple(Webhook.model_validate(row) for row in connection.execute(found).mappings())


def remove(connection: Connection, id: str) -> bool:
    """Remove a webhook and what waits for it; tell whether there was one."""
    connection.execute(delete(deliveries).where(deliveries.c.webhook == id))
    return bool(connection.execute(delete(webhooks).where(webhooks.c.id == id)).rowcount)


def tell(connection: Connection, study: str, body: str) -> None:
    """Have every webhook of a study be told, with the deed itself: both or neither."""
    told = connection.scalars(select(webhooks.c.id).where(webhooks.c.study == study)).all()
    now = _now()
    rows = [
        {
            "id": f"dl_{secrets.token_hex(8)}",
            "webhook": webhook,
            "body": body,
            "state": "waiting",
            "attempts": 0,
            "next_at": now,
            "error": None,
            "created_at": now,
        }
        for webhook in told
    ]
    if rows:
        connection.execute(insert(deliveries), rows)


def of_webhook(
    connection: Connection, webhook: str, state: State | None, limit: int
) -> tuple[Delivery, ...]:
    """Give what was told to a webhook, newest first."""
    found = select(deliveries).where(deliveries.c.webhook == webhook)
    found = found if state is None else found.where(deliveries.c.state == state)
    ordered = found.order_by(deliveries.c.created_at.desc(), deliveries.c.id.desc())
    return tuple(
        _delivery(dict(row)) for row in connection.execute(ordered.limit(limit)).mappings()
    )


def take(connection: Connection, now: datetime.datetime, limit: int) -> list[Due]:
    """Take what is to be sent now: whoever takes it has it alone, until it is overdue again."""
    is_due = and_(deliveries.c.state == "waiting", deliveries.c.next_at <= _naive(now))
    found = select(deliveries).where(is_due).order_by(deliveries.c.next_at).limit(limit)
    rows = [dict(row) for row in connection.execute(found).mappings()]
    taken = [_delivery(row) for row in rows if _lease(connection, row, now)]
    known = {webhook.id: webhook for webhook in listed(connection)}
    return [Due(each, known[each.webhook]) for each in taken if each.webhook in known]


def _lease(connection: Connection, row: dict[str, object], now: datetime.datetime) -> bool:
    same = and_(deliveries.c.id == row["id"], deliveries.c.next_at == row["next_at"])
    taken = update(deliveries).where(same, deliveries.c.state == "waiting")
    return bool(connection.execute(taken.values(next_at=_naive(now) + _LEASE)).rowcount)


def delivered(connection: Connection, id: str) -> None:
    """Note that a delivery arrived."""
    connection.execute(_of(id).values(state="delivered", attempts=deliveries.c.attempts + 1))


def failed(connection: Connection, id: str, error: str, next_at: datetime.datetime | None) -> None:
    """Note that a delivery did not arrive, and when it is tried next; None gives it up."""
    values: dict[str, object] = {"attempts": deliveries.c.attempts + 1, "error": error}
    later = {"state": "dead"} if next_at is None else {"next_at": _naive(next_at)}
    connection.execute(_of(id).values(values | later))


def send_again(connection: Connection, webhook: str, id: str) -> bool:
    """Have a delivery be sent once more from the beginning; tell whether there is one."""
    fresh = {"state": "waiting", "attempts": 0, "next_at": _now(), "error": None}
    theirs = update(deliveries).where(deliveries.c.webhook == webhook, deliveries.c.id == id)
    return bool(connection.execute(theirs.values(fresh)).rowcount)


def tidy(connection: Connection, before: datetime.datetime) -> None:
    """Remove what arrived and was told before then; what is dead stays until somebody looks."""
    old = and_(deliveries.c.state == "delivered", deliveries.c.created_at < _naive(before))
    connection.execute(delete(deliveries).where(old))


def forget(connection: Connection, conversations: Sequence[str]) -> None:
    """Remove what tells of conversations that are erased."""
    for id in conversations:
        connection.execute(delete(deliveries).where(_tells_of(id)))


def _tells_of(conversation: str) -> ColumnElement[bool]:
    return deliveries.c.body.contains(f'"{conversation}"', autoescape=True)


def _of(id: str) -> Update:
    return update(deliveries).where(deliveries.c.id == id)


def _delivery(row: dict[str, object]) -> Delivery:
    times = {
        name: at.replace(tzinfo=datetime.UTC)
        for name, at in row.items()
        if isinstance(at, datetime.datetime)
    }
    return Delivery.model_validate(row | times)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)


def _naive(at: datetime.datetime) -> datetime.datetime:
    return at.astimezone(datetime.UTC).replace(tzinfo=None)
