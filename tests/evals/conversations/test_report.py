"""The report's thresholds, held on a smaller sample; and that it can tell good from bad."""

import pytest

from evals.conversations import figures, report
from evals.conversations.figures import Figure
from evals.conversations.holding import Held
from evals.conversations.report import Run

N = 20


@pytest.fixture(scope="module")
def run() -> Run:
    return report.run(N)


def test_twenty_conversations_reach_what_the_report_must(run: Run) -> None:
    assert [figure for figure in run.figures if not figure.is_reached] == []


def test_the_same_seed_gives_the_same_conversations(run: Run) -> None:
    again = report.run(N)

    assert again.held == run.held
    assert again.figures == run.figures


def test_another_seed_asks_other_people(run: Run) -> None:
    other = report.run(2, seed=2).held

    assert {each.respondent.id for each in other}.isdisjoint(
        each.respondent.id for each in run.held
    )


def test_the_page_says_every_figure_and_every_kind_of_person(run: Run) -> None:
    page = report.page(run)

    assert all(figure.name in page for figure in run.figures)
    assert all(each.respondent.disposition in page for each in run.held)
    assert "{{" not in page


@pytest.mark.parametrize(
    ("must", "value", "reached"),
    [
        ("≥ 2.0", 2.0, True),
        ("≥ 2.0", 1.9, False),
        ("≤ 0.02", 0.03, False),
        ("= 0", 0, True),
        ("= 0", 1, False),
        ("", 7, True),
    ],
)
def test_a_figure_knows_whether_it_is_reached(must: str, value: float, reached: bool) -> None:
    assert Figure("any", value, 1, must).is_reached is reached


def test_a_probe_too_many_is_counted(run: Run) -> None:
    held = next(each for each in run.held if _probes(each))
    turns = held.conversation.turns
    pressed = (*turns, *[next(turn for turn in turns if turn.kind == "probe")] * 4)

    assert figures.over_limit(held) == 0
    assert figures.over_limit(_with(held, pressed)) > 0


def test_a_question_that_comes_back_after_a_refusal_is_not_honoured(run: Run) -> None:
    held, refusal = next(
        (each, refusal)
        for each in run.held
        for refusal in each.refusals
        if refusal.what in ("skip", "text")
    )
    asked = next(turn for turn in held.conversation.turns if turn.question == refusal.question)

    assert figures.is_honoured((held, refusal))
    assert not figures.is_honoured((_with(held, (*held.conversation.turns, asked)), refusal))


def test_a_goal_that_nobody_asked_for_is_not_covered(run: Run) -> None:
    held = next(each for each in run.held if figures.is_willing(each))
    unasked = held.conversation.model_copy(update={"turns": (), "covered": ()})

    assert figures.covers_all(held)
    assert not figures.covers_all(held._replace(conversation=unasked))


def _probes(held: Held) -> int:
    return sum(turn.kind == "probe" for turn in held.conversation.turns)


def _with(held: Held, turns: object) -> Held:
    return held._replace(conversation=held.conversation.model_copy(update={"turns": turns}))
