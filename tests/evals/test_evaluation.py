"""The page about quality says what was measured, and whether it is enough."""

import pytest

from evals import evaluation
from evals.evaluation import Run
from evals.suites.measures import Figure


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("pain_f1", 0.8123, "0.812"),
        ("pain_f1", 0.7, "**0.700**"),
        ("neutral_leak", 0.2, "**0.200**"),
        ("pii_leaked", 1, "**1**"),
        ("evidence", 721, "721"),
        ("evidence", None, "–"),
    ],
)
def test_a_figure_that_does_not_reach_what_it_must_is_bold(
    name: str, value: float | None, shown: str
) -> None:
    assert evaluation.judged(name, value) == shown


PAGE = evaluation.page(
    {
        "help desk": Run(12.4, {"pain_f1": 0.8, "evidence": 721}),
        "bicycles": Run(9.6, {"pain_f1": 0.5}),
    }
)


def test_the_page_lists_every_figure_of_every_corpus() -> None:
    assert "| pain_f1 | 0.800 | **0.500** | ≥ 0.78 |" in PAGE
    assert "| evidence | 721 | – |  |" in PAGE
    assert "12 s (help desk), 10 s (bicycles)" in PAGE


def test_runs_stand_beside_each_other_with_what_each_measured() -> None:
    table = evaluation.beside({"ceiling": {"evidence": 379, "told": 1.0}, "part": {"evidence": 9}})

    assert table == [
        ("figure", "ceiling", "part"),
        ("evidence", "379", "9"),
        ("told", "1.000", "–"),
    ]


def test_the_engines_part_of_a_page_is_written_anew_and_nothing_else() -> None:
    older = PAGE.replace(evaluation.about_engines(), "## The engines\n\nOlder figures.\n")

    assert older != PAGE
    assert evaluation.with_engines(older) == PAGE
    assert evaluation.with_engines(PAGE) == PAGE


def test_the_pipeline_keeps_what_it_is_told() -> None:
    assert evaluation.engines()["ceiling"]["recall_of_what_was_told"] >= 0.98


def test_slices_stand_in_a_row_each() -> None:
    figures = [
        Figure(name=name, measure="F1", n=30, value=value, low=0.5, high=0.9)
        for name, value in (
            ("sarcasm, kinds", 0.7),
            ("rival, kinds", 0.8),
            ("rival, about a rival", 0.6),
        )
    ]

    assert evaluation.by_slice(figures) == [
        ("slice", "kinds", "about a rival"),
        ("sarcasm", "0.70 (0.50 … 0.90)", "–"),
        ("rival", "0.80 (0.50 … 0.90)", "0.60 (0.50 … 0.90)"),
    ]
