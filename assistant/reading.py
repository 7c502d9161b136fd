"""Read segments in batches: their vectors, what each shows, and what is claimed in them.

A batch is read in one go, in this process or in others beside it: the models are loaded once a
process, and a batch in is a `Batch` out.
"""

import os
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from assistant import claims, themes
from assistant.embedded.reader import EmbeddedReader
from assistant.models import Claim, Reading
from ingestion import embedding
from ingestion.embedding import Vectors
from ingestion.models import Segment


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
    """

    vectors: Vectors
    contexts: NDArray[np.float16]
    readings: tuple[Reading, ...]
    claims: tuple[Claim, ...]


class Reader:
    """The models, loaded, of one process."""

    def __init__(self, models: Models) -> None:
        self._embedder = embedding.load(*models)
        self._reader = EmbeddedReader()

    def read(self, segments: Sequence[Segment]) -> Batch:
        """Read segments in document order, whole documents together.

        Raises:
            EmbeddingUnavailable: The embedding model did not answer.
        """
        vectors = self._embedder.embed([segment.text for segment in segments])
        contexts = themes.context_vectors(segments, vectors, self._embedder.embed)
        return Batch(
            vectors,
            contexts.astype(np.float16),
            self._reader.read(segments),
            claims.spot(segments, vectors, self._embedder.embed),
        )


_reader: Reader | None = None


def _load(models: Models) -> None:
    global _reader
    os.environ["OMP_NUM_THREADS"] = "1"
    _reader = Reader(models)


def _read(segments: Sequence[Segment]) -> Batch:
    if _reader is None:
        raise RuntimeError("the reading process was not started by a Desk")
    return _reader.read(segments)


class Desk:
    """Where batches are handed in to be read, by processes beside this one or by this one."""

    def __init__(self, models: Models, workers: int) -> None:
        """Start `workers` processes; with 0, batches are read where they are handed in."""
        self.workers = workers
        self.embedding = models.embedding
        self._local = None if workers else Reader(models)
        self._pool = (
            ProcessPoolExecutor(workers, get_context("spawn"), _load, (models,))
            if workers
            else None
        )

    def read(self, segments: Sequence[Segment]) -> Future[Batch]:
        """Hand in a batch: segments in document order, whole documents together."""
        if self._pool:
            return self._pool.submit(_read, segments)
        done: Future[Batch] = Future()
        if self._local:
            done.set_result(self._local.read(segments))
        return done

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
