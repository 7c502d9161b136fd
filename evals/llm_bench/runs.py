"""The find step alone, with and without faults."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from assistant.finding import Finder, Found
from assistant.llm import Endpoint, Kept, LangChainLlm, Limits
from evals.llm_bench.corpora import MODEL, Corpus
from evals.llm_bench.stand_in import StandIn

CONCURRENCY = 8


class Answers:
    """A journal that lasts as long as a run."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}

    def find(self, key: str) -> Kept | None:
        """Give the answer that was kept under `key`."""
        return self._kept.get(key)

    def keep(self, key: str, answer: Kept) -> None:
        """Keep an answer."""
        self._kept[key] = answer


class Notebook:
    """Notes that last as long as a run."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def find(self, keys: Sequence[str]) -> dict[str, str]:
        """Give what is kept under those of the keys that are known."""
        return {key: self._kept[key] for key in keys if key in self._kept}

    def keep(self, notes: Mapping[str, str]) -> None:
        """Keep notes."""
        self._kept |= notes


class Measured(NamedTuple):
    """One run: what it found, in how many seconds of time and of our CPU, and what it sent."""

    corpus: Corpus
    found: Found
    seconds: float
    cpu: float
    stats: Mapping[str, Any]

    @property
    def calls(self) -> int:
        """Calls that were made, those that failed among them."""
        return self.stats["calls"]

    @property
    def calls_a_document(self) -> float:
        """Calls for each document."""
        return self.calls / self.corpus.documents

    @property
    def tokens_in(self) -> float:
        """Tokens of prompts, schemas among them, for every token that customers said."""
        return self.stats["prompt_tokens"] / self.corpus.tokens

    @property
    def tokens_out(self) -> float:
        """Tokens of replies for each piece of evidence."""
        return self.stats["completion_tokens"] / max(1, len(self.found.findings))

    @property
    def of_ceiling(self) -> float:
        """The share of the speed that the endpoint's delay allows at this concurrency."""
        stats = self.stats
        waited = stats["ok"] * stats["base_ms"] + stats["completion_tokens"] * stats["token_ms"]
        return waited / 1000 / CONCURRENCY / self.seconds

    @property
    def cpu_ms(self) -> float:
        """Our own CPU for 1,000 tokens that customers said."""
        return self.cpu * 1e6 / self.corpus.tokens


def run(at: StandIn, corpus: Corpus, faults: str = "") -> Measured:
    """Find once, with nothing known before."""
    return asyncio.run(_measured(at, corpus, faults))


async def _measured(at: StandIn, corpus: Corpus, faults: str) -> Measured:
    endpoint = Endpoint(at.failing(faults), MODEL)
    async with LangChainLlm(endpoint, Answers(), Limits(CONCURRENCY)) as llm:
        await Finder(llm, Notebook(), MODEL).read(corpus.segments[:1])  # loads what calls need
        at.reset()
        finder = Finder(llm, Notebook(), MODEL)
        began, cpu = time.monotonic(), time.process_time()
        found = await finder.read(corpus.segments)
        seconds, spent = time.monotonic() - began, time.process_time() - cpu
    return Measured(corpus, found, seconds, spent, at.stats())
