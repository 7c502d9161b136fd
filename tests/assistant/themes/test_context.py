from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.themes import context_vectors
from ingestion.models import DocumentKind
from tests.assistant.themes.builders import segment

AXES = np.eye(6, dtype=np.float32)


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    return np.stack([AXES[5] for _ in texts])


def test_the_sentences_around_count_and_the_nearer_count_more():
    segments = [segment(f"s{at}", "d", "Ten chars.") for at in range(3)]

    around = context_vectors(segments, AXES[:3], embed)

    assert around[0, 1] > around[0, 2] > 0
    assert around[0, 0] == 0


def test_another_document_and_what_is_far_do_not_count():
    segments = [segment("s0", "d", "Near."), segment("s1", "d", "x" * 300)]
    segments += [segment("s2", "d", "Far."), segment("s3", "other", "Near.")]

    around = context_vectors(segments, AXES[:4], embed)

    assert around[0].tolist() == AXES[1].tolist()
    assert around[3].tolist() == AXES[3].tolist()


def test_question_and_title_count():
    segments = [
        segment("s0", "d", "Yes.", asked="Was it late?"),
        segment("s1", "e", "No.", title="Late"),
    ]

    around = context_vectors(segments, AXES[:2], embed)

    assert around[:, 5].tolist() == [1, 1]


def test_the_question_of_a_survey_tells_less_than_the_answer():
    answer = segment("s0", "d", "Price.", asked="What stopped you?", kind=DocumentKind.SURVEY)

    around = context_vectors([answer], AXES[:1], embed)

    assert around[0, 0] > around[0, 5] > 0


def test_no_segments_no_vectors():
    assert context_vectors([], AXES[:0], embed).shape == (0, 6)
