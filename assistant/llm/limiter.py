"""Let calls out as fast as the endpoint takes them, and no faster."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Protocol

from assistant.llm.endpoint import Limits

_MINUTE = 60
_BURST_S = 10
"""So many seconds' worth may go at once: providers look at windows shorter than a minute."""

_NO_TIME_S = 1e-6
_IN_A_ROW = 4
"""So many refusals with no answer between them, and the endpoint turns away everyone."""


class Clock(Protocol):
    """Tells the time and waits."""

    def now(self) -> float:
        """Seconds since some moment."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        ...


class WallClock:
    """The machine's clock."""

    def now(self) -> float:
        """Seconds since the machine was started."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait, and let others go on."""
        await asyncio.sleep(seconds)


class _Bucket:
    """So much a minute; filled evenly, and what does not fit in it leaves a debt."""

    def __init__(self, per_minute: int | None, now: float) -> None:
        self._rate = per_minute / _MINUTE if per_minute else None
        self._full = max(1.0, (self._rate or 0) * _BURST_S)
        self._level, self._at = self._full, now

    def wait_s(self, amount: float, now: float) -> float:
        if self._rate is None:
            return 0.0
        self._level = min(self._full, self._level + (now - self._at) * self._rate)
        self._at = now
        return max(0.0, (min(amount, self._full) - self._level) / self._rate)

    def take(self, amount: float) -> None:
        self._level -= amount


class Limiter:
    """One for all calls to an endpoint."""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self._clock = clock
        self._slots = asyncio.Semaphore(limits.concurrency)
        self._queue = asyncio.Lock()
        self._requests = _Bucket(limits.requests_per_minute, clock.now())
        self._tokens = _Bucket(limits.tokens_per_minute, clock.now())
        self._held_until = 0.0
        self._refused = 0

    @asynccontextmanager
    async def turn(self, tokens: int) -> AsyncGenerator[None]:
        """Wait for a turn, first come first served, and keep a slot until the block ends."""
        async with self._slots:
            async with self._queue:
                await self._wait(tokens)
            yield

    def refused(self, retry_after_s: float) -> None:
        """Hear that the endpoint asked a call to come back later.

        One such call waits by itself. When it turns away everyone, nobody is let out until then:
        each refused call counts against the limit too.
        """
        self._refused += 1
        if self._refused >= _IN_A_ROW:
            self._held_until = max(self._held_until, self._clock.now() + retry_after_s)

    def served(self) -> None:
        """Hear that the endpoint answered a call."""
        self._refused = 0

    def settle(self, estimated: int, used: int) -> None:
        """Correct what a call took: it was let out on an estimate."""
        self._tokens.take(used - estimated)

    async def _wait(self, tokens: int) -> None:
        while (seconds := self._wait_s(tokens)) > _NO_TIME_S:
            await self._clock.sleep(seconds)
        self._requests.take(1)
        self._tokens.take(tokens)

    def _wait_s(self, tokens: int) -> float:
        now = self._clock.now()
        buckets = (self._requests.wait_s(1, now), self._tokens.wait_s(tokens, now))
        return max(self._held_until - now, *buckets)
