from hashlib import sha256
from pathlib import Path

import pytest

from ingestion import sources
from ingestion.models import State


def _write(path: Path, text: str = "words") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_names_every_file_below_a_folder_by_its_path_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.vtt", "a/b/c.csv"):
        _write(tmp_path / name)

    found = sources.gather([tmp_path])

    assert [source.id for source in found.sources] == ["a/b/c.csv", "a/z.vtt", "b.txt"]
    assert found.refusals == ()
    assert found.sources[0].digest == sha256(b"words").hexdigest()


def test_names_a_file_by_its_name(tmp_path: Path) -> None:
    path = _write(tmp_path / "deep" / "p01.txt")

    assert [source.id for source in sources.gather([path]).sources] == ["p01.txt"]


def test_ids_stay_apart_and_a_file_comes_once(tmp_path: Path) -> None:
    first, second = _write(tmp_path / "a" / "p01.txt"), _write(tmp_path / "b" / "p01.txt")

    found = sources.gather([first, second, first, tmp_path / "a"])

    assert [source.id for source in found.sources] == ["p01-2.txt", "p01.txt"]
    assert {source.path for source in found.sources} == {first, second}


@pytest.mark.parametrize(
    ("name", "text", "state", "reason"),
    [
        pytest.param(".hidden", "x", State.EXCLUDED, "hidden", id="hidden file"),
        pytest.param(".git/config", "x", State.EXCLUDED, "hidden", id="hidden folder"),
        pytest.param("~$notes.docx", "x", State.EXCLUDED, "hidden", id="lock of an editor"),
        pytest.param("README.md", "x", State.EXCLUDED, "documentation", id="read me"),
        pytest.param("LICENSE-MIT", "x", State.EXCLUDED, "documentation", id="no ending"),
        pytest.param("LICENCE.txt", "x", State.EXCLUDED, "documentation", id="licence"),
        pytest.param("a/SOURCE.md", "x", State.EXCLUDED, "documentation", id="source"),
        pytest.param("p01.txt", "", State.EMPTY, "empty", id="empty"),
        pytest.param("m.json", '{"schema": "journey-map/1"}', State.EXCLUDED, "map", id="our map"),
    ],
)
def test_refuses_what_is_no_source_and_says_why(
    tmp_path: Path, name: str, text: str, state: State, reason: str
) -> None:
    _write(tmp_path / name, text)

    found = sources.gather([tmp_path])

    assert found.sources == ()
    assert [(refusal.where, refusal.state) for refusal in found.refusals] == [(name, state)]
    assert reason in found.refusals[0].reason


@pytest.mark.parametrize("name", ["licensed-users.csv", "source.csv", "licence-survey.csv"])
def test_reads_files_that_only_sound_like_documentation(tmp_path: Path, name: str) -> None:
    _write(tmp_path / name)

    assert [source.id for source in sources.gather([tmp_path]).sources] == [name]


def test_a_missing_file_fails_and_the_rest_goes_on(tmp_path: Path) -> None:
    found = sources.gather([tmp_path / "gone.txt", _write(tmp_path / "p01.txt")])

    assert [source.id for source in found.sources] == ["p01.txt"]
    assert [refusal.state for refusal in found.refusals] == [State.FAILED]
