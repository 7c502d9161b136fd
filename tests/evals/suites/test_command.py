"""`journey eval` says what it measured, what changed, and what it cannot read."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from evals.suites import reports
from evals.suites.catalogue import SLICES
from evals.suites.labelled import samples

LATE = {"text": "The parcel came three weeks late and broken.", "kinds": ["pain"], "lang": "en"}
LANGUAGES = {"de", "en", "es", "fr", "it", "nl", "pt", "ru", "zh"}
runner = CliRunner()


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    path = tmp_path / "ours.jsonl"
    path.write_text(json.dumps(LATE) + "\n", encoding="utf-8")
    return path


def test_a_team_measures_its_own_file_and_sees_what_changed(ours: Path, tmp_path: Path) -> None:
    first = runner.invoke(app, ["eval", str(ours), "--out", str(tmp_path)])
    kept = reports.load(tmp_path / "ours.json")
    was_right = not kept.wrong.get("pain")
    turned = {name: ids for name, ids in kept.wrong.items() if name != "pain"}
    turned |= {"pain": ("ours:1",)} if was_right else {}
    reports.save(kept.model_copy(update={"wrong": turned}), tmp_path / "ours.json")
    second = runner.invoke(app, ["eval", str(ours), "--against", str(tmp_path)])

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "| pain | F1 | 1 |" in first.output
    assert f"{'mended' if was_right else 'broken'} ours:1: {LATE['text']}" in second.output


def test_a_file_that_cannot_be_used_is_said_with_its_line(ours: Path) -> None:
    ours.write_text('{"text": "It came late."}\n', encoding="utf-8")

    result = runner.invoke(app, ["eval", str(ours)])

    assert result.exit_code == 2
    assert "line 1: kinds: Field required" in result.output


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (["patience"], "there are slices, patients"),
        (["patients", "--data", "nowhere"], "name the sets with --data"),
    ],
)
def test_what_is_not_there_is_said_with_what_to_do(asked: list[str], told: str) -> None:
    result = runner.invoke(app, ["eval", *asked])

    assert result.exit_code == 2
    assert told in result.output


@pytest.mark.parametrize("path", sorted(SLICES.glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_slice_is_thirty_sentences_or_more_in_nine_languages(path: Path) -> None:
    drawn = samples(path)

    assert len({sample.label.text for sample in drawn}) == len(drawn) >= 30
    assert {sample.label.lang for sample in drawn} == LANGUAGES
