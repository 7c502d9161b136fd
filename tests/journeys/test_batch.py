"""Several studies with nobody there: each is drawn, and one that fails stops no other."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from assistant.models import JourneyMap
from assistant.summaries import Summaries

LOST = "The form lost my frame number twice, which made me really angry."
KIND = "The caretaker was so kind and let me in by hand."
WRITTEN = {"map.json", "map.html", "map.md", "summaries.json", "summaries.md"}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNEY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("JOURNEY_WORKERS", "0")
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def shed(tmp_path: Path) -> Path:
    return study(tmp_path, "shed", k01=LOST)


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    return study(tmp_path, "gate", k02=KIND, k03="The gate closes so fast that it hit my wheel.")


def study(parent: Path, name: str, **said: str) -> Path:
    for person, line in said.items():
        add(parent / name, person, line)
    return parent / name


def add(folder: Path, person: str, said: str) -> None:
    folder.mkdir(exist_ok=True)
    turns = f"Interviewer: How was it?\n\n{person.upper()}: {said}\n"
    (folder / f"{person}.txt").write_text(turns, "utf-8")


def batch(*folders: Path, more: tuple[str, ...] = ()) -> Result:
    out = folders[0].parent / "drawn"
    paths = [str(folder) for folder in folders]
    return CliRunner().invoke(app, ["batch", *paths, "--out", str(out), *more])


def rows(result: Result) -> dict[str, list[str]]:
    """Give the cells of the table at the end, by study."""
    _, table = result.output.split("Study ", 1)
    cells = (line.split(maxsplit=4) for line in table.splitlines()[1:] if line.strip())
    return {study: [cell.strip() for cell in rest] for study, *rest in cells}


def test_every_study_gets_its_map_and_its_summaries(shed: Path, gate: Path) -> None:
    result = batch(shed, gate)

    assert result.exit_code == 0, result.output
    for folder, said in ((shed, LOST), (gate, KIND)):
        drawn = shed.parent / "drawn" / folder.name
        assert {file.name for file in drawn.iterdir()} == WRITTEN
        map_ = JourneyMap.model_validate_json((drawn / "map.json").read_text("utf-8"))
        assert said in {each.quote for each in map_.evidence}
        summed = Summaries.model_validate_json((drawn / "summaries.json").read_text("utf-8"))
        assert [page.document for page in summed.interviews] == sorted(
            file.name for file in folder.iterdir()
        )


def test_a_study_that_fails_is_told_and_stops_no_other(shed: Path, gate: Path) -> None:
    missing, empty = shed.parent / "missing", shed.parent / "empty"
    empty.mkdir()

    result = batch(missing, shed, empty, gate)

    assert result.exit_code == 1, result.output
    told = rows(result)
    assert list(told) == ["missing", "shed", "empty", "gate"]
    assert told["missing"] == ["-", "-", "-", "Nothing could be read. There is no such folder."]
    assert told["empty"][3].startswith("Nothing could be read.")
    assert [told[name][0] for name in ("shed", "gate")] == ["1", "2"]
    assert [told[name][3] for name in ("shed", "gate")] == ["-", "-"]


def test_what_nobody_foresaw_stops_no_other_study(shed: Path, gate: Path) -> None:
    (shed.parent / "drawn").mkdir()
    (shed.parent / "drawn" / "shed").write_text("a file where a folder should be", "utf-8")

    result = batch(shed, gate)

    assert result.exit_code == 1, result.output
    assert "FileExistsError" in rows(result)["shed"][3]
    assert rows(result)["gate"][0] == "2"


def test_a_file_that_cannot_be_read_is_named_beside_its_study(shed: Path) -> None:
    (shed / "k09.docx").write_bytes(b"PK\x03\x04 broken off")

    result = batch(shed)

    assert result.exit_code == 0, result.output
    assert rows(result)["shed"][0] == "1"
    assert rows(result)["shed"][3].startswith("In part: k09.docx: ")


def test_the_second_time_only_what_came_since_is_new(shed: Path, gate: Path) -> None:
    batch(shed, gate)
    add(shed, "k04", "The roof leaks, it is awful.")

    told = rows(batch(shed, gate))

    assert {name: cells[:2] for name, cells in told.items()} == {
        "shed": ["2", "1"],
        "gate": ["2", "0"],
    }


def test_progress_is_one_line_a_study(shed: Path, gate: Path) -> None:
    progress, _ = batch(shed, gate).output.split("Study ", 1)

    lines = [line.split(":")[0] for line in progress.splitlines() if line.strip()]
    assert lines == ["1/2 shed", "2/2 gate"]


def test_without_a_word_on_where_it_is_drawn_where_it_is_called(
    shed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)

    CliRunner().invoke(app, ["batch", str(shed)])

    assert {file.name for file in (here / "shed").iterdir()} == WRITTEN


def test_two_studies_of_one_name_overwrite_nothing(shed: Path) -> None:
    other = shed.parent / "other"
    other.mkdir()

    result = batch(shed, study(other, "shed", k07=KIND))

    assert result.exit_code == 2
    assert "More than one study is called shed" in result.output
    assert not (shed.parent / "drawn").exists()


def test_a_language_model_is_not_asked_for_what_nobody_agreed_to(shed: Path) -> None:
    result = batch(shed, more=("--engine", "llm"))

    assert result.exit_code == 2
    assert "--max-cost" in result.output
    assert not (shed.parent / "drawn").exists()
