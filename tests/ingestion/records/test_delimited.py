"""Delimited text: any delimiter and encoding; a bad row is refused, the rest goes on."""

from itertools import islice
from pathlib import Path

import pytest

from ingestion import records
from ingestion.errors import MalformedSource, UnsupportedFormat
from ingestion.models import Document, Refusal, State
from tests.ingestion.records.tables import documents, items, read, refusals, source

HEADER = "id,rating,text\n"
GOOD = "r1,5,Works as it should and looks good.\n"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_delimiter_is_found(delimiter: str, tmp_path: Path) -> None:
    text = (HEADER + GOOD + GOOD.replace("r1", "r2")).replace(",", delimiter)
    first, second = documents(tmp_path, "x.csv", text)

    assert (first.id, second.id) == ("x.csv#r1", "x.csv#r2")


@pytest.mark.parametrize(
    "codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1", "gb18030", "cp1251"]
)
def test_any_encoding_is_read(codec: str, tmp_path: Path) -> None:
    words = {"gb18030": "包装破了，客服没有回复我。", "cp1251": "Посылка пришла вскрытой."}
    said = words.get(codec, "Schöne Grüße, aber die Lieferung war zu spät für uns.")
    text = f"id;rating;text\nr1;2;{said}\nr2;2;{said}\n"

    assert documents(tmp_path, "x.csv", text.encode(codec))[0].turns[0].text == said


def test_a_quoted_cell_may_hold_delimiters_quotes_and_lines(tmp_path: Path) -> None:
    text = HEADER + 'r1,2,"First, it ""broke"".\nThen, it stopped."\n' + GOOD
    first, _ = documents(tmp_path, "x.csv", text)

    assert first.turns[0].text == 'First, it "broke".\nThen, it stopped.'


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param("r9,1,one,two,three\n", "5 cells", id="too many cells"),
        pytest.param("r9\n", "1 cells", id="too few cells"),
        pytest.param('r9,1,"never closed\n', "never closed", id="an open quote"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(row: str, reason: str, tmp_path: Path) -> None:
    first, *_, broken, last = items(tmp_path, "x.csv", HEADER + 4 * GOOD + row + GOOD)

    assert isinstance(first, Document)
    assert isinstance(broken, Refusal)
    assert isinstance(last, Document)
    assert (broken.state, broken.line) == (State.FAILED, 6)
    assert reason in broken.reason


def test_bytes_that_are_no_text_cost_their_row_alone(tmp_path: Path) -> None:
    many = (HEADER + 9_000 * GOOD).encode()
    broken, last = items(tmp_path, "x.csv", many + b"r9,1,oh \xff\xfe no\n" + GOOD.encode())[-2:]

    assert isinstance(broken, Refusal)
    assert isinstance(last, Document)
    assert (broken.line, broken.state) == (9_002, State.FAILED)


def test_a_stray_quote_stays_in_the_words(tmp_path: Path) -> None:
    text = HEADER + GOOD + 'r2,3,"My "smart" lamp is not smart."\n' + GOOD.replace("r1", "r3")
    found = documents(tmp_path, "x.csv", text)

    assert len(found) == 3
    assert "smart" in found[1].turns[0].text


def test_a_quote_behind_a_backslash_is_a_quote(tmp_path: Path) -> None:
    text = HEADER + GOOD + r'r2,3,"They call it \"smart\", I call it slow."' + "\n"
    _, second = documents(tmp_path, "x.csv", text)

    assert second.turns[0].text == 'They call it "smart", I call it slow.'


def test_an_address_as_id_is_not_kept_where_a_row_is_refused(tmp_path: Path) -> None:
    (empty,) = refusals(tmp_path, "x.csv", HEADER + GOOD + "nora@birch.example,,\n")

    assert "nora" not in empty.where


def test_an_empty_row_is_refused_as_empty(tmp_path: Path) -> None:
    (empty,) = refusals(tmp_path, "x.csv", HEADER + GOOD + "r2,,\n")

    assert (empty.state, empty.where, empty.line) == (State.EMPTY, "x.csv#r2", 3)


def test_a_score_without_words_is_kept(tmp_path: Path) -> None:
    _, second = documents(tmp_path, "x.csv", HEADER + GOOD + "r2,1,\n")

    assert (second.turns, second.scores[0].value) == ((), 1)


def test_ids_that_repeat_are_made_unique(tmp_path: Path) -> None:
    found = documents(tmp_path, "x.csv", HEADER + GOOD * 3)

    assert len({document.id for document in found}) == 3


def test_a_table_without_a_header_is_read(tmp_path: Path) -> None:
    text = (
        "4\tThe door would not open for us\t2025-01-01\n2\tThey let us wait outside\t2025-01-02\n"
    )
    found = documents(tmp_path, "x.tsv.csv", text)

    assert [document.turns[0].field for document in found] == ["body", "body"]


def test_what_stands_above_the_header_is_skipped(tmp_path: Path) -> None:
    found = documents(tmp_path, "x.csv", "Export of May\n\n" + HEADER + GOOD + GOOD)

    assert len(found) == 2


def test_a_table_without_words_or_events_says_what_it_saw(tmp_path: Path) -> None:
    text = "Visits;Bounce;Month\n3;0.2;Feb\n4;0.1;Mar\n"

    with pytest.raises(UnsupportedFormat, match=r"3 columns \(Visits, Bounce, Month\).*--mapping"):
        read(tmp_path, "x.csv", text)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"  "])
def test_an_empty_file_is_malformed(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(MalformedSource, match="empty"):
        read(tmp_path, "x.csv", data)


def test_reading_is_lazy(tmp_path: Path) -> None:
    rows = (f"r{n},{n % 5 + 1},The {n}th time that I write this down.\n" for n in range(50_000))
    path = source(tmp_path, "x.csv", HEADER + "".join(rows)).path
    contents = records.read(source(tmp_path, "y.csv", path.read_bytes()), "csv")

    with (tmp_path / "y.csv").open("r+b") as file:
        first = list(islice(contents.items, 100))
        file.truncate(path.stat().st_size // 2)
        rest = sum(isinstance(item, Document) for item in contents.items)

    assert len(first) == 100
    assert 20_000 < rest < 30_000


@pytest.mark.parametrize(
    ("head", "is_table"),
    [
        pytest.param("id,stars\n1,5\n2,3\n", True, id="commas"),
        pytest.param("id;text\n1;Well, yes\n2;Oh, no, never\n", True, id="semicolons"),
        pytest.param("a\tb\nc\td\n", True, id="tabs"),
        pytest.param('date,rating,text\n2025-01-01,4,"Fine, I say"\n', True, id="quoted"),
        pytest.param("Mara: Well, no.\nJoss: Yes, I do.\n", False, id="a dialogue"),
        pytest.param("It came late, I think.\nIt was wet, too.\n", False, id="prose"),
        pytest.param("WEBVTT\n\n00:01.000 --> 00:02.000\nHi, you\n", False, id="captions"),
        pytest.param("# Notes\n\nOne, two.\n\nThree.\n", False, id="Markdown"),
        pytest.param("", False, id="nothing"),
    ],
)
def test_a_table_is_told_from_prose(head: str, is_table: bool) -> None:
    assert records.is_table(head) is is_table
