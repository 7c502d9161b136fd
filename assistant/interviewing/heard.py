"""What was heard in an answer."""

from typing import Literal

from assistant.models import Emotion, EvidenceKind
from ingestion.models import Record

Wish = Literal["skip", "pause", "stop", "withdraw", "person"]
"""What a person may ask for in words as well as by a button; person: to be served by one."""

Alarm = Literal["safety", "legal", "complaint"]


class Heard(Record):
    """What listening made of an answer.

    Attributes:
        kinds: What the reader found in it: pain, delight, opportunity, action.
        valence: How the told moment felt, -2 to 2.
        n_words: Its length; for Chinese, two characters count as a word.
        vague_word: The word that needs unpacking: "faster" than what?
        has_reason: It says why.
        has_moment: It places what it tells: a day, a step, a first time.
        has_example: It tells of one concrete episode.
        is_repeat: It says little that an earlier answer did not say.
        depends: "It depends", and the like.
        agrees: Nothing but a yes; it is no finding.
        denies: Nothing but a no.
        has_nothing: "I don't know", "nothing", and the like.
        refuses: The person does not want to answer this.
        wish: What it asks for in words.
        alarm: Why a person has to take over.
        is_instruction: It tries to instruct the machine; it is data and changes nothing.
        is_off_topic: It is about something else altogether.
        asks_back: It asks the bot something.
        language: What it is in.
        touchpoint: The moment of contact, where one is named.
        is_at_odds: It claims what the person's own doings speak against. It chooses the next
            question and is never said: people are asked how it was, not shown what was counted.
    """

    kinds: tuple[EvidenceKind, ...] = ()
    emotion: Emotion = Emotion.NEUTRAL
    valence: float = 0.0
    n_words: int = 0
    vague_word: str | None = None
    has_reason: bool = False
    has_moment: bool = False
    has_example: bool = False
    is_repeat: bool = False
    depends: bool = False
    agrees: bool = False
    denies: bool = False
    has_nothing: bool = False
    refuses: bool = False
    wish: Wish | None = None
    alarm: Alarm | None = None
    is_instruction: bool = False
    is_off_topic: bool = False
    asks_back: bool = False
    language: str = "und"
    touchpoint: str | None = None
    is_at_odds: bool = False

    @property
    def is_bare(self) -> bool:
        """Whether it says nothing that could be a finding."""
        return self.agrees or self.denies or self.has_nothing or self.refuses or not self.n_words
