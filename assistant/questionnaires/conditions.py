"""When a question is asked: what the visit or an earlier answer must be for it."""

from collections.abc import Mapping
from typing import Literal, Protocol, Self

from pydantic import model_validator

from ingestion.models import Record

Known = Literal["page", "step", "order_value", "plan"]


class Visit(Protocol):
    """What a condition can see of a visit; `known` counts what the visitor did."""

    @property
    def page(self) -> str | None: ...
    @property
    def step(self) -> str | None: ...
    @property
    def order_value(self) -> float | None: ...
    @property
    def plan(self) -> str | None: ...
    @property
    def known(self) -> Mapping[str, float]: ...


class Clause(Record):
    """One thing that must be so, about the visit or about one earlier answer.

    Attributes:
        context: A field of the visit; this or one of the next two says what is looked at.
        known: A count of what the visitor did, by its name.
        answer: An earlier question, by its id: its number for a scale, its words else.
        one_of: It is one of these, whatever the case.
        contains: It has one of these in it, whatever the case.
        is_known: There is such a thing at all, or there is not.
    """

    context: Known | None = None
    known: str | None = None
    answer: str | None = None
    one_of: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    at_least: float | None = None
    at_most: float | None = None
    is_known: bool | None = None

    @model_validator(mode="after")
    def _looks_at_one_thing(self) -> Self:
        if sum(part is not None for part in (self.context, self.known, self.answer)) != 1:
            raise ValueError("a condition looks at one of context, known or answer")
        limits = (self.at_least, self.at_most, self.is_known)
        if not (self.one_of or self.contains or any(limit is not None for limit in limits)):
            raise ValueError("a condition says one_of, contains, at_least, at_most or is_known")
        return self


class Condition(Record):
    """All of `all`, and one of `any` where there are such."""

    all: tuple[Clause, ...] = ()
    any: tuple[Clause, ...] = ()

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.all and not self.any:
            raise ValueError("a condition without a clause")
        return self

    @property
    def answers(self) -> tuple[str, ...]:
        """The questions it looks back to."""
        return tuple(clause.answer for clause in (*self.all, *self.any) if clause.answer)


Answers = Mapping[str, float | str]
"""Earlier answers by the question's id: the number for a scale, the words else."""


def holds(condition: Condition | None, visit: Visit, answers: Answers) -> bool:
    """Tell whether a question is to be asked; what is not known is never so, but for `is_known`."""
    if condition is None:
        return True
    met = [_is_met(clause, visit, answers) for clause in condition.any]
    return all(_is_met(clause, visit, answers) for clause in condition.all) and any(met or [True])


def _is_met(clause: Clause, visit: Visit, answers: Answers) -> bool:
    seen = _seen(clause, visit, answers)
    if clause.is_known is not None and clause.is_known != (seen is not None):
        return False
    if seen is None:
        return clause.is_known is False
    return _has_words(clause, str(seen).casefold()) and _is_within(clause, seen)


def _seen(clause: Clause, visit: Visit, answers: Answers) -> float | str | None:
    if clause.answer:
        return answers.get(clause.answer)
    if clause.known:
        return visit.known.get(clause.known)
    return getattr(visit, clause.context) if clause.context else None


def _has_words(clause: Clause, seen: str) -> bool:
    is_one = not clause.one_of or seen in {word.casefold() for word in clause.one_of}
    return is_one and (
        not clause.contains or any(word.casefold() in seen for word in clause.contains)
    )


def _is_within(clause: Clause, seen: float | str) -> bool:
    if clause.at_least is None and clause.at_most is None:
        return True
    if isinstance(seen, str):
        return False
    return (clause.at_least is None or seen >= clause.at_least) and (
        clause.at_most is None or seen <= clause.at_most
    )
