"""Mail: a message from a file of its own, or the messages of a mailbox one after the other."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime
from itertools import chain, islice
from pathlib import Path
from typing import NamedTuple

from ingestion.errors import MalformedSource
from ingestion.models import (
    Contents,
    Document,
    DocumentId,
    DocumentKind,
    Level,
    Recognition,
    Refusal,
    Role,
    Source,
    State,
    Turn,
)
from ingestion.records.messages import plain_text
from ingestion.records.people import person
from ingestion.records.tables import SAMPLE

_MAX_MESSAGE = 32_000_000
_OURS = re.compile(
    r"(?:support|help|helpdesk|service|info|hello|contact|team|sales|billing|care|kundenservice"
    r"|hilfe|kontakt|aide|soporte|ayuda|contacto|assistenza|aiuto|klantenservice|hulp|suporte|ajuda|atendimento)@.*"
)
_MACHINE = re.compile(
    r"(?:no-?reply|do-?not-?reply|mailer-daemon|postmaster|notifications?|bounce)\S*@.*"
)
_QUOTED_FROM = re.compile(
    r"^(?:>|-{3,} ?(?:original|forwarded|ursprüngliche|message|mensaje|messaggio|oorspronkelijk"
    r"|mensagem|исходное|原始)|_{10,}|(?:on|am|le|el|il|op|em)\b.{4,120}"
    r"\b(?:wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu)\s?:"
    r"|.{4,120}(?:пишет|написал\w*|写道)[:：]|(?:from|von|de|da|van|от|发件人)\s?[:：].*@)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"^-- ?$")


class _Mail(NamedTuple):
    number: int
    line: int
    message: EmailMessage


def read(source: Source, form: str) -> Contents:
    """Read mail as tickets: one message, one document.

    Quoted replies and signatures are left out: what another said stands in the other's message.

    Raises:
        MalformedSource: An eml file holds no message.
    """
    note = "messages from the addresses the others write to are taken for an agent's"
    recognition = Recognition(source_id=source.id, format=form, kind=DocumentKind.TICKET, note=note)
    if form == "eml":
        message = _parsed(source.path.read_bytes()[:_MAX_MESSAGE])
        if not message.keys():
            raise MalformedSource("no mail headers at its beginning", line=1)
        return Contents(recognition, iter([_item(source, _Mail(0, 1, message), set())]))
    return Contents(recognition, _mailbox(source))


def _parsed(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.default)


def _mailbox(source: Source) -> Iterator[Document | Refusal]:
    mails = (_Mail(n, line, _parsed(data)) for n, line, data in _cut(source.path))
    first = list(islice(mails, SAMPLE))
    ours = _our_addresses(mail.message for mail in first)
    for mail in chain(first, mails):
        yield _item(source, mail, ours)


def _cut(path: Path) -> Iterator[tuple[int, int, bytes]]:
    """Cut a mailbox before each "From " that follows an empty line."""
    lines: list[bytes] = []
    number, began, was_empty = 0, 1, True
    with path.open("rb") as file:
        for at, line in enumerate(file, start=1):
            if line.startswith(b"From ") and was_empty:
                if lines:
                    number += 1
                    yield number, began, b"".join(lines)
                lines, began = [], at
            else:
                lines.append(line)
            was_empty = not line.strip()
    if lines:
        yield number + 1, began, b"".join(lines)


def _our_addresses(messages: Iterable[EmailMessage]) -> set[str]:
    """Find the addresses that most of the others write to."""
    senders: Counter[str] = Counter()
    receivers: Counter[str] = Counter()
    for message in messages:
        senders[_address(message, "From")] += 1
        receivers[_address(message, "To")] += 1
    total = sum(receivers.values())
    return {
        to for to, n in receivers.items() if to and n >= max(2, 0.3 * total) and n >= senders[to]
    }


def _address(message: EmailMessage, header: str) -> str:
    return parseaddr(_header(message, header))[1].casefold()


def _header(message: EmailMessage, name: str) -> str:
    """Read a header; the library stumbles over some that are badly encoded."""
    try:
        return str(message.get(name, ""))
    except (ValueError, LookupError, AttributeError, TypeError, IndexError, MessageError):
        return ""


def _item(source: Source, mail: _Mail, ours: set[str]) -> Document | Refusal:
    name = f"{source.id}#{mail.number}" if mail.number else source.id
    subject, body = _header(mail.message, "Subject").strip(), _body(mail.message)
    if not subject and not body:
        reason = "a mail without words of its own"
        return Refusal(
            level=Level.RECORDS, state=State.EMPTY, where=name, reason=reason, line=mail.line
        )
    sender = _address(mail.message, "From")
    role = _role(mail.message, sender, ours)
    texts = (("subject", subject), ("description", body))
    at = _sent_at(mail.message)
    return Document(
        id=DocumentId(name),
        source_id=source.id,
        kind=DocumentKind.TICKET,
        turns=tuple(Turn(text=text, field=field, role=role) for field, text in texts if text),
        title=subject or None,
        date=at.date() if at else None,
        participant=person(sender) if role is Role.CUSTOMER else None,
        attributes={"created_at": at.isoformat().replace("+00:00", "Z")} if at else {},
    )


def _role(message: EmailMessage, sender: str, ours: set[str]) -> Role:
    automatic = _header(message, "Auto-Submitted").casefold() not in ("", "no")
    if automatic or _MACHINE.fullmatch(sender):
        return Role.BOT
    return Role.AGENT if sender in ours or _OURS.fullmatch(sender) else Role.CUSTOMER


def _sent_at(message: EmailMessage) -> datetime | None:
    try:
        at = parsedate_to_datetime(_header(message, "Date"))
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _body(message: EmailMessage) -> str:
    """Take the words the sender wrote: no attachment, no quoted reply, no signature."""
    try:
        part = message.get_body(("plain", "html"))
        text = str(part.get_content()) if part else ""
    except (LookupError, ValueError, AttributeError, KeyError, TypeError, MessageError):
        payload = message.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return _own(plain_text(text.encode("utf-8", "replace").decode()))


def _own(text: str) -> str:
    lines: list[str] = []
    for line in text.split("\n"):
        if _SIGNATURE.match(line) or _QUOTED_FROM.match(line.strip()):
            break
        lines.append(line)
    return "\n".join(lines).strip()
