"""Figures are what they are said to be, and chance is told beside them."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.suites.measures import MEASURES, Question, figure, sliced

IDS = ("a", "b", "c", "d")


def question(measure: str, told: list[float], said: list[float], **more: Any) -> Question:  # noqa: ANN401 any field
    ids = tuple(f"s{at}" for at in range(len(told)))
    return Question(
        "asked", measure, ids, np.array(told, np.float64), np.array(said, np.float64), **more
    )


@pytest.mark.parametrize(
    ("measure", "told", "said", "value"),
    [
        ("F1", [1, 1, 0, 0], [1, 0, 1, 0], 0.5),
        ("F1", [0, 0], [0, 0], 0.0),
        ("accuracy", [1, 2, 3, 4], [1, 2, 3, 3], 0.75),
        ("macro-F1", [1, 1, 1, -1], [1, 1, 1, 1], (6 / 7) / 2),
        ("error", [-2, 1], [-1.5, 1], 0.25),
        ("share", [0, 0, 0, 0], [1, 0, 0, 0], 0.25),
        ("NMI", [0, 0, 1, 1], [5, 5, 2, 2], 1.0),
        ("ARI", [0, 0, 1, 1], [0, 0, 0, 0], 0.0),
    ],
)
def test_a_measure_gives_its_textbook_value(
    measure: str, told: list[float], said: list[float], value: float
) -> None:
    assert figure(question(measure, told, said)).value == pytest.approx(value, abs=1e-4)


def test_the_spread_is_between_the_best_and_the_worst_rendering() -> None:
    told = np.ones((2, 4))
    said = np.array([[1.0, 1, 1, 1], [1, 0, 0, 0]])

    assert figure(Question("polarity", "spread", IDS, told, said)).value == 0.75


@given(
    st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30),
    st.sampled_from(["F1", "accuracy", "error", "share"]),
)
def test_what_is_measured_lies_within_what_can_be(
    rows: list[tuple[bool, bool]], measure: str
) -> None:
    found = figure(question(measure, [told for told, _ in rows], [said for _, said in rows]))

    assert 0 <= found.low <= found.high <= 1
    assert 0 <= found.value <= 1


@pytest.mark.parametrize("measure", ["F1", "accuracy", "macro-F1"])
def test_many_draws_at_once_are_measured_as_each_alone(measure: str) -> None:
    chance = np.random.default_rng(7)
    told, said = chance.integers(0, 2, (2, 50, 12)).astype(np.float64)

    at_once = MEASURES[measure](told, said)

    alone = [float(MEASURES[measure](one, other)) for one, other in zip(told, said, strict=True)]
    assert at_once == pytest.approx(alone)


def test_more_samples_narrow_what_chance_may_have_done() -> None:
    few, many = (figure(question("accuracy", [1, 0] * n, [1, 1] * n)) for n in (10, 1_000))

    assert few.value == many.value == 0.5
    assert many.high - many.low < (few.high - few.low) / 5


def test_a_rule_is_measured_on_the_same_samples() -> None:
    always = question("F1", [1, 0], [1, 0], plain=np.array([1.0, 1.0]), rule="always yes")

    assert (figure(always).beside, figure(always).rule) == (
        pytest.approx(2 / 3, abs=1e-4),
        "always yes",
    )


def test_names_what_was_judged_wrongly() -> None:
    assert question("F1", [1, 0, 1], [1, 1, 1]).wrong() == ("s1",)
    assert question("error", [-2, 2], [-1.2, 0.9]).wrong() == ("s1",)
    assert question("ARI", [0, 1], [0, 0]).wrong() == ()


def test_a_slice_is_asked_of_its_samples_alone() -> None:
    both = question(
        "accuracy", [1, 1, 1], [1, 0, 1], slices={"language de": np.array([True, True, False])}
    )

    (german,) = sliced(both)

    assert (german.name, german.samples) == ("asked, language de", ("s0", "s1"))
    assert figure(german).value == 0.5
