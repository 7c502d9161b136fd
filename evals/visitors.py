"""Visitors who answer a service that runs: what it is loaded and killed under.

They are light, as they share the machine with what they measure, and they do what a widget does:
what was not acknowledged is sent again under its key.
"""

import asyncio
import json
import random
import time
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any, NamedTuple
from uuid import uuid4

_PUBLIC = "/v1/public/conversations"
_REPLIES = f"{_PUBLIC}/current/replies"
_STALE_S = 4
"""A connection that was idle for so long is opened anew: servers close those at five seconds."""
_PATIENCE_S = 60


class Answer(NamedTuple):
    """What a server said."""

    status: int
    body: Any


class Line:
    """A connection to a server on this machine, opened when it is needed and kept."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._used = 0.0

    async def ask(
        self, method: str, path: str, headers: Mapping[str, str], body: object = None
    ) -> Answer:
        """Send a request, and give the answer to it.

        Raises:
            OSError: Nobody listens, or the connection broke.
            EOFError: It ended before the answer did.
        """
        reader, writer = await self._open()
        try:
            writer.write(_request(method, path, headers, body))
            answer = await _answer(reader)
        except (OSError, EOFError):
            self.close()
            raise
        self._used = time.monotonic()
        return answer

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._streams and time.monotonic() - self._used > _STALE_S:
            self.close()
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        return self._streams

    def close(self) -> None:
        """Hang up."""
        if self._streams:
            self._streams[1].close()
        self._streams = None


def _request(method: str, path: str, headers: Mapping[str, str], body: object) -> bytes:
    content = b"" if body is None else json.dumps(body).encode()
    lines = [
        f"{method} {path} HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/json",
        f"Content-Length: {len(content)}",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + content


async def _answer(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    _, _, length = head.partition("content-length:")
    content = await reader.readexactly(int(length.split("\r\n", 1)[0]) if length else 0)
    status = int(head.split(" ", 2)[1])
    if status == 500:
        raise RuntimeError(f"the server failed: {content.decode()}")
    return Answer(status, json.loads(content) if content else None)


class Visitor:
    """Somebody in a conversation.

    Attributes:
        token: What the conversation is gone on with.
        view: The conversation, as it was last acknowledged.
        said: What was acknowledged, in order: the key, and the words that went with it.
        n_again: Requests that were sent again as they were not acknowledged.
        n_words: Of what was acknowledged, how much was in words, and so was read.
    """

    def __init__(self, port: int, survey: str, words: Iterator[str]) -> None:
        self.token = ""
        self.view: dict[str, Any] = {}
        self.said: list[tuple[str, str]] = []
        self.n_again = self.n_words = 0
        self._port, self._survey, self._words = port, survey, words
        self._line = Line(port)

    @property
    def is_over(self) -> bool:
        """Whether nothing is asked any more."""
        return self.view["open"] is None

    async def begin(self) -> None:
        """Open a conversation and consent to it."""
        headers, opening = {"Idempotency-Key": str(uuid4())}, {"survey": self._survey}
        opened = (await self._patiently(self._line, "POST", _PUBLIC, headers, opening)).body
        self.token, self.view = opened["token"], opened["conversation"]
        await self.go_on()

    async def go_on(self, twice: bool = False) -> None:
        """Reply to what is open, and wait until that is acknowledged.

        Args:
            twice: Whether it is sent on two connections at once, as impatient pages do.
        """
        key, reply = str(uuid4()), self._reply()
        headers = {"Idempotency-Key": key, "Authorization": f"Bearer {self.token}"}
        sent = {"to": self.view["open"], "reply": reply}
        lines = [self._line, Line(self._port)] if twice else [self._line]
        answers = await asyncio.gather(
            *(self._patiently(line, "POST", _REPLIES, headers, sent) for line in lines)
        )
        for line in lines[1:]:
            line.close()
        self.view = self._agreed(answers)
        self.said.append((key, reply.get("text", "")))
        self.n_words += "text" in reply

    async def look(self) -> dict[str, Any]:
        """Give the conversation as a page sees it after a reload."""
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = await self._patiently(self._line, "GET", f"{_PUBLIC}/current", headers, None)
        return answer.body

    def leave(self) -> None:
        """Close the page."""
        self._line.close()

    def _reply(self) -> dict[str, Any]:
        """Reply as the turn asks for: a button, a number, or words."""
        turn = next(turn for turn in self.view["turns"] if turn["id"] == self.view["open"])
        if "consent" in self.view["can"]:
            return {"kind": "consent"}
        if scale := turn["scale"]:
            kind = "rate" if scale["metric"] == "summary" else "scale"
            return {"kind": kind, "value": scale["high"]}
        if turn["kind"] == "summary":
            return {"kind": "confirm"}
        return {"kind": "text", "text": next(self._words)}

    @staticmethod
    def _agreed(answers: list[Answer]) -> dict[str, Any]:
        for answer in answers:
            if answer.status != 200 or answer.body != answers[0].body:
                raise RuntimeError(f"a reply was not taken: {answers}")
        return answers[0].body

    async def _patiently(
        self, line: Line, method: str, path: str, headers: Mapping[str, str], body: object
    ) -> Answer:
        """Send until it is acknowledged, as a page without a network does."""
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until:
            try:
                answer = await line.ask(method, path, headers, body)
            except (OSError, EOFError):
                answer = None
            if answer and answer.status < 500:
                return answer
            self.n_again += 1
            await asyncio.sleep(0.05)
        raise TimeoutError(f"{method} {path} was not acknowledged in {_PATIENCE_S} s")


_PARTS = (
    ("We", "My sister", "The whole team", "I", "Our shop", "My neighbour"),
    ("ordered a lamp", "changed the plan", "called the hotline", "sent the boots back"),
    ("last March", "two weeks ago", "on a Sunday evening", "before the holidays"),
    ("because the old one broke", "since it was cheaper", "so that the invoice would fit"),
    ("and waited nine days for an answer", "and it went well", "but nobody called back"),
)
_MORE = (
    "The courier left it in the rain and I was furious.",
    "It was easy, I have to say.",
    "In the end I wrote to the support twice and gave up.",
    "I compared three others first, on my phone.",
)
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]


def answers(seed: int) -> Iterator[str]:
    """Invent answers, no two alike: of one sentence or two, each with a shelf of its own."""
    chance = random.Random(seed)  # noqa: S311 - invented answers, no secret
    for at in count():
        told = " ".join(chance.choice(part) for part in _PARTS)
        more = chance.choice(("", "", f" {chance.choice(_MORE)}"))
        yield f"{told}, from shelf {_name(at)}.{more}"


def _name(number: int) -> str:
    """Give a number a name of letters, as digits might be masked."""
    n = len(_SYLLABLES)
    return _SYLLABLES[number // n // n % n] + _SYLLABLES[number // n % n] + _SYLLABLES[number % n]
