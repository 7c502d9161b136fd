"""A map in a model's words: a line that rests on no evidence is left out and counted."""

import asyncio
import re
from collections.abc import Mapping
from typing import Any

import pytest

from assistant.errors import AssistantError, ModelRefused
from assistant.llm.questions import schema
from assistant.models import (
    Behaviour,
    Cell,
    Contradiction,
    Gap,
    Opportunity,
    Persona,
    SpokenClaim,
)
from assistant.prompts import Messages
from assistant.redrawing import Redrawn, redraw
from assistant.redrawing.replies import asked_for
from assistant.redrawing.sheet import Sheet
from ingestion.models import digest
from tests.assistant.asking.scripted import ScriptedLlm
from tests.builders import draft, piece, theme

_ROW = re.compile(r"^\[([a-z]\d+)\] (.*)$", re.MULTILINE)
_NOTHING: dict[str, Any] = {
    "goals": [],
    "actions": [],
    "opportunities": [],
    "personas": [],
    "explanations": [],
    "questions": [],
}

LATE = piece("It took 3 weeks.", id="e1", participant="p1")
WISH = piece("Tell me the day.", id="e2", participant="p2", kinds="opportunity")
PIECES = {"e1": LATE, "e2": WISH}
PAIN = theme("Parcels are late", evidence_ids=("e1",))
WANTED = theme("Name the day", kind="opportunity", evidence_ids=("e2",))
GAP = Gap(stage="awareness", row="stage", why="no evidence", question="How did it begin?")


def _opportunity(of: str) -> Opportunity:
    return Opportunity(
        id=f"opp_{digest(of)}",
        title=f"Derived from {of}",
        stage="experience",
        theme_ids=(),
        evidence_ids=("e1",),
        impact=3,
        effort=3,
    )


DRAFT = draft(
    themes=(PAIN, WANTED),
    opportunities=(_opportunity(PAIN.id), _opportunity("another theme")),
    cells=(
        Cell(
            stage="experience",
            row="goals",
            text="It took 3 weeks.",
            is_quote=True,
            evidence_ids=("e1",),
            frequency=1,
        ),
    ),
    personas=(
        Persona(
            id="per1",
            name="Stuck: delivery",
            role=None,
            goals=(),
            pains=("It took 3 weeks.",),
            triggers=(),
            objections=(),
            channels=(),
            participants=("p1",),
        ),
    ),
    contradictions=(
        Contradiction(
            id="c1",
            claim=SpokenClaim(document="d", quote="I use it daily."),
            behaviour=Behaviour(document="log", metric="visits", value=2),
            explanation="2 visits in a month.",
        ),
    ),
    gaps=(GAP,),
)


def _redraw(said: Mapping[str, Any] | AssistantError) -> Redrawn:
    """Redraw as `said`, in which the beginnings of rows stand for their ids."""

    def script(messages: Messages) -> dict[str, Any] | AssistantError:
        if isinstance(said, AssistantError):
            return said
        rows = _ROW.findall(messages.user)

        def named(words: str) -> str:
            return next((id for id, row in rows if row.startswith(words)), "z99")

        def filled(item: Mapping[str, Any]) -> dict[str, Any]:
            return {
                key: named(value)
                if key.endswith("_id")
                else [named(each) for each in value]
                if key.endswith("_ids")
                else value
                for key, value in item.items()
            }

        return _NOTHING | {part: [filled(item) for item in items] for part, items in said.items()}

    return asyncio.run(redraw(DRAFT, PIECES, ScriptedLlm(script)))


def test_what_is_not_said_stays() -> None:
    assert _redraw({}).draft == DRAFT


@pytest.mark.parametrize(
    ("bare", "asked"),
    [
        ({}, {"goals", "actions", "opportunities", "personas", "explanations", "questions"}),
        ({"personas": (), "gaps": ()}, {"goals", "actions", "opportunities", "explanations"}),
        ({"themes": (), "cells": ()}, {"personas", "explanations", "questions"}),
    ],
)
def test_what_no_row_could_bear_is_not_asked_for(bare: dict[str, Any], asked: set[str]) -> None:
    sheet = Sheet(DRAFT.model_copy(update=bare), PIECES)

    assert set(schema(asked_for(sheet.most_of))["properties"]) == asked


