"""Draft a questionnaire from what a map does not know: its gaps, in the order of the journey."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from assistant.errors import NothingToAsk
from assistant.models import Gap, Stage
from assistant.questionnaires.bank import FALLBACK, bank
from assistant.questionnaires.models import (
    MAX_WORDS,
    Goal,
    ProbeType,
    Question,
    Questionnaire,
    n_questions,
    n_words,
)
from ingestion import language as languages

MAX_QUESTIONS = 8
MIN_MINUTES = 3
_A_STAGE = 2
"""Questions about one stage, at most; its other gaps are left to the probes."""

_DESCRIBE, _EXAMPLE, _CLARIFY, _EXPLAIN = ProbeType
_PROBES: dict[str, tuple[ProbeType, ...]] = {
    "stage": (_DESCRIBE, _EXAMPLE, _CLARIFY, _EXPLAIN),
    "pains": (_DESCRIBE, _CLARIFY, _EXPLAIN),
    "say_vs_do": (_DESCRIBE, _EXAMPLE, _CLARIFY),
    "emotion": (_EXAMPLE, _CLARIFY, _EXPLAIN),
    "goals": (_EXAMPLE, _CLARIFY, _EXPLAIN),
    "personas": (_DESCRIBE, _CLARIFY, _EXPLAIN),
    "actions": (_DESCRIBE, _CLARIFY, _EXPLAIN),
    "delights": (_EXAMPLE, _CLARIFY, _EXPLAIN),
    "opportunities": (_EXAMPLE, _CLARIFY, _EXPLAIN),
    "sources": (_DESCRIBE, _EXAMPLE, _CLARIFY),
    "touchpoints": (_DESCRIBE, _CLARIFY),
}
"""The rows that are asked about, the weightiest first, and how each may be asked on about. Scores
are not among them: only somebody who gave one can say why."""
_DEEP = frozenset({"stage", "pains"})


class Known(Protocol):
    """What of a map is needed to see what it does not know."""

    @property
    def goal(self) -> str | None: ...
    @property
    def stages(self) -> Sequence[Stage]: ...
    @property
    def gaps(self) -> Sequence[Gap]: ...


class _Aim(NamedTuple):
    """A gap, and what it is called as a goal."""

    id: str
    gap: Gap


def from_gaps(drawn: Known, name: str = "from-gaps") -> Questionnaire:
    """Ask about the gaps of a map, in the language their questions are in.

    The weightiest gap of each stage is asked about, then further ones while there is room; what
    else is not known about those stages is a goal too, which an answer or a probe may reach.

    Raises:
        NothingToAsk: The map has no gap that a person could fill.
    """
    aims = list(_aims(drawn.gaps))
    if not aims:
        raise NothingToAsk
    asked = _ordered(_chosen(aims), drawn.stages)
    language = _language(asked)
    questions = tuple(_question(aim, _beside(aim, aims, asked), language) for aim in asked)
    reached = {id for question in questions for id in question.goals}
    texts = {key: {language: text} for key, text in bank().under("draft", language).items()}
    return Questionnaire(
        name=name,
        version=1,
        purpose=drawn.goal or "What the map does not know yet.",
        minutes=max(MIN_MINUTES, len(asked)),
        goals=tuple(_goal(aim, drawn.stages) for aim in aims if aim.id in reached),
        questions=questions,
        **texts,
    )


def _aims(gaps: Sequence[Gap]) -> Iterator[_Aim]:
    """Name what can be asked about, each question once."""
    seen = set[str]()
    named = Counter[str]()
    for gap in gaps:
        if gap.row in _PROBES and gap.question not in seen and _can_be_sent(gap.question):
            seen.add(gap.question)
            id = f"{gap.stage or 'study'}-{gap.row}".replace("_", "-")
            named[id] += 1
            yield _Aim(id if named[id] == 1 else f"{id}-{named[id]}", gap)


def _can_be_sent(question: str) -> bool:
    return n_words(question) <= MAX_WORDS and n_questions(question) == 1


def _chosen(aims: Sequence[_Aim]) -> list[_Aim]:
    """The best of every stage, then the second of every stage, as far as there is room."""
    weights = list(_PROBES)
    by_stage = defaultdict[str, list[_Aim]](list)
    for aim in sorted(aims, key=lambda aim: weights.index(aim.gap.row)):
        by_stage[aim.gap.stage].append(aim)
    rounds = [
        stage[nth] for nth in range(_A_STAGE) for stage in by_stage.values() if nth < len(stage)
    ]
    return rounds[:MAX_QUESTIONS]


def _ordered(chosen: Sequence[_Aim], stages: Sequence[Stage]) -> list[_Aim]:
    """Along the journey; within a stage what happened comes before what it was like."""
    places = {stage.id: place for place, stage in enumerate(stages)}
    first = ["stage", "sources", "say_vs_do", "personas", "goals", "actions", "touchpoints"]
    return sorted(
        chosen,
        key=lambda aim: (
            places.get(aim.gap.stage, len(places)),
            first.index(aim.gap.row) if aim.gap.row in first else len(first),
        ),
    )


def _language(asked: Sequence[_Aim]) -> str:
    found = languages.detect(" ".join(aim.gap.question for aim in asked))
    return found if found in bank().languages else FALLBACK


def _beside(aim: _Aim, aims: Sequence[_Aim], asked: Sequence[_Aim]) -> tuple[str, ...]:
    """What else is not known about the stage of its first question, and not asked by itself."""
    first = next(each for each in asked if each.gap.stage == aim.gap.stage)
    if aim is not first or not aim.gap.stage:
        return ()
    return tuple(each.id for each in aims if each.gap.stage == aim.gap.stage and each not in asked)


def _question(aim: _Aim, covers: tuple[str, ...], language: str) -> Question:
    return Question(
        id=aim.id,
        goal=aim.id,
        text={language: aim.gap.question},
        probes={probe: {} for probe in _PROBES[aim.gap.row]},
        max_probes=3 if aim.gap.row in _DEEP else 2,
        covers=covers,
    )


def _goal(aim: _Aim, stages: Sequence[Stage]) -> Goal:
    name = next((stage.name for stage in stages if stage.id == aim.gap.stage), "The whole study")
    row = aim.gap.row.replace("_", " ")
    return Goal(id=aim.id, text=f"{name}, {row}: {aim.gap.why}.")
