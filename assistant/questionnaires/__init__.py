"""Questionnaires: what is asked, in which words and on which condition; the bank holds the rest."""

from assistant.questionnaires.bank import Bank, bank
from assistant.questionnaires.conditions import Clause, Condition, holds
from assistant.questionnaires.gaps import from_gaps
from assistant.questionnaires.loading import dump, load, names, parse
from assistant.questionnaires.models import (
    Goal,
    ProbeType,
    Question,
    Questionnaire,
    Scale,
    Texts,
    texts_of,
)

__all__ = [
    "Bank",
    "Clause",
    "Condition",
    "Goal",
    "ProbeType",
    "Question",
    "Questionnaire",
    "Scale",
    "Texts",
    "bank",
    "dump",
    "from_gaps",
    "holds",
    "load",
    "names",
    "parse",
    "texts_of",
]
