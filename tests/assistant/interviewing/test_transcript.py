"""What a conversation leaves behind: a source, in which only the customer is heard."""

import json
from pathlib import Path

import pytest

from assistant.interviewing import Context, Reply, transcript
from ingestion import parsing
from ingestion.models import Document, Role, Source, SourceId
from tests.assistant.interviewing.talking import CONSENT, talk

STORY = "On Monday we waited an hour for the page."


def read(data: bytes, folder: Path) -> list[Document]:
    file = folder / "interview.json"
    file.write_bytes(data)
    contents = parsing.read(Source(id=SourceId("interview.json"), path=file, digest="0"))
    return [item for item in contents.items if isinstance(item, Document)]


def test_is_read_as_an_interview_in_which_the_bot_is_not_quoted(tmp_path: Path) -> None:
    conversation = talk([CONSENT, STORY, "yes", Reply(kind="skip")])
    (document,) = read(transcript.as_source(conversation), tmp_path)

    said = [turn.text for turn in document.turns if turn.role is Role.CUSTOMER]
    assert said == [STORY]
    assert {turn.role for turn in document.turns} == {Role.CUSTOMER, Role.BOT}


def test_keeps_how_each_turn_came_about() -> None:
    conversation = talk([CONSENT, "It got slow."])
    kept = json.loads(transcript.as_source(conversation))

    assert kept["questionnaire"] == "lost-customer-left@1"
    assert kept["log"][-1]["probe"] == "clarifying"
    assert kept["log"][-1]["engine"] == "bank"
    assert kept["log"][-2]["heard_ms"] == 5000


@pytest.mark.parametrize(
    ("visitor", "is_signed", "participant"),
    [
        pytest.param("P03", True, "P03", id="the company vouches"),
        pytest.param("cust/47 11", True, "cust/47 11", id="a name that reads like none"),
        pytest.param("P03", False, "interview", id="the page merely says so"),
        pytest.param(None, True, "interview", id="nobody is named"),
    ],
)
def test_names_the_participant_whom_the_company_vouches_for(
    visitor: str | None, is_signed: bool, participant: str, tmp_path: Path
) -> None:
    context = Context(visitor=visitor, is_signed=is_signed)
    told = talk([CONSENT, STORY]).model_copy(update={"context": context})
    (document,) = read(transcript.as_source(told), tmp_path)

    assert document.participant == participant


def test_holds_nothing_without_consent() -> None:
    kept = json.loads(transcript.as_source(talk(["It got slow."])))

    assert (kept["turns"], kept["log"]) == ([], [])
