"""What ingestion produces: a document is its turns, a segment is the part that gets cited."""

import datetime
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Annotated, NewType, Self
from unicodedata import normalize

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

SourceId = NewType("SourceId", str)
DocumentId = NewType("DocumentId", str)
SegmentId = NewType("SegmentId", str)

BETWEEN_TURNS = "\n"
"""What stands between two turns in the plain text of a document."""


def _composed(text: str) -> str:
    return normalize("NFC", text)


Words = Annotated[str, Field(min_length=1), AfterValidator(_composed)]
"""What somebody said, in composed characters, so that equal words are equal strings."""


def digest(*parts: str) -> str:
    """Name a thing after what it derives from: 16 hexadecimal digits, the same for the same parts.

    Example:
        >>> digest("a", "b") == digest("a", "b") != digest("ab")
        True
    """
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]


class Record(BaseModel):
    """A fact: immutable, equal by value, and closed to fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(Record):
    """A half-open range of code points, `text[start:end]`, never empty."""

    start: int = Field(ge=0)
    end: int

    @model_validator(mode="after")
    def _holds_something(self) -> Self:
        if self.end <= self.start:
            raise ValueError(f"empty span {self.start}:{self.end}")
        return self


class Role(StrEnum):
    """Who speaks. Only a customer is ever quoted."""

    CUSTOMER = "customer"
    INTERVIEWER = "interviewer"
    AGENT = "agent"
    BOT = "bot"


class DocumentKind(StrEnum):
    """The kind of voice a document carries; events are behaviour and have no words."""

    INTERVIEW = "interview"
    REVIEW = "review"
    TICKET = "ticket"
    SURVEY = "survey"
    EVENTS = "events"


class Metric(StrEnum):
    """A score a customer gave: stars, or one of the three survey questions of the field."""

    RATING = "rating"
    NPS = "nps"
    CSAT = "csat"
    CES = "ces"


class Score(Record):
    """A score on its own scale.

    Attributes:
        low: The worst value of the scale, 0 for NPS, 1 for stars.
        high: The best value of the scale. `low` > `high` never occurs: a reversed scale is
            turned round when it is read.
    """

    metric: Metric
    value: float
    low: float
    high: float

    @property
    def normal(self) -> float:
        """The score from -1, the worst, to 1, the best.

        Example:
            >>> Score(metric=Metric.RATING, value=4, low=1, high=5).normal
            0.5
        """
        return 2 * (self.value - self.low) / (self.high - self.low) - 1


class Source(Record):
    """What came in: one file of the study.

    Attributes:
        id: The path below the study's folder, with forward slashes: "interviews/p03.vtt".
        digest: SHA-256 of its bytes, in hexadecimal: the same bytes are the same source.
    """

    id: SourceId
    path: Path
    digest: str


class Turn(Record):
    """What one speaker said without interruption, or one field of a record.

    Attributes:
        speaker: The label as the file gives it, None where there is none.
        asked: The question a survey answer replies to; "" in a conversation, where the turn
            before it is the question.
        field: The column or field a record's turn was read from: "title", "body", "answer_why".
    """

    text: Words
    speaker: str | None = None
    role: Role = Role.CUSTOMER
    asked: str = ""
    field: str | None = None
    start_ms: int | None = None
    end_ms: int | None = None


class Document(Record):
    """One voice, read: who said what, in order.

    Attributes:
        id: The source's id; for a record in a file, `source#record`.
        language: ISO 639-1 code, "und" where it cannot be told.
        participant: Who it is, as the study names them: joins interview, survey and events.
        attributes: What else the record says and behaviour is checked against, as text under
            normalised names: created_at, solved_at (ISO 8601), priority, status, segment, plan,
            channel, product, version, page, order_value, satisfaction.
    """

    id: DocumentId
    source_id: SourceId
    kind: DocumentKind
    turns: tuple[Turn, ...]
    title: str | None = None
    language: str = "und"
    date: datetime.date | None = None
    participant: str | None = None
    scores: tuple[Score, ...] = ()
    attributes: dict[str, str] = Field(default_factory=dict)

    @cached_property
    def text(self) -> str:
        """The plain text that spans point into: the turns, in order, a line break between them."""
        return BETWEEN_TURNS.join(turn.text for turn in self.turns)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each turn begins in `text`."""
        starts: list[int] = []
        at = 0
        for turn in self.turns:
            starts.append(at)
            at += len(turn.text) + len(BETWEEN_TURNS)
        return tuple(starts)


class Segment(Record):
    """A sentence a customer said, as it is read, and what stands around it.

    The context counts as much as the sentence: a stage is mostly told by what stands around.

    Attributes:
        span: Where it stands in the plain text of its document.
        text: The customer's words, and only theirs: `document.text[span.start:span.end]`.
        asked: The question just before it: context, which cannot be cited.
        before: The customer's sentence before it in the same document, "" at the start.
        after: The customer's sentence after it, "" at the end.
        title: The document's title or subject, "" where there is none.
        position: Which of the document's segments this is, counted from 0.
        rating: The document's main score from -1 to 1, None where it has none.
    """

    id: SegmentId
    document_id: DocumentId
    turn: int
    span: Span
    text: Words
    kind: DocumentKind
    language: str = "und"
    participant: str | None = None
    asked: str = ""
    before: str = ""
    after: str = ""
    title: str = ""
    position: int = 0
    rating: float | None = None


class Event(Record):
    """Something a person did: one row of an event log.

    Attributes:
        session: The visit it belongs to; where a log has none, the person and the day.
        participant: The customer, None for a visitor who is not known.
        at: When, in UTC.
        name: What happened, as the log names it: "page_view", "purchase".
        took: Days from its beginning, at `at`, to its end; None for what happens in a moment.
        promised: Days that it was to take, where somebody said so.
    """

    source_id: SourceId
    session: str
    participant: str | None = None
    at: datetime.datetime
    name: str
    page: str | None = None
    channel: str | None = None
    value: float | None = None
    took: float | None = None
    promised: float | None = None
