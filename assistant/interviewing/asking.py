"""What is said to an answer, step by step of the protocol."""

from typing import NamedTuple

from assistant.interviewing import course, probing, recap, scales
from assistant.interviewing.heard import Heard
from assistant.interviewing.models import Conversation, Intent, Status, Stop, Stopped
from assistant.questionnaires import ProbeType, Question, Questionnaire

_MAX_MIRRORS = 2
_MAX_CORRECTIONS = 2
_MAX_AGAIN = 1
"""So often a question is asked again after a reply that does not answer it."""
_WHAT_FOLLOWED = 1
"""The bank's wording of an explanatory probe that asks for what came of it, not for the reason."""


class Heeded(NamedTuple):
    """A conversation that took a reply in, and what is to be said to it, in order."""

    conversation: Conversation
    intents: tuple[Intent, ...] = ()


def go_on(conversation: Conversation, questionnaire: Questionnaire) -> Heeded:
    """Ask the next question, or come to the end when there is none or no time for one."""
    question = course.following(conversation, questionnaire)
    if question is not None:
        asked = conversation.model_copy(update={"question": question.id})
        return Heeded(asked, (_ask(question, conversation.language),))
    if course.is_time_up(conversation):
        return _sum_up(conversation, questionnaire)
    last = conversation.model_copy(update={"step": "anything_else", "question": None})
    intent = Intent(key="anything_else", kind="question", question="anything_else")
    return Heeded(last, (intent,))


def again(conversation: Conversation, questionnaire: Questionnaire) -> tuple[Intent, ...]:
    """Ask what was asked last once more, in the language that is spoken now."""
    asked = conversation.asked
    if asked is None:
        return ()
    known = {each.id: each for each in questionnaire.questions}
    if asked.scale and asked.question in known:
        return (scales.intent(known[asked.question], conversation.language),)
    return (asked,)


def question(
    conversation: Conversation, questionnaire: Questionnaire, heard: Heard, skips: bool
) -> Heeded:
    """Take in the answer to a question of the questionnaire, to a probe or to a mirror."""
    asked = questionnaire.question(conversation.question or "")
    was = conversation.asked.kind if conversation.asked else "question"
    if was == "mirror":
        return go_on(conversation, questionnaire)
    if skips:
        return _leave(conversation, questionnaire, "refused")
    if was == "scale":
        return _scored(conversation, questionnaire, asked)
    return _told(conversation, questionnaire, asked, heard)


def _told(
    conversation: Conversation, questionnaire: Questionnaire, asked: Question, heard: Heard
) -> Heeded:
    """Take in what was told: ask on, or leave the question."""
    is_spent = (
        conversation.asked and conversation.asked.probe and probing.is_spent(conversation, asked)
    )
    notice = None if is_spent else _beside_the_point(conversation, heard)
    if notice:
        return Heeded(conversation, (notice, *again(conversation, questionnaire)))
    if heard.is_instruction or heard.is_off_topic:
        return _leave(conversation, questionnaire, "limit" if is_spent else "terse")
    told = _covering(conversation, asked, heard)
    has_time = course.may_probe(told, questionnaire)
    following = probing.after(told, asked, heard, has_time=has_time)
    if following.probe is None:
        return _leave(told, questionnaire, following.stop or "covered")
    return Heeded(told, (_probe(asked, following.probe, following),))


def anything_else(
    conversation: Conversation, questionnaire: Questionnaire, heard: Heard, skips: bool
) -> Heeded:
    """Take in what should have been asked, and sum up."""
    if not skips and (notice := _beside_the_point(conversation, heard)):
        return Heeded(conversation, (notice, *again(conversation, questionnaire)))
    return _sum_up(conversation, questionnaire)


def summary(conversation: Conversation, _: Questionnaire, heard: Heard, skips: bool) -> Heeded:
    """Take in whether the summary is right, and what the person puts right in it."""
    turn = conversation.turns[-1]
    says_nothing = heard.agrees or heard.denies or heard.has_nothing or heard.is_instruction
    is_right = skips or turn.reply == "confirm" or says_nothing or not turn.text
    if is_right or len(recap.corrections(conversation)) > _MAX_CORRECTIONS:
        rated = conversation.model_copy(update={"step": "rating"})
        return Heeded(rated, (scales.rating(),))
    return Heeded(conversation, (_summary(conversation, "summary_corrected"),))


def rating(
    conversation: Conversation, questionnaire: Questionnaire, _: Heard, skips: bool
) -> Heeded:
    """Take in how well the summary fits, and close."""
    is_rated = conversation.turns[-1].value is not None
    if not (is_rated or skips) and _times_asked(conversation) <= _MAX_AGAIN:
        return Heeded(conversation, _number_only(conversation, questionnaire))
    return ended(conversation, "finished", _closing(questionnaire))


def handed_over(conversation: Conversation, heard: Heard) -> Heeded:
    """Leave the rest to a person, and say so."""
    key = f"handover.{heard.alarm or 'person'}"
    return ended(conversation, "handed_over", Intent(key=key, kind="closing"))


