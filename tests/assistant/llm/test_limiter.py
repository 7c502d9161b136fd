"""As fast as the endpoint takes calls, and no faster."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm import Limits
from assistant.llm.limiter import Limiter
from tests.assistant.llm.builders import FixedClock


def starts(limits: Limits, sizes: list[int]) -> list[float]:
    """Let calls of these many tokens out, one after the other, and tell when each went."""
    clock = FixedClock()
    went: list[float] = []

    async def run() -> None:
        limiter = Limiter(limits, clock)
        for tokens in sizes:
            async with limiter.turn(tokens):
                went.append(clock.now())

    asyncio.run(run())
    return went


def test_lets_everything_out_at_once_where_there_is_no_limit() -> None:
    assert starts(Limits(), [10_000] * 50) == [0.0] * 50


@given(st.lists(st.integers(1, 5000), max_size=60), st.integers(6000, 60_000))
def test_never_lets_out_more_tokens_in_a_minute_than_allowed(sizes: list[int], limit: int) -> None:
    went = starts(Limits(tokens_per_minute=limit), sizes)

    for moment in went:
        inside = [size for at, size in zip(went, sizes, strict=True) if moment <= at < moment + 60]
        assert sum(inside) <= limit * (70 / 60) + max(sizes)


@given(st.integers(1, 100), st.integers(1, 600))
def test_never_lets_out_more_calls_in_a_minute_than_allowed(n: int, limit: int) -> None:
    went = starts(Limits(requests_per_minute=limit), [1] * n)

    assert went == sorted(went)
    assert all(sum(at <= t < at + 60 for t in went) <= limit * (70 / 60) + 1.001 for at in went)


def test_a_call_larger_than_the_bucket_goes_and_leaves_a_debt() -> None:
    went = starts(Limits(tokens_per_minute=600), [5000, 10])

    assert went[0] == 0.0
    assert went[1] == pytest.approx((5000 - 100 + 10) / 10, abs=0.1)


def test_what_a_call_took_less_comes_back() -> None:
    clock = FixedClock()

    async def run() -> None:
        limiter = Limiter(Limits(tokens_per_minute=600), clock)
        async with limiter.turn(100):
            limiter.settle(100, 10)
        async with limiter.turn(80):
            pass

    asyncio.run(run())
    assert clock.waits == []


@pytest.mark.parametrize(("refusals", "waited"), [(1, 0.0), (3, 0.0), (4, 5.0)])
def test_holds_everyone_when_everyone_is_turned_away(refusals: int, waited: float) -> None:
    clock = FixedClock()

    async def run() -> None:
        limiter = Limiter(Limits(), clock)
        limiter.refused(5)
        limiter.served()
        for _ in range(refusals):
            limiter.refused(5)
        async with limiter.turn(1):
            pass

    asyncio.run(run())
    assert clock.time == waited
