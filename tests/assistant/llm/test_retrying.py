"""Later and later, at a random moment."""

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import ModelUnavailable
from assistant.llm import Limits
from assistant.llm.faults import Fault
from assistant.llm.retrying import persist
from tests.assistant.llm.builders import FixedClock


def waits(faults: list[Fault], limits: Limits, share: float) -> list[float]:
    """Fail so often, then answer; each draw lands at this share of its range."""
    clock, left = FixedClock(), iter(faults)

    async def call() -> str:
        for fault in left:
            raise fault
        return "answered"

    asyncio.run(persist(call, limits, clock, lambda low, high: low + share * (high - low)))
    return clock.waits


def test_waits_twice_as_long_each_time_up_to_half_a_minute() -> None:
    paused = waits([Fault("500")] * 9, Limits(attempts=10), share=1)

    assert paused == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]


@given(st.floats(0, 1), st.integers(0, 5))
def test_may_wait_any_time_up_to_that(share: float, n: int) -> None:
    paused = waits([Fault("500")] * n, Limits(), share)

    assert paused == pytest.approx([share * 0.5 * 2**at for at in range(n)])


@given(st.floats(0, 1), st.floats(0, 100))
def test_never_comes_back_sooner_than_asked_to(share: float, seconds: float) -> None:
    (paused,) = waits([Fault("429", seconds, is_limit=True)], Limits(), share)

    assert seconds <= paused <= seconds + 0.5


@pytest.mark.parametrize(
    "faults",
    [
        pytest.param([Fault("500")] * 3, id="too many attempts"),
        pytest.param([Fault("429", 50, is_limit=True)] * 3, id="waited too long"),
        pytest.param([Fault("429", 101, is_limit=True)], id="asked to wait too long"),
    ],
)
def test_gives_up(faults: list[Fault]) -> None:
    with pytest.raises(ModelUnavailable, match=r"\d attempts"):
        waits(faults, Limits(attempts=3, patience_s=100), share=0)
