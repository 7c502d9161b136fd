"""What customers' words show: readings, pieces of evidence, claims, and who speaks."""

import datetime
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ingestion.models import DocumentKind, Record, Segment


class EvidenceKind(StrEnum):
    """What a piece of evidence shows about the journey."""

    PAIN = "pain"
    DELIGHT = "delight"
    OPPORTUNITY = "opportunity"
    ACTION = "action"


class Emotion(StrEnum):
    """The feeling told about, not today's calm retelling."""

    UNCERTAIN = "uncertain"
    URGENT = "urgent"
    EXCITED = "excited"
    SCEPTICAL = "sceptical"
    REASSURED = "reassured"
    FRUSTRATED = "frustrated"
    CONFUSED = "confused"
    DISAPPOINTED = "disappointed"
    ANGRY = "angry"
    SATISFIED = "satisfied"
    NEUTRAL = "neutral"


class About(StrEnum):
    """Whom the words speak of."""

    OWN = "own product"
    RIVAL = "rival"
    NONE = "none"


class Stage(Record):
    """One stretch of the journey. The id is a slug."""

    id: str
    name: str


DEFAULT_STAGES = tuple(
    Stage(id=name.lower(), name=name)
    for name in ("Awareness", "Consideration", "Decision", "Experience", "Retention", "Advocacy")
)


class Reading(NamedTuple):
    """What a reader makes of one segment.

    Attributes:
        kinds: What it shows; none where nothing was found.
        stage: The id of one of the default stages.
        stage_scores: How likely each default stage is, in their order, adding up to 1.
        valence: How the told moment felt, -2 to 2.
        confidence: How likely the kinds are right, 0 to 1, calibrated.
        touchpoint: The moment of contact, in one to four words.
        channel: Where the contact happens: web, app, email, chat, phone, shop, mail, social.
    """

    kinds: tuple[EvidenceKind, ...]
    stage: str
    stage_scores: tuple[float, ...]
    emotion: Emotion
    valence: float
    confidence: float
    about: About
    touchpoint: str | None
    channel: str | None


class Found(NamedTuple):
    """A segment that is evidence: what it was read as, and what it is grouped by.

    Attributes:
        vector: What it says and what stands around it, side by side.
    """

    id: str
    segment: Segment
    reading: Reading
    vector: NDArray[np.float16]


class Piece(NamedTuple):
    """A piece of evidence as grouping and drawing see it: light, for there may be very many.

    Attributes:
        position: Which of its document's segments it is, counted from 0.
    """

    id: str
    document: str
    source: str
    participant: str | None
    document_kind: DocumentKind
    language: str
    kinds: tuple[EvidenceKind, ...]
    stage: str
    touchpoint: str | None
    channel: str | None
    emotion: Emotion
    valence: float
    confidence: float
    about: About
    quote: str
    position: int

    @property
    def person(self) -> str:
        """Who said it: the participant, or the document where the person is not known."""
        return self.participant or self.document


class Claim(NamedTuple):
    """Something a person said that behaviour could bear out or contradict.

    Attributes:
        type: Which kind of claim, as `assistant.claims` names them: "price did not matter".
        detail: What the check needs to know besides, under names of the claim's type.
    """

    document: str
    participant: str | None
    quote: str
    start: int
    end: int
    type: str
    detail: dict[str, str]


class Voice(Record):
    """A document as the map lists it: what it is, whose, when; not its text."""

    id: str
    kind: DocumentKind
    language: str
    date: datetime.date | None
    participant: str | None


class Evidence(Record):
    """A customer's sentence and what it shows.

    Attributes:
        quote: Verbatim, cut from the document; never typed by a model.
        start: Where it begins in the document's plain text, in code points.
        end: Where it ends, exclusive.
        touchpoint: The moment of contact, in one to four words, None where it cannot be told.
        channel: Where the contact happens: web, app, email, chat, phone, shop, mail, social.
        action: What the customer did, in their own words, for evidence of kind action.
        valence: How the told moment felt, -2 to 2.
        confidence: How likely the kinds are right, 0 to 1, calibrated.
        before: The words around the quote, for showing it in its context.
        asked: The question it answers, which is not the customer's.
    """

    id: str
    document: str
    quote: str
    start: int
    end: int
    stage: str
    touchpoint: str | None
    channel: str | None
    action: str | None
    kinds: tuple[EvidenceKind, ...]
    emotion: Emotion
    valence: float = Field(ge=-2, le=2)
    confidence: float = Field(ge=0, le=1)
    persona: str | None
    before: str = ""
    after: str = ""
    asked: str = ""
    language: str = "und"
    participant: str | None = None
