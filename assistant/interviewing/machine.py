"""The protocol: what a reply does to a conversation, and what the bot has to say next.

Every reply in every state has a defined result. Nothing is worded here: `hear` gives intents,
and `say` adds them once they are in words.

```
invited ─consent→ asking ⇄ paused         withdraw, from anywhere: everything said is gone
   │                │ questions → anything else → summary → rating → finished
   └─decline→ declined   stop → finished    a person is needed → handed_over    lapse → abandoned
```
"""

import datetime
from collections.abc import Callable

from assistant.interviewing import asking, course, scales
from assistant.interviewing.asking import Heeded
from assistant.interviewing.heard import Heard
from assistant.interviewing.models import (
    Conversation,
    Intent,
    Reply,
    ReplyKind,
    Status,
    Turn,
    Worded,
)
from assistant.questionnaires import Questionnaire

_AWAY_S = 120
"""An answer that takes longer than this counts as an absence, and only so much of it as time."""


def begin(questionnaire: Questionnaire, id: str, language: str, at: datetime.datetime) -> Heeded:
    """Begin a conversation; the language is the first of the questionnaire's if it has not this.

    The context is for the caller to add: it chooses questions, and is not said.
    """
    known = questionnaire.languages
    conversation = Conversation(
        id=id,
        questionnaire=str(questionnaire),
        language=language if language in known else known[0],
        started_at=at,
        announced_minutes=questionnaire.minutes,
    )
    opening = Intent(key="opening", kind="opening", texts=questionnaire.opening)
    return Heeded(conversation, (opening, _consent(questionnaire)))


def hear(
    conversation: Conversation,
    questionnaire: Questionnaire,
    reply: Reply,
    heard: Heard,
    at: datetime.datetime,
) -> Heeded:
    """Take a reply in. What has no meaning where the conversation stands changes nothing."""
    if reply.kind == "withdraw" or (heard.wish == "withdraw" and not conversation.is_over):
        return _withdrawn(conversation)
    if conversation.is_over:
        return Heeded(conversation)
    spoken = _in_language(conversation, questionnaire, reply, heard)
    if conversation.step == "consent":
        return _invited(spoken, questionnaire, reply, heard, at)
    if conversation.status == "paused":
        return _paused(spoken, questionnaire, reply, heard, at)
    if reply.kind not in allowed(conversation):
        return Heeded(conversation)
    return _asked(_with_answer(spoken, reply, heard, at), questionnaire, reply, heard)


def say(
    conversation: Conversation, intent: Intent, worded: Worded, at: datetime.datetime
) -> Conversation:
    """Add what the bot says."""
    turn = Turn(
        id=f"t{len(conversation.turns) + 1}",
        speaker="bot",
        kind=intent.kind,
        text=worded.text,
        at=at,
        language=conversation.language,
        question=intent.question,
        probe=intent.probe,
        scale=worded.scale or intent.scale,
        engine=worded.engine,
        prompt=worded.prompt,
        veto=worded.veto,
    )
    asked = intent if turn.is_asking else conversation.asked
    return conversation.model_copy(update={"turns": (*conversation.turns, turn), "asked": asked})


def lapse(conversation: Conversation) -> Heeded:
    """End a conversation that nobody goes on with; what was said before consent is nothing."""
    if conversation.is_over:
        return Heeded(conversation)
    if conversation.step == "consent":
        return _ended(conversation.model_copy(update={"turns": ()}), "declined", "lapsed")
    return _ended(conversation, "abandoned", "lapsed")


def allowed(conversation: Conversation) -> tuple[ReplyKind, ...]:
    """The kinds of reply that mean something now, for the buttons that are shown."""
    if conversation.is_over:
        return ("withdraw",) if conversation.turns and conversation.consented_at else ()
    if conversation.step == "consent":
        return ("consent", "decline", "text")
    if conversation.status == "paused":
        return ("resume", "text", "stop", "withdraw")
    always: tuple[ReplyKind, ...] = ("text", "skip", "pause", "resume", "stop", "withdraw")
    turn = conversation.open_turn
    if turn is None:
        return always
    return (*_fitting(turn), *always)


def _fitting(turn: Turn) -> tuple[ReplyKind, ...]:
    if turn.kind == "scale":
        return ("rate", "scale") if turn.question == "rating" else ("scale", "rate")
    return ("confirm", "correct") if turn.kind in ("mirror", "summary") else ("choice",)


def _consent(questionnaire: Questionnaire) -> Intent:
    return Intent(key="consent", kind="consent", texts=questionnaire.consent)


def _in_language(
    conversation: Conversation, questionnaire: Questionnaire, reply: Reply, heard: Heard
) -> Conversation:
    """Follow the person into the language they chose or went over to."""
    chosen = reply.language or heard.language
    if chosen == conversation.language or chosen not in questionnaire.languages:
        return conversation
    return conversation.model_copy(update={"language": chosen})


