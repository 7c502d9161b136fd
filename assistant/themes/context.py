"""What stands around a sentence, as a vector: what it is about is mostly told by that."""

from collections.abc import Sequence
from math import exp

import numpy as np

from ingestion.embedding import Embed, Vectors
from ingestion.models import DocumentKind, Segment

REACH = 250
"""How many characters on each side count as around."""

_MOST_NEIGHBOURS = 8
_FADING = 0.5
_SURVEY_QUESTION = 0.3
_EPSILON = 1e-9


def context_vectors(
    segments: Sequence[Segment],
    vectors: Vectors,
    embed: Embed,
) -> Vectors:
    """Give each segment the vector of what stands around it, of length 1.

    That is the customer's sentences within `REACH` characters, the nearer the heavier, the
    question asked and the title. A survey puts the same question to everybody, so there it tells
    little: the answer itself stands in. A segment that stands alone gets its own vector.

    Args:
        segments: Whole documents, each in its own order.
        vectors: The segments' own vectors.
        embed: Called once at most, with each question and title once.
    """
    if not segments:
        return vectors
    around = _neighbours(segments, vectors)
    around += _surroundings(segments, vectors, embed)
    length = np.linalg.norm(around, axis=1, keepdims=True)
    return np.where(length > _EPSILON, around / np.maximum(length, _EPSILON), vectors)


def _neighbours(segments: Sequence[Segment], vectors: Vectors) -> Vectors:
    """Add up the vectors of the sentences within reach, on both sides."""
    count = len(segments)
    documents = np.unique([segment.document_id for segment in segments], return_inverse=True)[1]
    sizes = np.array([len(segment.text) for segment in segments], np.int64)
    before = np.concatenate([[0], np.cumsum(sizes)])
    around = np.zeros_like(vectors)
    for step in range(1, min(_MOST_NEIGHBOURS, count - 1) + 1):
        near = documents[:-step] == documents[step:]
        between = before[step:count] - before[1 : count - step + 1]
        near &= between < REACH
        weight = exp(-_FADING * step)
        around[:-step][near] += weight * vectors[step:][near]
        around[step:][near] += weight * vectors[:-step][near]
    return around


def _surroundings(segments: Sequence[Segment], vectors: Vectors, embed: Embed) -> Vectors:
    """Add up the vectors of each segment's question and title: each text is embedded once."""
    pairs = [(segment.asked.strip(), segment.title.strip()) for segment in segments]
    texts = sorted({text for pair in pairs for text in pair if text})
    rows = np.zeros((len(texts) + 1, vectors.shape[1]), np.float32)
    if texts:
        rows[:-1] = embed(texts)
    row_of = {text: row for row, text in enumerate(texts)}
    asked, title = ([row_of.get(pair[side], len(texts)) for pair in pairs] for side in (0, 1))
    survey = np.array([[segment.kind is DocumentKind.SURVEY] for segment in segments])
    questions = np.where(survey, _SURVEY_QUESTION * rows[asked] + vectors, rows[asked])
    return questions + rows[title]
