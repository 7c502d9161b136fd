"""Known exports are recognised by their columns and values, in nine languages, under any name."""

from pathlib import Path

import pytest

from ingestion.models import Document, Event, Metric, Role
from ingestion.records import is_table
from tests.ingestion.records.shapes import SHAPES, Shape
from tests.ingestion.records.tables import documents, items, read


@pytest.mark.parametrize("shape", [pytest.param(shape, id=shape.name) for shape in SHAPES])
def test_a_known_table_is_recognised(shape: Shape, tmp_path: Path) -> None:
    recognised = read(tmp_path, "export.csv", shape.text).recognition

    assert recognised.kind == shape.kind
    assert {name: recognised.columns.get(name) for name in shape.columns} == shape.columns


@pytest.mark.parametrize("shape", [pytest.param(shape, id=shape.name) for shape in SHAPES])
def test_every_row_of_a_known_table_is_used(shape: Shape, tmp_path: Path) -> None:
    assert all(isinstance(i, Document | Event) for i in items(tmp_path, "x.csv", shape.text))


def shape(name: str) -> str:
    return next(shape.text for shape in SHAPES if shape.name == name)


def test_a_developers_reply_is_not_the_customers_voice(tmp_path: Path) -> None:
    first, _ = documents(tmp_path, "x.csv", shape("App Store Connect"))

    assert [(turn.field, turn.role) for turn in first.turns] == [
        ("title", Role.CUSTOMER),
        ("body", Role.CUSTOMER),
        ("Developer Response", Role.AGENT),
    ]


def test_names_of_people_become_digests(tmp_path: Path) -> None:
    first, second = documents(tmp_path, "x.csv", shape("Trustpilot"))

    assert first.participant != second.participant
    assert str(first.participant).startswith("person-")
    assert "Marrow" not in first.model_dump_json()


def test_a_surveys_second_and_third_header_rows_are_its_questions(tmp_path: Path) -> None:
    first, second = documents(tmp_path, "x.csv", shape("Qualtrics"))

    assert [turn.asked for turn in first.turns] == ["What is the main reason?"]
    assert [score.value for score in (*first.scores, *second.scores)] == [10, 2]


def test_a_survey_answer_names_its_person_by_its_own_id(tmp_path: Path) -> None:
    first, _ = documents(tmp_path, "x.csv", shape("Typeform"))

    assert (first.id, first.participant) == ("x.csv#k3j2h1", "k3j2h1")


def test_satisfaction_in_words_is_a_score(tmp_path: Path) -> None:
    first, second = documents(tmp_path, "x.csv", shape("SurveyMonkey"))

    assert [(s.metric, s.normal) for s in (*first.scores, *second.scores)] == [
        (Metric.CSAT, 1.0),
        (Metric.CSAT, -0.5),
    ]


def test_messages_of_a_conversation_are_one_ticket(tmp_path: Path) -> None:
    first, second = documents(tmp_path, "x.csv", shape("chat messages"))

    assert [turn.role for turn in first.turns] == [Role.CUSTOMER, Role.BOT, Role.AGENT]
    assert second.id == "x.csv#c2"


def test_a_cell_can_hold_an_interview(tmp_path: Path) -> None:
    first, _ = documents(tmp_path, "x.csv", shape("transcripts in a cell"))

    assert [turn.role for turn in first.turns] == [Role.INTERVIEWER, Role.CUSTOMER] * 2
    assert first.participant == "p01"


def test_a_log_without_sessions_has_one_a_person_and_day(tmp_path: Path) -> None:
    found = [i for i in items(tmp_path, "x.csv", shape("Mixpanel")) if isinstance(i, Event)]

    assert [event.session for event in found] == ["p01/2025-01-01"] * 2 + ["p02/2025-01-01"]
    assert [event.page for event in found] == ["/p/lamp", "/done", "/p/desk"]


def test_conversations_that_run_side_by_side_are_told_apart(tmp_path: Path) -> None:
    text = (
        "chat_id,sender,message\n"
        "c1,customer,Is anybody there?\n"
        "c2,customer,My lamp arrived broken.\n"
        "c1,agent,Yes we are here.\n"
        "c2,agent,I am sorry to hear that.\n"
        "c1,customer,Good to know.\n"
    )
    first, second = documents(tmp_path, "x.csv", text)

    assert [turn.text for turn in first.turns] == [
        "Is anybody there?",
        "Yes we are here.",
        "Good to know.",
    ]
    assert (second.id, len(second.turns)) == ("x.csv#c2", 2)


def test_a_survey_may_hold_scores_alone(tmp_path: Path) -> None:
    first, second = documents(tmp_path, "x.csv", "respondent,nps\np01,9\np02,0\n")

    assert (first.kind, first.participant, first.scores[0].metric) == ("survey", "p01", Metric.NPS)
    assert second.scores[0].value == 0


def test_a_corpus_with_a_long_delimiter_is_a_table(tmp_path: Path) -> None:
    text = "".join(f"It took {n} days to arrive, they said.####[]\n" for n in range(9))
    found = documents(tmp_path, "x.csv", text)

    assert is_table(text)
    assert [turn.text for turn in found[0].turns] == ["It took 0 days to arrive, they said."]
    assert len(found) == 9


def test_a_question_in_a_column_of_its_own_is_asked(tmp_path: Path) -> None:
    text = (
        "Respondent ID,Question,Answer\n"
        "a1,What was good?,The nurse had time for me.\n"
        "a1,What was bad?,Did not answer\n"
        "a2,What was good?,They called me back at once.\n"
    )
    first, second = documents(tmp_path, "x.csv", text)

    assert (first.turns[0].asked, first.participant) == ("What was good?", "a1")
    assert second.participant == "a2"
