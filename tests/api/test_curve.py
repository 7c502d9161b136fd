"""The emotion curve: through its points, never beyond them, broken where nothing is known."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.export import curve
from assistant.models import CurvePoint

feelings = st.floats(-2, 2, allow_nan=False)


def point(
    value: float | None, n: int = 40, low: float | None = None, high: float | None = None
) -> CurvePoint:
    return CurvePoint(stage="experience", valence=value, low=low, high=high, n=n)


def numbers(path: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", path)]


def along(path: str) -> list[list[float]]:
    """Follow a path's curves: the heights on the way, one list for each curve."""
    _, start, *rest = numbers(path)
    ends = [start, *rest[5::6]]
    curves = zip(ends, rest[1::6], rest[3::6], rest[5::6], strict=False)
    return [[_height(heights, at / 20) for at in range(21)] for heights in curves]


def _height(heights: tuple[float, ...], t: float) -> float:
    a, b, c, d = heights
    return a * (1 - t) ** 3 + 3 * b * t * (1 - t) ** 2 + 3 * c * t * t * (1 - t) + d * t**3


@given(st.lists(feelings, min_size=2, max_size=9))
def test_passes_through_every_point(values: list[float]) -> None:
    (stroke,) = curve.draw([point(value) for value in values]).strokes

    _, start, *rest = numbers(stroke.path)
    passed = [start, *rest[5::6]]

    assert passed == pytest.approx([50 - 16.5 * value for value in values], abs=0.01)


@given(st.lists(feelings, min_size=2, max_size=9))
def test_never_swings_beyond_two_neighbours(values: list[float]) -> None:
    (stroke,) = curve.draw([point(value) for value in values]).strokes

    for heights in along(stroke.path):
        steps = [after - before for before, after in pairwise(heights)]
        assert all(step >= -0.02 for step in steps) or all(step <= 0.02 for step in steps)


def test_leaves_a_gap_where_a_stage_has_no_voices() -> None:
    drawn = curve.draw([point(1), point(0.5), point(None), point(-1), point(-1)])

    assert [numbers(stroke.path)[0] for stroke in drawn.strokes] == [50, 350]
    assert len(drawn.bands) == 2
    assert drawn.spots[2] is None


def test_is_dotted_beside_a_stage_of_under_thirty_voices() -> None:
    drawn = curve.draw([point(1), point(0.5), point(0, n=29), point(-1)])

    assert [stroke.is_thin for stroke in drawn.strokes] == [False, True]


def test_draws_a_single_known_stage_as_a_point_without_a_line() -> None:
    drawn = curve.draw([point(None), point(1)])

    assert (drawn.strokes, drawn.bands) == ((), ())
    assert drawn.spots[1] is not None


@pytest.mark.parametrize(
    ("value", "low", "high", "feeling"),
    [
        pytest.param(-1.5, -2, -1, "worst", id="very bad from −1.5"),
        pytest.param(-0.5, -1, 0, "bad", id="bad from −0.5"),
        pytest.param(-0.49, -1, 0, "even", id="neutral between"),
        pytest.param(0.5, 0, 1, "good", id="good from +0.5"),
        pytest.param(1.5, 1, 2, "best", id="very good from +1.5"),
        pytest.param(1.2, -1, 1.5, "split", id="split where the middle half spans zero and over 2"),
        pytest.param(0.2, -1, 1, "even", id="not split at a span of just 2"),
        pytest.param(1.0, None, None, "good", id="no spread known"),
    ],
)
def test_names_what_a_point_tells(
    value: float, low: float | None, high: float | None, feeling: str
) -> None:
    assert curve.feeling(point(value, low=low, high=high)) == feeling


def test_labels_stand_out_of_the_way_of_the_line() -> None:
    spots = curve.draw([point(0), point(1.5), point(-1), point(0)]).spots

    assert [spot and spot.is_above for spot in spots] == [False, True, False, True]
