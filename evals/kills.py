"""Kill the serving process while visitors answer, again and again, and count what is left.

The process is killed as by the kernel (SIGKILL) at random moments, while it starts, too, and
started again on the same home folder. Visitors send again what was not acknowledged.
"""

import asyncio
import os
import random
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, Self

from api.service import serving as journey
from evals import serving, tally
from evals.tally import Tally
from evals.visitors import Visitor, answers

_VISITORS = 6
_LIFE_S = 0.6
"""So long a process serves on average before it is killed."""


class Outcome(NamedTuple):
    """What is left.

    Attributes:
        kills: How often the process was killed.
        again: Requests that had to be sent again.
        conversations: How many there were.
        stuck: How many of them do not go on, or do not show what was said in them.
    """

    kills: int
    again: int
    conversations: int
    stuck: int
    tally: Tally

    def lines(self) -> Iterator[str]:
        """Say it."""
        kept = self.tally
        yield f"killed {self.kills} times; {self.again:,} requests were sent again"
        yield f"{kept.acknowledged:,} replies: lost {kept.lost} (0), doubled {kept.doubled} (0)"
        yield f"{self.conversations:,} conversations: {self.stuck} do not go on (0)"


def hold(kills: int) -> Outcome:
    """Have visitors answer until the process has been killed so often."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        guests = _Guests(serving.free_port(), serving.put_up(home))
        with _Mortal(home, guests.port) as server:
            stuck = asyncio.run(guests.outlive(server, kills))
        kept = tally.count(home / "journey-service.db", guests.everybody)
    again = sum(visitor.n_again for visitor in guests.everybody)
    return Outcome(kills, again, len(guests.everybody), stuck, kept)


class _Mortal:
    """The service, in a process that can be killed.

    It forks from a process that has imported it, and so starts in a second or so.
    """

    def __init__(self, home: Path, port: int) -> None:
        self._home, self._port = home, port
        self._context = get_context("forkserver")
        self._context.set_forkserver_preload(["api.service.serving"])
        self._process: ForkServerProcess | None = None

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    async def die_after(self, seconds: float, at_once: bool) -> None:
        """Serve for a while, be killed, and start anew.

        Args:
            seconds: How long.
            at_once: Whether that counts from the start, not from when it serves.
        """
        if not at_once:
            await asyncio.to_thread(serving.wait_for, self._port)
        await asyncio.sleep(seconds)
        self._end()
        self._start()

    def _start(self) -> None:
        self._process = self._context.Process(target=_serve, args=(self._home, self._port))
        self._process.start()

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            self._process.join()


def _serve(home: Path, port: int) -> None:
    """Serve as `journey serve` does."""
    os.environ |= {"JOURNEY_HOME": str(home), **serving.NO_LIMIT}
    os.dup2(os.open(home / "serve.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    journey.run("127.0.0.1", port)


class _Guests:
    """A few visitors who answer without a pause."""

    def __init__(self, port: int, survey: str) -> None:
        self.port = port
        self.everybody: list[Visitor] = []
        self._survey, self._words = survey, answers(9)
        self._chance = random.Random(9)  # noqa: S311 - when it is killed, no secret
        self._is_enough = False

    async def outlive(self, server: _Mortal, kills: int) -> int:
        """Answer while the server is killed so often; give how many are stuck afterwards."""
        async with asyncio.TaskGroup() as group:
            for _ in range(_VISITORS):
                group.create_task(self._come_and_go())
            for at in range(kills):
                seconds = self._chance.uniform(0, 2 * _LIFE_S)
                await server.die_after(seconds, at_once=at % 4 == 3)
            self._is_enough = True
        return sum([await _is_stuck(visitor) for visitor in self.everybody])

    async def _come_and_go(self) -> None:
        while not self._is_enough:
            visitor = Visitor(self.port, self._survey, self._words)
            await visitor.begin()
            self.everybody.append(visitor)
            while not (visitor.is_over or self._is_enough):
                await visitor.go_on(twice=self._chance.random() < 0.1)


async def _is_stuck(visitor: Visitor) -> bool:
    """Whether a conversation does not show what was said, or cannot be gone on with."""
    is_same = await visitor.look() == visitor.view
    n_turns = len(visitor.view["turns"])
    if not visitor.is_over:
        await visitor.go_on()
        is_same &= len(visitor.view["turns"]) > n_turns
    visitor.leave()
    return not is_same
