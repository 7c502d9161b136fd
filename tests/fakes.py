"""Our own doors, without what stands behind them."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from zlib import crc32

import numpy as np
from pydantic import BaseModel

from assistant.errors import AssistantError
from assistant.llm import Answer, Reply
from assistant.models import About, Emotion, EvidenceKind, Reading
from assistant.prompts import Prompt
from assistant.reading import Batch
from ingestion.embedding import Vectors
from ingestion.index import Entry
from ingestion.models import Segment

_WIDTH = 16


class FakeDesk:
    """Reads a "lost" as a pain, a "found" as a delight, and nothing else; counts what it read.

    An "obey" instructs by what it means.
    """

    version = "fake"
    space = "fake"
    in_flight = 2

    def __init__(self) -> None:
        self.n_read = 0

    def read(self, segments: Sequence[Segment]) -> Future[Batch]:
        """Read at once."""
        self.n_read += len(segments)
        vectors = self.embed([segment.text for segment in segments])
        readings = tuple(_reading(segment.text) for segment in segments)
        done: Future[Batch] = Future()
        obeyed = frozenset(segment.id for segment in segments if "obey" in segment.text)
        done.set_result(Batch(vectors, vectors.astype(np.float16), readings, (), obeyed))
        return done

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give each text a vector of its own, the same for the same text."""
        rows = [np.random.default_rng(crc32(text.encode())).normal(size=_WIDTH) for text in texts]
        vectors = np.array(rows, np.float32).reshape(len(rows), _WIDTH)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _reading(text: str) -> Reading:
    kinds = {"lost": EvidenceKind.PAIN, "found": EvidenceKind.DELIGHT}
    shown = tuple(kind for word, kind in kinds.items() if word in text)
    return Reading(
        kinds=shown,
        stage="experience",
        stage_scores=(0, 0, 0, 1, 0, 0),
        emotion=Emotion.NEUTRAL,
        valence=-1.0 if EvidenceKind.PAIN in shown else 1.0,
        confidence=0.7,
        about=About.OWN,
        touchpoint=None,
        channel=None,
    )


class FakeIndex:
    """Keeps segments by id."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}

    def add(self, entries: Sequence[Entry], vectors: Vectors) -> None:
        """Keep segments; each needs its vector."""
        assert len(entries) == len(vectors)
        self.entries |= {entry.id: entry for entry in entries}

    def forget_source(self, source: str) -> None:
        """Remove every segment of a source."""
        kept = {id: e for id, e in self.entries.items() if e.metadata["source"] != source}
        self.entries = kept

    def renew(self) -> None:
        """Nothing of what was forgotten is left here anyway."""


class Silence:
    """Hears of progress and says nothing."""

    def begin(self, source: object, at: int, of: int) -> None:
        """Hear that a source is being read."""

    def read(self, n: int) -> None:
        """Hear that more was read."""


Script = Callable[[Prompt, Mapping[str, str]], BaseModel | AssistantError]


class FakeLlm:
    """Answers as its script says, and remembers what it was asked.

    The script is a function of the prompt and its inputs, or a list of replies in their order; an
    error in it is raised.
    """

    def __init__(self, script: Script | Sequence[BaseModel | AssistantError]) -> None:
        self._script = script if callable(script) else _in_order(script)
        self.asked: list[tuple[Prompt, dict[str, str]]] = []

    async def ask(self, prompt: Prompt, reply: type[Reply], /, **inputs: str) -> Answer[Reply]:
        """Answer at once."""
        prompt.render(**inputs)
        self.asked.append((prompt, inputs))
        answer = self._script(prompt, inputs)
        if isinstance(answer, AssistantError):
            raise answer
        assert isinstance(answer, reply)
        return Answer(
            answer, model="fake", tokens_in=100, tokens_out=10, cost_usd=0.0, is_cached=False
        )


def _in_order(replies: Sequence[BaseModel | AssistantError]) -> Script:
    left = iter(replies)
    return lambda _prompt, _inputs: next(left)
