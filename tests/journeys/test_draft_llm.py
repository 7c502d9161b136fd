"""From a folder to a map with a language model: what it is told, what it costs, what is kept."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from assistant.models import JourneyMap
from tests.assistant.llm.server import Body, Response, Server, said, serving

LOST = "The parcel was lost between the depot and the corner shop on the hill."
CHAT = "I live by the river with two cats and an old piano."
MAIL = "Write to ada.byron@example.org about the parcel if you like."
_ROW = re.compile(r"^\[(\w+)\] (.*)$", re.M)


def script(body: Body) -> Response:
    """Find a pain in every row that tells of a loss; find every finding supported."""
    asked = body["messages"][-1]["content"]
    rows = _ROW.findall(asked)
    if "yes_ids" in json.dumps(body):
        return said(json.dumps({"yes_ids": [id for id, _ in rows], "partly_ids": [], "no_ids": []}))
    finding = {"kind": "pain", "stage": "experience", "emotion": "angry", "valence": -2}
    found = [finding | {"id": id, "topic": "delivery"} for id, text in rows if "lost" in text]
    found += [each | {"id": "x99"} for each in found]
    return said(json.dumps({"found": found}))


def stumbling(body: Body) -> Response:
    """Make nothing of the sentence that tells of the loss."""
    asked = body["messages"][-1]["content"]
    return said("Oh dear!") if "depot" in json.dumps(body) or "cannot" in asked else script(body)


def is_reading(body: Body) -> bool:
    """Tell a call that finds or checks from those that group and word the map."""
    return "find_evidence" in json.dumps(body) or "yes_ids" in json.dumps(body)


class Model:
    """Answers as its script says; the script can be changed."""

    def __init__(self) -> None:
        self.script: Callable[[Body], Response] = script

    def __call__(self, body: Body) -> Response:
        return self.script(body)


@pytest.fixture
def model() -> Model:
    return Model()


@pytest.fixture
def server(model: Model) -> Iterator[Server]:
    with serving(model) as server:
        yield server


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    folder.mkdir()
    turns = "\n\n".join(f"P01: {line}" for line in (CHAT, LOST, MAIL))
    (folder / "p01.txt").write_text(f"Interviewer: How was it?\n\n{turns}\n", "utf-8")
    return folder


@pytest.fixture(autouse=True)
def settings(tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "HOME": str(tmp_path / "home"),
        "WORKERS": "0",
        "LLM_BASE_URL": server.url,
        "LLM_MODEL": "served",
        "LLM_API_KEY": "key",
    }.items():
        monkeypatch.setenv(f"JOURNEY_{name}", value)


def draft(folder: Path, *more: str) -> Result:
    out = str(folder.parent / "map.json")
    arguments = ["draft", str(folder), "--out", out, "--engine", "llm", "--read", "all"]
    return CliRunner().invoke(app, [*arguments, *more])


def retry(folder: Path) -> Result:
    out = str(folder.parent / "map.json")
    return CliRunner().invoke(app, ["retry", str(folder), "--out", out, "--read", "all", "--yes"])


def drawn(folder: Path) -> JourneyMap:
    return JourneyMap.model_validate_json((folder.parent / "map.json").read_text("utf-8"))


def test_cites_what_the_model_found_and_nothing_else(folder: Path) -> None:
    result = draft(folder, "--yes")

    assert result.exit_code == 0, result.output
    map_ = drawn(folder)
    assert [found.quote for found in map_.evidence] == [LOST]
    assert map_.evidence[0].touchpoint == "delivery"
    assert map_.engine["name"] == "llm"
    assert "served find_evidence@1" in map_.engine["version"]
    assert map_.engine["model"] == "served"
    assert "draw_map@1" in map_.engine["prompts"]
    assert (map_.engine["temperature"], map_.engine["seed"]) == ("0", "7")


def test_counts_what_each_step_did_and_says_it(folder: Path) -> None:
    result = draft(folder, "--yes")

    steps = drawn(folder).steps
    assert steps["find"] == {"found": 1, "no such row": 1}
    assert steps["check"] == {"yes": 1}
    assert "Model, find: 1 found, 1 no such row" in result.output
    assert re.search(r"Spent: \d+ calls, [\d,]+ tokens", result.output)


def test_takes_up_what_failed_and_pays_for_nothing_twice(
    folder: Path, server: Server, model: Model
) -> None:
    model.script = stumbling
    draft(folder, "--yes")
    failed, paid = drawn(folder), len(server.calls)
    model.script = script

    result = retry(folder)

    assert failed.is_partial
    assert failed.ledger["segments"]["failed"] == 1
    assert "not a whole JSON object" in failed.refusals[0].reason
    assert "1 files are read again" in result.output
    assert [found.quote for found in drawn(folder).evidence] == [LOST]
    assert not drawn(folder).is_partial
    asked = [json.dumps(call) for call in server.calls[paid:] if is_reading(call)]
    assert any("depot" in call for call in asked)
    assert not any("piano" in call for call in asked)


def test_says_what_it_costs_and_sends_nothing_unasked(folder: Path, server: Server) -> None:
    result = draft(folder)

    assert result.exit_code == 2
    assert "--yes" in result.output
    assert server.calls == []


def test_masked_text_alone_leaves_the_machine(folder: Path, server: Server) -> None:
    draft(folder, "--yes")

    assert server.calls
    assert "ada.byron" not in json.dumps(server.calls)


def test_nothing_is_paid_twice(folder: Path, server: Server) -> None:
    draft(folder, "--yes")
    paid = len(server.calls)
    more = "\n\n".join(f"P02: {line}" for line in (LOST.replace("hill", "quay"), CHAT))
    (folder / "p02.txt").write_text(f"Interviewer: And you?\n\n{more}\n", "utf-8")

    draft(folder, "--yes")
    again = len(server.calls)
    draft(folder, "--yes")

    new = [json.dumps(call) for call in server.calls[paid:] if is_reading(call)]
    assert any("quay" in call for call in new)
    assert not any("hill" in call for call in new)
    assert len(server.calls) == again


def test_asks_in_batches_when_told_to(folder: Path, server: Server) -> None:
    result = draft(folder, "--yes", "--batch")

    assert result.exit_code == 0, result.output
    assert "half the price" in result.output
    assert [found.quote for found in drawn(folder).evidence] == [LOST]
    assert server.batches
    assert {call["path"] for call in server.calls} == {"batch"}


def test_needs_an_endpoint(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JOURNEY_LLM_MODEL")

    result = draft(folder, "--yes")

    assert result.exit_code == 2
    assert "JOURNEY_LLM_MODEL" in result.output
