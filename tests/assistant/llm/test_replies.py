"""JSON, out of what models write around it; and never a part of it."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from assistant.llm.faults import Unfit
from assistant.llm.replies import read

WHOLE = '{"items": [{"id": 1, "kind": "pain"}, {"id": 2, "kind": "delight"}]}'


class Item(BaseModel):
    id: int
    kind: Literal["pain", "delight"]


class Items(BaseModel):
    items: list[Item] = []


REPLY = Items(items=[Item(id=1, kind="pain"), Item(id=2, kind="delight")])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(WHOLE, id="bare"),
        pytest.param(f"```json\n{WHOLE}\n```", id="in a fence"),
        pytest.param(f"Sure! Here it is:\n{WHOLE}\nAnything else?", id="with remarks"),
        pytest.param(f"<think>{{'id': 9}} or {{}}?</think>{WHOLE}", id="after thinking aloud"),
        pytest.param(f"The {{ids}} you gave: {WHOLE}", id="after braces that are not JSON"),
        pytest.param(WHOLE.replace(" ", "\n  "), id="over many lines"),
    ],
)
def test_reads_the_reply_and_lets_pass_what_stands_around_it(text: str) -> None:
    assert read(text, Items) == REPLY


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "not a whole JSON object", id="empty"),
        pytest.param("It hurts.", "not a whole JSON object", id="prose"),
        pytest.param("[1, 2]", "not a whole JSON object", id="a list"),
        pytest.param('{"items": [{"id": "secret"}]}', r"items\.0\.id", id="wrong type"),
    ],
)
def test_says_what_does_not_fit_but_not_the_words(text: str, reason: str) -> None:
    with pytest.raises(Unfit, match=reason) as unfit:
        read(text, Items)
    assert "secret" not in str(unfit.value)


@given(st.integers(0, len(WHOLE) - 1))
def test_a_reply_that_breaks_off_is_never_taken_for_a_shorter_one(at: int) -> None:
    with pytest.raises(Unfit):
        read(WHOLE[:at], Items)


words = st.text(st.characters(exclude_characters="{}<>", exclude_categories=["Cs"]))


@given(words, words)
def test_no_words_around_it_change_what_is_read(before: str, after: str) -> None:
    assert read(f"{before}{WHOLE}{after}", Items) == REPLY
