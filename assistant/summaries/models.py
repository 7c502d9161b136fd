"""What a summary says: lines, each with the evidence that it rests on."""

import datetime
from typing import Literal

from pydantic import Field

from assistant.models import Contradiction, Evidence
from ingestion.models import Record


class Line(Record):
    """A line of a summary.

    Attributes:
        is_quote: It is a customer's sentence; if not, it was worded.
        people: How many tell of it.
    """

    text: str
    evidence_ids: tuple[str, ...] = Field(min_length=1)
    is_quote: bool = True
    people: int = 1


class Forces(Record):
    """What moved somebody to change, and what held them back: the four forces of progress.

    Attributes:
        push: What was wrong with how things were.
        pull: What drew them to the new.
        anxiety: What they feared of it.
        habit: What held them to the old.

    Source: Moesta and Engle, "Demand-Side Sales 101", 2020.
    """

    push: tuple[Line, ...] = ()
    pull: tuple[Line, ...] = ()
    anxiety: tuple[Line, ...] = ()
    habit: tuple[Line, ...] = ()


class InterviewSummary(Record):
    """An interview on a page.

    Attributes:
        who: How they introduce themselves, in their words; None where they do not.
        situation: What their life with the matter was like before.
        timeline: What they did, from stage to stage.
        moments: What they felt most, the strongest first.
        contradictions: Where what they say parts from what they did.
    """

    document: str
    participant: str | None
    language: str
    date: datetime.date | None
    who: str | None
    situation: tuple[Line, ...]
    timeline: tuple[Line, ...]
    forces: Forces
    moments: tuple[Line, ...]
    contradictions: tuple[Contradiction, ...]
    quotes: tuple[Line, ...]


class Saturation(Record):
    """How much of a stage is known: would the next voice tell of something new?

    Attributes:
        voices: People who speak of the stage.
        topics: Different things that they tell of.
        once: Those that one person alone tells of.
        share: How likely what the next voice tells is known already, 0 to 1; None without voices.

    Source: Good, "The Population Frequencies of Species", Biometrika 40, 1953.
    """

    stage: str
    voices: int
    topics: int
    once: int
    share: float | None


class BatchSummary(Record):
    """A batch on a page.

    Attributes:
        shared: Told by several, the most people first.
        differs: Told by one persona far more than by the others.
        new: Not in the map that was drawn before from other evidence; empty where there is none.
        alone: What one person said and nobody else.
        has_before: Whether there is an earlier map to be new against.
    """

    documents: dict[str, int]
    shared: tuple[Line, ...]
    differs: tuple[Line, ...]
    new: tuple[Line, ...]
    alone: tuple[Line, ...]
    saturation: tuple[Saturation, ...]
    has_before: bool


class Summaries(Record):
    """The export, `summaries/1`."""

    schema_: Literal["summaries/1"] = Field(default="summaries/1", alias="schema")
    title: str
    engine: dict[str, str]
    interviews: tuple[InterviewSummary, ...]
    batch: BatchSummary
    evidence: tuple[Evidence, ...]
    left_out: dict[str, int] = Field(
        default_factory=dict, description="Lines of a model without evidence, by section"
    )
