"""Lay out what stands around each segment, so that each sentence is encoded once."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingestion.models import DocumentKind, Segment

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

PARTS = ("own", "before", "after", "asked", "title")
"""Which texts a segment is read with, in the order of the columns of `Layout.rows`."""

REACH = 3
"""How many sentences on each side count as the passage."""

KINDS = (DocumentKind.INTERVIEW, DocumentKind.REVIEW, DocumentKind.TICKET, DocumentKind.SURVEY)
N_FACTS = len(KINDS) + 3
_MAX_CHARS = 600


@dataclass(frozen=True)
class Layout:
    """Segments as rows of numbers that point into a list of texts, each of which is encoded once.

    Attributes:
        texts: Every text needed, once; "" is never among them.
        rows: A row a segment, a column a part; `len(texts)` where there is nothing.
        passage: A row a segment: itself and the sentences up to `REACH` away in its document, as
            positions among the segments; -1 beyond the ends of the document.
        facts: Kind of source, rating, whether there is one, and whether it opens its document.
    """

    texts: tuple[str, ...]
    rows: Ints
    passage: Ints
    facts: Floats

    @property
    def asked(self) -> frozenset[int]:
        """Which of the texts were asked."""
        places = self.rows[:, PARTS.index("asked")].tolist()
        return frozenset(places) - {len(self.texts)}


def lay_out(segments: Sequence[Segment]) -> Layout:
    """Lay out `segments`, whole documents together and in order."""
    places: dict[str, int] = {}
    rows = [[_place(text, places) for text in _parts(segment)] for segment in segments]
    grid = np.array(rows, np.int64).reshape(len(segments), len(PARTS))
    grid[grid < 0] = len(places)
    facts = np.array([_facts(segment) for segment in segments], np.float32)
    return Layout(tuple(places), grid, _passages(segments), facts.reshape(-1, N_FACTS))


def _parts(segment: Segment) -> tuple[str, ...]:
    return (segment.text, segment.before, segment.after, segment.asked, segment.title)


def as_read(text: str) -> str:
    """Cut a text to what of it is read."""
    return text[:_MAX_CHARS].strip()


def _place(text: str, places: dict[str, int]) -> int:
    words = as_read(text)
    return places.setdefault(words, len(places)) if words else -1


def _facts(segment: Segment) -> list[float]:
    kinds = [float(segment.kind is kind) for kind in KINDS]
    known = segment.rating is not None
    return [*kinds, segment.rating or 0.0, float(known), float(segment.position == 0)]


def _passages(segments: Sequence[Segment]) -> Ints:
    names: dict[str, int] = {}
    documents = np.array(
        [names.setdefault(segment.document_id, len(names)) for segment in segments], np.int64
    )
    steps = np.arange(-REACH, REACH + 1)
    around = np.arange(len(segments))[:, None] + steps
    inside = (around >= 0) & (around < len(segments))
    near = np.where(inside, around, 0)
    if len(segments):
        inside &= documents[near] == documents[:, None]
    return np.where(inside, near, -1)
