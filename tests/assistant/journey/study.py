"""A small study for the tests of the journey, and an embedder that reads words."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from assistant.journey import Material
from assistant.models import DEFAULT_STAGES, Piece
from ingestion.embedding import Vectors
from ingestion.models import DocumentKind

_DIMENSIONS = 256


def material(pieces: Sequence[Piece] = (), **fields: Any) -> Material:  # noqa: ANN401 any field
    """Make a study of all kinds of source without a goal, but for what `fields` say."""
    plain = Material(
        goal=None,
        study="",
        engine={"name": "embedded", "version": "1"},
        stages=DEFAULT_STAGES,
        pieces=pieces,
        themes=(),
        voices=dict.fromkeys(DocumentKind, 1),
        ledger={},
    )
    return plain._replace(**fields)


def embed(texts: Sequence[str]) -> Vectors:
    """Give texts with the same words near vectors."""
    rows = np.zeros((len(texts), _DIMENSIONS), np.float32)
    for row, text in zip(rows, texts, strict=True):
        for word in text.casefold().split():
            row[sum(map(ord, word.strip(".,!?"))) % _DIMENSIONS] += 1
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
