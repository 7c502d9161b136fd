"""What the tests of the door to language models ask."""

from typing import Literal

from pydantic import BaseModel

from assistant import prompts
from assistant.llm import Account, Budget, Endpoint, Journal, Kept, LangChainLlm, Limits, prices
from assistant.llm.limiter import Clock
from assistant.prompts import Prompt
from tests.assistant.llm.server import Server


class Finding(BaseModel):
    """A reply."""

    kind: Literal["pain", "delight"]
    count: int


PAIN = '{"kind": "pain", "count": 3}'
FOUND = Finding(kind="pain", count=3)


def prompt(version: int = 1, **changed: str) -> Prompt:
    """Make a prompt that asks for a finding."""
    head = {
        "purpose": "Find.",
        "model": "careful",
        "inputs": "[said]",
        "changed": "Born.",
    } | changed
    lines = "\n".join(f"{name}: {value}" for name, value in head.items())
    return prompts.parse(
        f"---\n{lines}\n---\n# system\nFind.\n# user\n<said>$said</said>", "find", version
    )


class Notebook:
    """A journal in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, Kept] = {}

    def find(self, key: str) -> Kept | None:
        """Give what was kept."""
        return self.kept.get(key)

    def keep(self, key: str, answer: Kept) -> None:
        """Keep it."""
        self.kept[key] = answer


class FixedClock:
    """A clock that stands still but while somebody waits; remembers who waited how long."""

    def __init__(self) -> None:
        self.time = 0.0
        self.waits: list[float] = []

    def now(self) -> float:
        """Tell the time."""
        return self.time

    async def sleep(self, seconds: float) -> None:
        """Let the time pass at once."""
        self.waits.append(seconds)
        self.time += seconds


def endpoint(server: Server, **changed: str) -> Endpoint:
    """Name the models of a server."""
    return Endpoint(server.url, "gpt-4o")._replace(**changed)


def llm(
    server: Server,
    journal: Journal | None = None,
    limits: Limits | None = None,
    account: Account | None = None,
    clock: Clock | None = None,
) -> LangChainLlm:
    """Make a door to a server that waits for nothing."""
    chosen = account or Account(prices.load(), Budget())
    return LangChainLlm(
        endpoint(server), journal or Notebook(), limits or Limits(), chosen, clock or FixedClock()
    )
