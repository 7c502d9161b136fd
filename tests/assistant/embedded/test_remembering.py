"""A question that was asked before is not encoded again, and counts as it did."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.embedded.reader import EmbeddedReader
from assistant.embedded.remembering import Remembering
from ingestion.embedding.encoder import Encoded
from ingestion.models import DocumentId, DocumentKind, Segment, SegmentId, Span


class Counting:
    """Encodes a text as its length and its first letter, and counts what it is given."""

    def __init__(self) -> None:
        self.given: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Encoded:
        self.given += texts
        rows = np.array([[len(text), ord(text[0])] for text in texts], np.float32).reshape(-1, 2)
        return Encoded(rows, rows[:, :1] * 2)


@given(
    times=st.lists(
        st.lists(st.text("abc", min_size=1, max_size=3), min_size=1, max_size=6, unique=True),
        max_size=5,
    ),
    place=st.integers(0, 5),
)
def test_gives_what_encoding_gives(times: list[list[str]], place: int) -> None:
    encode, plain = Remembering(Counting()), Counting()

    for texts in times:
        found, expected = encode(texts, {place % len(texts)}), plain(texts)
        assert np.array_equal(found.meanings, expected.meanings)
        assert np.array_equal(found.marks, expected.marks)


def test_encodes_a_question_once() -> None:
    counting = Counting()
    encode = Remembering(counting)

    encode(["It broke.", "What happened?"], {1})
    encode(["It was late.", "What happened?"], {1})
    encode(["What happened?"], {0})

    assert counting.given.count("What happened?") == 1


def test_forgets_what_was_asked_long_ago() -> None:
    counting = Counting()
    encode = Remembering(counting)

    for text in ["first", *map(str, range(600)), "first"]:
        encode([text], {0})

    assert counting.given.count("first") == 2


def test_an_answer_reads_the_same_to_a_question_that_is_known() -> None:
    text = "I waited nine days and nobody answered."
    answer = Segment(
        id=SegmentId("a"),
        document_id=DocumentId("a"),
        turn=0,
        span=Span(start=0, end=len(text)),
        text=text,
        kind=DocumentKind.INTERVIEW,
        language="en",
        asked="What happened after you ordered?",
    )
    reader = EmbeddedReader()

    (first,), (again,) = reader.read((answer,)), reader.read((answer,))

    assert (again.kinds, again.emotion, again.stage) == (first.kinds, first.emotion, first.stage)
    assert again.stage_scores == pytest.approx(first.stage_scores, abs=1e-3)
