"""Hold one simulated conversation, from the opening to its end."""

import datetime
from typing import Literal, NamedTuple

from assistant import questionnaires
from assistant.interviewing import BankWording, Conversation, Interviewer, Listening, Turn, Wording
from evals.conversations import clock
from evals.conversations.respondents import Fact, Respondent
from evals.conversations.telling import Memory, Said, answer

ASKER = "Velo"
_START = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC)
_MOST = 80
"""Replies after which a conversation that has not ended never will."""


class Refusal(NamedTuple):
    """What a person would not do, and the turn it was said in."""

    what: Literal["decline", "skip", "stop", "withdraw", "text"]
    question: str | None
    at_turn: int


class Held(NamedTuple):
    """A conversation that was held, and what the person told in it."""

    respondent: Respondent
    conversation: Conversation
    facts: frozenset[Fact]
    refusals: tuple[Refusal, ...]
    seconds: float


async def hold(
    respondent: Respondent, listening: Listening, wording: Wording | None = None
) -> Held:
    """Ask one person along their questionnaire."""
    asked = questionnaires.load(respondent.questionnaire)
    bot = Interviewer(asked, listening, wording or BankWording(ASKER))
    at = _START
    conversation = await bot.open(respondent.id, respondent.language, respondent.context, at)
    memory, refusals = Memory(), list[Refusal]()
    while (turn := conversation.open_turn) and len(refusals) + memory.n_said < _MOST:
        said = answer(respondent, turn, memory)
        at += _taken(respondent, conversation, said)
        n_before = len(conversation.turns)
        conversation = await bot.answer(conversation, said.reply, at)
        if said.kind == "refuses":
            refusals.append(Refusal(_what(said), turn.question, n_before))
        memory = _remember(memory, turn, said)
    kept = frozenset[Fact]() if conversation.status == "withdrawn" else memory.facts
    spent = (at - _START).total_seconds()
    return Held(respondent, conversation, kept, tuple(refusals), spent)


def _taken(respondent: Respondent, conversation: Conversation, said: Said) -> datetime.timedelta:
    shown = [turn.text for turn in _unread(conversation)]
    dice = respondent.dice("clock", len(conversation.turns))
    return datetime.timedelta(seconds=clock.seconds(respondent, shown, said.reply.text, dice))


def _unread(conversation: Conversation) -> list[Turn]:
    """What the bot said since the person's last turn."""
    unread: list[Turn] = []
    for turn in reversed(conversation.turns):
        if turn.speaker == "person":
            break
        unread.append(turn)
    return unread


def _remember(memory: Memory, turn: Turn, said: Said) -> Memory:
    is_beside = said.kind in ("beside", "refuses")
    strayed = {turn.question or ""} if is_beside else set[str]()
    return Memory(
        facts=memory.facts | set(said.facts),
        n_said=memory.n_said + 1,
        has_strayed=memory.has_strayed | strayed,
    )


def _what(said: Said) -> Literal["decline", "skip", "stop", "withdraw", "text"]:
    kind = said.reply.kind
    return kind if kind in ("decline", "skip", "stop", "withdraw") else "text"
