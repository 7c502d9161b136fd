"""A loop in a thread of its own: it gives results and errors, and ends with what it runs."""

import asyncio

import pytest

from assistant.asking import LoopThread


async def _give(value: int) -> int:
    await asyncio.sleep(0)
    return value


async def _fail() -> None:
    raise LookupError("nothing there")


def test_gives_results_side_by_side() -> None:
    with LoopThread() as loop:
        futures = [loop.start(_give(value)) for value in range(3)]

        assert [future.result() for future in futures] == [0, 1, 2]
        assert loop.run(_give(7)) == 7


def test_gives_errors_to_who_waits() -> None:
    with LoopThread() as loop, pytest.raises(LookupError, match="nothing there"):
        loop.run(_fail())


def test_cancels_what_still_runs_when_it_ends() -> None:
    with LoopThread() as loop:
        waiting = loop.start(asyncio.sleep(60))

    assert waiting.cancelled()
