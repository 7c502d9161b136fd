"""Two versions are told apart sample by sample, and only where the same was asked."""

from pathlib import Path

import numpy as np

from evals.suites import reports
from evals.suites.measures import Question
from evals.suites.reports import Change, Report

IDS = ("a", "b", "c")


def read(*said: float, ids: tuple[str, ...] = IDS, version: str = "1") -> Report:
    told = np.ones(len(ids))
    return reports.report("slices", version, [Question("pain", "F1", ids, told, np.array(said))])


def test_names_the_samples_that_changed_sides() -> None:
    (change,) = reports.changes(read(1, 0, 0), read(0, 1, 0))

    assert change == Change("pain", 0.5, 0.5, mended=("b",), broken=("a",), is_same=True)


def test_other_samples_are_not_compared_one_by_one() -> None:
    (change,) = reports.changes(read(1, 0, 0), read(0, 1, 0, ids=("a", "b", "x")))

    assert (change.mended, change.broken, change.is_same) == ((), (), False)


def test_what_was_not_measured_before_is_no_change() -> None:
    nothing = Report(suite="slices", reader="0", figures=(), samples={}, wrong={})

    assert list(reports.changes(nothing, read(1, 1, 1))) == []


def test_a_report_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    reported = read(1, 0, 1)

    reports.save(reported, tmp_path / "new" / "slices.json")

    assert reports.load(tmp_path / "new" / "slices.json") == reported


def test_a_report_is_shown_with_what_chance_may_have_done() -> None:
    *_, line = reports.lines(read(1, 1, 1))

    assert line == "| pain | F1 | 3 | 1.000 | 1.000 … 1.000 | |"
