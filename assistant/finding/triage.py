"""Decide which sentences are worth a model's reading: filler is not paid for."""

from collections.abc import Iterator, Sequence

from assistant.models import Reading
from assistant.reading import Batch
from ingestion.models import Segment

FILLER = 0.85
"""How sure the local models must be that a sentence shows nothing; measured by `evals.triage`."""


def is_informative(reading: Reading, filler: float = FILLER) -> bool:
    """Tell whether a sentence may show something, by what the local models made of it."""
    return bool(reading.kinds) or reading.confidence < filler


def informative(segments: Sequence[Segment], read: Batch) -> Iterator[Segment]:
    """Give the segments that may show something, and those that a claim was read from."""
    claimed = {(claim.document, claim.start) for claim in read.claims}
    for segment, reading in zip(segments, read.readings, strict=True):
        if is_informative(reading) or (segment.document_id, segment.span.start) in claimed:
            yield segment
