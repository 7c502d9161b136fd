"""What a conversation is made of: turns, replies, what was heard, and where it stands."""

import datetime
from typing import Literal

from pydantic import Field

from assistant.interviewing.heard import Heard
from assistant.questionnaires import ProbeType, Texts
from ingestion.models import Metric, Record

ReplyKind = Literal[
    "consent",
    "decline",
    "text",
    "scale",
    "choice",
    "skip",
    "pause",
    "resume",
    "stop",
    "withdraw",
    "correct",
    "confirm",
    "rate",
]

TurnKind = Literal[
    "opening",
    "consent",
    "question",
    "probe",
    "mirror",
    "summary",
    "scale",
    "notice",
    "closing",
    "answer",
]

Status = Literal[
    "invited",
    "asking",
    "paused",
    "closing",
    "finished",
    "declined",
    "withdrawn",
    "abandoned",
    "handed_over",
]
"""invited: nothing is kept before consent; closing: the summary is with the person. The last
five are ends: nothing comes after them, but that what was said may still be withdrawn."""

ENDS: frozenset[Status] = frozenset(
    {"finished", "declined", "withdrawn", "abandoned", "handed_over"}
)

Stop = Literal[
    "covered", "example", "limit", "direction", "repeat", "depends", "refused", "time", "terse"
]
"""Why a question was asked no further: it was answered; an example was given; three probes; two
in one direction; the answer repeats; it depends; the person would not; the time announced is
used up; nothing but a yes or a no came twice."""

Step = Literal["consent", "questions", "anything_else", "summary", "rating", "over"]


class Reply(Record):
    """What the person did: said something, chose a number, or pressed a button.

    Attributes:
        text: Their words, for text and correct; for a choice, its label.
        value: The number, for scale and rate.
        language: What the person chose to go on in, None where they did not choose.
    """

    kind: ReplyKind
    text: str = Field(default="", max_length=8000)
    value: int | None = None
    language: str | None = None


class ShownScale(Record):
    """A scale as it is shown, in its exact wording, in the language of the conversation."""

    metric: Metric | Literal["summary"]
    low: int
    high: int
    low_label: str = ""
    high_label: str = ""


class Turn(Record):
    """One thing said, by the bot or by the person.

    Attributes:
        id: "t1", "t2", … in order.
        reply: For a person's turn, what kind of reply it was; only text, choice, correct, scale
            and rate carry words or a number, the others are buttons.
        question: The question it belongs to, by its id in the questionnaire.
        scale: For a bot's turn that asks for a number.
        value: For a person's turn that gives one.
        language: What the turn is in.
        engine: What worded it: "bank", or a model's name; "" for a person's turn.
        prompt: The prompt's name and version, for a turn that a model worded.
        veto: The guard's rule that a model's wording broke, where the bank's went out instead;
            "late" and "down" where no wording came.
        heard_ms: How long the person took, for a person's turn.
        heard: What was made of it, and so why the next turn is what it is.
    """

    id: str
    speaker: Literal["bot", "person"]
    kind: TurnKind
    text: str
    at: datetime.datetime
    language: str
    reply: ReplyKind | None = None
    question: str | None = None
    probe: ProbeType | None = None
    scale: ShownScale | None = None
    value: int | None = None
    engine: str = ""
    prompt: str | None = None
    veto: str | None = None
    heard_ms: int | None = None
    heard: Heard | None = None

    @property
    def is_asking(self) -> bool:
        """Whether it waits for an answer."""
        asking = ("consent", "question", "probe", "mirror", "summary", "scale")
        return self.speaker == "bot" and self.kind in asking


class Context(Record):
    """What is known of the visit, to choose questions by and never to confront anybody with.

    Attributes:
        step: The step of the basket that was left, or the like.
        is_signed: The shop's server vouches for it; else the page merely says so.
        known: Counts of what the visitor did, under names that questionnaires use.
    """

    page: str | None = None
    step: str | None = None
    order_value: float | None = None
    plan: str | None = None
    visitor: str | None = None
    is_signed: bool = False
    known: dict[str, float] = Field(default_factory=dict)


class Intent(Record):
    """What the machine has decided to say next; the wording is free, the intent is not.

    Attributes:
        key: What the bank keeps it under: "consent_first", "probe.clarifying", "mirror", …
        texts: The questionnaire's own wording, where it has one, which goes before the bank's.
        question: The question it belongs to.
        words: What is filled in, word for word: the person's own, for a mirror or a summary.
        variant: Which of the bank's wordings fits best, where there are several.
        may_be_worded: A model may word it; scales, consent, notices and the closing are fixed.
    """

    key: str
    kind: TurnKind
    question: str | None = None
    probe: ProbeType | None = None
    scale: ShownScale | None = None
    texts: Texts = Field(default_factory=dict)
    words: dict[str, str] = Field(default_factory=dict)
    variant: int = 0
    may_be_worded: bool = False


class Stopped(Record):
    """Why a question was left."""

    question: str
    reason: Stop


class Conversation(Record):
    """A conversation so far, and all the machine needs to go on from it.

    Attributes:
        questionnaire: Name and version: "post-purchase@1".
        language: What the bot speaks now; it follows the person.
        step: Where in the protocol it stands.
        question: The question that is open, or that the last answer belonged to.
        done: Questions that were asked and left, or passed over as already covered, in order.
        covered: Goals that an answer told of.
        stopped: Why each question was left.
        mirrored: Questions whose answer was given back in the person's own words.
        asked: What the bot asked last, to ask it again after a pause.
        active_s: Seconds the person spent on it: pauses and long absences do not count.
        consented_at: None before consent.
    """

    id: str
    questionnaire: str
    language: str
    context: Context = Context()
    status: Status = "invited"
    step: Step = "consent"
    turns: tuple[Turn, ...] = ()
    question: str | None = None
    done: tuple[str, ...] = ()
    covered: tuple[str, ...] = ()
    stopped: tuple[Stopped, ...] = ()
    mirrored: tuple[str, ...] = ()
    asked: Intent | None = None
    started_at: datetime.datetime
    consented_at: datetime.datetime | None = None
    announced_minutes: int
    active_s: float = 0.0

    @property
    def is_over(self) -> bool:
        """Whether nothing more is asked."""
        return self.status in ENDS

    @property
    def open_turn(self) -> Turn | None:
        """The one turn of the bot that waits for an answer; None in a pause and after the end."""
        if self.is_over or self.status == "paused":
            return None
        for turn in reversed(self.turns):
            if turn.speaker == "person":
                return None
            if turn.is_asking:
                return turn
        return None

    @property
    def name(self) -> str:
        """The questionnaire's name, without its version."""
        return self.questionnaire.partition("@")[0]


class Worded(Record):
    """An intent in words, and what worded it. `veto` as in `Turn`.

    Attributes:
        scale: The scale as it is shown, with what its ends mean.
    """

    text: str
    scale: ShownScale | None = None
    engine: str = "bank"
    prompt: str | None = None
    veto: str | None = None


class Veto(Record):
    """Why the guard stops a message: the rule, and the words that broke it."""

    rule: str
    words: str = ""


class Progress(Record):
    """How far it is: questions left behind, of all that may still come."""

    done: int
    of: int
