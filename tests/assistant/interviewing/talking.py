"""A short questionnaire, and conversations along it, with nothing but the bank."""

import asyncio
import datetime
from collections.abc import Sequence

from assistant import questionnaires
from assistant.interviewing import Attentive, BankWording, Context, Conversation, Interviewer, Reply
from assistant.interviewing.models import Turn
from assistant.questionnaires import Questionnaire

START = datetime.datetime(2026, 5, 4, 9, tzinfo=datetime.UTC)
CONSENT = Reply(kind="consent")


def interviewer(name: str = "lost-customer-left") -> Interviewer:
    return Interviewer(load(name), Attentive(), BankWording("Acme"))


def load(name: str) -> Questionnaire:
    return questionnaires.load(name)


def text(words: str) -> Reply:
    return Reply(kind="text", text=words)


def talk(
    replies: Sequence[Reply | str],
    name: str = "lost-customer-left",
    language: str = "en",
    context: Context | None = None,
    seconds: float = 5,
) -> Conversation:
    """Hold a conversation, each reply so many seconds after the one before."""
    return asyncio.run(held(replies, interviewer(name), language, context or Context(), seconds))


async def held(
    replies: Sequence[Reply | str],
    bot: Interviewer,
    language: str,
    context: Context,
    seconds: float,
) -> Conversation:
    """Hold a conversation with this interviewer."""
    conversation = await bot.open("c1", language, context, START)
    for place, reply in enumerate(replies, start=1):
        at = START + datetime.timedelta(seconds=place * seconds)
        said = text(reply) if isinstance(reply, str) else reply
        conversation = await bot.answer(conversation, said, at)
    return conversation


def said_by_bot(conversation: Conversation) -> list[str]:
    return [turn.text for turn in conversation.turns if turn.speaker == "bot"]


def last(conversation: Conversation) -> Turn:
    return conversation.turns[-1]
