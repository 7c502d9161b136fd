"""The reader that needs no network and no key: small, local, in nine languages."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import numpy as np
from threadpoolctl import threadpool_limits

from assistant.embedded.context import Floats, lay_out
from assistant.embedded.decoding import decode
from assistant.embedded.encoder import Encoder, Vocabulary, Weights
from assistant.embedded.heads import Outputs, judge
from assistant.models import Reading
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


class EmbeddedReader:
    """Reads what customers' sentences show, each in its context.

    Attributes:
        version: Names the weights: readings of two versions are never mixed.
    """

    def __init__(self, threads: int = 1, path: Path = WEIGHTS) -> None:
        self.version, self._weights = load_weights(path)
        self._encoder = Encoder(Vocabulary(), self._weights)
        self._threads = threads

    def read(self, segments: Sequence[Segment]) -> tuple[Reading, ...]:
        """Read `segments`, whole documents together and in order, as what stands around counts.

        Returns:
            A reading a segment, in order. What a document reads does not depend on the others.
        """
        readings: list[Reading] = []
        with threadpool_limits(limits=self._threads, user_api="blas"):
            for some in _whole_documents(segments):
                readings.extend(decode(self._judge(some), some, self._weights))
        return tuple(readings)

    def _judge(self, segments: Sequence[Segment]) -> Outputs:
        layout = lay_out(segments)
        return judge(self._weights, self._encoder.encode(layout.texts), layout)


def _whole_documents(segments: Sequence[Segment]) -> Iterator[Sequence[Segment]]:
    start = 0
    for place in range(1, len(segments)):
        is_new = segments[place].document_id != segments[place - 1].document_id
        if is_new and place - start >= _AT_ONCE:
            yield segments[start:place]
            start = place
    if segments:
        yield segments[start:]
