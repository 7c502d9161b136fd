"""Tell which segments are evidence: a reader's findings, and the rules that overrule it.

A segment of which a part was masked is not quoted, for its quote would not be verbatim; a text
that tries to instruct its reader is data, and never evidence.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from assistant.models import Claim, Found, Reading
from assistant.reading import Batch
from ingestion.models import DocumentId, Segment, State


class Findings(NamedTuple):
    """What a batch of segments gave.

    Attributes:
        states: How each segment ended; they add up to the batch.
    """

    evidence: tuple[Found, ...]
    claims: tuple[Claim, ...]
    states: Counter[State]


def find(segments: Sequence[Segment], read: Batch, barred: Mapping[str, State]) -> Findings:
    """Sort out which of the segments that were read are evidence.

    Args:
        segments: In the order in which they were read.
        read: What the reader made of them.
        barred: Segments that may not be quoted, with the state that says why.

    Returns:
        Evidence and claims in the order of their segments.
    """
    evidence: list[Found] = []
    states = Counter[State]()
    for at, (segment, reading) in enumerate(zip(segments, read.readings, strict=True)):
        state = barred.get(segment.id) or _state(segment, reading, read)
        states[state] += 1
        if state is State.USED:
            vector = np.concatenate([read.vectors[at].astype(np.float16), read.contexts[at]])
            evidence.append(
                Found(f"ev_{segment.id.removeprefix('seg_')}", segment, reading, vector)
            )
    return Findings(tuple(evidence), tuple(_open(read, segments, barred)), states)


def _state(segment: Segment, reading: Reading, read: Batch) -> State:
    if segment.id in read.instructing:
        return State.EXCLUDED
    if segment.id in read.failed:
        return State.FAILED
    return State.USED if reading.kinds else State.EMPTY


def _open(read: Batch, segments: Sequence[Segment], barred: Mapping[str, State]) -> Iterator[Claim]:
    """Give the claims that may be quoted, each with the stage its sentence was read as."""
    stages = {
        (segment.document_id, segment.span.start): reading.stage
        for segment, reading in zip(segments, read.readings, strict=True)
        if segment.id not in barred and segment.id not in read.instructing
    }
    for claim in read.claims:
        stage = stages.get((DocumentId(claim.document), claim.start))
        if stage is not None:
            yield claim._replace(detail=claim.detail | {"stage": stage})
