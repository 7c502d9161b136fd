"""Answers outlive the process, and do not wait for whoever is writing."""

from pathlib import Path

import pytest

from assistant.llm import Kept
from assistant.store.answers import StoredAnswers
from assistant.store.session import connect
from assistant.store.tables import maps

KEPT = Kept("find@1", "gpt-4o", "sealed", "whole", 1000, 400, 50, 0.0025)


def test_gives_back_what_was_kept(tmp_path: Path) -> None:
    StoredAnswers.beside(f"sqlite:///{tmp_path}/journey.db").keep("a", KEPT)

    reopened = StoredAnswers.beside(f"sqlite:///{tmp_path}/journey.db")

    assert reopened.find("a") == KEPT
    assert reopened.find("b") is None


@pytest.mark.parametrize("cost", [None, 0.0, 1.5])
def test_the_last_answer_to_a_question_stays(tmp_path: Path, cost: float | None) -> None:
    kept = StoredAnswers.beside(f"sqlite:///{tmp_path}/journey.db")

    kept.keep("a", KEPT)
    kept.keep("a", KEPT._replace(cost_usd=cost, ending="refused"))

    assert kept.find("a") == KEPT._replace(cost_usd=cost, ending="refused")


def test_does_not_wait_for_a_source_that_is_being_written(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/journey.db"
    kept = StoredAnswers.beside(url)

    with connect(url).begin() as connection:
        connection.execute(maps.delete())
        kept.keep("a", KEPT)

    assert kept.find("a") == KEPT


def test_has_a_file_of_its_own(tmp_path: Path) -> None:
    StoredAnswers.beside(f"sqlite:///{tmp_path}/home/journey.db").keep("a", KEPT)

    assert [path.name for path in (tmp_path / "home").glob("*.db")] == ["journey-answers.db"]