def _invited(
    conversation: Conversation,
    questionnaire: Questionnaire,
    reply: Reply,
    heard: Heard,
    at: datetime.datetime,
) -> Heeded:
    """Before consent nothing that the person says is kept, whatever they say."""
    if heard.alarm or heard.wish == "person":
        return asking.handed_over(conversation, heard)
    if reply.kind == "consent" or (reply.kind == "text" and heard.agrees):
        asked = conversation.model_copy(
            update={"status": "asking", "step": "questions", "consented_at": at}
        )
        agreed = _with_answer(asked, Reply(kind="consent"), Heard(), at)
        return asking.go_on(agreed, questionnaire)
    says_no = heard.denies or heard.refuses or heard.wish in ("stop", "skip")
    if reply.kind in ("decline", "stop") or (reply.kind == "text" and says_no):
        return _ended(conversation.model_copy(update={"turns": ()}), "declined", "declined")
    last = conversation.turns[-2:-1]
    if reply.kind != "text" or (last and last[0].kind == "notice"):
        return Heeded(conversation)
    notice = Intent(key="consent_first", kind="notice")
    return Heeded(conversation, (notice, _consent(questionnaire)))


def _paused(
    conversation: Conversation,
    questionnaire: Questionnaire,
    reply: Reply,
    heard: Heard,
    at: datetime.datetime,
) -> Heeded:
    """Whatever is said after a pause ends it; a pause itself is not counted as time."""
    if reply.kind not in ("resume", "text", "stop", "scale", "rate"):
        return Heeded(conversation)
    back = conversation.model_copy(update={"status": _status(conversation)})
    if reply.kind != "resume":
        told = _with_answer(back, reply, heard, at, is_timed=False)
        return _asked(told, questionnaire, reply, heard)
    resumed = _with_answer(back, reply, heard, at, is_timed=False)
    notice = Intent(key="resumed", kind="notice")
    return Heeded(resumed, (notice, *asking.again(resumed, questionnaire)))


def _status(conversation: Conversation) -> Status:
    return "asking" if conversation.step in ("questions", "anything_else") else "closing"


def _with_answer(
    conversation: Conversation,
    reply: Reply,
    heard: Heard,
    at: datetime.datetime,
    *,
    is_timed: bool = True,
) -> Conversation:
    """Add the person's turn, and the time they took for it."""
    last = conversation.turns[-1].at if conversation.turns else at
    took = max(0.0, (at - last).total_seconds())
    spoken = reply.kind in ("text", "choice", "correct")
    value = scales.value(conversation.open_turn, reply)
    turn = Turn(
        id=f"t{len(conversation.turns) + 1}",
        speaker="person",
        kind="answer",
        text=reply.text.strip() if spoken else "",
        at=at,
        language=conversation.language,
        reply=reply.kind,
        question=_belongs_to(conversation),
        value=value,
        heard_ms=round(took * 1000),
        heard=heard if spoken else None,
    )
    active = conversation.active_s + (min(took, _AWAY_S) if is_timed else 0)
    return conversation.model_copy(
        update={"turns": (*conversation.turns, turn), "active_s": active}
    )


def _belongs_to(conversation: Conversation) -> str | None:
    if conversation.step == "questions":
        return conversation.question
    return conversation.step if conversation.step != "consent" else None


def _withdrawn(conversation: Conversation) -> Heeded:
    """Leave nothing of what was said, nor of the visit it was said on."""
    if conversation.status in ("withdrawn", "declined"):
        return Heeded(conversation)
    emptied = Conversation(
        id=conversation.id,
        questionnaire=conversation.questionnaire,
        language=conversation.language,
        started_at=conversation.started_at,
        announced_minutes=conversation.announced_minutes,
    )
    return _ended(emptied, "withdrawn", "withdrawn")


def _ended(conversation: Conversation, status: Status, key: str) -> Heeded:
    return asking.ended(conversation, status, Intent(key=key, kind="closing"))


def _asked(
    conversation: Conversation, questionnaire: Questionnaire, reply: Reply, heard: Heard
) -> Heeded:
    """Take in a reply to what is open: a wish goes before any answer."""
    wish = {"skip": "skip", "pause": "pause", "stop": "stop"}.get(reply.kind) or heard.wish
    if heard.alarm or wish == "person":
        return asking.handed_over(conversation, heard)
    if wish == "stop":
        return _ended(conversation, "finished", "stopped")
    if wish == "pause":
        paused = conversation.model_copy(update={"status": "paused"})
        return Heeded(paused, (Intent(key="paused", kind="notice"),))
    if reply.kind == "resume":
        return Heeded(conversation, asking.again(conversation, questionnaire))
    step = _STEPS[conversation.step]
    return step(conversation, questionnaire, heard, wish == "skip")


_Step = Callable[[Conversation, Questionnaire, Heard, bool], Heeded]
_STEPS: dict[str, _Step] = {
    "questions": asking.question,
    "anything_else": asking.anything_else,
    "summary": asking.summary,
    "rating": asking.rating,
}

progress = course.progress
