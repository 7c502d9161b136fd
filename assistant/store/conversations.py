"""Conversations: where each stands, and which replies have been counted.

A reply is two statements in one transaction: the conversation moves on only from the version that
was read, and the sender's key is kept with it, so that a reply which is sent twice counts once.
"""

import datetime
from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from assistant.interviewing.models import ENDS, Conversation, Status
from assistant.store import erasures, webhooks
from assistant.store.service_tables import conversations, replies

_FORGOTTEN: frozenset[Status] = frozenset({"declined", "withdrawn"})
"""Ends that leave nothing of what was said before them."""


class Kept(NamedTuple):
    """A conversation as it is kept.

    Attributes:
        version: Counts up with every change; a change is made to the version that was read.
    """

    study: str
    survey: str
    version: int
    conversation: Conversation


class Opened(NamedTuple):
    """What is kept of an opening, so that the same opening sent again is the same conversation.

    All of it is hashed: whoever reads the table can take part in nothing.
    """

    token: str
    withdrawal: str
    opening: str
    request: str


class Answered(NamedTuple):
    """A reply that was counted: what came under its key, and the conversation after it."""

    request: str
    conversation: Conversation


class Place(NamedTuple):
    """Where a conversation belongs."""

    study: str
    survey: str


def open(connection: Connection, place: Place, opened: Opened, began: Conversation) -> None:
    """Keep a new conversation."""
    at = _naive(began.started_at)
    row = {"opened_at": at, "touched_at": at, "version": 0}
    connection.execute(
        insert(conversations),
        [{"id": began.id, **place._asdict(), **opened._asdict(), **row, **_standing(began)}],
    )


def advance(
    connection: Connection,
    kept: Kept,
    after: Conversation,
    at: datetime.datetime,
    sent: tuple[str, str] | None = None,
) -> bool:
    """Move a conversation on, unless somebody else has moved it on since it was read.

    Args:
        connection: A transaction.
        kept: As it was read.
        after: As it is now.
        at: When.
        sent: The sender's key of the reply, and the reply hashed; None where nobody replied.

    Returns:
        Whether it moved; if not, nothing is kept.
    """
    values = {**_standing(after), "version": kept.version + 1, "touched_at": _naive(at)}
    same = and_(conversations.c.id == after.id, conversations.c.version == kept.version)
    if not connection.execute(update(conversations).where(same).values(values)).rowcount:
        return False
    if after.status in _FORGOTTEN:
        connection.execute(delete(replies).where(replies.c.conversation == after.id))
        erasures.ask(connection, kept.study, [after.id], at)
    if sent:
        connection.execute(insert(replies), [_reply(after, sent)])
    return True


def _standing(conversation: Conversation) -> dict[str, object]:
    return {
        "status": conversation.status,
        "language": conversation.language,
        "visitor": conversation.context.visitor,
        "state": conversation.model_dump_json(exclude_defaults=True),
    }


def _reply(after: Conversation, sent: tuple[str, str]) -> dict[str, object]:
    key, request = sent
    state = after.model_dump_json(exclude={"turns"}, exclude_defaults=True)
    n_turns = len(after.turns)
    return {
        "conversation": after.id,
        "key": key,
        "request": request,
        "state": state,
        "n_turns": n_turns,
    }


def by_token(connection: Connection, token: str) -> Kept | None:
    """Give the conversation of a token, hashed; None where there is none."""
    return _first(connection, conversations.c.token == token)


def by_id(connection: Connection, id: str) -> Kept | None:
    """Give a conversation."""
    return _first(connection, conversations.c.id == id)


def by_opening(connection: Connection, opening: str) -> tuple[str, Kept] | None:
    """Give what was asked for under an opening's key, hashed, and the conversation it began."""
    same = conversations.c.opening == opening
    row = connection.execute(select(conversations.c.request).where(same)).first()
    kept = _first(connection, same)
    return (row.request, kept) if row and kept else None


