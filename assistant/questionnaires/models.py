"""What a questionnaire is made of: goals, questions in the order they are asked, words around them.

A questionnaire that breaks the protocol is refused when it is read, whoever wrote it.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from assistant.questionnaires.conditions import Condition
from ingestion.models import Record

MAX_WORDS = 40
"""The longest message that may go out, question and all."""
MAX_PROBES = 3
"""Probes on one question, at most."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]")


class ProbeType(StrEnum):
    """The four ways of asking on; nothing else is ever asked about an answer.

    Descriptive asks what happened, idiographic for one example, clarifying what a word means,
    explanatory for the reason or what followed.
    """

    DESCRIPTIVE = "descriptive"
    IDIOGRAPHIC = "idiographic"
    CLARIFYING = "clarifying"
    EXPLANATORY = "explanatory"


def n_words(text: str) -> int:
    """Count words; two Chinese characters count as one.

    Example:
        >>> n_words("It's what happened"), n_words("发生了什么")
        (3, 3)
    """
    return len(_WORD.findall(_HAN.sub(" ", text))) + (len(_HAN.findall(text)) + 1) // 2


def n_questions(text: str) -> int:
    """Count question marks."""
    return len(re.findall(r"[?？]", text))


def _can_be_sent(texts: Mapping[str, str]) -> Mapping[str, str]:
    for language, text in texts.items():
        if n_words(text) > MAX_WORDS:
            raise ValueError(f"{language}: {n_words(text)} words, {MAX_WORDS} at most: {text!r}")
        if n_questions(text) > 1:
            raise ValueError(f"{language}: asks {n_questions(text)} things at once: {text!r}")
    return texts


Texts = Annotated[dict[str, str], AfterValidator(_can_be_sent)]
"""The same thing said in each language, by its ISO 639-1 code. `{asker}` and `{minutes}` stand for
who asks and how long it takes."""


class Scale(Record):
    """A scale of whole numbers and what its two ends mean. Never reworded."""

    low: int
    high: int
    low_label: Texts
    high_label: Texts


class Goal(Record):
    """Something the questionnaire is to find out, for the people who read the answers."""

    id: str
    text: str


class Question(Record):
    """One question, and how it may be asked on about.

    Attributes:
        goal: The goal it is asked for.
        kind: Whether it is open, or one of the three scales.
        probes: The types that are allowed, all where none is named, each with words of its own or,
            where it has none, the bank's.
        when: Asked only where this holds; always where there is none.
        covers: Other goals that a full answer tells of.
    """

    id: str
    goal: str
    kind: Literal["open", "nps", "csat", "ces"] = "open"
    text: Texts
    probes: dict[ProbeType, Texts] = Field(default_factory=dict[ProbeType, dict[str, str]])
    max_probes: int = Field(default=2, ge=0, le=MAX_PROBES)
    when: Condition | None = None
    covers: tuple[str, ...] = ()
    scale: Scale | None = None

    @model_validator(mode="after")
    def _has_a_scale_where_it_needs_one(self) -> Self:
        if (self.kind == "open") != (self.scale is None):
            raise ValueError(
                f"{self.id}: a scale goes with nps, csat and ces, and with nothing else"
            )
        return self

    @property
    def goals(self) -> tuple[str, ...]:
        """The goals that an answer may tell of, the main one first."""
        return (self.goal, *self.covers)


class Questionnaire(Record):
    """What is asked, of whom and why, in every language it is asked in.

    Attributes:
        name: A slug. With the version it names the exact words that an answer replied to.
        title: What the person who is asked sees it called.
        minutes: The time that is announced, and kept.
        opening: The first message: that this is an AI, who asks, why, how long, how to withdraw.
        consent: The question before anything is kept.
        closing: What happens next.
    """

    name: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    version: int = Field(ge=1)
    purpose: str
    minutes: int = Field(ge=1, le=60)
    title: Texts
    opening: Texts
    consent: Texts
    closing: Texts
    goals: tuple[Goal, ...] = Field(min_length=1)
    questions: tuple[Question, ...] = Field(min_length=1)

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it is asked in."""
        return tuple(self.opening)

    def question(self, id: str) -> Question:
        """The question of that id."""
        return next(question for question in self.questions if question.id == id)

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if faults := [*_missing_languages(self), *_misnamed(self), *_not_asked_about(self)]:
            raise ValueError("; ".join(faults))
        return self


def _missing_languages(questionnaire: Questionnaire) -> Iterator[str]:
    languages = set(questionnaire.languages)
    for where, texts in texts_of(questionnaire):
        if texts and set(texts) != languages:
            named = ", ".join(sorted(languages ^ set(texts)))
            yield f"{where} and the opening are not in the same languages: {named}"


def _misnamed(questionnaire: Questionnaire) -> Iterator[str]:
    goals = [goal.id for goal in questionnaire.goals]
    questions = [question.id for question in questionnaire.questions]
    for id in {id for ids in (goals, questions) for id in ids if ids.count(id) > 1}:
        yield f"two things are called {id!r}"
    for at, question in enumerate(questionnaire.questions):
        yield from (f"{question.id}: no goal {id!r}" for id in question.goals if id not in goals)
        asked = question.when.answers if question.when else ()
        yield from (
            f"{question.id}: no question {id!r} before it"
            for id in asked
            if id not in questions[:at]
        )


def _not_asked_about(questionnaire: Questionnaire) -> Iterator[str]:
    asked = {id for question in questionnaire.questions for id in question.goals}
    yield from (
        f"no question for {goal.id!r}" for goal in questionnaire.goals if goal.id not in asked
    )


def texts_of(questionnaire: Questionnaire) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every text of a questionnaire, with where it stands: "price.probes.clarifying"."""
    for name in ("title", "opening", "consent", "closing"):
        yield name, getattr(questionnaire, name)
    for question in questionnaire.questions:
        yield question.id, question.text
        for probe, texts in question.probes.items():
            yield f"{question.id}.probes.{probe}", texts
        if question.scale:
            yield f"{question.id}.scale.low_label", question.scale.low_label
            yield f"{question.id}.scale.high_label", question.scale.high_label
