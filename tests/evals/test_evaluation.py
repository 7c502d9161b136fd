"""The page about quality says what was measured, and whether it is enough."""

from evals import evaluation
from evals.suites.measures import Figure


def test_a_figure_that_must_reach_something_says_whether_it_does() -> None:
    assert evaluation.row("pain_f1", 0.8123) == ("pain_f1", "0.812", "≥ 0.78", "yes")
    assert evaluation.row("neutral_leak", 0.2) == ("neutral_leak", "0.200", "≤ 0.18", "no")
    assert evaluation.row("pii_leaked", 1) == ("pii_leaked", "1", "= 0", "no")


def test_a_figure_without_a_goal_is_shown_all_the_same() -> None:
    assert evaluation.row("evidence", 721) == ("evidence", "721", "", "")


def test_the_page_lists_every_figure() -> None:
    page = evaluation.page({"pain_f1": 0.8, "evidence": 721}, seconds=12.4)

    assert "| pain_f1 | 0.800 | ≥ 0.78 | yes |" in page
    assert "in 12 s on this machine" in page


def test_runs_stand_beside_each_other_with_what_each_measured() -> None:
    table = evaluation.beside({"ceiling": {"evidence": 379, "told": 1.0}, "part": {"evidence": 9}})

    assert table == [
        ("figure", "ceiling", "part"),
        ("evidence", "379", "9"),
        ("told", "1.000", "–"),
    ]


def test_the_engines_part_of_a_page_is_written_anew_and_nothing_else() -> None:
    page = evaluation.page({"pain_f1": 0.8}, seconds=12)
    older = page.replace(evaluation.about_engines(), "## The engines\n\nOlder figures.\n")

    assert older != page
    assert evaluation.with_engines(older) == page
    assert evaluation.with_engines(page) == page


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
