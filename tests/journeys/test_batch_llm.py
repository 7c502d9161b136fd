"""Several studies read by a language model at night: one limit, and one sum at the end."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from tests.assistant.llm.server import Server, serving
from tests.journeys.test_batch import study
from tests.journeys.test_draft_llm import script

LOST = "The parcel was lost between the depot and the corner shop on the hill."
BROKEN = "The lamp was lost on the way, and nobody at the depot knew of it."
PRICE = "served: [1.0, 1.0, 0.0]\n"
"""A call costs $0.001, whatever is said in it: the endpoint counts 1,000 tokens."""


def batch(home: Path, server: Server, monkeypatch: pytest.MonkeyPatch, *more: str) -> Result:
    home.mkdir()
    (home / "prices.yaml").write_text(PRICE, "utf-8")
    for name, value in {
        "HOME": str(home),
        "WORKERS": "0",
        "LLM_BASE_URL": server.url,
        "LLM_MODEL": "served",
        "LLM_CONCURRENCY": "1",
    }.items():
        monkeypatch.setenv(f"JOURNEY_{name}", value)
    monkeypatch.setenv("COLUMNS", "200")
    folders = [str(home.parent / name) for name in ("hill", "lamp")]
    out = ["--out", str(home / "drawn"), "--engine", "llm", "--read", "all"]
    return CliRunner().invoke(app, ["batch", *folders, *out, *more])


def test_the_limit_is_for_all_studies_together_and_the_sum_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study(tmp_path, "hill", p01=LOST)
    study(tmp_path, "lamp", p02=BROKEN)
    with serving(script) as server:
        free = batch(tmp_path / "free", server, monkeypatch, "--yes")
        unlimited = len(server.calls)
        limit = (unlimited - 1) / 1000

        limited = batch(tmp_path / "limited", server, monkeypatch, "--max-cost", str(limit))

        assert free.exit_code == limited.exit_code == 0, free.output + limited.output
        assert f"Spent: {unlimited} calls" in free.output
        assert f"${unlimited / 1000:.4f}" in free.output
        assert 1 < len(server.calls) - unlimited < unlimited
