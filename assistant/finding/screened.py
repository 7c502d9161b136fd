"""Leave out what tries to instruct whoever reads it: it never goes out to a model."""

from collections.abc import Iterable
from itertools import groupby

from ingestion.models import Segment
from ingestion.screening import instructions


def sayable(segments: Iterable[Segment]) -> list[Segment]:
    """Give the segments that instruct nobody, in order.

    Args:
        segments: In document order, whole turns together: what carries an instruction on is told
            by the sentence before it.
    """
    kept: list[Segment] = []
    for _, turn in groupby(segments, key=lambda segment: (segment.document_id, segment.turn)):
        said = list(turn)
        instructing = instructions([segment.text for segment in said])
        kept += [each for each, is_one in zip(said, instructing, strict=True) if not is_one]
    return kept
