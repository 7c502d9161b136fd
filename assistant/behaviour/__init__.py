"""What people did, from event logs: the funnel, and the counts that words are held against."""

from assistant.behaviour.concepts import (
    Concept,
    Vocabulary,
    concept,
    concept_of,
    concepts_in,
    is_done,
    path,
    pattern,
    words,
)
from assistant.behaviour.costs import Costs
from assistant.behaviour.funnel import MAX_STEPS, funnel
from assistant.behaviour.log import (
    EventLog,
    Events,
    Lasted,
    Step,
    StepCount,
    Totals,
    Unit,
    distinct,
    hours_between,
    matching,
)

__all__ = [
    "MAX_STEPS",
    "Concept",
    "Costs",
    "EventLog",
    "Events",
    "Lasted",
    "Step",
    "StepCount",
    "Totals",
    "Unit",
    "Vocabulary",
    "concept",
    "concept_of",
    "concepts_in",
    "distinct",
    "funnel",
    "hours_between",
    "is_done",
    "matching",
    "path",
    "pattern",
    "words",
]
