"""Workbooks: every sheet that holds something is read, the others are said."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook

from ingestion.errors import MalformedSource, UnsupportedFormat
from ingestion.models import Document, Refusal, State
from tests.ingestion.records.tables import documents, items, read

REVIEWS: list[tuple[object, ...]] = [
    ("Stars", "What they wrote", "Published"),
    (5, "The handle fits my hand.", datetime(2025, 3, 1, 9, 30)),  # noqa: DTZ001 - as Excel has it
    (2, "It squeaks when it rains.", datetime(2025, 3, 2)),  # noqa: DTZ001 - as Excel has it
]


def workbook(**sheets: list[tuple[object, ...]]) -> bytes:
    book = Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    del book["Sheet"]
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def test_a_sheet_is_read_like_any_table(tmp_path: Path) -> None:
    first, second = documents(tmp_path, "x.xlsx", workbook(Reviews=REVIEWS))

    assert (first.kind, first.turns[0].text) == ("review", "The handle fits my hand.")
    assert str(second.date) == str(datetime(2025, 3, 2, tzinfo=UTC).date())
    assert second.scores[0].normal == -0.5


def test_a_title_above_the_header_is_skipped(tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [("Reviews of March",), (), *REVIEWS]

    assert len(documents(tmp_path, "x.xlsx", workbook(Reviews=rows))) == 2


def test_every_sheet_is_read_and_what_holds_nothing_is_said(tmp_path: Path) -> None:
    lists: list[tuple[object, ...]] = [("Code", "Amount"), (1, 20), (2, 30)]
    data = workbook(May=REVIEWS, Lists=lists, June=REVIEWS)
    found = items(tmp_path, "x.xlsx", data)
    used = [item for item in found if isinstance(item, Document)]
    (left_out,) = [item for item in found if isinstance(item, Refusal)]

    assert len({document.id for document in used}) == 4
    assert (left_out.where, left_out.state) == ("x.xlsx#Lists", State.EXCLUDED)


def test_an_empty_workbook_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(UnsupportedFormat, match="no table"):
        read(tmp_path, "x.xlsx", workbook(Empty=[]))


def test_a_damaged_workbook_is_malformed(tmp_path: Path) -> None:
    with pytest.raises(MalformedSource, match="workbook"):
        read(tmp_path, "x.xlsx", workbook(Reviews=REVIEWS)[:400])
