"""The messages of a ticket, as help desks nest them: who wrote each, and its plain text."""

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple, cast

from ingestion.models import Role
from ingestion.records.people import person
from ingestion.records.voices import role_of

_TEXT = ("body_text", "plain_body", "body", "text", "message", "content", "comment", "html_body")
_ROLE = (
    *("author_role", "role", "author_type", "sender_type", "type_of_author", "sender", "from"),
    *("author", "user", "from_address", "author_name", "name", "direction"),
)
_AUTHOR = ("author_id", "user_id", "from_email", "author_email", "email", "author", "from")
_ELEMENTS = """
a abbr address article aside b big blockquote body br center cite code col colgroup dd del div dl dt
em fieldset figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i img input ins
kbd label li link main mark meta nav noscript ol p path pre q s samp section small source span
strike strong style script sub summary sup svg table tbody td tfoot th thead time title tr tt u ul
var video wbr
"""
_TAG = re.compile(
    rf"<(?:/?(?:{'|'.join(_ELEMENTS.split())}|[a-z]+:[a-z]+)(?:[\s/][^<>]*)?|!doctype[^<>]*|!--[^<>]*--)>",
    re.IGNORECASE,
)
"""A tag by its name: what else stands in such brackets, people wrote."""
_UNSAID = re.compile(r"<(style|script|title)\b[^<>]*>[^<]*</\1\s*>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^<>]*>", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\xa0]*\n\s*|\r\n?")


class Message(NamedTuple):
    """One message of a ticket."""

    text: str
    role: Role
    speaker: str | None = None


def messages(nested: str, requester: set[str]) -> Iterator[Message]:
    """Read the messages of a cell.

    Args:
        nested: A list of objects, as JSON.
        requester: How the ticket names its customer. Whoever is not known as a customer, by role
            or by these, is taken for an agent: a wrong customer would be quoted.
    """
    try:
        parts: object = json.loads(nested) if nested.strip() else []
    except (ValueError, RecursionError):
        return
    if not isinstance(parts, list):
        return
    for part in cast("list[object]", parts):
        if isinstance(part, dict):
            entry = cast("dict[str, object]", part)
            text = plain_text(_first(entry, _TEXT))
            if text:
                yield Message(text, _role(entry, requester), _speaker(entry))


def plain_text(text: str) -> str:
    """Take the markup out of a message; lines stay lines."""
    if "<" in text and _TAG.search(text):
        text = _TAG.sub("", _BREAK.sub("\n", _UNSAID.sub("", text)))
    if "&" in text:
        text = unescape(text)
    if "\n" in text or "\r" in text:
        text = _SPACES.sub("\n", text)
    return text.strip()


def _first(entry: dict[str, object], names: Sequence[str]) -> str:
    for name in names:
        value = entry.get(name)
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _role(entry: dict[str, object], requester: set[str]) -> Role:
    if entry.get("public") is False or entry.get("private") is True:
        return Role.AGENT
    if isinstance(entry.get("incoming"), bool):
        return Role.CUSTOMER if entry["incoming"] else Role.AGENT
    for name in _ROLE:
        for label in _labels(entry.get(name)):
            if role := role_of(label):
                return role
    ids = {str(value) for name in _AUTHOR for value in _ids(entry.get(name))}
    return Role.CUSTOMER if ids & requester else Role.AGENT


def _labels(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        inner = cast("dict[str, object]", value)
        yield from (str(inner[key]) for key in ("type", "role", "name") if inner.get(key))


def _ids(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        inner = cast("dict[str, object]", value)
        yield from (inner[key] for key in ("id", "email") if inner.get(key))
    elif value is not None:
        yield value


def _speaker(entry: dict[str, object]) -> str | None:
    """Name who writes by role or number; a person's own name stays out."""
    for name in ("author_role", "role", "author_id", "user_id"):
        value = entry.get(name)
        if isinstance(value, str | int) and str(value):
            return person(str(value))
    return None
