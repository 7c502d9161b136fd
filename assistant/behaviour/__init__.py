"""What people did, from event logs: the funnel, and the counts that words are held against."""

from assistant.behaviour.concepts import (
    Concept,
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
    Unit,
    distinct,
    hours_between,
    matching,
)
from assistant.behaviour.steps import Lasted, Step, StepCount, Totals
from assistant.behaviour.vocabulary import Vocabulary, is_said

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
    "is_said",
    "matching",
    "path",
    "pattern",
    "words",
]
