"""Write in the order of arrival, and commit what waits together: one flush for all of it."""

import asyncio
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from threading import Thread
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, Engine

T = TypeVar("T")
_TOGETHER = 64
"""So many writes share a commit at the most."""


class _Job(NamedTuple):
    write: Callable[[Connection], object]
    done: "asyncio.Future[object]"
    loop: asyncio.AbstractEventLoop


class Writer:
    """The one thread that writes to a database.

    SQLite lets one transaction write at a time. Writers in many threads would wait for one another
    by sleeping; here they queue, and those that queue together are flushed together.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    async def write(self, write: Callable[[Connection], T]) -> T:
        """Have `write` done in a transaction; when this returns, what it wrote is on disk.

        Raises:
            Exception: What `write` raised; then nothing of it is kept.
        """
        loop = asyncio.get_running_loop()
        done: asyncio.Future[object] = loop.create_future()
        self._queue.put(_Job(write, done, loop))
        return await done  # pyright: ignore[reportReturnType] - the future of this very job

    def close(self) -> None:
        """Finish what waits, and end the thread."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while job := self._queue.get():
            jobs, is_last = self._waiting(job)
            self._commit(jobs)
            if is_last:
                return

    def _waiting(self, first: _Job) -> tuple[list[_Job], bool]:
        jobs = [first]
        while len(jobs) < _TOGETHER and not self._queue.empty():
            job = self._queue.get()
            if job is None:
                return jobs, True
            jobs.append(job)
        return jobs, False

    def _commit(self, jobs: Sequence[_Job]) -> None:
        """Commit them together; where one fails, each alone, so that it fails by itself."""
        try:
            with self._engine.begin() as connection:
                results = [job.write(connection) for job in jobs]
        except Exception as error:
            if len(jobs) == 1:
                _tell(jobs[0], error=error)
                return
            for job in jobs:
                self._commit([job])
            return
        for job, result in zip(jobs, results, strict=True):
            _tell(job, result)


def _tell(job: _Job, result: object = None, error: Exception | None = None) -> None:
    def tell() -> None:
        if job.done.cancelled():
            return
        if error:
            job.done.set_exception(error)
        else:
            job.done.set_result(result)

    if not job.loop.is_closed():
        job.loop.call_soon_threadsafe(tell)
