"""Put a model's words into a map, where evidence bears them; what it leaves out stays as it was."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from assistant import prompts
from assistant.asking import line
from assistant.errors import ModelError, OverBudget
from assistant.llm import Llm
from assistant.models import (
    Cell,
    Contradiction,
    Draft,
    Gap,
    Opportunity,
    Persona,
    Piece,
    Theme,
)
from assistant.redrawing.replies import Change, Conclusions, Line, Named, Worded, asked_for
from assistant.redrawing.sheet import Row, Sheet
from ingestion.models import digest

_DIGITS = re.compile(r"\d+")
_LONGEST = {"line": 120, "title": 110, "name": 50, "text": 300}
_LINES = 3
_ROWS = ("goals", "actions", "touchpoints")


class Redrawn(NamedTuple):
    """A map in a model's words.

    Attributes:
        counts: Lines that were taken over, by what they are; with "not" before it, those that
            named no evidence, or a number that it does not hold; failed, a call that came to
            nothing.
    """

    draft: Draft
    counts: Counter[str]


async def redraw(
    draft: Draft, pieces: Mapping[str, Piece], llm: Llm, language: str = "en"
) -> Redrawn:
    """Have a model word goals, actions, opportunities, personas, explanations and questions.

    Args:
        draft: As `journey.draw` gives it.
        pieces: The evidence by id.
        llm: Which model words it.
        language: The language of the words, as its code.

    Raises:
        WrongEndpoint: No call to the endpoint would succeed.
    """
    sheet = Sheet(draft, pieces)
    if not pieces:
        return Redrawn(draft, Counter())
    inputs = {"goal": _quoted(draft.goal or draft.title), "language": language}
    try:
        prompt = prompts.load("draw_map")
        answer = await llm.ask(prompt, asked_for(sheet.most_of), **inputs, rows=sheet.text)
    except (ModelError, OverBudget):
        return Redrawn(draft, Counter(failed=1))
    drawing = _Drawing(draft, pieces, sheet)
    return Redrawn(drawing.after(answer.value), drawing.counts)


def _quoted(goal: str) -> str:
    return " ".join(re.sub(r'[<>"\[\]]', " ", goal).split())


class _Drawing:
    """A map, and what a model's words do to it."""

    def __init__(self, draft: Draft, pieces: Mapping[str, Piece], sheet: Sheet) -> None:
        self.counts = Counter[str]()
        self._draft, self._pieces, self._sheet = draft, pieces, sheet

    def after(self, said: Conclusions) -> Draft:
        """Give the map with every line taken over that evidence bears."""
        goals, actions = self._cells("goals", said.goals), self._cells("actions", said.actions)
        return self._draft.model_copy(
            update={
                "cells": tuple(_placed(self._draft, [*goals, *actions])),
                "opportunities": self._opportunities(said.opportunities),
                "personas": self._personas(said.personas),
                "contradictions": self._contradictions(said.explanations),
                "gaps": self._gaps(said.questions),
            }
        )

    def _takes(self, what: str, is_taken: bool) -> bool:
        self.counts[what if is_taken else f"not {what}"] += 1
        return is_taken

    def _bears(self, text: str, rows: Sequence[Row], most: str) -> bool:
        """Is it short, new, does it rest on evidence, and does that hold its numbers?"""
        told = [
            self._pieces[id].quote for row in rows for id in row.evidence_ids if id in self._pieces
        ]
        shown = {line(it) for it in [*told, *(_title(row) for row in rows)]}
        is_new = line(text) not in shown
        return (
            is_new and bool(told) and _is_short(text, most) and _numbers([text]) <= _numbers(told)
        )

    def _cells(self, row: Literal["goals", "actions"], lines: Iterable[Line]) -> Iterator[Cell]:
        for each in lines:
            rows = [row for row in self._sheet.rows(each.row_ids) if _stage(row) == each.stage]
            is_borne = self._bears(each.text, rows, "line")
            if self._takes(row, is_borne):
                ids = _evidence(rows)
                people = {self._pieces[id].person for id in ids if id in self._pieces}
                yield Cell(
                    stage=each.stage,
                    row=row,
                    text=each.text.strip(),
                    is_quote=False,
                    evidence_ids=ids,
                    frequency=len(people),
                )

    def _opportunities(self, changes: Iterable[Change]) -> tuple[Opportunity, ...]:
        """Let a change stand for what was derived from the themes that it answers."""
        made: dict[str, Opportunity] = {}
        answered: set[str] = set()
        for change in changes:
            rows = [
                row for row in self._sheet.rows(change.theme_ids) if isinstance(row.what, Theme)
            ]
            if self._takes("opportunities", self._bears(change.title, rows, "title")):
                opportunity = _opportunity(change, rows)
                made[opportunity.id] = opportunity
                answered |= {
                    f"opp_{digest(row.what.id)}" for row in rows if isinstance(row.what, Theme)
                }
        kept = [each for each in self._draft.opportunities if each.id not in answered]
        together = [*made.values(), *kept]
        return tuple(sorted(together, key=lambda each: (-each.impact, each.effort, each.id)))

    def _personas(self, named: Iterable[Named]) -> tuple[Persona, ...]:
        names: dict[str, str] = {}
        for each in named:
            group, rows = self._sheet.row(each.group_id), self._sheet.rows(each.row_ids)
            persona = group.what if group and isinstance(group.what, Persona) else None
            is_borne = persona is not None and self._bears(
                each.name, self._of(persona, rows), "name"
            )
            if self._takes("personas", is_borne and each.name not in names.values()) and persona:
                names[persona.id] = each.name.strip()
        return tuple(
            persona.model_copy(update={"name": names.get(persona.id, persona.name)})
            for persona in self._draft.personas
        )

    def _of(self, persona: Persona, rows: Iterable[Row]) -> list[Row]:
        """Give the rows that are sentences of a persona's own people."""
        people = set(persona.participants)
        return [row for row in rows if isinstance(row.what, Piece) and row.what.person in people]

    def _contradictions(self, worded: Iterable[Worded]) -> tuple[Contradiction, ...]:
        told: dict[str, str] = {}
        for each in worded:
            row = self._sheet.row(each.row_id)
            found = row.what if row and isinstance(row.what, Contradiction) else None
            known = _numbers([found.model_dump_json()]) if found else set[str]()
            is_borne = _is_short(each.text, "text") and _numbers([each.text]) <= known
            if self._takes("explanations", is_borne and found is not None) and found:
                told[found.id] = f"{found.explanation} {each.text.strip()}"
        return tuple(
            found.model_copy(update={"explanation": told.get(found.id, found.explanation)})
            for found in self._draft.contradictions
        )

    def _gaps(self, worded: Iterable[Worded]) -> tuple[Gap, ...]:
        asked: dict[Gap, str] = {}
        for each in worded:
            row = self._sheet.row(each.row_id)
            gap = row.what if row and isinstance(row.what, Gap) else None
            is_asked = _is_short(each.text, "text") and _is_one_question(each.text)
            if self._takes("questions", is_asked and gap is not None) and gap:
                asked[gap] = each.text.strip()
        return tuple(
            gap.model_copy(update={"question": asked.get(gap, gap.question)})
            for gap in self._draft.gaps
        )