def ended(conversation: Conversation, status: Status, intent: Intent) -> Heeded:
    """Come to an end, with the last thing said."""
    over = {"status": status, "step": "over", "question": None, "asked": None}
    return Heeded(conversation.model_copy(update=over), (intent,))


def _closing(questionnaire: Questionnaire) -> Intent:
    return Intent(key="closing", kind="closing", texts=questionnaire.closing)


def _ask(question: Question, language: str) -> Intent:
    if question.scale:
        return scales.intent(question, language)
    return Intent(key="question", kind="question", question=question.id, texts=question.text)


def _probe(question: Question, probe: ProbeType, following: probing.Next) -> Intent:
    own, word = question.probes.get(probe) or {}, following.word
    if following.retraces:
        return _retrace(question)
    asks_what_followed = probe is ProbeType.EXPLANATORY and following.follows
    return Intent(
        key=f"probe.{probe}_word" if word else f"probe.{probe}",
        kind="probe",
        question=question.id,
        probe=probe,
        texts={} if word else own,
        words={"word": word} if word else {},
        variant=_WHAT_FOLLOWED if asks_what_followed else 0,
        may_be_worded=True,
    )


def _retrace(question: Question) -> Intent:
    """Have a moment told as it went, in words that give away nothing of what is known of it.

    No model words it: it would be told of no reason, and might invent one.
    """
    return Intent(
        key="probe.retrace", kind="probe", question=question.id, probe=ProbeType.DESCRIPTIVE
    )


def _scored(conversation: Conversation, questionnaire: Questionnaire, question: Question) -> Heeded:
    """After a number, ask for the main reason; without one, ask for it again, just as it was."""
    if conversation.turns[-1].value is None:
        if _times_asked(conversation) > _MAX_AGAIN:
            return _leave(conversation, questionnaire, "refused")
        return Heeded(conversation, _number_only(conversation, questionnaire))
    own = question.probes.get(ProbeType.EXPLANATORY) or {}
    why = Intent(key="why_number", kind="question", question=question.id, texts=own)
    return Heeded(conversation, (why,))


def _number_only(conversation: Conversation, questionnaire: Questionnaire) -> tuple[Intent, ...]:
    """Say that a number is wanted, and show the same scale again."""
    scale = conversation.asked.scale if conversation.asked else None
    words = {"low": str(scale.low), "high": str(scale.high)} if scale else {}
    notice = Intent(key="scale_only", kind="notice", words=words)
    return (notice, *again(conversation, questionnaire))


def _beside_the_point(conversation: Conversation, heard: Heard) -> Intent | None:
    """What to say to a reply that is no answer, once a question: it is then asked again."""
    key = "not_here" if heard.asks_back else "again"
    is_beside = heard.asks_back or heard.is_off_topic or heard.is_instruction
    if not is_beside or _times_asked(conversation) > _MAX_AGAIN:
        return None
    return Intent(key=key, kind="notice", question=conversation.question)


def _times_asked(conversation: Conversation) -> int:
    """How often what is open now was asked, in the same sense."""
    asked = conversation.asked
    if asked is None:
        return 0
    key = (asked.kind, asked.question, asked.probe)
    return sum((turn.kind, turn.question, turn.probe) == key for turn in conversation.turns)


def _covering(conversation: Conversation, question: Question, heard: Heard) -> Conversation:
    """Note the goals that an answer tells of; a bare yes tells of none."""
    is_full = heard.has_moment or heard.has_reason or heard.has_example
    goals = question.goals if is_full else (question.goal,)
    if heard.is_bare:
        return conversation
    covered = tuple(dict.fromkeys((*conversation.covered, *goals)))
    return conversation.model_copy(update={"covered": covered})


def _leave(conversation: Conversation, questionnaire: Questionnaire, reason: Stop) -> Heeded:
    """Leave a question, give back what was said where that is worth it, and go on."""
    question = conversation.question or ""
    stopped = (*conversation.stopped, Stopped(question=question, reason=reason))
    left = conversation.model_copy(
        update={"done": (*conversation.done, question), "stopped": stopped}
    )
    words = recap.telling(left, question)
    is_time = course.may_probe(left, questionnaire) and len(left.mirrored) < _MAX_MIRRORS
    if words is None or reason in ("refused", "time") or not is_time:
        return go_on(left, questionnaire)
    mirrored = left.model_copy(update={"mirrored": (*left.mirrored, question)})
    mirror = Intent(key="mirror", kind="mirror", question=question, words={"words": words})
    return Heeded(mirrored, (mirror,))


def _sum_up(conversation: Conversation, questionnaire: Questionnaire) -> Heeded:
    closing = conversation.model_copy(
        update={"status": "closing", "step": "summary", "question": None}
    )
    if not recap.points(closing):
        return ended(closing, "finished", _closing(questionnaire))
    return Heeded(closing, (_summary(closing, "summary"),))


def _summary(conversation: Conversation, key: str) -> Intent:
    corrected = recap.corrections(conversation)
    words = {"points": recap.as_list(corrected or recap.points(conversation))}
    return Intent(key=key, kind="summary", question="summary", words=words)
