"""A conversation as rows: one for each answer, with what it replied to."""

from collections.abc import Iterator

from assistant.interviewing.models import Conversation, ReplyKind, Turn
from assistant.questionnaires import ProbeType
from ingestion.models import Record

_SAID: frozenset[ReplyKind] = frozenset({"text", "choice", "scale", "correct", "rate"})


class Answer(Record):
    """An answer, and what was asked.

    Attributes:
        conversation: Its id.
        questionnaire: Name and version, which lead to the exact words of every question.
        visitor: As the page named them; `is_signed` tells whether the company vouched for it.
        question: The question's id in the questionnaire, empty where it belongs to none.
        asked_as: What kind of turn asked: question, probe, mirror, scale, summary.
        value: The number, where one was asked for.
        heard_ms: How long the person took.
    """

    conversation: str
    study: str
    questionnaire: str
    language: str
    visitor: str | None
    is_signed: bool
    at: str
    question: str | None
    asked_as: str
    probe: ProbeType | None
    asked: str
    answer: str
    value: int | None
    heard_ms: int | None


def answers(study: str, conversation: Conversation) -> Iterator[Answer]:
    """Give the answers in order; none where there was no consent."""
    asked: Turn | None = None
    for turn in conversation.turns if conversation.consented_at else ():
        if turn.speaker == "bot":
            asked = turn if turn.is_asking else asked
        elif turn.reply in _SAID:
            yield _answer(study, conversation, turn, asked)


def _answer(study: str, conversation: Conversation, turn: Turn, asked: Turn | None) -> Answer:
    return Answer(
        conversation=conversation.id,
        study=study,
        questionnaire=conversation.questionnaire,
        language=turn.language,
        visitor=conversation.context.visitor,
        is_signed=conversation.context.is_signed,
        at=turn.at.isoformat(),
        question=turn.question,
        asked_as=asked.kind if asked else "",
        probe=asked.probe if asked else None,
        asked=asked.text if asked else "",
        answer=turn.text,
        value=turn.value,
        heard_ms=turn.heard_ms,
    )
