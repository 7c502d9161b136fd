"""`journey eval` says what it measured, what changed, and what it cannot read."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import app
from evals.suites import reports
from evals.suites.catalogue import SLICES, SUITES
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


def test_a_name_that_is_neither_suite_nor_file_is_said_with_the_suites() -> None:
    result = runner.invoke(app, ["eval", "patience"])

    assert result.exit_code == 2
    assert "there are slices, patients" in result.output


@pytest.mark.parametrize("suite", sorted(SUITES.keys() - {"slices"}))
def test_sets_that_are_not_there_are_said_with_what_to_do(suite: str) -> None:
    result = runner.invoke(app, ["eval", suite, "--data", "nowhere"])

    assert result.exit_code == 2
    assert "name the sets with --data" in result.output


@pytest.mark.parametrize("path", sorted(SLICES.glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_slice_is_thirty_sentences_or_more_in_nine_languages(path: Path) -> None:
    drawn = samples(path)

    assert len({sample.label.text for sample in drawn}) == len(drawn) >= 30
    assert {sample.label.lang for sample in drawn} == LANGUAGES
