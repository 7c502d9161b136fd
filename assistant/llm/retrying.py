"""Call again after a fault: later and later, at a random moment."""

import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from assistant.errors import ModelUnavailable
from assistant.llm.endpoint import Limits
from assistant.llm.faults import Fault
from assistant.llm.limiter import Clock

_T = TypeVar("_T")
_FIRST_S, _LONGEST_S = 0.5, 30.0


async def persist(
    call: Callable[[], Awaitable[_T]],
    limits: Limits,
    clock: Clock,
    draw: Callable[[float, float], float] = random.uniform,  # noqa: S311 spreads calls, keeps no secret
) -> _T:
    """Call until there is an answer.

    An endpoint that asks for fewer calls is waited for as long as `limits.patience_s`; one that
    fails is called `limits.attempts` times.

    Raises:
        ModelUnavailable: There was none.
    """
    waited_s, failures, tries = 0.0, 0, 0
    while True:
        try:
            return await call()
        except Fault as fault:
            tries += 1
            failures += not fault.is_limit
            pause_s = _pause_s(fault, tries, draw)
            if failures >= limits.attempts or waited_s + pause_s > limits.patience_s:
                raise ModelUnavailable(f"{fault} ({tries} attempts)") from fault
        waited_s += pause_s
        await clock.sleep(pause_s)


def _pause_s(fault: Fault, tries: int, draw: Callable[[float, float], float]) -> float:
    """Exponential back-off with full jitter; where the endpoint says when, that long first.

    Source: "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
    """
    backed_off_s = min(_LONGEST_S, _FIRST_S * 2 ** (tries - 1))
    if fault.retry_after_s is None:
        return draw(0, backed_off_s)
    return fault.retry_after_s + draw(0, min(_FIRST_S, backed_off_s))
