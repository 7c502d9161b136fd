"""Packing: few calls, none over the budget, all about the same size, nothing lost or moved."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.asking import pack


def test_makes_calls_of_one_size() -> None:
    assert [len(packed) for packed in pack(range(100), [10] * 100, 300)] == [25, 25, 25, 25]


def test_gives_what_is_over_the_budget_a_call_of_its_own() -> None:
    assert pack("abc", [1, 50, 1], 10) == ["a", "b", "c"]


def test_makes_no_call_about_nothing() -> None:
    assert pack("", [], 10) == []


@given(st.lists(st.integers(1, 60)), st.integers(20, 200))
def test_loses_nothing_and_keeps_to_the_budget(sizes: list[int], budget: int) -> None:
    packs = pack(list(enumerate(sizes)), sizes, budget)

    assert [thing for packed in packs for thing in packed] == list(enumerate(sizes))
    for packed in packs:
        assert len(packed) == 1 or sum(size for _, size in packed) <= budget
    assert len(packs) <= 2 * (sum(sizes) // budget + 1) + 1
