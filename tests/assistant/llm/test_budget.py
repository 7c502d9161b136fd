"""What is spent stays under the limit, whatever is under way."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import OverBudget
from assistant.llm.budget import Budget

cents = st.integers(1, 40)
calls = st.lists(st.tuples(cents, st.floats(0, 1)), max_size=30)


async def call(budget: Budget, most: float, share: float) -> bool:
    try:
        await budget.reserve(most)
    except OverBudget:
        return False
    await asyncio.sleep(0)
    budget.record(1, 1, most * share)
    await budget.release(most)
    return True


@given(calls, cents)
def test_never_passes_the_limit(wanted: list[tuple[int, float]], limit: int) -> None:
    budget = Budget(limit / 100)

    async def run() -> list[bool]:
        return await asyncio.gather(*(call(budget, most / 100, by) for most, by in wanted))

    made = asyncio.run(run())
    assert budget.spent.cost_usd <= limit / 100 + 1e-9
    assert budget.spent.calls == sum(made)


def test_waits_for_calls_under_way_before_it_refuses() -> None:
    budget = Budget(1.0)

    async def run() -> list[bool]:
        return await asyncio.gather(*(call(budget, 0.6, 0.1) for _ in range(5)))

    assert asyncio.run(run()) == [True] * 5


def test_says_how_to_go_on() -> None:
    with pytest.raises(OverBudget, match=r"\$0\.5000 .* --max-cost"):
        asyncio.run(Budget(0.5).reserve(0.6))


def test_counts_calls_without_a_price_apart() -> None:
    budget = Budget()
    budget.record(100, 10, None)
    budget.record(100, 10, 0.25)

    assert budget.spent == (2, 200, 20, 0.25, 1)
