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
_MIN_SILHOUETTE = 0.03


def split(rows: Rows, most: int) -> list[int]:
    """Give each row the number of its group, counted from 0.

    Two to `most` groups, as many as set the rows apart best, none of them a single row; one group
    where nothing sets them apart. Of many rows the first ones decide.
    """
    compared = rows[:_COMPARED]
    gaps = _squared_gaps(compared, compared)
    best, labels = _MIN_SILHOUETTE, np.zeros(len(compared), np.int64)
    for merged in _merged(gaps, 2 * most):
        tried = _without_loners(compared, merged)
        score = _separation(np.sqrt(gaps), tried) if 1 <= tried.max() < most else -1.0
        if score > best:
            best, labels = score, tried
    return cast(
        list[int], [*labels.tolist(), *_nearest(rows[_COMPARED:], compared, labels).tolist()]
    )


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


def _without_loners(rows: Rows, labels: Labels) -> Labels:
    """Put rows that are left alone into the group whose middle is nearest."""
    is_alone = np.bincount(labels)[labels] == 1
    kept = _numbered(labels[~is_alone])
    if not len(kept):
        return np.zeros(len(labels), np.int64)
    joined = np.empty_like(labels)
    joined[~is_alone] = kept
    joined[is_alone] = _nearest(rows[is_alone], rows[~is_alone], kept)
    return joined


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
