"""A mapping says what a file holds; what it gets wrong is said with its place."""

from pathlib import Path

import pytest

from ingestion import mapping
from ingestion.errors import MalformedMapping, UnsupportedFormat
from ingestion.mapping import Field, Layout, Mapping
from ingestion.models import Document, DocumentKind, Event
from tests.ingestion.records.tables import items, read

GUIDE = Path(__file__).parents[2] / "docs" / "mapping.md"


def load(folder: Path, text: str, name: str = "mapping.yaml") -> Mapping:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return mapping.load(path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("mapping.yaml", "'*.csv':\n  kind: review\n  columns: {Sterne: rating}\n"),
        ("mapping.json", '{"*.csv": {"kind": "review", "columns": {"Sterne": "rating"}}}'),
    ],
)
def test_yaml_and_json_say_the_same(name: str, text: str, tmp_path: Path) -> None:
    assert load(tmp_path, text, name).layout("exports/may.csv") == Layout(
        kind=DocumentKind.REVIEW, columns={"Sterne": Field.RATING}
    )


def test_the_first_pattern_that_fits_wins(tmp_path: Path) -> None:
    said = load(tmp_path, "a/*.csv: {delimiter: ';'}\n'*.csv': {delimiter: '|'}\n")

    assert [said.layout(name).delimiter for name in ("a/x.csv", "b/x.csv", "x.txt")] == [
        ";",
        "|",
        None,
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x.csv: {kind: opinion}", "x.csv, kind: "),
        ("x.csv: {columns: {Stars: starts}}", "x.csv, columns, Stars: "),
        ("x.csv: {colour: {}}", "x.csv, colour: "),
        ("x.csv: {scales: {Stars: {worst: 1, best: 1}}}", "the same number"),
        ("x.csv: {delimiter: ';;'}", "x.csv, delimiter: "),
        ("x.csv: [", "line 1: "),
        ("- x.csv", "expected file names"),
        ('{"x.csv": }', "line 1: "),
        ("", "expected file names"),
    ],
)
def test_says_what_is_wrong_and_where(text: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(MalformedMapping, match=r"mapping\.yaml: ") as refusal:
        load(tmp_path, text)
    assert reason in str(refusal.value)


def test_a_mapping_that_is_not_there_is_malformed(tmp_path: Path) -> None:
    with pytest.raises(MalformedMapping, match="cannot be read"):
        mapping.load(tmp_path / "nowhere.yaml")


def test_the_guides_examples_can_be_loaded_and_name_every_field(tmp_path: Path) -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    examples = [block.partition("```")[0] for block in guide.split("```yaml\n")[1:]]
    fields = guide.partition("## Fields")[2].split("`")[1::2]

    assert len([load(tmp_path, example) for example in examples]) == 3
    assert {field.value for field in Field} <= set(fields)


ODD = "wer;wann;was er meint;wert\nk1;03/04/2025;Zu laut am Abend;6\nk2;05/04/2025;Leise;1\n"


def test_a_mapping_wins_over_what_is_recognised(tmp_path: Path) -> None:
    said = load(
        tmp_path,
        "x.csv:\n  kind: survey\n  dates: mdy\n"
        "  columns: {wer: participant, wann: date, was er meint: answer, wert: csat}\n"
        "  scales: {wert: {worst: 6, best: 1}}\n",
    )
    first, second = items(tmp_path, "x.csv", ODD, said)

    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.kind, first.participant, str(first.date)) == ("survey", "k1", "2025-03-04")
    assert [score.normal for score in (*first.scores, *second.scores)] == [-1, 1]
    assert [turn.field for turn in first.turns] == ["was er meint"]


def test_an_ignored_column_is_left_out(tmp_path: Path) -> None:
    said = load(tmp_path, "x.csv: {columns: {notes: ignore}}")
    text = "text,rating,notes\nIt is far too heavy for me,2,Call them back soon\n"
    (document,) = items(tmp_path, "x.csv", text, said)

    assert isinstance(document, Document)
    assert [turn.text for turn in document.turns] == ["It is far too heavy for me"]


def test_a_log_without_a_header_can_be_mapped(tmp_path: Path) -> None:
    said = load(
        tmp_path,
        "x.csv:\n  kind: events\n  header: false\n  delimiter: '|'\n  dates: mdy\n"
        "  columns: {column 1: participant, column 2: timestamp, column 3: event}\n",
    )
    event, _ = items(tmp_path, "x.csv", "k1|03/04/2025|look\nk2|03/05/2025|buy\n", said)

    assert isinstance(event, Event)
    assert (event.participant, event.name, event.at.month) == ("k1", "look", 3)


def test_a_column_that_is_not_there_is_said(tmp_path: Path) -> None:
    said = load(tmp_path, "x.csv: {columns: {stars: rating}}")

    with pytest.raises(UnsupportedFormat, match="not there: stars"):
        read(tmp_path, "x.csv", ODD, said)
