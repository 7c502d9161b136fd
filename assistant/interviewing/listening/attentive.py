"""Listen to an answer with cues and a reader."""

from collections.abc import Sequence
from typing import Protocol

from assistant.interviewing import course
from assistant.interviewing.heard import Alarm, Heard, Wish
from assistant.interviewing.listening import cues
from assistant.interviewing.models import Conversation
from assistant.interviewing.words import words
from assistant.models import Emotion, Reading
from assistant.questionnaires.models import n_words
from ingestion import language as languages
from ingestion.models import DocumentId, DocumentKind, Segment, SegmentId, Span
from ingestion.screening import is_instruction

_WISHES: tuple[Wish, ...] = ("stop", "pause", "skip", "withdraw", "person")
_ALARMS: tuple[Alarm, ...] = ("safety", "legal", "complaint")
_SURE_OF_LANGUAGE = 4
"""Words from which on an answer tells which language the person has gone over to."""
_VAGUE_UP_TO = 25
"""A longer answer has said more than the vague word in it."""
_SAME = 0.8
"""The share of its words that an answer has from earlier ones, when it is a repeat."""
_TELLING = 3
_SURE = 0.5


class Reader(Protocol):
    """Anything that reads what sentences show, as `assistant.embedded` does."""

    def read(self, segments: Sequence[Segment]) -> tuple[Reading, ...]:
        """Give a reading a segment, in order."""
        ...


class Listening(Protocol):
    """Anything that tells what is in an answer."""

    def hear(self, text: str, conversation: Conversation) -> Heard:
        """Listen to what the person says now, in the light of what was asked and said."""
        ...


class Attentive:
    """Listens by cues in nine languages, and by a reader for what the words show."""

    def __init__(self, reader: Reader | None = None) -> None:
        """Listen with `reader`; without one, for cues alone."""
        self._reader = reader

    def hear(self, text: str, conversation: Conversation) -> Heard:
        """Listen to what the person says now; what tries to instruct is heard as that alone."""
        said = " ".join(text.split()).replace("’", "'")
        language = _language(said, conversation)
        spoken = tuple(dict.fromkeys((language, conversation.language)))
        if is_instruction(said):
            return Heard(is_instruction=True, n_words=n_words(said), language=language)
        told = _told(said, conversation, language, spoken)
        if self._reader is None or told.n_words <= 1 or told.is_bare:
            return told
        (reading,) = self._reader.read((_segment(said, language, conversation),))
        return _shown(told, reading)


def _shown(told: Heard, reading: Reading) -> Heard:
    """Add what the words show, where the reader is sure of it."""
    is_sure = reading.confidence >= _SURE
    shown = {
        "kinds": reading.kinds if is_sure else (),
        "emotion": reading.emotion if is_sure else Emotion.NEUTRAL,
        "valence": reading.valence,
        "touchpoint": reading.touchpoint,
    }
    return told.model_copy(update=shown)


def _told(said: str, conversation: Conversation, language: str, spoken: tuple[str, ...]) -> Heard:
    """What the cues tell."""

    def has(key: str) -> bool:
        return cues.holds(key, said, *spoken)

    length = n_words(said)
    has_reason = has("reason")
    is_bare = any(map(has, ("yes", "no", "nothing")))
    vague = None if is_bare else next(cues.found("vague", said, language), None)
    is_vague = length <= _VAGUE_UP_TO and not has_reason
    return Heard(
        n_words=length,
        vague_word=vague if is_vague else None,
        has_reason=has_reason,
        has_moment=has("moment"),
        has_example=has("example") and length > _TELLING,
        is_repeat=_is_repeat(said, conversation),
        depends=has("depends") and not has_reason,
        agrees=has("yes"),
        denies=has("no"),
        has_nothing=has("nothing"),
        refuses=has("refuse"),
        wish=next((wish for wish in _WISHES if has(wish)), None),
        alarm=next((alarm for alarm in _ALARMS if has(alarm)), None),
        is_off_topic=length == 0 or has("empty") or has("errand"),
        asks_back=has("asks"),
        language=language,
    )


def _language(said: str, conversation: Conversation) -> str:
    """The language of an answer: what is spoken, unless it is clearly another one."""
    spoken = conversation.language
    found = languages.detect(said, expected=spoken)
    is_told = n_words(said) >= _SURE_OF_LANGUAGE or {found, spoken} & {"zh", "ru"}
    return found if is_told and found in cues.LANGUAGES else spoken


def _is_repeat(said: str, conversation: Conversation) -> bool:
    """Whether nearly all words were in the earlier answers to the same question."""
    earlier = course.answers_to(conversation, conversation.question)
    before = {word for turn in earlier for word in words(turn.text.lower())}
    now = set(words(said.lower()))
    return len(now) >= _TELLING and len(now & before) >= _SAME * len(now)


def _segment(said: str, language: str, conversation: Conversation) -> Segment:
    """An answer as the reader knows it: a customer's words, with the question before them."""
    turn = conversation.open_turn
    return Segment(
        id=SegmentId("heard"),
        document_id=DocumentId(conversation.id),
        turn=len(conversation.turns),
        span=Span(start=0, end=len(said)),
        text=said,
        kind=DocumentKind.INTERVIEW,
        language=language,
        asked=turn.text if turn else "",
    )
