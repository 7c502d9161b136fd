import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.clusters import GoldSet, b_cubed, measure

GOLD = GoldSet("parcels", ["a", "b", "c", "d"], ["late", "late", "lost", "lost"], ["en"] * 4)


def test_the_gold_grouping_is_perfect_whatever_its_labels():
    figures = measure(GOLD, np.array([7, 7, 1, 1]))

    assert figures == pytest.approx((1, 1, 1, 2))


def test_one_group_for_all_tells_nothing():
    nmi, ari, _, clusters = measure(GOLD, np.array([0, 0, 0, 0]))

    assert (nmi, ari, clusters) == (0, 0, 1)


@given(st.lists(st.integers(0, 3), min_size=4, max_size=4))
def test_no_other_grouping_is(labels: list[int]):
    parted = labels[0] == labels[1] != labels[2] == labels[3]

    assert (b_cubed(GOLD.groups, labels) == 1) == parted
