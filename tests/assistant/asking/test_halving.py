"""Asking in halves: one stumbling block costs no neighbour its answer."""

import asyncio
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.asking import ask
from assistant.errors import (
    MalformedReply,
    ModelError,
    ModelRefused,
    ModelUnavailable,
    OverBudget,
    WrongEndpoint,
)


class _Model:
    """Counts what it is shown, and stumbles over the letters it is told to."""

    def __init__(self, bad: str, error: Exception) -> None:
        self.calls = 0
        self._bad, self._error = bad, error

    async def answer(self, letters: Sequence[str]) -> str:
        self.calls += 1
        if set(self._bad) & set(letters):
            raise self._error
        return "".join(letters).upper()


@pytest.mark.parametrize("error", [MalformedReply("not JSON"), ModelRefused("no")])
@given(
    st.lists(st.sampled_from("abcdefgh"), min_size=1, unique=True), st.sets(st.sampled_from("abc"))
)
def test_fails_only_what_is_bad_and_answers_the_rest(
    error: ModelError, letters: list[str], bad: set[str]
) -> None:
    model = _Model("".join(bad), error)

    asked = asyncio.run(ask(letters, model.answer))

    told = [letter for part, _ in asked.told for letter in part]
    assert told == [letter for letter in letters if letter not in bad]
    assert asked.failed == tuple((letter, str(error)) for letter in letters if letter in bad)
    assert "".join(words for _, words in asked.told) == "".join(told).upper()


@pytest.mark.parametrize("error", [ModelUnavailable("no answer"), OverBudget("$2 are spent")])
def test_does_not_ask_in_halves_what_would_fail_as_well(error: Exception) -> None:
    model = _Model("a", error)

    asked = asyncio.run(ask("abcd", model.answer))

    assert model.calls == 1
    assert asked.failed == tuple((letter, str(error)) for letter in "abcd")


def test_says_at_once_that_the_endpoint_is_wrong() -> None:
    with pytest.raises(WrongEndpoint):
        asyncio.run(ask("ab", _Model("a", WrongEndpoint("no such model")).answer))
