"""Read segments in batches: their vectors, what each shows, and what is claimed in them.

A batch is read in one go, in this process or in others beside it: the models are loaded once a
process, and a batch in is a `Batch` out.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import NamedTuple, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from assistant import claims, themes
from assistant.embedded.reader import WEIGHTS, EmbeddedReader
from assistant.models import Claim, Reading
from ingestion import embedding, screening
from ingestion.embedding import LocalEmbedder, Vectors
from ingestion.models import DocumentKind, Segment, SegmentId


class Models(NamedTuple):
    """Which models read: the embedding model's name, and where it is asked for if not local."""

    embedding: str = embedding.LOCAL
    base_url: str | None = None
    api_key: str | None = None


class Batch(NamedTuple):
    """Segments, read. One row of `vectors` and `contexts`, and one reading, a segment.

    Attributes:
        vectors: What each segment says, float32.
        contexts: What stands around it, float16.
        instructing: Segments that, by what they mean, instruct the machine; they are no evidence.
        failed: Segments that could not be read, by id, with the reason; their readings are empty.
        counts: What each step of a language model did, by step; none where none was asked.
    """

    vectors: Vectors
    contexts: NDArray[np.float16]
    readings: tuple[Reading, ...]
    claims: tuple[Claim, ...]
    instructing: frozenset[SegmentId] = frozenset()
    failed: Mapping[str, str] = {}
    counts: Mapping[str, Mapping[str, int]] = {}


def _weights_version() -> str:
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        return str(kept["version"])


class Reader:
    """The models, loaded, of one process."""

    def __init__(self, models: Models) -> None:
        self._reader = EmbeddedReader()
        is_local = models.embedding == embedding.LOCAL
        self._embedder = (
            LocalEmbedder(self._reader.encoder) if is_local else embedding.load(*models)
        )
        self._claims = claims.prepare(self._reader.embed)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give each text its vector, in order."""
        return self._embedder.embed(texts)

    def read(self, segments: Sequence[Segment]) -> Batch:
        """Read segments in document order, whole documents together.

        Raises:
            EmbeddingUnavailable: The embedding model did not answer.
        """
        readings, known = self._reader.read_and_embed(segments)
        texts = [segment.text for segment in segments]
        meanings = known(texts)
        if isinstance(self._embedder, LocalEmbedder):
            vectors, embed = meanings, known
        else:
            vectors, embed = self._embedder.embed(texts), self._embedder.embed
        contexts = themes.context_vectors(segments, vectors, embed)
        found = claims.spot(segments, meanings, self._claims, self._reader.embed)
        instructing = frozenset(_instructing(segments, meanings))
        return Batch(vectors, contexts.astype(np.float16), readings, found, instructing)


def _instructing(segments: Sequence[Segment], meanings: Vectors) -> Iterator[SegmentId]:
    """Give what instructs by its meaning; who talks in an interview talks to no machine."""
    for segment, instructs in zip(segments, screening.by_meaning(meanings).tolist(), strict=True):
        if instructs and segment.kind is not DocumentKind.INTERVIEW:
            yield segment.id


_reader: Reader | None = None


def _load(models: Models) -> None:
    global _reader
    os.environ["OMP_NUM_THREADS"] = "1"
    _reader = Reader(models)


def _load_beside(models: Models) -> None:
    """Load them in a process of their own, and end it with the one that started it.

    Where that one is killed, nobody else tells its workers.
    """
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()
    _load(models)


def _end_with(parent: BaseProcess | None) -> None:
    if parent:
        parent.join()
        os._exit(1)


def _here() -> Reader:
    if _reader is None:
        raise RuntimeError("the reading process was not started by a Desk")
    return _reader


def _read(segments: Sequence[Segment]) -> Batch:
    return _here().read(segments)


def _embed(texts: Sequence[str]) -> Vectors:
    return _here().embed(texts)


class Desk(Protocol):
    """Where batches are handed in to be read.

    Attributes:
        version: Names what reads: what two versions read is never mixed.
        space: Names the space in which its vectors lie.
        in_flight: So many batches are handed in before the first is waited for.
    """

    version: str
    space: str
    in_flight: int

    def read(self, segments: Sequence[Segment]) -> Future[Batch]:
        """Hand in a batch: segments in document order, whole documents together."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give each text its vector, in order, and wait for it."""
        ...


class Pool:
    """A desk served by processes beside this one, or by a thread of it."""

    def __init__(self, models: Models, workers: int) -> None:
        """Start `workers` processes, or with 0 a thread."""
        self.version = f"{_weights_version()} {models.embedding}"
        self.space = embedding.space(models.embedding)
        self.in_flight = 2 * max(workers, 1)
        self._pool: Executor = (
            ProcessPoolExecutor(workers, get_context("spawn"), _load_beside, (models,))
            if workers
            else ThreadPoolExecutor(1, initializer=_load, initargs=(models,))
        )

    def read(self, segments: Sequence[Segment]) -> Future[Batch]:
        """Hand in a batch: segments in document order, whole documents together."""
        return self._pool.submit(_read, segments)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give each text its vector, in order, and wait for it."""
        return self._pool.submit(_embed, texts).result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)
