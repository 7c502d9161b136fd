"""Prices as shipped, and as the user says."""

from pathlib import Path

import pytest

from assistant.errors import UnknownPrice
from assistant.llm import prices
from assistant.llm.prices import Price


@pytest.mark.parametrize("model", ["gpt-4o-mini", "gpt-4o-mini-2024-07-18", "gpt-4o-mini-latest"])
def test_a_dated_model_costs_what_its_name_costs(model: str) -> None:
    assert prices.load().of(model) == Price(0.15, 0.075, 0.60)


@pytest.mark.parametrize("model", ["gpt-4o-minimal", "llama3.2", ""])
def test_a_model_that_is_not_named_has_no_price(model: str) -> None:
    assert prices.load().of(model) is None


def test_the_users_prices_win(tmp_path: Path) -> None:
    edited = tmp_path / "prices.yaml"
    edited.write_text("gpt-4o: [1, 1, 1]\nhouse: [2, 1, 4]\n", "utf-8")

    table = prices.load(edited)

    assert table.of("gpt-4o") == Price(1, 1, 1)
    assert table.of("house") == Price(2, 1, 4)
    assert table.of("gpt-4.1") == Price(2, 0.5, 8)


def test_a_file_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    assert prices.load(tmp_path / "prices.yaml").of("gpt-4.1") == Price(2, 0.5, 8)


@pytest.mark.parametrize(
    "text", ["gpt-4o: 5", "gpt-4o: [1, 2]", "- gpt-4o", "a: [", "a: [x, y, z]"]
)
def test_refuses_a_file_that_it_cannot_follow(tmp_path: Path, text: str) -> None:
    edited = tmp_path / "prices.yaml"
    edited.write_text(text, "utf-8")

    with pytest.raises(UnknownPrice, match="prices"):
        prices.load(edited)


def test_adds_up_fresh_and_cached_tokens_and_the_reply() -> None:
    cost = Price(2.0, 0.5, 8.0).cost_usd(1_000_000, 500_000, tokens_cached=400_000)

    assert cost == pytest.approx(0.6 * 2 + 0.4 * 0.5 + 0.5 * 8)
