"""Whatever a table holds, each record is used or refused, and nothing but our errors leaves."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingestion import records
from ingestion.errors import IngestionError
from ingestion.models import Document, DocumentKind, Event, Level, Refusal
from tests.ingestion.records.tables import source

FORMS = ("csv", "xlsx", "json", "jsonl", "parquet", "mbox", "eml")
names = st.sampled_from(
    [
        *("", "id", "text", "rating", "date", "nps", "answer_why", "status", "event", "timestamp"),
        *("user_id", "comment", "评论", "оценка", "session", "title", "speaker", "interview"),
    ]
)
cells = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["5", "2025-01-01 10:00", "It took a week to arrive.", "", "n/a", '"', "a\nb"]),
)
quick = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Draw a header and rows as wide as it."""
    width = draw(st.integers(2, 6))
    header = draw(st.lists(names, min_size=width, max_size=width))
    rows = draw(st.lists(st.lists(cells, min_size=width, max_size=width), max_size=12))
    return [header, *rows]


def written(rows: list[list[str]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def read(folder: Path, form: str, data: bytes) -> tuple[DocumentKind, list[records.Item]] | None:
    try:
        contents = records.read(source(folder, f"x.{form}", data), form)
    except IngestionError:
        return None
    return contents.recognition.kind, list(contents.items)


@quick
@given(rows=tables())
def test_every_row_is_used_or_refused(rows: list[list[str]], tmp_path: Path) -> None:
    found = read(tmp_path, "csv", written(rows))
    if found is None or found[0] is DocumentKind.INTERVIEW:
        return

    n_in = sum(1 for row in csv.reader(io.StringIO(written(rows).decode(), newline="")) if row)
    assert len(found[1]) in (n_in - 1, n_in)  # with a header or without
    assert {item.level for item in found[1] if isinstance(item, Refusal)} <= {Level.RECORDS}


@quick
@given(rows=tables())
def test_no_two_records_share_an_id(rows: list[list[str]], tmp_path: Path) -> None:
    _, items = read(tmp_path, "csv", written(rows)) or (None, [])
    ids = [item.id for item in items if isinstance(item, Document)]

    assert len(ids) == len(set(ids))


@quick
@given(rows=st.lists(st.dictionaries(names, st.one_of(cells, st.none(), st.integers()))))
def test_every_object_is_used_or_refused(rows: list[dict[str, object]], tmp_path: Path) -> None:
    data = json.dumps(rows, default=str).encode("utf-8", "replace")
    found = read(tmp_path, "json", data)

    assert found is None or found[0] is DocumentKind.INTERVIEW or len(found[1]) == len(rows)


@pytest.mark.parametrize(
    ("form", "data"),
    [
        ("json", b'[{"id": null, "text": "Response"}, {"id": 2, "text": "It broke."}]'),
        ("csv", b"id,text,why\n1,Response,It broke on the way.\n2,It came late.,No idea why.\n"),
    ],
)
def test_an_answer_that_is_called_like_a_header_is_an_answer(
    form: str, data: bytes, tmp_path: Path
) -> None:
    _, items = read(tmp_path, form, data) or (None, [])

    assert len(items) == 2


@pytest.mark.parametrize("form", FORMS)
@quick
@given(data=st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)))
def test_nothing_but_our_errors_leaves(form: str, data: bytes, tmp_path: Path) -> None:
    for item in (read(tmp_path, form, data) or (None, []))[1]:
        assert isinstance(item, Document | Event | Refusal)
