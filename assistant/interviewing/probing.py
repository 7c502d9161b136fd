"""What follows from an answer: ask on, and how, or leave the question, and why."""

from typing import NamedTuple

from assistant.interviewing import course
from assistant.interviewing.heard import Heard
from assistant.interviewing.models import Conversation, Stop
from assistant.models import EvidenceKind
from assistant.questionnaires import ProbeType, Question

MAX_PROBES = 3
MAX_ONE_WAY = 2
"""Probes in one direction: up the ladder to reasons, down it to examples, or across to words."""

_UP = frozenset({ProbeType.EXPLANATORY})
_DOWN = frozenset({ProbeType.DESCRIPTIVE, ProbeType.IDIOGRAPHIC})
_ACROSS = frozenset({ProbeType.CLARIFYING})
_FEW_WORDS = 6
_FELT = 0.8
"""A valence from here on is a feeling, on a scale of 2."""


class Next(NamedTuple):
    """A probe, with the word that needs unpacking; or why there is none.

    Attributes:
        follows: The reason was told: what followed from it is asked, not what led to it.
        retraces: The answer is at odds with what the person did: how it went is asked, openly.
    """

    probe: ProbeType | None = None
    word: str | None = None
    follows: bool = False
    retraces: bool = False
    stop: Stop | None = None


def after(conversation: Conversation, question: Question, heard: Heard, *, has_time: bool) -> Next:
    """Decide what follows from the last answer to an open question."""
    if stop := _stop(conversation, question, heard):
        return Next(stop=stop)
    if not has_time:
        return Next(stop="time")
    if _is_to_be_retraced(conversation, question, heard):
        return Next(probe=ProbeType.DESCRIPTIVE, retraces=True)
    wanted = _wanted(conversation, question, heard)
    allowed = [probe for probe in wanted if not question.probes or probe in question.probes]
    free = [probe for probe in allowed if not _is_one_way(conversation, question, probe)]
    if not free:
        return Next(stop="direction" if allowed else "covered")
    word = heard.vague_word if free[0] is ProbeType.CLARIFYING else None
    return Next(probe=free[0], word=word, follows=_knows_reason(conversation, question))


def _stop(conversation: Conversation, question: Question, heard: Heard) -> Stop | None:
    if heard.refuses or heard.wish == "skip":
        return "refused"
    if said := _said(conversation, question, heard):
        return said
    return "limit" if is_spent(conversation, question) else None


def _said(conversation: Conversation, question: Question, heard: Heard) -> Stop | None:
    """Why the answer itself closes the question."""
    if heard.depends or heard.is_repeat:
        return "depends" if heard.depends else "repeat"
    if heard.has_nothing or heard.denies or _was_terse_before(conversation, question, heard):
        return "terse"
    return "example" if _has_examples(conversation, question) else None


def is_spent(conversation: Conversation, question: Question) -> bool:
    """Whether nothing more may be asked about it, whatever is said."""
    asked = course.probes_of(conversation, question.id)
    return len(asked) >= min(MAX_PROBES, question.max_probes)


def _was_terse_before(conversation: Conversation, question: Question, heard: Heard) -> bool:
    """A second answer without content: the person would rather not, and is not pressed."""
    if not _is_empty(heard):
        return False
    *before, _ = course.answers_to(conversation, question.id) or [None]
    return any(turn and turn.heard and _is_empty(turn.heard) for turn in before)


def _is_empty(heard: Heard) -> bool:
    return heard.agrees or heard.n_words == 0


def _has_examples(conversation: Conversation, question: Question) -> bool:
    """Two concrete examples, or one with its reason and what was asked about that."""
    told = [turn.heard for turn in course.answers_to(conversation, question.id) if turn.heard]
    examples = sum(heard.has_example for heard in told)
    has_reason = _knows_reason(conversation, question)
    asked = {turn.probe for turn in course.probes_of(conversation, question.id)}
    return examples >= 2 or (examples == 1 and has_reason and ProbeType.EXPLANATORY in asked)


def _wanted(conversation: Conversation, question: Question, heard: Heard) -> list[ProbeType]:
    """The probes that would tell something new, the most telling first."""
    told = [turn.heard for turn in course.answers_to(conversation, question.id) if turn.heard]
    has_reason = _knows_reason(conversation, question)
    has_moment = any(each.has_moment or each.has_example for each in told)
    asked = {turn.probe for turn in course.probes_of(conversation, question.id)}
    wanted: list[ProbeType] = []
    if heard.vague_word and ProbeType.CLARIFYING not in asked:
        wanted.append(ProbeType.CLARIFYING)
    if _is_felt(heard) and not has_reason:
        wanted.append(ProbeType.EXPLANATORY)
    if not has_moment and (EvidenceKind.PAIN in heard.kinds or heard.n_words >= _FEW_WORDS):
        wanted += [ProbeType.IDIOGRAPHIC, ProbeType.DESCRIPTIVE]
    if heard.n_words < _FEW_WORDS or heard.agrees:
        wanted += [ProbeType.DESCRIPTIVE, ProbeType.IDIOGRAPHIC]
    if not has_reason:
        wanted.append(ProbeType.EXPLANATORY)
    if not has_moment:
        wanted += [ProbeType.IDIOGRAPHIC, ProbeType.DESCRIPTIVE]
    wanted += [probe for probe in (ProbeType.EXPLANATORY, ProbeType.CLARIFYING) if not asked]
    return [probe for probe in dict.fromkeys(wanted) if probe not in asked or heard.n_words > 0]


def _is_to_be_retraced(conversation: Conversation, question: Question, heard: Heard) -> bool:
    """Once a question, where what is claimed is not what was done: most forget, few pretend."""
    told = [turn.heard for turn in course.answers_to(conversation, question.id) if turn.heard]
    is_first = heard.is_at_odds and sum(each.is_at_odds for each in told) <= 1
    is_allowed = not question.probes or ProbeType.DESCRIPTIVE in question.probes
    return (
        is_first and is_allowed and not _is_one_way(conversation, question, ProbeType.DESCRIPTIVE)
    )


def _knows_reason(conversation: Conversation, question: Question) -> bool:
    told = course.answers_to(conversation, question.id)
    return any(turn.heard and turn.heard.has_reason for turn in told)


def _is_felt(heard: Heard) -> bool:
    return abs(heard.valence) >= _FELT or heard.emotion != "neutral"


def _is_one_way(conversation: Conversation, question: Question, probe: ProbeType) -> bool:
    way = next(way for way in (_UP, _DOWN, _ACROSS) if probe in way)
    asked = course.probes_of(conversation, question.id)
    return sum(turn.probe in way for turn in asked) >= MAX_ONE_WAY
