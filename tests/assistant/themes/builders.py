"""Pieces and vectors for tests about grouping."""

import numpy as np
from numpy.typing import NDArray

from assistant.models import About, Emotion, EvidenceKind, Piece
from ingestion.models import DocumentId, DocumentKind, Segment, SegmentId, Span

TOPICS = {
    0: "the parcel arrived three weeks late",
    1: "the password reset link never works",
    2: "the invoice shows the wrong address",
}
WIDTH = 16


def piece(id: str, **changes: object) -> Piece:
    """A pain of one person, unless told otherwise."""
    usual = Piece(
        id=id,
        document=f"reviews.csv#{id}",
        source="reviews.csv",
        participant=None,
        document_kind=DocumentKind.REVIEW,
        language="en",
        kinds=(EvidenceKind.PAIN,),
        stage="experience",
        touchpoint=None,
        channel=None,
        emotion=Emotion.FRUSTRATED,
        valence=-1.0,
        confidence=0.8,
        about=About.OWN,
        quote=f"Well, {id} is a nuisance.",
        position=0,
    )
    return usual._replace(**changes)


def segment(id: str, document: str, text: str, **changes: object) -> Segment:
    """A customer's sentence in a review."""
    usual = Segment(
        id=SegmentId(id),
        document_id=DocumentId(document),
        turn=0,
        span=Span(start=0, end=len(text)),
        text=text,
        kind=DocumentKind.REVIEW,
    )
    return usual.model_copy(update=changes)


def topical(topics: list[int], seed: int = 0, noise: float = 0.15) -> NDArray[np.float32]:
    """Rows of [own | context] near the direction of their topic."""
    random = np.random.default_rng(seed)
    rows = random.normal(0, noise, (len(topics), 2 * WIDTH)).astype(np.float32)
    for at, topic in enumerate(topics):
        rows[at, [topic, WIDTH + topic]] += 1
    return rows


def study(size: int = 30) -> tuple[list[Piece], NDArray[np.float32]]:
    """Pieces about three topics in turn, and their vectors."""
    topics = [at % 3 for at in range(size)]
    pieces = [piece(f"e{at:02d}", quote=TOPICS[topic]) for at, topic in enumerate(topics)]
    return pieces, topical(topics)
