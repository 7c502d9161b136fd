"""The encoder that comes with the product: one reading of a sentence gives two vectors.

The meaning of a sentence is what it is about, whatever the language: sentences that say the same
lie near each other. Its marks are what gives away how a thing went and felt, for a reader to judge.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ingestion.embedding.words import EMPTY, Vectors, Words, load

WIDTH = 384
"""Dimensions of a meaning."""

WEIGHTS = Path(__file__).parent / "weights"

_ROWS_AT_ONCE = 1024


class Encoded(NamedTuple):
    """What was found in some texts, a row a text: meanings of length 1, and marks."""

    meanings: Vectors
    marks: Vectors


class Encoder:
    """A small transformer in eight bits, read on the processor, by one thread unless told."""

    def __init__(self, folder: Path = WEIGHTS, threads: int = 1) -> None:
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        self._words = Words(load(folder / "words.npz"))
        self._session: Any = session(folder / "encoder.onnx", threads)
        self._n_marks = int(self._session.get_outputs()[1].shape[1])

    def encode(self, texts: Sequence[str]) -> Encoded:
        """Read each text, in order; what one reads like does not hang on the others."""
        ids = self._words.split(texts)
        meanings = np.empty((len(ids), WIDTH), np.float32)
        marks = np.empty((len(ids), self._n_marks), np.float32)
        for batch in batches(ids):
            rows, mask = lay_side_by_side([ids[place] for place in batch])
            inputs = {"words": self._words.look_up(rows), "mask": mask}
            meanings[batch], marks[batch] = self._session.run(None, inputs)
        return Encoded(meanings, marks)


def lay_side_by_side(sentences: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    """Lay piece ids in rows of equal length, filled up; and a mask of what is not filling."""
    longest = max(len(one) for one in sentences)
    rows = np.full((len(sentences), longest), EMPTY, np.int64)
    mask = np.zeros((len(sentences), longest), np.int32)
    for row, one in enumerate(sentences):
        rows[row, : len(one)] = one
        mask[row, : len(one)] = 1
    return rows, mask


def batches(ids: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Give the positions of sentences that are read together: like lengths, not too many words."""
    batch: list[int] = []
    for place in sorted(range(len(ids)), key=lambda place: len(ids[place])):
        if batch and (len(batch) + 1) * len(ids[place]) > _ROWS_AT_ONCE:
            yield batch
            batch = []
        batch.append(place)
    if batch:
        yield batch


def session(path: Path, threads: int) -> Any:  # noqa: ANN401 - the library is untyped
    """Open a model to run on the processor, by so many threads."""
    import onnxruntime

    runtime: Any = onnxruntime
    options = runtime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    return runtime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