def test_a_call_that_comes_to_nothing_leaves_the_map_and_is_counted() -> None:
    assert _redraw(ModelRefused("no")) == Redrawn(DRAFT, _redraw(ModelRefused("no")).counts)
    assert _redraw(ModelRefused("no")).counts == {"failed": 1}


def _goal(**fields: Any) -> dict[str, Any]:  # noqa: ANN401 any field
    plain = {"stage": "experience", "text": "Get the parcel in time", "row_ids": ["goals: It took"]}
    return plain | fields


def test_a_goal_cites_the_evidence_of_its_rows_and_takes_the_quotes_place() -> None:
    found = _redraw({"goals": [_goal()]})

    (cell,) = found.draft.cells
    assert (cell.text, cell.is_quote) == ("Get the parcel in time", False)
    assert (cell.evidence_ids, cell.frequency) == (("e1",), 1)


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"row_ids": []}, id="no evidence"),
        pytest.param({"row_ids": ["nothing that is shown"]}, id="a row that was not shown"),
        pytest.param({"row_ids": ["gap: "]}, id="a row without evidence"),
        pytest.param({"text": "Get it in 5 days"}, id="a number that was not said"),
        pytest.param({"text": " "}, id="no words"),
        pytest.param({"text": "so " * 90}, id="a speech"),
        pytest.param({"stage": "heaven"}, id="no stage of the map"),
        pytest.param({"stage": "decision"}, id="rows of another stage"),
        pytest.param({"text": "It took 3 weeks."}, id="the row itself"),
    ],
)
def test_a_line_that_evidence_does_not_bear_is_left_out_and_counted(
    fields: dict[str, Any],
) -> None:
    found = _redraw({"goals": [_goal(**fields)]})

    assert found.draft == DRAFT
    assert found.counts == {"not goals": 1}


def test_a_change_answers_themes_and_replaces_what_was_derived_from_them() -> None:
    change = {
        "title": "Say the day of delivery",
        "theme_ids": ["pain: Parcels", "opportunity: Name"],
        "impact": 5,
        "effort": 2,
    }

    first, kept = _redraw({"opportunities": [change]}).draft.opportunities

    assert (first.title, first.impact, first.effort) == ("Say the day of delivery", 5, 2)
    assert first.theme_ids == (PAIN.id,)
    assert first.evidence_ids == ("e1", "e2")
    assert kept == _opportunity("another theme")


@pytest.mark.parametrize(
    ("row_ids", "name"),
    [
        pytest.param(["says: It took"], "Waiting hosts", id="with their own words"),
        pytest.param(["opportunity: Name"], "Stuck: delivery", id="with a theme alone"),
        pytest.param([], "Stuck: delivery", id="with nothing"),
    ],
)
def test_a_persona_is_named_from_what_its_own_people_say(row_ids: list[str], name: str) -> None:
    named = {"group_id": "group: ", "name": "Waiting hosts", "row_ids": row_ids}

    (persona,) = _redraw({"personas": [named]}).draft.personas

    assert persona.name == name


@pytest.mark.parametrize(
    ("text", "is_taken"),
    [
        pytest.param("They may mean the shared account.", True, id="a possibility"),
        pytest.param("They came 2 times.", True, id="a number that was counted"),
        pytest.param("They came 9 times.", False, id="a number that was not"),
    ],
)
def test_an_explanation_is_added_to_what_was_counted(text: str, is_taken: bool) -> None:
    worded = {"row_id": "contradiction: ", "text": text}

    (found,) = _redraw({"explanations": [worded]}).draft.contradictions

    assert found.explanation == "2 visits in a month." + (f" {text}" if is_taken else "")


@pytest.mark.parametrize(
    ("text", "is_taken"),
    [
        ("Tell me, when did you first hear of it?", True),
        ("They should advertise.", False),
        ("When did you hear of it? From whom?", False),
    ],
)
def test_a_gap_asks_a_question(text: str, is_taken: bool) -> None:
    (gap,) = _redraw({"questions": [{"row_id": "gap: ", "text": text}]}).draft.gaps

    assert gap.question == (text if is_taken else GAP.question)
