"""A crowd of visitors: how they come, answer and leave, and how long they wait."""

import asyncio
import random
import time
from typing import NamedTuple

import numpy as np

from evals.visitors import Line, Visitor, answers

_AT_ONCE = 8
"""Replies under way at the same time, where the highest rate is looked for."""
_TWICE = 0.02
"""Of the replies, so many are sent twice at the same moment."""


class Spell(NamedTuple):
    """A time in which visitors replied.

    Attributes:
        seconds: How long it was.
        waits: What each reply took, in seconds.
        words: Replies in words; the others are buttons and numbers, which nothing reads.
    """

    seconds: float
    waits: list[float]
    words: int

    @property
    def rate(self) -> float:
        """Replies in words a second."""
        return self.words / self.seconds

    def ms(self, percentile: float) -> float:
        """What a reply took, in milliseconds."""
        return float(np.percentile(self.waits, percentile)) * 1000


class Crowd:
    """Visitors of one survey; who is through is followed by somebody new.

    Attributes:
        here: Those whose conversations are open.
        everybody: Those, and all who were here before.
    """

    def __init__(self, port: int, survey: str) -> None:
        self.here: list[Visitor] = []
        self.everybody: list[Visitor] = []
        self._port, self._survey = port, survey
        self._words = answers(7)
        self._chance = random.Random(7)  # noqa: S311 - who answers next, no secret
        self._idle: list[Visitor] = []

    async def fill(self, n: int) -> None:
        """Have `n` conversations open, each at another point: some have just begun."""

        async def come() -> None:
            while len(self.everybody) < n:
                visitor = self._newcomer()
                await visitor.begin()
                for _ in range(self._chance.randrange(6)):
                    await visitor.go_on()
                await self._back(visitor)

        await asyncio.gather(*(come() for _ in range(_AT_ONCE)))

    async def steadily(self, a_second: float, seconds: float) -> Spell:
        """Reply so many times a second at random moments, whether or not the last are answered."""
        waits: list[float] = []
        began, words = time.perf_counter(), self._n_words()
        due = began
        async with asyncio.TaskGroup() as under_way:
            while (due := due + self._chance.expovariate(a_second)) < began + seconds:
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                under_way.create_task(self._reply(due, waits))
        return Spell(time.perf_counter() - began, waits, self._n_words() - words)

    async def flat_out(self, seconds: float) -> Spell:
        """Reply as fast as replies are taken."""
        waits: list[float] = []
        began, words = time.perf_counter(), self._n_words()

        async def reply() -> None:
            while time.perf_counter() < began + seconds:
                await self._reply(time.perf_counter(), waits)

        await asyncio.gather(*(reply() for _ in range(_AT_ONCE)))
        return Spell(time.perf_counter() - began, waits, self._n_words() - words)

    async def _reply(self, due: float, waits: list[float]) -> None:
        visitor = await self._somebody()
        await visitor.go_on(twice=self._chance.random() < _TWICE)
        waits.append(time.perf_counter() - due)
        await self._back(visitor)

    async def _somebody(self) -> Visitor:
        """Give one of those who wait, or somebody new where all are served."""
        if self._idle:
            return self._idle.pop(self._chance.randrange(len(self._idle)))
        visitor = self._newcomer()
        await visitor.begin()
        return visitor

    async def _back(self, visitor: Visitor) -> None:
        """Let somebody answer again later, or somebody else where the conversation is over."""
        while visitor.is_over:
            visitor.leave()
            self.here.remove(visitor)
            visitor = self._newcomer()
            await visitor.begin()
        self._idle.append(visitor)

    def _newcomer(self) -> Visitor:
        visitor = Visitor(self._port, self._survey, self._words)
        self.here.append(visitor)
        self.everybody.append(visitor)
        return visitor

    def _n_words(self) -> int:
        return sum(visitor.n_words for visitor in self.everybody)


async def send_bare(port: int, seconds: float) -> Spell:
    """Send the bare route what visitors say, as fast as it takes it."""
    waits: list[float] = []
    words, began = answers(8), time.perf_counter()

    async def send() -> None:
        line = Line(port)
        while (now := time.perf_counter()) < began + seconds:
            answer = await line.ask("POST", "/answers", {}, {"text": next(words)})
            if answer.status != 200:
                raise RuntimeError(f"the bare route answered {answer}")
            waits.append(time.perf_counter() - now)
        line.close()

    await asyncio.gather(*(send() for _ in range(_AT_ONCE)))
    return Spell(time.perf_counter() - began, waits, len(waits))
