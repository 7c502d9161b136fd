"""What a visitor may see of a conversation, and nothing else."""

from collections.abc import Sequence
from typing import Literal, cast

from pydantic import Field, model_validator

from assistant.interviewing.models import (
    Context,
    Conversation,
    Progress,
    Reply,
    ReplyKind,
    ShownScale,
    Status,
    Turn,
    TurnKind,
)
from ingestion.models import Record

_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})
Direction = Literal["ltr", "rtl"]


class Body(Record):
    """What is sent to us. Text holds no NUL: no database keeps one, and nobody types one."""

    @model_validator(mode="before")
    @classmethod
    def _holds_no_nul(cls, sent: object) -> object:
        return _without_nul(sent)


def _without_nul(sent: object) -> object:
    match sent:
        case str():
            return sent.replace("\0", "")
        case dict():
            items = cast(dict[object, object], sent).items()
            return {_without_nul(name): _without_nul(value) for name, value in items}
        case list():
            return [_without_nul(each) for each in cast(list[object], sent)]
        case _:
            return sent


class TurnView(Record):
    """One thing said."""

    id: str
    speaker: Literal["bot", "person"]
    kind: TurnKind
    text: str
    scale: ShownScale | None = None
    value: int | None = None


class View(Record):
    """A conversation as the person in it sees it.

    Attributes:
        open: The turn that waits for an answer; a reply names it. Null in a pause and at the end.
        can: What kinds of reply would be taken now.
    """

    status: Status
    language: str
    direction: Direction
    progress: Progress
    turns: tuple[TurnView, ...]
    open: str | None
    can: tuple[ReplyKind, ...]


class Opening(Body):
    """What begins a conversation.

    Attributes:
        survey: The survey's key.
        language: What the visitor's browser asks for; the nearest one that is spoken is taken.
        visitor_signature: HMAC-SHA256 of the visitor's id in hexadecimal, made by the company's
            server with the survey's secret.
        website: Left empty: the field is shown to nobody, and filled in by machines.
    """

    survey: str = Field(max_length=64)
    language: str = Field(default="en", max_length=35)
    context: Context = Context()
    visitor_signature: str | None = Field(default=None, max_length=128)
    website: str = Field(default="", max_length=200)


class Opened(Record):
    """A new conversation; the token and the code are given this once.

    Attributes:
        token: What the conversation is gone on with: `Authorization: Bearer …`.
        withdrawal_code: What erases it, also long after.
    """

    token: str
    withdrawal_code: str
    conversation: View


class Sent(Body):
    """A reply, and the turn of the bot that it answers."""

    to: str | None = Field(default=None, max_length=16)
    reply: Reply


class SurveyView(Record):
    """What a visitor may know of a survey before it begins."""

    name: str
    minutes: int
    languages: tuple[str, ...]
    language: str
    direction: Direction
    asker: str
    appearance: dict[str, str]
    labels: dict[str, str]


def view(conversation: Conversation, progress: Progress, can: Sequence[ReplyKind]) -> View:
    """Show a conversation to the person in it."""
    waiting = conversation.open_turn
    return View(
        status=conversation.status,
        language=conversation.language,
        direction=direction(conversation.language),
        progress=progress,
        turns=tuple(map(turn_view, conversation.turns)),
        open=waiting.id if waiting else None,
        can=tuple(can),
    )


def turn_view(turn: Turn) -> TurnView:
    """Show a turn: not why it was said, nor by which engine."""
    return TurnView(
        id=turn.id,
        speaker=turn.speaker,
        kind=turn.kind,
        text=turn.text,
        scale=turn.scale,
        value=turn.value,
    )


def direction(language: str) -> Direction:
    """Tell which way a language is written.

    Example:
        >>> direction("ar-EG"), direction("de")
        ('rtl', 'ltr')
    """
    return "rtl" if language.partition("-")[0] in _RIGHT_TO_LEFT else "ltr"
