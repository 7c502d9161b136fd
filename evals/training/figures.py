"""Measure a reader on passages it did not learn from."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.embedded.context import Floats
from assistant.embedded.heads import Outputs, chance, leaning
from assistant.embedded.touchpoints import TOUCHPOINTS
from evals.training import labels
from evals.training.fitting import Targets, targets
from evals.training.passages import Passage

Mask = NDArray[np.bool_]
_FELT = 3
"""Of the kinds, pain, delight and opportunity; what only tells an action counts as neutral."""
_BINS = 10


@dataclass(frozen=True)
class Judged:
    """Held-out segments, what is known of them and what a reader said, row by row."""

    told: Targets
    outputs: Outputs
    languages: tuple[str, ...]
    sources: tuple[str, ...]
    origins: tuple[str, ...]


def judged(passages: Sequence[Passage], outputs: Outputs) -> Judged:
    """Put the labels of `passages` beside what a reader made of them."""
    segments = [segment for passage in passages for segment in passage.segments]
    return Judged(
        targets([one for passage in passages for one in passage.labels]),
        outputs,
        tuple(segment.language for segment in segments),
        tuple(segment.kind.value for segment in segments),
        tuple(passage.origin for passage in passages for _ in passage.segments),
    )


class Calibration(NamedTuple):
    """How logits of kinds become chances, when a kind is found, and what a leaning is worth.

    Attributes:
        valence: The valence of a segment that leans wholly to good.
    """

    slope: Floats
    shift: Floats
    threshold: Floats
    valence: Floats

    def weights(self) -> dict[str, Floats]:
        """Give it under the names the product reads it by."""
        named = {f"kinds_{name}": getattr(self, name) for name in ("slope", "shift", "threshold")}
        return {**named, "valence_slope": self.valence}


def f1(real: Mask, said: Mask) -> float:
    """F1 of yes-or-no answers; 0 where nothing is there and nothing was said.

    Example:
        >>> f1(np.array([True, True, False]), np.array([True, False, False]))
        0.6666666666666666
    """
    return float(2 * (real & said).sum() / max(1, real.sum() + said.sum()))


def calibrate(judged: Judged, leak: float) -> Calibration:
    """Find, on held-out rows, what makes chances honest and the kinds best within `leak`."""
    kinds, real = judged.outputs.kinds, judged.told.kinds > 0.5
    lines = [_platt(kinds[:, k], real[:, k]) for k in range(kinds.shape[1])]
    slope = np.array([one for one, _ in lines], np.float32)
    shift = np.array([one for _, one in lines], np.float32)
    chances = chance(kinds * slope + shift)
    valence = _middle_slope(leaning(judged.outputs), judged.told.valence)
    return Calibration(slope, shift, _thresholds(chances, real, leak), valence)


def _middle_slope(leant: Floats, felt: Floats) -> Floats:
    """Fit a line through 0 with the least distance, not its square: strong feelings stay strong."""
    told = ~np.isnan(felt) & (felt != 0)
    x, y = leant[told].astype(np.float64), felt[told].astype(np.float64)
    slope = 0.0
    for _ in range(40):
        weight = 1 / np.maximum(np.abs(x * slope - y), 0.05)
        slope = float((weight * x * y).sum() / max(1e-9, (weight * x * x).sum()))
    return np.array(slope, np.float32)


def _platt(logit: Floats, real: Mask) -> tuple[float, float]:
    """Fit a line to the logit by Newton's method, so that chances are met as often as they say."""
    x = np.stack([logit.astype(np.float64), np.ones(len(logit))], axis=1)
    line = np.array([1.0, 0.0])
    for _ in range(25):
        said = 1 / (1 + np.exp(-np.clip(x @ line, -30, 30)))
        pull = x.T @ (real - said) - 1e-3 * line
        bend = (x * (said * (1 - said))[:, None]).T @ x + 1e-3 * np.eye(2)
        line = line + np.linalg.solve(bend, pull)
    return float(line[0]), float(line[1])