def _stage(row: Row) -> str | None:
    """Give the stage that a row is told of."""
    return row.what.stage if isinstance(row.what, Theme | Cell | Piece) else None


def _title(row: Row) -> str:
    return row.what.title if isinstance(row.what, Theme) else ""


def _is_short(text: str, what: str) -> bool:
    return 0 < len(text.strip()) <= _LONGEST[what] and "\n" not in text.strip()


def _is_one_question(text: str) -> bool:
    return len(re.findall("[?？]", text)) == 1 and text.strip().endswith(("?", "？"))


def _numbers(texts: Iterable[str]) -> set[str]:
    return {number for text in texts for number in _DIGITS.findall(text)}


def _evidence(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id for row in rows for id in row.evidence_ids))


def _opportunity(change: Change, rows: Sequence[Row]) -> Opportunity:
    themes = [row.what for row in rows if isinstance(row.what, Theme)]
    pains = tuple(theme.id for theme in themes if theme.kind == "pain")
    return Opportunity(
        id=f"opp_{digest('worded', *sorted(theme.id for theme in themes))}",
        title=change.title.strip(),
        stage=themes[0].stage,
        theme_ids=pains,
        evidence_ids=_evidence(rows),
        impact=change.impact,
        effort=change.effort,
    )


def _placed(draft: Draft, worded: Sequence[Cell]) -> Iterator[Cell]:
    """Put worded lines before the quotes of their stage and row; what they cite is not repeated."""
    for stage in draft.stages:
        for row in _ROWS:
            mine = [cell for cell in worded if (cell.stage, cell.row) == (stage.id, row)][:_LINES]
            cited = {id for cell in mine for id in cell.evidence_ids}
            yield from mine
            for cell in draft.cells:
                is_here = (cell.stage, cell.row) == (stage.id, row)
                if is_here and not cited.issuperset(cell.evidence_ids):
                    yield cell
