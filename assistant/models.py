"""What the assistant concludes, each conclusion tied to the words it rests on."""

import datetime
from enum import StrEnum
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from ingestion.models import DocumentKind, Record, Refusal, Segment


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


Standing = Literal["finding", "watchlist", "contested"]
"""finding: 3 or more people, or 4 or more documents of 2 kinds, and no counter-evidence of the
same weight; contested: counter-evidence of the same weight; watchlist: fewer."""


class Theme(Record):
    """Pieces of evidence that tell of the same thing, in however many words and languages.

    Attributes:
        severity: 1, a nuisance, to 5, drives people away.
        frequency: Distinct people, or documents where the person is not known.
        priority: 0 to 1: the geometric mean of emotional dip, frequency and, where behaviour
            gives one, cost, each divided by its highest.
        cost: The share of sessions that end where this theme is felt; None where no events say.
        counter_evidence_ids: Evidence of the opposite about the same moment.
    """

    id: str
    kind: Literal["pain", "delight", "opportunity"]
    title: str
    stage: str
    touchpoint: str | None
    severity: float
    frequency: int
    priority: float
    evidence_ids: tuple[str, ...] = Field(min_length=1)
    cost: float | None = None
    standing: Standing = "watchlist"
    counter_evidence_ids: tuple[str, ...] = ()
    sources: dict[str, int] = Field(default_factory=dict, description="Documents by kind")


class Opportunity(Record):
    """A direction for a change, and the pains it would remove. Impact and effort: 1 to 5."""

    id: str
    title: str
    stage: str | None
    theme_ids: tuple[str, ...]
    evidence_ids: tuple[str, ...]
    impact: int
    effort: int


class CurvePoint(Record):
    """How a stage felt: the median of its voices, the middle half, and how many they are."""

    stage: str
    valence: float | None
    low: float | None
    high: float | None
    n: int


class SpokenClaim(Record):
    """What a person said, in their words."""

    document: str
    quote: str


class CountedClaim(Record):
    """What a score says."""

    metric: str
    value: float


class Behaviour(Record):
    """What people did: counted, never quoted.

    Attributes:
        typical: The same count for a typical person of the study, None where there is none.
    """

    document: str
    metric: str
    value: float
    typical: float | None = None


class Contradiction(Record):
    """What people say beside what they do, where the two part."""

    id: str
    kind: Literal["say_vs_do"] = "say_vs_do"
    claim: SpokenClaim | CountedClaim
    behaviour: Behaviour
    explanation: str
    stage: str | None = None


class Persona(Record):
    """People of the study who differ from the others in the same way; quotes are theirs.

    Attributes:
        evidence: What these people said to each line; under "name", what they are named after.
    """

    id: str
    name: str
    role: str | None
    goals: tuple[str, ...]
    pains: tuple[str, ...]
    triggers: tuple[str, ...]
    objections: tuple[str, ...]
    channels: tuple[str, ...]
    participants: tuple[str, ...]
    evidence: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class FunnelStep(Record):
    """Sessions that reached a step, and the share of them that went no further."""

    step: str
    sessions: int
    drop_off: float | None


class Gap(Record):
    """What the map does not know, and the question that would tell."""

    stage: str
    row: str
    why: str
    question: str


class Cell(Record):
    """A line of the map below a stage: a goal, an action or a touchpoint, and its evidence."""

    stage: str
    row: Literal["goals", "actions", "touchpoints"]
    text: str
    is_quote: bool
    evidence_ids: tuple[str, ...]
    frequency: int


class StageCount(Record):
    """How many voices a stage has, and from which kinds of source."""

    stage: str
    voices: int
    kinds: tuple[DocumentKind, ...]


class Draft(Record):
    """Everything a map says but for the lists that grow with the study: voices and evidence."""

    goal: str | None
    title: str
    engine: dict[str, str]
    stages: tuple[Stage, ...]
    themes: tuple[Theme, ...]
    opportunities: tuple[Opportunity, ...]
    emotion_curve: tuple[CurvePoint, ...]
    contradictions: tuple[Contradiction, ...]
    personas: tuple[Persona, ...]
    funnel: tuple[FunnelStep, ...]
    ledger: dict[str, dict[str, int]]
    gaps: tuple[Gap, ...]
    cells: tuple[Cell, ...] = ()
    stage_counts: tuple[StageCount, ...] = ()
    consistent_claims: int = 0
    masked: dict[str, int] = Field(default_factory=dict, description="Masked items by type")
    refusals: tuple[Refusal, ...] = ()
    is_partial: bool = False
    steps: dict[str, dict[str, int]] = Field(
        default_factory=dict, description="What each step of a language model did"
    )

    @property
    def drafted_by(self) -> str:
        """The engine and its version, in a line."""
        return " ".join(self.engine[name] for name in ("name", "version") if name in self.engine)


class JourneyMap(Draft):
    """The export, `journey-map/1`."""

    schema_: Literal["journey-map/1"] = Field(default="journey-map/1", alias="schema")
    documents: tuple[Voice, ...]
    evidence: tuple[Evidence, ...]
