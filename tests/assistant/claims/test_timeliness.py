import pytest

from assistant.claims import check
from assistant.claims.rules import RULES
from assistant.claims.study import Found, Person, Study
from assistant.models import Claim
from ingestion.models import Event
from tests.assistant.claims.builders import claim, job, log, visit

OTHERS = [job(f"other{n}", 7, 7) for n in range(4)]
ON_TIME = claim("on time", "The delivery came on the very day they promised.")


def found(said: Claim, *jobs: Event) -> Found:
    study = Study(log(OTHERS, jobs))
    return RULES[said.type](said, Person(said.participant or "", study))


@pytest.mark.parametrize(
    ("took", "promised", "parts"),
    [
        (26, 14, True),
        (14, 14, False),
        (12, 14, False),
        (16, 14, None),
        (5, 2, True),
        (9, None, None),
    ],
)
def test_on_time_is_held_against_what_was_promised(
    took: float, promised: float | None, parts: bool | None
):
    assert found(ON_TIME, job("ann", took, promised)).parts is parts


def test_lateness_is_told_with_its_numbers_and_its_table():
    told = check([ON_TIME], log(OTHERS, [job("ann", 26, 14)])).contradictions[0]

    assert told.behaviour.document == "orders.csv"
    assert (told.behaviour.value, told.behaviour.typical) == (12, 0)
    assert "26 days where 14 were promised: 12 days late" in told.explanation


@pytest.mark.parametrize(("took", "parts"), [(19, None), (25, True)])
def test_no_later_than_everybody_is_not_told(took: float, parts: bool | None):
    study = Study(log([job(f"late{n}", 19, 7) for n in range(5)], [job("ann", took, 7)]))

    assert RULES["on time"](ON_TIME, Person("ann", study)).parts is parts


def test_the_latest_of_several_is_told():
    assert found(ON_TIME, job("ann", 7, 7), job("ann", 20, 7)).value == 13


def test_a_late_repair_says_nothing_about_the_delivery():
    late = job("ann", 20, 2, name="workshop")

    assert found(ON_TIME, late).parts is None
    assert found(claim("on time", "The workshop kept to the day it named."), late).parts is True


@pytest.mark.parametrize(("took", "parts"), [(30, True), (3, False)])
def test_a_quick_delivery_is_held_against_the_days_it_took(took: float, parts: bool):
    said = claim("quick", "The parcel arrived within the week.", hours="168")

    assert found(said, job("ann", took)).parts is parts


def test_quick_without_a_number_is_held_against_the_promise():
    said = claim("quick", "The delivery was really fast.")

    assert found(said, job("ann", 20, 5)).parts is True
    assert found(said, job("ann", 5, 5)).parts is False


def test_what_was_carried_out_is_no_visit():
    both = log(OTHERS, [job("ann", 3, 3)], visit("ann", 0, "view /"))

    assert both.totals().sessions == 1
    assert [step.step.name for step in both.steps()] == ["view"]
    assert [event.name for event in both.jobs("ann")] == ["orders, ended_on"]
