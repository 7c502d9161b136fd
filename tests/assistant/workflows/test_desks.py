"""What a plan would cost, as the table of prices has it."""

from pathlib import Path

import pytest

from assistant.finding import Plan, Reads
from assistant.llm import Endpoint, Limits
from assistant.workflows.desks import Engine, cost_usd

PLAN = Plan(segments=10, calls=1, tokens_in=1_000_000, tokens_out=100_000)


def engine(url: str, model: str, home: Path) -> Engine:
    return Engine(Endpoint(url, model), Limits(), Reads.ALL, None, home / "prices.yaml")


@pytest.mark.parametrize(
    ("url", "model", "cost"),
    [
        pytest.param("http://localhost:11434", "qwen3:8b", 0.0, id="local and not in the table"),
        pytest.param("http://localhost:8000", "rented", 1.3, id="local and in the user's table"),
        pytest.param("https://example.org/v1", "rented", 1.3, id="far away and in it"),
        pytest.param("https://example.org/v1", "qwen3:8b", None, id="far away and not in it"),
    ],
)
def test_the_users_price_wins(tmp_path: Path, url: str, model: str, cost: float | None) -> None:
    (tmp_path / "prices.yaml").write_text("rented: [1.0, 0.1, 3.0]\n", "utf-8")

    assert cost_usd(engine(url, model, tmp_path), PLAN) == (cost and pytest.approx(cost))
