"""Several studies with nobody there: each is drawn, and one that fails stops no other."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from assistant.models import JourneyMap
from assistant.summaries import Summaries

LOST = "The form lost my frame number twice, which made me really angry."
KIND = "The caretaker was so kind and let me in by hand."
HARD = "The gate closes so fast that it hit my wheel."
LATE = "The roof leaks, it is awful."
SAID = {"shed": {"k01": LOST}, "gate": {"k02": KIND, "k03": HARD}}
WRITTEN = {"map.json", "map.html", "map.md", "summaries.json", "summaries.md"}
NO_FOLDER = "Nothing could be read. There is no such folder."


class Nights(NamedTuple):
    """Two runs over the same studies, and what each wrote.

    Attributes:
        first: Of a folder that is not there, a study, a folder that is empty, and a study; with no
            word on where to write.
        second: Of the two studies, when a voice and a broken file had come to the one, and the
            other could not be written.
    """

    first: Result
    first_out: Path
    second: Result


def study(parent: Path, name: str, **said: str) -> Path:
    for person, line in said.items():
        add(parent / name, person, line)
    return parent / name


def add(folder: Path, person: str, said: str) -> None:
    folder.mkdir(exist_ok=True)
    turns = f"Interviewer: How was it?\n\n{person.upper()}: {said}\n"
    (folder / f"{person}.txt").write_text(turns, "utf-8")


def batch(*arguments: Path | str) -> Result:
    return CliRunner().invoke(app, ["batch", *map(str, arguments)])


def rows(result: Result) -> dict[str, list[str]]:
    """Give the cells of the table at the end, by study."""
    _, table = result.output.split("Study ", 1)
    cells = (line.split(maxsplit=4) for line in table.splitlines()[1:] if line.strip())
    return {study: [cell.strip() for cell in rest] for study, *rest in cells}


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    place, here, out = (tmp_path_factory.mktemp(name) for name in ("studies", "here", "out"))
    shed, gate = (study(place, name, **said) for name, said in SAID.items())
    (place / "empty").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JOURNEY_HOME", str(place / "home"))
        patch.setenv("JOURNEY_WORKERS", "0")
        patch.setenv("COLUMNS", "200")
        patch.chdir(here)
        first = batch(place / "missing", shed, place / "empty", gate)
        add(shed, "k04", LATE)
        (shed / "k09.docx").write_bytes(b"PK\x03\x04 broken off")
        (out / "gate").write_text("a file where a folder should be", "utf-8")
        yield Nights(first, here, batch(gate, shed, "--out", out))


@pytest.mark.parametrize("name", SAID)
def test_every_study_gets_its_map_and_its_summaries(nights: Nights, name: str) -> None:
    drawn, said = nights.first_out / name, SAID[name]

    assert {file.name for file in drawn.iterdir()} == WRITTEN
    map_ = JourneyMap.model_validate_json((drawn / "map.json").read_text("utf-8"))
    assert next(iter(said.values())) in {each.quote for each in map_.evidence}
    summed = Summaries.model_validate_json((drawn / "summaries.json").read_text("utf-8"))
    assert [page.document for page in summed.interviews] == [f"{person}.txt" for person in said]


def test_a_study_that_fails_is_told_and_stops_no_other(nights: Nights) -> None:
    told = rows(nights.first)

    assert nights.first.exit_code == 1
    assert list(told) == ["missing", "shed", "empty", "gate"]
    assert told["missing"] == ["-", "-", "-", NO_FOLDER]
    assert told["empty"][3].startswith("Nothing could be read.")
    assert [told[name][0] for name in SAID] == ["1", "2"]
    assert [told[name][3] for name in SAID] == ["-", "-"]


def test_progress_is_one_line_a_study(nights: Nights) -> None:
    progress, _ = nights.first.output.split("\n Study ", 1)

    assert [line.split(":")[0] for line in progress.splitlines()] == [
        "1/4 missing",
        "2/4 shed",
        "3/4 empty",
        "4/4 gate",
    ]


def test_what_nobody_foresaw_stops_no_other_study_either(nights: Nights) -> None:
    told = rows(nights.second)

    assert nights.second.exit_code == 1
    assert "FileExistsError" in told["gate"][3]
    assert told["shed"][0] == "2"


def test_the_second_time_only_what_came_since_is_new(nights: Nights) -> None:
    assert rows(nights.first)["shed"][:2] == ["1", "1"]
    assert rows(nights.second)["shed"][:2] == ["2", "1"]


def test_a_file_that_cannot_be_read_is_named_beside_its_study(nights: Nights) -> None:
    assert rows(nights.second)["shed"][3].startswith("In part: k09.docx: ")


def test_two_studies_of_one_name_overwrite_nothing(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    both = (study(tmp_path, "shed", k01=LOST), study(tmp_path / "other", "shed", k02=KIND))

    result = batch(*both, "--out", tmp_path / "drawn")

    assert result.exit_code == 2
    assert "More than one study is called shed" in result.output
    assert not (tmp_path / "drawn").exists()


def test_a_language_model_is_not_asked_for_what_nobody_agreed_to(tmp_path: Path) -> None:
    shed = study(tmp_path, "shed", k01=LOST)

    result = batch(shed, "--out", tmp_path / "drawn", "--engine", "llm")

    assert result.exit_code == 2
    assert "--max-cost" in result.output
    assert not (tmp_path / "drawn").exists()
