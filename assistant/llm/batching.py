"""Ask many questions in one batch, at half the price: the answers come within a day.

Questions that are asked at about the same time go together. A batch bears a name of ours, which is
kept before the batch is sent: a run that was killed, at whatever moment, finds the batch it had
sent by that name, waits for it, and does not pay for it again.

Source: OpenAI, "Batch API" guide.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from typing import Any, NamedTuple, Protocol, TypeVar
from uuid import uuid4

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
_ATTEMPTS = 3
"""So often a batch is sent while nobody can say whether it arrived."""
_DEAF = 60
"""So many times in a row the provider may fail to say how a batch is doing."""
_NAMED = "named:"
"""Comes before our own name of a batch, as long as the provider's is not known."""
_ROLES = {"system": "system", "human": "user", "ai": "assistant"}
_UNDER_WAY = {"validating", "in_progress", "finalizing", "cancelling"}

_Told = TypeVar("_Told")


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

    async def send(self, lines: str, name: str) -> str:
        """Send questions, one a line, by a name of ours; give the provider's name."""
        ...

    async def find(self, name: str) -> str | None:
        """Give the provider's name of a batch by ours; None where it never arrived."""
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
        self._asked: dict[str, asyncio.Task[Any]] = {}
        self._sending: asyncio.Task[None] | None = None

    async def answer(self, question: Question, form: Form, dialect: Dialect) -> Line:
        """Have a question answered with others.

        Raises:
            ModelUnavailable: The batch came to nothing, or has no answer to this question.
            WrongEndpoint: The provider takes no batches.
        """
        key = question.key
        batch = await self._under_way(key) or await self._sent(key, question, form, dialect)
        state, lines = await self._once(batch, self._results)
        if key not in lines:
            self._pending.done(key)
            raise ModelUnavailable(f"a batch ended as {state}, without an answer to this question")
        return lines[key]

    def kept(self, question: Question) -> None:
        """Hear that the answer to a question is kept."""
        self._pending.done(question.key)

    async def close(self) -> None:
        """Stop waiting; batches that are under way go on at the provider."""
        tasks: list[asyncio.Task[Any]] = [*self._asked.values()]
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

    async def _once(self, batch: str, ask: Callable[[str], Coroutine[Any, Any, _Told]]) -> _Told:
        """Ask about a batch once, for all the questions in it."""
        if batch not in self._asked:
            self._asked[batch] = asyncio.create_task(ask(batch))
        return await asyncio.shield(self._asked[batch])

    async def _under_way(self, key: str) -> str | None:
        """Name the batch that a question went with in a run before."""
        batch = self._pending.batch_of(key)
        return await self._once(batch, self._found) if batch and _is_ours(batch) else batch

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
            batch = await self._arrived(waiting)
        except Exception as error:
            for each in waiting.values():
                each.sent.set_exception(error)
            return
        for each in waiting.values():
            each.sent.set_result(batch)

    async def _arrived(self, waiting: Mapping[str, _Waiting]) -> str:
        """Send a batch that is found again whatever happens; give the provider's name."""
        name = f"{_NAMED}{uuid4().hex}"
        self._pending.keep(name, list(waiting))
        lines = "\n".join(each.line for each in waiting.values())
        batch = await self._insisted(lines, name)
        self._pending.keep(batch, list(waiting))
        return batch

    async def _insisted(self, lines: str, name: str) -> str:
        """Send a batch; where its arrival is in doubt, look for it before it is sent again."""
        for _ in range(_ATTEMPTS - 1):
            with suppress(ModelUnavailable):
                return await self._files.send(lines, name)
            await self._clock.sleep(_POLL_S)
            if batch := await self._files.find(name):
                return batch
        return await self._files.send(lines, name)

    async def _found(self, name: str) -> str | None:
        return await self._files.find(name)

    async def _results(self, batch: str) -> tuple[str, Mapping[str, Line]]:
        """Wait for a batch; give the state it ended in, and what came of each question."""
        state = await self._ended(batch)
        return state, dict(map(_read, (await self._files.results(batch)).splitlines()))

    async def _ended(self, batch: str) -> str:
        """Wait for a batch, through an outage too: it goes on at the provider meanwhile."""
        unheard = 0
        while True:
            try:
                state, unheard = await self._files.state(batch), 0
            except ModelUnavailable:
                unheard += 1
                if unheard > _DEAF:
                    raise
            else:
                if state not in _UNDER_WAY:
                    return state
            await self._clock.sleep(_POLL_S)


def _is_ours(batch: str) -> bool:
    return batch.startswith(_NAMED)


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
