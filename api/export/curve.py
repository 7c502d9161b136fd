"""The emotion curve as SVG paths: a line through the medians, without overshoot, and its band."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import Literal, NamedTuple

from assistant.models import CurvePoint

COLUMN = 100
"""The width of a stage, in units of the drawing."""
HEIGHT = 100
_MIDDLE, _UNIT = 50.0, 16.5
_THIN = 30

Feeling = Literal["worst", "bad", "even", "good", "best", "split"]
Point = tuple[float, float]


class Stroke(NamedTuple):
    """A stretch of the line; thin where one of its ends rests on few voices."""

    path: str
    is_thin: bool


class Spot(NamedTuple):
    """Where a stage's point stands, in per cent of the height from the top.

    Attributes:
        is_above: Whether its label stands above it, out of the line's way.
    """

    top: float
    feeling: Feeling
    is_above: bool


class Curve(NamedTuple):
    """The drawing: one spot for each stage, None where nothing is known."""

    width: int
    strokes: tuple[Stroke, ...]
    bands: tuple[str, ...]
    spots: tuple[Spot | None, ...]


def draw(points: Sequence[CurvePoint]) -> Curve:
    """Draw the curve, with a gap where a stage has no voices."""
    return Curve(
        width=COLUMN * len(points),
        strokes=tuple(stroke for run in _runs(points) for stroke in _strokes(run)),
        bands=tuple(_band(run) for run in _runs(points) if len(run) > 1),
        spots=tuple(_spot(points, at) for at in range(len(points))),
    )


def feeling(point: CurvePoint) -> Feeling:
    """Name what a point tells; split where the middle half spans zero and more than 2."""
    value, low, high = point.valence or 0, point.low, point.high
    if low is not None and high is not None and low < 0 < high and high - low > 2:
        return "split"
    if abs(value) < 0.5:
        return "even"
    if value > 0:
        return "best" if value >= 1.5 else "good"
    return "worst" if value <= -1.5 else "bad"


def smooth(points: Sequence[Point]) -> str:
    """Lead a path through the points, left to right, monotone between any two.

    Source: M. Steffen, "A simple method for monotonic interpolation in one dimension", 1990.
    """
    slopes = _slopes(points)
    curves = (
        _bezier(start, end, slopes[at : at + 2]) for at, (start, end) in enumerate(pairwise(points))
    )
    return f"M{_at(points[0])}" + "".join(curves)


def _bezier(start: Point, end: Point, slopes: Sequence[float]) -> str:
    third = (end[0] - start[0]) / 3
    first = (start[0] + third, start[1] + third * slopes[0])
    second = (end[0] - third, end[1] - third * slopes[1])
    return f"C{_at(first)} {_at(second)} {_at(end)}"


def _slopes(points: Sequence[Point]) -> list[float]:
    rises = [(end[1] - start[1]) / (end[0] - start[0]) for start, end in pairwise(points)]
    inner = [_inner(before, after) for before, after in pairwise(rises)]
    if not inner:
        return rises * 2
    return [(3 * rises[0] - inner[0]) / 2, *inner, (3 * rises[-1] - inner[-1]) / 2]


def _inner(before: float, after: float) -> float:
    """Choose the slope in a point between two rises: flat in a peak, else no steeper than both."""
    if before * after <= 0:
        return 0.0
    steepest = min(abs(before), abs(after), abs(before + after) / 4)
    return 2 * steepest if before > 0 else -2 * steepest


def _at(point: Point) -> str:
    return f"{point[0]:.1f} {point[1]:.2f}"


Run = list[tuple[int, CurvePoint]]


def _runs(points: Sequence[CurvePoint]) -> Iterator[Run]:
    """Yield the stretches of stages that have voices."""
    groups = groupby(enumerate(points), lambda place: place[1].valence is not None)
    return (list(group) for known, group in groups if known)


def _places(run: Run, value: Callable[[CurvePoint], float | None]) -> list[Point]:
    return [((at + 0.5) * COLUMN, _top(value(point) or 0)) for at, point in run]


def _strokes(run: Run) -> Iterator[Stroke]:
    """Cut the line where it turns thin or thick; its shape is that of the whole."""
    _, *curves = smooth(_places(run, lambda point: point.valence)).split("C")
    starts = _places(run, lambda point: point.valence)
    thin = [min(a.n, b.n) < _THIN for (_, a), (_, b) in pairwise(run)]
    for is_thin, group in groupby(range(len(curves)), lambda at: thin[at]):
        stretch = list(group)
        path = f"M{_at(starts[stretch[0]])}" + "".join(f"C{curves[at]}" for at in stretch)
        yield Stroke(path, is_thin)


def _band(run: Run) -> str:
    high = _places(run, lambda point: point.valence if point.high is None else point.high)
    low = _places(run, lambda point: point.valence if point.low is None else point.low)
    return f"{smooth(high)}L{smooth(low[::-1])[1:]}Z"


def _spot(points: Sequence[CurvePoint], at: int) -> Spot | None:
    point = points[at]
    if point.valence is None:
        return None
    beside = [near.valence for near in points[max(at - 1, 0) : at + 2] if near.valence is not None]
    is_above = point.valence >= sum(beside) / len(beside)
    return Spot(_top(point.valence), feeling(point), is_above)


def _top(value: float) -> float:
    return _MIDDLE - _UNIT * value
