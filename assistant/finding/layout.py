"""Lay segments out for a call: rows with short ids, and the context that runs of rows share."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from assistant.asking import line, mark, pack, rounded
from ingestion.models import DocumentKind, Segment
from ingestion.screening import is_instruction

BUDGET = 2_200
"""Tokens of rows in a call: some 25 short reviews, or a third of a long interview."""
_LONGEST_QUESTION = 300
_STARS = 2
"""Stars above and below the middle one."""


def packs(
    segments: Sequence[Segment], count: Callable[[str], int], budget: int = BUDGET
) -> list[Sequence[Segment]]:
    """Put segments into calls: all of one kind of document, neighbours together.

    Args:
        segments: In document order; the documents of one kind may lie apart.
        count: Counts tokens.
        budget: Tokens of rows that a call carries.
    """
    of_kind = defaultdict[DocumentKind, list[Segment]](list)
    for segment in segments:
        of_kind[segment.kind].append(segment)
    return [packed for some in of_kind.values() for packed in _of_kind(some, count, budget)]


def _of_kind(
    segments: Sequence[Segment], count: Callable[[str], int], budget: int
) -> list[Sequence[Segment]]:
    sizes = [count(written) for written in _blocks(segments)]
    return pack(segments, sizes, rounded(sum(sizes), budget))


def render(segments: Sequence[Segment]) -> str:
    """Write a pack: rows in order, a question or title once for the run it heads."""
    return "\n".join(_blocks(segments))


def _blocks(segments: Sequence[Segment]) -> Iterator[str]:
    """Write each segment with the lines of context that have to stand before it."""
    before: Segment | None = None
    for at, segment in enumerate(segments, start=1):
        heads = _heads(segment, before)
        yield "\n".join([*heads, f"[{mark(at, segment.text)}] {line(segment.text)}"])
        before = segment


def _heads(segment: Segment, before: Segment | None) -> Iterator[str]:
    is_new = before is None or before.document_id != segment.document_id
    if is_new:
        yield f"= {_stars(segment)}".rstrip()
    if is_new and (title := _context(segment.title)):
        yield f"# {title}"
    if (is_new or before is None or before.asked != segment.asked) and (
        asked := _context(segment.asked)
    ):
        yield f"? {asked}"


def _context(text: str) -> str:
    """Shorten what gives context, at its end, where questions are; an instruction gives none."""
    if not text or is_instruction(text):
        return ""
    written = line(text)
    short = written[-_LONGEST_QUESTION:]
    return short if len(short) == len(written) else "…" + short.partition(" ")[2]


def _stars(segment: Segment) -> str:
    """Say the score a voice came with, as stars of five."""
    if segment.rating is None:
        return ""
    return f"{1 + _STARS + round(_STARS * segment.rating)}/5"
