"""Ask many questions in one batch, at half the price: the answers come within a day.

Questions that are asked at about the same time go together. Which batch a question went with is
kept as soon as the provider has it, so that a run that was killed waits for the batch it had sent
and does not pay for it again.

Source: OpenAI, "Batch API" guide.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

from assistant.errors import ModelUnavailable
from assistant.llm.dialect import Dialect, Form, messages
from assistant.llm.limiter import Clock
from assistant.llm.questions import Question, compact

ANSWERED = 200
SHARE = 0.5
"""What a call in a batch costs of what it costs by itself."""
_POLL_S, _QUIET_S = 10.0, 0.5
"""How often a batch is asked for; so long nobody has asked anything when it is sent."""
_MOST = 50_000
_ROLES = {"system": "system", "human": "user", "ai": "assistant"}
_UNDER_WAY = {"validating", "in_progress", "finalizing", "cancelling"}


class Pending(Protocol):
    """Which batch each question that is not answered yet went with."""

    def batch_of(self, key: str) -> str | None:
        """Name the batch that a question went with; None where it went with none."""
        ...

    def keep(self, batch: str, keys: list[str]) -> None:
        """Keep that questions went with a batch; when this returns, it outlives the process."""
        ...

    def done(self, key: str) -> None:
        """Forget a question: its answer is kept."""
        ...


class Files(Protocol):
    """The provider's door to batches."""

    async def send(self, lines: str) -> str:
        """Send questions, one a line; give the batch's name."""
        ...

    async def state(self, batch: str) -> str:
        """Tell how a batch is doing, in the provider's word."""
        ...

    async def results(self, batch: str) -> str:
        """Give what came of a batch, good and bad, one question a line."""
        ...

    async def close(self) -> None:
        """Hang up."""
        ...


class Line(NamedTuple):
    """What came of one question: a status as of HTTP, and the body of the answer."""

    status: int
    body: Mapping[str, Any]


class _Waiting(NamedTuple):
    line: str
    sent: asyncio.Future[str]


class Batches:
    """Sends questions in batches and waits for them. Belongs to one event loop."""

    def __init__(self, open_files: Callable[[], Files], pending: Pending, clock: Clock) -> None:
        self._open_files, self._pending, self._clock = open_files, pending, clock
        self._opened: Files | None = None
        self._waiting: dict[str, _Waiting] = {}
        self._polls: dict[str, asyncio.Task[Mapping[str, Line]]] = {}
        self._sending: asyncio.Task[None] | None = None

    async def answer(self, question: Question, form: Form, dialect: Dialect) -> Line:
        """Have a question answered with others.

        Raises:
            ModelUnavailable: The batch came to nothing, or has no answer to this question.
            WrongEndpoint: The provider takes no batches.
        """
        key = question.key
        batch = self._pending.batch_of(key) or await self._sent(key, question, form, dialect)
        if batch not in self._polls:
            self._polls[batch] = asyncio.create_task(self._results(batch))
        try:
            lines = await asyncio.shield(self._polls[batch])
        except ModelUnavailable:
            self._pending.done(key)
            raise
        if key not in lines:
            self._pending.done(key)
            raise ModelUnavailable("the batch ended without an answer to this question")
        return lines[key]

    def kept(self, question: Question) -> None:
        """Hear that the answer to a question is kept."""
        self._pending.done(question.key)

    async def close(self) -> None:
        """Stop waiting; batches that are under way go on at the provider."""
        tasks: list[asyncio.Task[Any]] = [*self._polls.values()]
        tasks += [self._sending] if self._sending else []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._opened:
            await self._opened.close()

    @property
    def _files(self) -> Files:
        self._opened = self._opened or self._open_files()
        return self._opened

    async def _sent(self, key: str, question: Question, form: Form, dialect: Dialect) -> str:
        if key not in self._waiting:
            line = _line(key, question, form, dialect)
            self._waiting[key] = _Waiting(line, asyncio.get_running_loop().create_future())
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send())
        return await asyncio.shield(self._waiting[key].sent)

    async def _send(self) -> None:
        """Send what waits, once nobody has asked anything for a while."""
        known = -1
        while known != len(self._waiting) and len(self._waiting) < _MOST:
            known = len(self._waiting)
            await self._clock.sleep(_QUIET_S)
        waiting, self._waiting = self._waiting, {}
        try:
            batch = await self._files.send("\n".join(each.line for each in waiting.values()))
            self._pending.keep(batch, list(waiting))
        except Exception as error:
            for each in waiting.values():
                each.sent.set_exception(error)
            return
        for each in waiting.values():
            each.sent.set_result(batch)

    async def _results(self, batch: str) -> Mapping[str, Line]:
        while (state := await self._files.state(batch)) in _UNDER_WAY:
            await self._clock.sleep(_POLL_S)
        lines = dict(map(_read, (await self._files.results(batch)).splitlines()))
        if not lines:
            raise ModelUnavailable(f"the batch {batch} ended as {state}, without an answer")
        return lines


def _line(key: str, question: Question, form: Form, dialect: Dialect) -> str:
    said = [
        {"role": _ROLES[role], "content": content} for role, content in messages(question, form)
    ]
    body = {"model": question.model, "messages": said} | dialect.body(question, form)
    asked = {"custom_id": key, "method": "POST", "url": "/v1/chat/completions", "body": body}
    return compact(asked)


def _read(line: str) -> tuple[str, Line]:
    told = json.loads(line)
    response: dict[str, Any] = told.get("response") or {"status_code": 500, "body": {}}
    return told["custom_id"], Line(response["status_code"], response["body"])
