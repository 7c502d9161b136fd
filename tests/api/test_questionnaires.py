"""`journey questionnaire`: from a map's gaps to a file that can be asked."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from assistant import questionnaires

MAP: dict[str, Any] = {
    "schema": "journey-map/1",
    "goal": None,
    "stages": [{"id": "trial", "name": "Trial"}],
    "gaps": [
        {"stage": "trial", "row": "pains", "why": "no evidence", "question": "What was difficult?"},
        {"stage": "", "row": "scores", "why": "silent", "question": "What was the reason?"},
    ],
}


def journey(*named: str | Path) -> Result:
    return CliRunner().invoke(app, ["questionnaire", *map(str, named)])


def write(folder: Path, drawn: object) -> Path:
    file = folder / "map.json"
    file.write_text(json.dumps(drawn), "utf-8")
    return file


def test_drafts_a_questionnaire_that_passes_its_own_check(tmp_path: Path) -> None:
    out = tmp_path / "trial-users.yaml"

    drafted = journey("from-gaps", write(tmp_path, MAP), "--out", out)

    assert drafted.output == f"1 question, 3 minutes, en, about 1 of 2 gaps: {out}\n"
    assert questionnaires.parse(out.read_text("utf-8")).name == "trial-users"
    assert journey("check", out).output.startswith("trial-users@1 can be asked")


@pytest.mark.parametrize(
    ("drawn", "out", "reason"),
    [
        pytest.param({"stages": []}, "a.yaml", "is no journey map", id="no map"),
        pytest.param({**MAP, "gaps": list[object]()}, "a.yaml", "nothing to ask", id="no gaps"),
        pytest.param(MAP, "My Own.yaml", "is no name", id="no slug"),
    ],
)
def test_says_what_it_cannot_draft_from(
    tmp_path: Path, drawn: object, out: str, reason: str
) -> None:
    refused = journey("from-gaps", write(tmp_path, drawn), "--out", tmp_path / out)

    assert (refused.exit_code, reason in refused.stderr) == (2, True)
    assert not (tmp_path / out).exists()


def test_shows_one_that_can_be_changed_and_checked(tmp_path: Path) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text(journey("show", "nps").output, "utf-8")

    assert journey("check", mine).exit_code == 0

    mine.write_text(mine.read_text("utf-8").replace("minutes: 5", "minutes: 0"), "utf-8")
    refused = journey("check", mine)
    assert (refused.exit_code, "minutes" in refused.stderr) == (2, True)


def test_names_what_there_is_to_show() -> None:
    refused = journey("show", "none")

    assert (refused.exit_code, "post-purchase" in refused.stderr) == (2, True)
