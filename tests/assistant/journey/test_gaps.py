"""Not knowing is a result: what is missing is said, with one open question that would tell."""

import re
from typing import Any

import pytest

from assistant.journey import draw, wording
from assistant.models import DEFAULT_STAGES, Draft, FunnelStep, Gap, Piece, Stage
from ingestion.models import DocumentKind
from tests.assistant.journey.study import material
from tests.builders import piece, theme

ROWS = ("stage", "goals", "actions", "touchpoints", "emotion", "pains", "delights",
        "opportunities", "scores")  # fmt: skip


def _gaps(drawn: Draft, row: str) -> list[Gap]:
    return [gap for gap in drawn.gaps if gap.row == row]


def _heard(n: int, **fields: Any) -> list[Piece]:  # noqa: ANN401 any field
    return [piece(participant=f"p{at}", **fields) for at in range(n)]


def test_a_stage_without_evidence_is_one_gap() -> None:
    gaps = [gap for gap in draw(material(_heard(3))).gaps if gap.stage == "advocacy"]

    assert [(gap.row, gap.why) for gap in gaps] == [("stage", "no evidence")]


def test_says_where_too_few_speak() -> None:
    (gap,) = _gaps(draw(material(_heard(2))), "emotion")

    assert (gap.stage, gap.why) == ("experience", "2 voices: too few to say")


def test_says_where_one_kind_of_source_speaks() -> None:
    gaps = _gaps(draw(material(_heard(3))), "sources")

    assert [(g.stage, g.why) for g in gaps] == [("experience", "known from interviews only")]


def test_says_which_rows_are_empty() -> None:
    told = _heard(3, kinds="action", touchpoint="till", quote="I paid in cash at the till.")
    study = material(told, themes=(theme(),))

    empty = {gap.row for gap in draw(study).gaps if gap.stage == "experience"}

    assert {"goals", "delights"} <= empty
    assert not {"actions", "touchpoints"} & empty
    assert [gap.why for gap in _gaps(draw(study), "pains")] == [
        "“Delivery takes weeks” is known from interviews only"
    ]


def test_what_is_missing_at_every_stage_is_said_once() -> None:
    told = [one for stage in DEFAULT_STAGES for one in _heard(3, stage=stage.id)]

    (gap,) = _gaps(draw(material(told)), "goals")

    assert (gap.stage, gap.why) == ("", "no evidence at any stage")


def test_what_is_missing_at_two_stages_of_six_is_said_of_each() -> None:
    told = [one for stage in DEFAULT_STAGES[:2] for one in _heard(3, stage=stage.id)]

    gaps = _gaps(draw(material(told)), "goals")

    assert [gap.stage for gap in gaps] == ["awareness", "consideration"]


def test_says_how_many_people_are_like_no_group() -> None:
    why = "2 of the 8 people who were asked are like no group"

    assert why in {
        gap.why for gap in _gaps(draw(material(_two_groups_and_two_alone())), "personas")
    }


def _two_groups_and_two_alone() -> list[Piece]:
    """Make three people at each of two stages, and two who speak of another one each."""
    places = {"experience": 3, "advocacy": 3, "awareness": 1, "decision": 1}
    return [
        piece(participant=f"{stage}{n}", stage=stage, position=at, valence=len(stage) / 4 - 2)
        for stage, people in places.items()
        for n in range(people)
        for at in range(3)
    ]


def test_says_which_kind_of_source_is_missing() -> None:
    voices = {DocumentKind.INTERVIEW: 3, DocumentKind.REVIEW: 0}

    whys = {gap.why for gap in draw(material(_heard(3), voices=voices)).gaps if gap.stage == ""}

    assert {
        f"no {kind} in the study" for kind in ("reviews", "tickets", "surveys", "events")
    } < whys


@pytest.mark.parametrize(
    "known",
    [
        pytest.param(
            {"funnel": (FunnelStep(step="basket", sessions=3, drop_off=None),)}, id="funnel"
        ),
        pytest.param({"ledger": {"events": {"in": 3, "used": 3}}}, id="ledger"),
    ],
)
def test_events_need_no_voices_to_be_there(known: dict[str, Any]) -> None:
    voices = {kind: 1 for kind in DocumentKind if kind is not DocumentKind.EVENTS}

    assert _gaps(draw(material(_heard(3), voices=voices, **known)), "say_vs_do") == []


def test_says_when_scores_came_without_a_reason() -> None:
    (gap,) = _gaps(draw(material(_heard(3), silent_scores=4)), "scores")

    assert gap.why == "4 scores without a word of why"
    assert gap.question == "What was the main reason for the score you gave?"


@pytest.mark.parametrize(("people", "why"), [(2, "no groups of people"), (6, "do not differ")])
def test_says_why_there_are_no_groups_of_people(people: int, why: str) -> None:
    told = [one._replace(position=at) for one in _heard(people) for at in range(3)]

    (gap,) = [gap for gap in draw(material(told)).gaps if gap.row == "personas"]

    assert why in gap.why


def test_asks_in_the_language_of_the_study() -> None:
    (gap,) = _gaps(draw(material(_heard(2, language="de"))), "emotion")

    assert gap.question.endswith("Wie hat sich das angefühlt?")


@pytest.mark.parametrize("language", wording.LANGUAGES)
@pytest.mark.parametrize("row", ROWS)
def test_asks_one_thing_in_forty_words_at_most(language: str, row: str) -> None:
    stages = [*DEFAULT_STAGES, Stage(id="trial", name="Trial")]

    asked = [wording.question(language, stage, row) for stage in stages]

    assert {len(re.findall(r"[?？]", question)) for question in asked} == {1}
    assert all(question.endswith(("?", "？")) for question in asked)
    assert max(len(question.split()) for question in asked) <= 40
    assert "{" not in "".join(asked)


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_questions_differ_by_row_and_stage(language: str) -> None:
    asked = {wording.question(language, s, row) for s in DEFAULT_STAGES for row in ROWS[:-1]}

    assert len(asked) == len(DEFAULT_STAGES) * (len(ROWS) - 1)


def test_a_language_it_does_not_speak_is_asked_in_english() -> None:
    stage = DEFAULT_STAGES[0]

    assert wording.question("tlh", stage, "goals") == wording.question("en", stage, "goals")


def test_a_touchpoint_is_named_in_the_language_of_the_question() -> None:
    asked = wording.question("de", DEFAULT_STAGES[0], "pains", "delivery")

    assert "„Lieferung“" in asked


def test_a_company_s_own_stage_is_named_in_the_question() -> None:
    own = Stage(id="first-ride", name="First ride")

    assert "“First ride”" in wording.question("en", own, "goals")
