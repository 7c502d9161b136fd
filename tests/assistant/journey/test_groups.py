"""Groups: told apart by themselves, the same each time, and nobody left alone in one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.journey import groups

MOST = 5


def _clouds(n: int, each: int, seed: int = 0) -> groups.Rows:
    """Lay `n` clouds of `each` rows far apart, one after the other."""
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.normal(10.0 * cloud, 0.5, (each, 3)) for cloud in range(n)])


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_finds_the_groups_there_are(n: int) -> None:
    labels = groups.split(_clouds(n, 6), MOST)

    assert [len(set(labels[at : at + 6])) for at in range(0, 6 * n, 6)] == [1] * n
    assert len(set(labels)) == n


def test_rows_that_do_not_differ_are_one_group() -> None:
    assert groups.split(np.ones((9, 3)), MOST) == [0] * 9


def test_a_crowd_joins_the_groups_of_its_first_rows() -> None:
    crowd = _clouds(2, 400)[np.random.default_rng(1).permutation(800)]

    labels = groups.split(crowd, MOST)

    assert len(set(zip(labels, crowd[:, 0] > 5, strict=True))) == len(set(labels)) == 2


def test_a_few_unlike_all_others_are_no_group() -> None:
    rows = np.concatenate([_clouds(2, 8), np.full((2, 3), 500.0)])

    labels = groups.split(rows, MOST)

    assert [labels[at : at + 8] for at in (0, 8)] == [[labels[0]] * 8, [labels[8]] * 8]
    assert labels[16:] == [-1, -1]
    assert len(set(labels)) == 3


@given(st.integers(2, 40), st.integers(0, 999))
def test_nobody_is_a_group_alone(n: int, seed: int) -> None:
    labels = groups.split(np.random.default_rng(seed).normal(size=(n, 4)), MOST)

    sizes = np.bincount([label for label in labels if label >= 0])

    assert len(labels) == n
    assert len(sizes) <= MOST
    assert sizes.min() >= 2
