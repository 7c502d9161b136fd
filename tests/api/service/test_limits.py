"""Who asks too often waits; nobody else does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.service.doors import Rates
from api.service.limits import Rate
from api.service.problems import TooMany


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@given(
    a_minute=st.integers(1, 600),
    at_once=st.integers(1, 50),
    waits=st.lists(st.floats(0, 30), max_size=60),
)
def test_never_takes_more_than_it_says(a_minute: int, at_once: int, waits: list[float]) -> None:
    clock = Clock()
    rate = Rate(a_minute, at_once, clock)
    taken = 0

    for wait in waits:
        clock.now += wait
        taken += rate.wait_s("a") == 0

    assert taken <= at_once + clock.now * a_minute / 60 + 1e-6


def test_takes_again_after_the_wait_it_names() -> None:
    clock = Clock()
    rate = Rate(60, 1, clock)
    assert rate.wait_s("a") == 0

    wait = rate.wait_s("a")
    clock.now += wait

    assert wait == pytest.approx(1)
    assert rate.wait_s("a") == 0


def test_one_address_does_not_use_up_what_is_anothers() -> None:
    rates = Rates(address=2, visitor=100, survey=100)
    rates.take(address="a", survey="s")

    with pytest.raises(TooMany) as refusal:
        rates.take(address="a", survey="s")
    rates.take(address="b", survey="s")

    assert refusal.value.after_s >= 1
