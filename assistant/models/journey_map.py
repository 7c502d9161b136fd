"""What is drawn from evidence: themes, contradictions, personas, gaps, and the map of them."""

from typing import Literal

from pydantic import Field

from assistant.models.evidence import Evidence, Stage, Voice
from ingestion.models import DocumentKind, Record, Refusal

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
