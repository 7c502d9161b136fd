"""The emotion curve: each person counts once, spread is shown, silence stays silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.journey import curve
from assistant.models import DEFAULT_STAGES
from ingestion.models import DocumentKind
from tests.builders import piece

EXPERIENCE = 3


def test_a_talkative_person_counts_once() -> None:
    talkative = [piece(participant="p1", valence=-2.0, position=at) for at in range(9)]
    others = [piece(participant=name, valence=1.0) for name in ("p2", "p3", "p4")]

    point = curve.measure([*talkative, *others], DEFAULT_STAGES)[EXPERIENCE]

    assert (point.valence, point.n) == (1.0, 4)


def test_a_stage_nobody_speaks_of_has_no_value() -> None:
    points = curve.measure([piece()], DEFAULT_STAGES)

    assert [point.valence for point in points] == [None, None, None, -1.0, None, None]
    assert [point.n for point in points] == [0, 0, 0, 1, 0, 0]


def test_shows_the_middle_half() -> None:
    pieces = [piece(participant=str(v), valence=v) for v in (-2.0, -1.0, 0.0, 1.0, 2.0)]

    point = curve.measure(pieces, DEFAULT_STAGES)[EXPERIENCE]

    assert (point.low, point.valence, point.high) == (-1.0, 0.0, 1.0)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param([1.5], 1.5, id="one"),
        pytest.param([-1.0, 1.0], 0.0, id="two"),
        pytest.param([-2.0, 1.0, 1.0, 2.0], 1.0, id="extremes ignored"),
        pytest.param([0.0, 1.0, 2.0], 1.0, id="cut through a value"),
    ],
)
def test_middle_is_the_mean_of_the_middle_half(values: list[float], expected: float) -> None:
    assert curve.middle(values) == pytest.approx(expected)


@given(st.lists(st.floats(-2, 2), min_size=1))
def test_the_point_lies_among_the_voices_and_the_band_around_their_middle(
    values: list[float],
) -> None:
    pieces = [piece(participant=str(at), valence=v) for at, v in enumerate(values)]

    point = curve.measure(pieces, DEFAULT_STAGES)[EXPERIENCE]

    assert point.valence is not None
    assert min(values) - 0.001 <= point.valence <= max(values) + 0.001
    assert point.low is not None
    assert point.high is not None
    assert point.low <= point.high


def test_counts_people_and_kinds_of_source() -> None:
    pieces = [
        piece(document="a"),
        piece(document="a", position=1),
        piece(document="reviews.csv#1", document_kind=DocumentKind.REVIEW),
    ]

    count = curve.count(pieces, DEFAULT_STAGES)[EXPERIENCE]

    assert (count.voices, count.kinds) == (2, (DocumentKind.INTERVIEW, DocumentKind.REVIEW))
