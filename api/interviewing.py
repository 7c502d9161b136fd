"""`journey interview`: a conversation in the terminal, as the widget holds it on a page."""

import asyncio
import datetime
import secrets
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from assistant import questionnaires
from assistant.embedded.reader import EmbeddedReader
from assistant.errors import AssistantError
from assistant.interviewing import (
    Attentive,
    BankWording,
    Context,
    Conversation,
    Interviewer,
    transcript,
)
from assistant.interviewing.models import Reply, ReplyKind, Turn
from assistant.questionnaires import bank

MISUSED = 2
_BUTTONS: tuple[ReplyKind, ...] = ("skip", "pause", "resume", "stop", "withdraw", "confirm")
_SPARE = "en"


def run(
    questionnaire: str, language: str, asker: str, out: Path | None, said: TextIO = sys.stdin
) -> int:
    """Hold a conversation, and write its transcript where `out` says so.

    Args:
        questionnaire: Its name, or its name and version.
        language: What to begin in; the person may go over to another.
        asker: Who is named as the one who asks.
        out: A file that `journey draft` reads as an interview; nothing is kept without it.
        said: Where the answers come from, a line each.

    Returns:
        0; 2 where there is no such questionnaire.
    """
    try:
        asked = questionnaires.load(questionnaire)
    except AssistantError as error:
        sys.stderr.write(f"{error}\n")
        return MISUSED
    interviewer = Interviewer(asked, Attentive(EmbeddedReader()), BankWording(asker))
    conversation = asyncio.run(_talk(interviewer, language, said))
    if out and conversation.consented_at:
        out.write_bytes(transcript.as_source(conversation))
        sys.stdout.write(f"→ {out}\n")
    return 0


async def _talk(interviewer: Interviewer, language: str, said: TextIO) -> Conversation:
    id = f"interview-{secrets.token_hex(4)}"
    conversation = await interviewer.open(id, language, Context(), _now())
    _show(conversation.turns)
    sys.stdout.write(f"{_hint()}\n")
    for line in _lines(said):
        before = len(conversation.turns)
        conversation = await interviewer.answer(conversation, _reply(line), _now())
        _show(conversation.turns[before:] or conversation.turns[-1:])
        if conversation.is_over:
            return conversation
    return await interviewer.lapse(conversation, _now())


def _lines(said: TextIO) -> Iterator[str]:
    """Ask for a line until there are no more."""
    while True:
        sys.stdout.write("> ")
        sys.stdout.flush()
        line = said.readline()
        if not line:
            return
        yield line.strip()


def _reply(line: str) -> Reply:
    """A line is an answer; a slash and a word is a button."""
    for kind in _BUTTONS:
        if line == f"/{kind}":
            return Reply(kind=kind)
    return Reply(kind="text", text=line[:8000])


def _show(turns: tuple[Turn, ...]) -> None:
    for turn in turns:
        if turn.speaker == "bot":
            sys.stdout.write(f"\n{turn.text}{_scale(turn)}\n")


def _scale(turn: Turn) -> str:
    if turn.scale is None:
        return ""
    ends = (turn.scale.low_label, turn.scale.high_label)
    return f"\n  {turn.scale.low} {ends[0]} … {turn.scale.high} {ends[1]}"


def _hint() -> str:
    """The buttons, by what they are called on the page."""
    labels = bank().under("buttons", _SPARE)
    return "\n" + " · ".join(f"/{kind}: {labels[kind]}" for kind in _BUTTONS)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