def _thresholds(chances: Floats, real: Mask, leak: float) -> Floats:
    """The best of a grid: F1 of pain, delight and opportunity together, within the leak."""
    grid = np.arange(0.2, 0.86, 0.03)
    scores: list[list[float]] = [
        [f1(real[:, k], chances[:, k] >= at) for at in grid] for k in range(_FELT)
    ]
    neutral = chances[~real[:, :_FELT].any(axis=1)]
    best, found = -1.0, (0, 0, 0)
    for places in product(range(len(grid)), repeat=_FELT):
        total = sum(scores[k][places[k]] for k in range(_FELT))
        if total > best and _leaks(neutral, grid[list(places)]) <= leak:
            best, found = total, places
    action = grid[int(np.argmax([f1(real[:, 3], chances[:, 3] >= at) for at in grid]))]
    return np.array([*grid[list(found)], action], np.float32)


def _leaks(neutral: Floats, at: NDArray[np.float64]) -> float:
    return float((neutral[:, :_FELT] >= at).any(axis=1).mean())


def figures(judged: Judged, calibration: Calibration, rows: Mask) -> dict[str, float]:
    """Measure the given rows, by the definitions of the evaluation corpus."""
    told, outputs = judged.told, judged.outputs
    chances = chance(outputs.kinds * calibration.slope + calibration.shift)[rows]
    real, said = told.kinds[rows] > 0.5, chances >= calibration.threshold
    neutral, tells = ~real[:, :_FELT].any(axis=1), real.any(axis=1)
    valence = np.clip(leaning(outputs)[rows] * calibration.valence, -2, 2)
    felt = told.valence[rows]
    out = {"n": float(rows.sum())}
    for k, name in enumerate(kind.value for kind in labels.KINDS):
        out[f"{name} F1"] = f1(real[:, k], said[:, k])
    leaked: Mask = np.logical_or.reduce(said[neutral][:, :_FELT], axis=1)
    out["neutral leak"] = _mean(leaked)
    for name, output in (("stage", outputs.stage), ("emotion", outputs.emotion)):
        goal = told.classes[name][rows]
        of = tells & (goal >= 0)
        right: Mask = output[rows].argmax(axis=1) == goal
        out[f"{name} accuracy"] = _mean(right[of])
    place = told.classes["touchpoint"][rows]
    named = (place >= 0) & (place < len(TOUCHPOINTS))
    found: Mask = outputs.touchpoint[rows][:, : len(TOUCHPOINTS)].argmax(axis=1) == place
    out["touchpoint accuracy"] = _mean(found[named])
    same: Mask = (valence > 0) == (felt > 0)
    out["valence sign"] = _mean(same[felt != 0])
    out["valence MAE"] = _mean(np.abs(valence - felt)[tells])
    out["ECE"] = calibration_error(chances, real)
    return out


def calibration_error(chances: Floats, real: Mask) -> float:
    """How far chances are from how often they come true, over all kinds, in ten equal steps."""
    said, true = chances[:, :_FELT].ravel(), real[:, :_FELT].ravel().astype(np.float32)
    step = np.minimum((said * _BINS).astype(np.int64), _BINS - 1)
    off = np.bincount(step, said - true, _BINS)
    return float(np.abs(off).sum() / max(1, len(said)))


def _mean(values: NDArray[Any]) -> float:
    return float(values.astype(np.float64).mean()) if len(values) else float("nan")


def by(
    judged: Judged, calibration: Calibration, names: Sequence[str]
) -> dict[str, dict[str, float]]:
    """Measure each slice: rows of equal name, in the order of their number."""
    counts: dict[str, int] = defaultdict(int)
    for name in names:
        counts[name] += 1
    order = sorted(counts, key=lambda name: -counts[name])
    here = np.array(names)
    return {name: figures(judged, calibration, here == name) for name in order}
