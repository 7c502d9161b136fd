import numpy as np
import pytest

from assistant.models import Piece
from assistant.themes import off_topic, unlike_others
from ingestion.models import DocumentKind
from tests.assistant.themes.builders import piece, topical

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


def evidence(
    topics: list[int], kind: DocumentKind = DocumentKind.REVIEW
) -> tuple[list[Piece], np.ndarray[tuple[int, int], np.dtype[np.float32]]]:
    """Three pieces of evidence a document, at a named touchpoint."""
    told = [piece(str(n), document_kind=kind, touchpoint="delivery") for n in range(len(topics))]
    pieces = [one for one in told for _ in range(3)]
    return pieces, topical([topic for topic in topics for _ in range(3)], noise=0.1)


def test_a_document_whose_evidence_is_like_nobodys_is_named():
    assert unlike_others(*evidence([0] * 40 + [5])) == {"reviews.csv#40"}
    assert unlike_others(*evidence([0] * 41)) == frozenset()


def test_evidence_that_several_documents_share_is_a_subject_of_the_study():
    assert unlike_others(*evidence([0] * 40 + [5] * 4)) == frozenset()


def test_one_piece_says_less_than_three():
    pieces, vectors = evidence([0] * 41)
    vectors[-3:, 5] += 1.0

    assert unlike_others(pieces, vectors) == {"reviews.csv#40"}
    assert unlike_others(pieces[:-2], vectors[:-2]) == frozenset()


@pytest.mark.parametrize(
    ("documents", "kind"), [(20, DocumentKind.REVIEW), (40, DocumentKind.INTERVIEW)]
)
def test_few_documents_and_interviews_are_not_judged_by_evidence(
    documents: int, kind: DocumentKind
):
    assert unlike_others(*evidence([0] * documents + [5], kind)) == frozenset()
