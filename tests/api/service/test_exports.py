"""What was answered, taken out: as transcripts, as a table for spreadsheets, and as JSON."""

import asyncio
import csv
import json
from collections.abc import AsyncIterator
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.service import tables
from ingestion.models import Record
from tests.api.service.test_erasure import answer
from tests.api.service.visiting import Site

FORMULA = '=HYPERLINK("http://evil.example","Click")'


class Row(Record):
    """A row with words and a number."""

    words: str
    number: int | None = None


async def _given(rows: list[Row]) -> AsyncIterator[Row]:
    for row in rows:
        yield row


def written(rows: list[Row]) -> list[list[str]]:
    """Write rows as CSV, and read them as a program does."""

    async def gather() -> str:
        return "".join([piece async for piece in tables.as_csv(["words", "number"], _given(rows))])

    text = asyncio.run(gather())
    assert text.startswith("\N{ZERO WIDTH NO-BREAK SPACE}")
    return list(csv.reader(StringIO(text[1:], newline="")))[1:]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), max_size=5))
def test_no_cell_is_a_formula_and_no_word_is_lost(texts: list[str]) -> None:
    cells = [cells[0] for cells in written([Row(words=text) for text in texts])]

    assert not [
        cell for cell in cells if cell.strip(" \N{NO-BREAK SPACE}")[:1] in set("=+-@\t\r＝")
    ]
    assert [cell.removeprefix("'") for cell in cells] == [text.removeprefix("'") for text in texts]


@pytest.mark.parametrize(
    ("said", "cell"),
    [
        pytest.param("It broke.", "It broke.", id="words"),
        pytest.param(FORMULA, f"'{FORMULA}", id="a formula"),
        pytest.param("  +1+1", "'  +1+1", id="behind spaces"),
        pytest.param("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0", id="a command"),
        pytest.param("＝1+1", "'＝1+1", id="in wide letters"),
        pytest.param("\t=1", "'\t=1", id="behind a tab"),
        pytest.param("a, \"b\"\nc", "a, \"b\"\nc", id="commas, quotes and lines"),
    ],
)  # fmt: skip
def test_a_spreadsheet_calculates_nothing_that_was_said(said: str, cell: str) -> None:
    assert written([Row(words=said, number=-3)]) == [[cell, "-3"]]


def test_answers_are_exported_with_what_was_asked(site: Site) -> None:
    answer(site, FORMULA, "p01")
    answer(site, "Der Preis.", "p02", is_signed=False)
    sent = site.private("GET", "/v1/exports", params={"study": "shop"})
    rows = list(csv.DictReader(StringIO(sent.content.decode("utf-8-sig"), newline="")))

    assert sent.headers["content-type"] == "text/csv; charset=utf-8"
    assert [(row["visitor"], row["is_signed"], row["answer"]) for row in rows] == [
        ("p02", "false", "Der Preis."),
        ("p02", "false", "The price."),
        ("p01", "true", f"'{FORMULA}"),
        ("p01", "true", "The price."),
    ]
    assert rows[0]["asked"] == "What made you look for something new?"
    assert rows[0]["questionnaire"] == "simple@1"


def test_json_holds_every_word_as_it_was_said(site: Site) -> None:
    answer(site, FORMULA, "p01")
    params = {"study": "shop", "format": "json"}
    sent = site.private("GET", "/v1/exports", params=params)
    log = site.private("GET", "/v1/audit", params={"action": "study.exported"}).json()

    assert [row["answer"] for row in json.loads(sent.text)] == [FORMULA, "The price."]
    assert [each["what"] for each in log["items"]] == ["shop as json"]


def test_nothing_is_exported_of_who_did_not_consent(site: Site) -> None:
    site.begin()
    answers = [
        site.private("GET", "/v1/exports", params={"study": study, "format": "json"})
        for study in ("shop", "none")
    ]

    assert answers[0].json() == []
    assert (answers[1].status_code, answers[1].json()["error"]) == (404, "unknown_study")


def test_a_transcript_is_read_when_the_conversation_is_over(site: Site) -> None:
    answer(site, "It broke.", "p01")
    site.visitor()
    open_, over = (each["id"] for each in site.private("GET", "/v1/conversations").json()["items"])
    read = site.private("GET", f"/v1/transcripts/{over}").json()

    assert read["participant"] == "p01"
    assert "It broke." in [turn["text"] for turn in read["turns"]]
    assert site.private("GET", f"/v1/transcripts/{open_}").json()["error"] == "not_over"
    assert site.private("GET", "/v1/transcripts/c_none").status_code == 404
