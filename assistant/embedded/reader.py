"""The reader that needs no network and no key: small, local, in nine languages."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from threadpoolctl import ThreadpoolController

from assistant.embedded.context import Floats, as_read, lay_out
from assistant.embedded.decoding import decode
from assistant.embedded.heads import Weights, beside, judge
from assistant.embedded.remembering import Remembering
from assistant.models import Reading
from ingestion.embedding import WIDTH
from ingestion.embedding.encoder import Encoder
from ingestion.models import Segment

WEIGHTS = Path(__file__).parent / "weights" / "reader.npz"

_AT_ONCE = 1024


def load_weights(path: Path = WEIGHTS) -> tuple[str, Weights]:
    """Load a reader's version and weights; they are kept in half precision."""
    with np.load(path, allow_pickle=False) as kept:
        version = str(kept["version"])
        weights = {
            name: cast(Floats, kept[name].astype(np.float32))
            for name in kept.files
            if name != "version"
        }
    return version, weights


class Meanings:
    """The meanings of texts that were read."""

    def __init__(self, known: Mapping[str, Floats]) -> None:
        self._known = known

    def __call__(self, texts: Sequence[str]) -> Floats:
        """Look up each text's meaning: a row of length 1 a text, in order."""
        rows = [self._known[as_read(text)] for text in texts]
        return np.stack(rows) if rows else np.zeros((0, WIDTH), np.float32)


class EmbeddedReader:
    """Reads what customers' sentences show, each in its context.

    Attributes:
        version: Names the weights: readings of two versions are never mixed.
        encoder: Gives sentences their vectors.
    """

    def __init__(self, threads: int = 1, path: Path = WEIGHTS) -> None:
        self.version, self._weights = load_weights(path)
        self.encoder = Encoder(threads=threads)
        self._encode = Remembering(self.encoder.encode)
        self._threads = threads
        self._pools: Any = ThreadpoolController()

    def read(self, segments: Sequence[Segment]) -> tuple[Reading, ...]:
        """Read `segments`, whole documents together and in order, as what stands around counts.

        Returns:
            A reading a segment, in order. What a document reads does not depend on the others.
        """
        return self.read_and_embed(segments)[0]

    def embed(self, texts: Sequence[str]) -> Floats:
        """Give each text its meaning, whatever its language: a row of length 1 a text."""
        return self.encoder.encode(texts).meanings

    def read_and_embed(self, segments: Sequence[Segment]) -> tuple[tuple[Reading, ...], Meanings]:
        """Read `segments`, and give the meaning of every text that was read on the way.

        Returns:
            What `read` returns, and what `embed` gives for the segments' texts, the questions
            before them and the titles above them, at no cost.
        """
        readings: list[Reading] = []
        known: dict[str, Floats] = {}
        with self._pools.limit(limits=self._threads, user_api="blas"):
            for some in _whole_documents(segments):
                layout = lay_out(some)
                encoded = self._encode(layout.texts, layout.asked)
                outputs = judge(self._weights, beside(encoded), layout)
                readings.extend(decode(outputs, some, self._weights))
                known.update(zip(layout.texts, encoded.meanings, strict=True))
        return tuple(readings), Meanings(known)


def _whole_documents(segments: Sequence[Segment]) -> Iterator[Sequence[Segment]]:
    start = 0
    for place in range(1, len(segments)):
        is_new = segments[place].document_id != segments[place - 1].document_id
        if is_new and place - start >= _AT_ONCE:
            yield segments[start:place]
            start = place
    if segments:
        yield segments[start:]
