"""Tokens, counted without a network."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm import tokens


@pytest.mark.parametrize(
    ("text", "n"),
    [("", 0), ("I waited for three weeks.", 6), ("<|endoftext|>", 7), ("我等了三个星期", 7)],
)
def test_counts_as_the_model_does(text: str, n: int) -> None:
    assert tokens.count(text, "gpt-4") == (n, False)


@pytest.mark.parametrize("model", ["gpt-4o", "gpt-5-mini", "llama3.2", "qwen3:8b", ""])
def test_says_so_where_it_estimates(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "/nowhere")

    count = tokens.Tokens(model)

    assert count.is_estimate
    assert count.count("I waited for three weeks.") == 6


@given(st.text(max_size=200), st.text(max_size=200))
def test_counts_two_texts_at_least_as_high_as_both_together(one: str, other: str) -> None:
    joined = tokens.count(f"{one}\n{other}", "gpt-4").n

    assert joined <= tokens.count(one, "gpt-4").n + tokens.count(other, "gpt-4").n + 2
