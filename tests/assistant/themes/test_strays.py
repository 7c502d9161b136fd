import numpy as np

from assistant.themes import off_topic
from tests.assistant.themes.builders import topical

IDS = [f"reviews.csv#{at}" for at in range(60)]


def documents() -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Sixty documents that share a subject, each of several sentences."""
    return 0.5 * topical([0] * 60, noise=0.2) / np.float32(2**0.5)


def test_a_document_far_from_all_others_is_named():
    vectors = documents()
    vectors[7] = np.roll(vectors[7], 5)

    assert off_topic(IDS, vectors) == {IDS[7]}


def test_a_study_on_one_subject_keeps_all_its_documents():
    assert off_topic(IDS, documents()) == frozenset()


def test_what_several_documents_share_is_a_subject_of_the_study():
    vectors = documents()
    vectors[:9] = np.roll(vectors[:9], 5, axis=1)

    assert off_topic(IDS, vectors) == frozenset()


def test_a_single_sentence_and_a_small_study_are_not_judged():
    vectors = documents()
    vectors[7] = np.roll(vectors[7], 5)
    short = vectors.copy()
    short[7] /= np.linalg.norm(short[7])

    assert off_topic(IDS, short) == frozenset()
    assert off_topic(IDS[:20], vectors[:20]) == frozenset()