def answered(connection: Connection, kept: Kept, key: str) -> Answered | None:
    """Give the reply that was counted under the sender's key, None where none was."""
    conversation = kept.conversation
    same = and_(replies.c.conversation == conversation.id, replies.c.key == key)
    row = connection.execute(select(replies).where(same)).first()
    if row is None:
        return None
    before = Conversation.model_validate_json(row.state)
    after = before.model_copy(update={"turns": conversation.turns[: row.n_turns]})
    return Answered(row.request, after)


_COLUMNS = [conversations.c[name] for name in ("study", "survey", "version", "state")]


def _first(connection: Connection, condition: object) -> Kept | None:
    found = select(*_COLUMNS).where(condition)  # pyright: ignore[reportArgumentType] - a condition
    row = connection.execute(found).first()
    return _kept(row) if row else None


def _kept(row: Row[tuple[str, str, int, str]]) -> Kept:
    state = Conversation.model_validate_json(row.state)
    return Kept(row.study, row.survey, row.version, state)


def idle(connection: Connection, survey: str, since: datetime.datetime) -> list[Kept]:
    """Give the conversations of a survey that are not over and in which nothing was said."""
    found = select(*_COLUMNS).where(
        conversations.c.survey == survey,
        conversations.c.status.not_in(ENDS),
        conversations.c.touched_at < _naive(since),
    )
    return [_kept(row) for row in connection.execute(found)]


def unfiled(
    connection: Connection, ends: Sequence[Status], *, are_released: bool = False
) -> list[Kept]:
    """Give the conversations that ended so, are no source yet and are not in doubt.

    Args:
        connection: To the service's tables.
        ends: How they ended.
        are_released: Only those that were in doubt, and that somebody released.
    """
    doubt = conversations.c.doubt
    found = select(*_COLUMNS).where(
        conversations.c.status.in_(ends),
        conversations.c.filed_at.is_(None),
        doubt == "" if are_released else doubt.is_(None),
    )
    rows = connection.execute(found.order_by(conversations.c.touched_at))
    return [_kept(row) for row in rows]


def file(connection: Connection, ids: Sequence[str], at: datetime.datetime) -> None:
    """Note that conversations are sources of their study now."""
    filed = update(conversations).where(conversations.c.id.in_(ids))
    connection.execute(filed.values(filed_at=_naive(at)))


def doubt(connection: Connection, id: str, reason: str) -> None:
    """Note why a conversation may come from a machine: it is no source until somebody looks."""
    doubted = update(conversations).where(conversations.c.id == id)
    connection.execute(doubted.values(doubt=reason))


def standing(connection: Connection, ids: Sequence[str]) -> set[str]:
    """Give those of the conversations that have not been erased."""
    found = select(conversations.c.id).where(conversations.c.id.in_(ids))
    return set(connection.scalars(found))


def of_visitor(connection: Connection, names: Collection[str]) -> dict[str, list[str]]:
    """Give the conversations of a visitor by study, whether or not anybody vouched for the name."""
    wanted = {name.lower() for name in names}
    found = select(conversations.c.study, conversations.c.id).where(
        func.lower(conversations.c.visitor).in_(wanted)
    )
    by_study: dict[str, list[str]] = {}
    for study, id in connection.execute(found):
        by_study.setdefault(study, []).append(id)
    return by_study


def by_withdrawal(connection: Connection, withdrawal: str) -> tuple[str, str] | None:
    """Give the study and the id of the conversation that a code withdraws, hashed."""
    found = select(conversations.c.study, conversations.c.id)
    row = connection.execute(found.where(conversations.c.withdrawal == withdrawal)).first()
    return (row.study, row.id) if row else None


def erase(connection: Connection, study: str, ids: Sequence[str], at: datetime.datetime) -> None:
    """Remove conversations and everything that was said in them, and have their study forget it."""
    erasures.ask(connection, study, ids, at)
    webhooks.forget(connection, ids)
    connection.execute(delete(replies).where(replies.c.conversation.in_(ids)))
    connection.execute(delete(conversations).where(conversations.c.id.in_(ids)))


def _naive(at: datetime.datetime) -> datetime.datetime:
    return at.astimezone(datetime.UTC).replace(tzinfo=None)
