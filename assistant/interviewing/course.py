"""The course of a conversation: which question comes next, how far it is, what time is left."""

from collections.abc import Sequence

from assistant.interviewing.models import Conversation, Progress, Turn
from assistant.questionnaires import Question, Questionnaire, holds

_ANSWER_S = 25.0
"""What an answer is taken to need until the person has shown their own pace."""
_END = 1.5
"""What the summary and its rating need, in answers."""
_SLACK = 1.5
"""A goal that is still to come is taken to need this much longer than an answer took so far."""


def left_s(conversation: Conversation) -> float:
    """Seconds of the announced time that are left for asking: the end has its own."""
    announced = 60 * conversation.announced_minutes
    return announced - conversation.active_s - _END * pace_s(conversation)


def pace_s(conversation: Conversation) -> float:
    """Seconds an answer, as this person has taken so far; at first, as most take."""
    n_answers = sum(turn.speaker == "person" for turn in conversation.turns)
    return (_ANSWER_S + conversation.active_s) / (1 + n_answers)


def may_probe(conversation: Conversation, questionnaire: Questionnaire) -> bool:
    """Whether asking on leaves time for every goal that nothing was told of yet."""
    due = {question.goal for question in _uncovered(conversation, questionnaire)}
    return left_s(conversation) >= (1 + _SLACK * len(due)) * pace_s(conversation)


def is_time_up(conversation: Conversation) -> bool:
    """Whether the time that was announced is used up, but for the end."""
    return left_s(conversation) < pace_s(conversation)


def following(conversation: Conversation, questionnaire: Questionnaire) -> Question | None:
    """The question to ask next, None where it is time to come to an end."""
    if is_time_up(conversation):
        return None
    return next(iter(_left(conversation, questionnaire)), None)


def progress(conversation: Conversation, questionnaire: Questionnaire) -> Progress:
    """Count the questions left behind, and all that may still come, the last one included."""
    if conversation.is_over:
        return Progress(done=1, of=1)
    done = len(conversation.done) + (conversation.step in ("summary", "rating"))
    if conversation.step not in ("consent", "questions"):
        return Progress(done=done, of=len(conversation.done) + 1)
    is_open = conversation.question is not None and conversation.question not in conversation.done
    left = [each for each in _left(conversation, questionnaire) if each.id != conversation.question]
    return Progress(done=done, of=done + len(left) + is_open + 1)


def _left(conversation: Conversation, questionnaire: Questionnaire) -> list[Question]:
    """The questions that may still come: where time is short, only those for goals untold."""
    left = _applying(conversation, questionnaire)
    if left_s(conversation) >= len(left) * pace_s(conversation):
        return left
    return _uncovered(conversation, questionnaire)


def _applying(conversation: Conversation, questionnaire: Questionnaire) -> list[Question]:
    answers = given(conversation)
    return [
        question
        for question in questionnaire.questions
        if question.id not in conversation.done
        and holds(question.when, conversation.context, answers)
    ]


def _uncovered(conversation: Conversation, questionnaire: Questionnaire) -> list[Question]:
    left = _applying(conversation, questionnaire)
    return [
        question
        for question in left
        if question.id != conversation.question and question.goal not in conversation.covered
    ]


def given(conversation: Conversation) -> dict[str, float | str]:
    """The answers so far, by question: the number for a scale, the words else."""
    answers: dict[str, float | str] = {}
    for turn in conversation.turns:
        if turn.speaker != "person" or turn.question is None:
            continue
        if turn.value is not None:
            answers[turn.question] = turn.value
        elif turn.text and not isinstance(answers.get(turn.question), int | float):
            answers[turn.question] = f"{answers.get(turn.question, '')} {turn.text}".strip()
    return answers


def answers_to(conversation: Conversation, question: str | None) -> Sequence[Turn]:
    """What the person said to a question and its probes, without what tries to instruct."""
    return [
        turn
        for turn in conversation.turns
        if turn.speaker == "person"
        and turn.question == question
        and turn.text
        and not (turn.heard and turn.heard.is_instruction)
    ]


def probes_of(conversation: Conversation, question: str | None) -> Sequence[Turn]:
    """The probes that were asked about a question."""
    return [
        turn for turn in conversation.turns if turn.kind == "probe" and turn.question == question
    ]
