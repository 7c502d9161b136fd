"""Tell rows of numbers apart into few groups, the same way each time.

Ward's clustering and the silhouette, as in every textbook. Written out, for the few hundred rows
it is asked for, because importing a library for it takes longer than drawing the map.
"""

from collections.abc import Iterator
from typing import cast

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.float64]
Labels = NDArray[np.int64]

_COMPARED = 400
"""Rows that are compared with each other; the rest join the group they are nearest to."""
_SMALLEST, _LARGE_ENOUGH = 2, 5
"""Rows a group has at the least, and from how many on a group is large enough in any study."""
_MIN_SILHOUETTE = 0.03


def split(rows: Rows, most: int) -> list[int]:
    """Give each row the number of its group, counted from 0.

    Two to `most` groups, as many as set the rows apart best; one group where nothing sets them
    apart. A handful unlike all others is in no group: -1. Of many rows the first ones decide, and
    the rest join the group they are nearest to.
    """
    compared = rows[:_COMPARED]
    gaps = _squared_gaps(compared, compared)
    best, labels = _MIN_SILHOUETTE, np.zeros(len(compared), np.int64)
    for merged in _merged(gaps, 3 * most):
        tried = _without_loners(merged)
        placed = tried >= 0
        if 1 <= tried.max() < most:
            apart = _separation(np.sqrt(gaps[np.ix_(placed, placed)]), tried[placed])
            score = apart * float(placed.mean())
            best, labels = (score, tried) if score > best else (best, labels)
    placed = labels >= 0
    joined = _nearest(rows, compared[placed], labels[placed])
    joined[: len(labels)] = labels
    return cast(list[int], joined.tolist())


def _squared_gaps(first: Rows, second: Rows) -> Rows:
    gaps = (first**2).sum(axis=1)[:, None] + (second**2).sum(axis=1) - 2 * first @ second.T
    return np.maximum(gaps, 0)


def _merged(gaps: Rows, most: int) -> Iterator[Labels]:
    """Merge the two nearest groups again and again; yield the groupings of `most` or fewer.

    Source: Ward 1963, by the recurrence of Lance and Williams 1967.
    """
    n = len(gaps)
    labels, sizes, costs = np.arange(n), np.ones(n), gaps.copy()
    np.fill_diagonal(costs, np.inf)
    for left in range(n - 1, 1, -1):
        kept, gone = sorted(divmod(int(costs.argmin()), n))
        total = sizes + sizes[kept] + sizes[gone]
        cost = (sizes + sizes[kept]) * costs[kept] + (sizes + sizes[gone]) * costs[gone]
        cost = (cost - sizes * costs[kept, gone]) / total
        cost[[kept, gone]] = np.inf
        costs[kept], costs[:, kept] = cost, cost
        costs[gone], costs[:, gone] = np.inf, np.inf
        sizes[kept] += sizes[gone]
        labels[labels == gone] = kept
        if left <= most:
            yield _numbered(labels)


def _without_loners(labels: Labels) -> Labels:
    """Take the rows of groups that are too small out of them: -1."""
    fewest = max(_SMALLEST, min(_LARGE_ENOUGH, -(-len(labels) // 5)))
    is_alone = np.bincount(labels)[labels] < fewest
    left = np.full_like(labels, -1)
    left[~is_alone] = _numbered(labels[~is_alone])
    return left


def _numbered(labels: Labels) -> Labels:
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def _separation(distances: Rows, labels: Labels) -> float:
    """Take the mean silhouette of a grouping in which no row is alone.

    Source: Rousseeuw 1987.
    """
    sizes = np.bincount(labels)
    members = np.eye(len(sizes))[labels]
    sums = distances @ members
    own = sums[members == 1] / (sizes[labels] - 1)
    others = np.where(members == 1, np.inf, sums / sizes).min(axis=1)
    wider = np.maximum(own, others)
    return float(np.where(wider > 0, (others - own) / np.maximum(wider, 1e-12), 0).mean())


def _nearest(rows: Rows, placed: Rows, labels: Labels) -> Labels:
    """Name the group whose middle is nearest to each row."""
    middles = np.array([placed[labels == label].mean(axis=0) for label in range(labels.max() + 1)])
    return _squared_gaps(rows, middles).argmin(axis=1)
