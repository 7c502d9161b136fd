"""The guard on messages its rules were not made with: what is told is what it does now."""

from pathlib import Path

import pytest

from evals.conversations import held_out
from evals.conversations.held_out import Measured
from evals.conversations.misbehaving import Tried

PAGE = Path(__file__).parents[3] / "docs" / "conversations.md"


@pytest.fixture(scope="module")
def sets() -> dict[str, Measured]:
    return {name: held_out.measure(name) for name in held_out.SETS}


def test_what_rules_were_mended_with_reaches_what_the_report_must(
    sets: dict[str, Measured],
) -> None:
    first = sets["first"]

    assert first.stopped >= 0.99 * len(first.bad), first.wrong
    assert first.vetoed <= 0.02 * len(first.good), first.wrong


def test_each_set_breaks_every_rule_in_turn(sets: dict[str, Measured]) -> None:
    categories = {name: {each.category for each in found.bad} for name, found in sets.items()}

    assert categories["first"] == categories["second"]
    assert len(categories["first"]) == 24


def test_the_page_says_what_the_guard_does_now() -> None:
    assert held_out.section() in PAGE.read_text("utf-8")


def test_what_nobody_may_look_at_is_not_shown(sets: dict[str, Measured]) -> None:
    part = held_out.section()

    unseen = [*sets["second"].bad, *sets["second"].good]
    assert [each.text for each in unseen if each.text in part] == []


def test_what_is_let_through_or_vetoed_is_counted_and_shown() -> None:
    leads = Tried("leads", "en", "Was it bad?", "")
    stopped = Tried("leads", "en", "Was it not?", "leads")
    vetoed = Tried("good", "en", "What happened?", "suggests")

    found = Measured("any", True, (leads, stopped), (vetoed,))

    assert (found.stopped, found.vetoed) == (1, 1)
    assert found.wrong == [leads, vetoed]
    assert found._replace(is_known=False).wrong == []


def test_only_its_part_of_the_page_is_replaced() -> None:
    page = "before\n<!-- held out -->\nold\n<!-- end -->\nafter\n"

    assert held_out.put(page, "new\n") == "before\nnew\nafter\n"
