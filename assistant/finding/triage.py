"""Decide which sentences are worth a model's reading: those that the local models are unsure of.

A sentence that is surely filler, or surely a pain, a delight or a wish, is paid for to no use; so
is one that only tells what somebody did, which no theme is made of. Their local readings stand.
"""

from collections.abc import Iterator, Sequence

from assistant.models import EvidenceKind, Reading
from assistant.reading import Batch
from ingestion.models import Segment

SURELY_NOTHING = 0.5
"""How sure the local models must be that a sentence shows nothing; `evals.triage` measures it."""
SURELY_THERE = 0.8
"""How sure they must be of what it shows."""


def is_unsure(reading: Reading) -> bool:
    """Tell whether a model may find more in a sentence, or something else, than was read in it."""
    if not reading.kinds:
        return reading.confidence < SURELY_NOTHING
    return reading.kinds != (EvidenceKind.ACTION,) and reading.confidence < SURELY_THERE


def unsure(segments: Sequence[Segment], read: Batch) -> Iterator[Segment]:
    """Give the segments that are worth asking about, and those that a claim was read from."""
    claimed = {(claim.document, claim.start) for claim in read.claims}
    for segment, reading in zip(segments, read.readings, strict=True):
        if is_unsure(reading) or (segment.document_id, segment.span.start) in claimed:
            yield segment
