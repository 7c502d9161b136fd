"""Conditions: what the visit and earlier answers must be for a question to be asked."""

from types import SimpleNamespace
from typing import Any, cast

import pytest
from pydantic import ValidationError

from assistant.questionnaires import Condition, holds
from assistant.questionnaires.conditions import Visit

VISIT = cast(
    Visit,
    SimpleNamespace(
        page="/checkout/shipping", step="Shipping", order_value=80.0, plan=None, known={"visits": 3}
    ),
)


@pytest.mark.parametrize(
    ("clause", "is_met"),
    [
        pytest.param({"context": "step", "one_of": ["payment", "shipping"]}, True, id="one of"),
        pytest.param({"context": "step", "one_of": ["payment"]}, False, id="none of"),
        pytest.param({"context": "page", "contains": ["/checkout"]}, True, id="part of a page"),
        pytest.param({"context": "page", "contains": ["/cart"]}, False, id="not part of it"),
        pytest.param({"context": "order_value", "at_least": 80}, True, id="at least"),
        pytest.param({"context": "order_value", "at_most": 79}, False, id="over"),
        pytest.param({"context": "page", "at_least": 1}, False, id="a number of words"),
        pytest.param({"context": "plan", "one_of": ["pro"]}, False, id="not known"),
        pytest.param({"context": "plan", "is_known": False}, True, id="known not to be known"),
        pytest.param({"context": "step", "is_known": False}, False, id="known after all"),
        pytest.param({"known": "visits", "at_least": 2}, True, id="a count"),
        pytest.param({"known": "tickets", "at_most": 2}, False, id="no count"),
        pytest.param({"answer": "nps", "at_most": 6}, True, id="an earlier number"),
        pytest.param({"answer": "nps", "at_least": 7}, False, id="another number"),
        pytest.param({"answer": "why", "is_known": True}, True, id="answered"),
        pytest.param({"answer": "other", "is_known": True}, False, id="not answered"),
    ],
)
def test_a_clause_is_met_by_what_is_known(clause: dict[str, Any], is_met: bool) -> None:
    condition = Condition.model_validate({"all": [clause]})

    assert holds(condition, VISIT, {"nps": 6, "why": "It was slow."}) is is_met


STEP, PLAN = {"context": "step", "is_known": True}, {"context": "plan", "is_known": True}


@pytest.mark.parametrize(
    ("condition", "is_met"),
    [
        pytest.param({"all": [STEP, PLAN]}, False, id="all, and one is not met"),
        pytest.param({"any": [PLAN, STEP]}, True, id="any, and one is met"),
        pytest.param({"any": [PLAN]}, False, id="any, and none is met"),
        pytest.param({"all": [STEP], "any": [PLAN]}, False, id="both are needed"),
    ],
)
def test_clauses_add_up(condition: dict[str, Any], is_met: bool) -> None:
    assert holds(Condition.model_validate(condition), VISIT, {}) is is_met


def test_without_a_condition_a_question_is_always_asked() -> None:
    assert holds(None, VISIT, {})


@pytest.mark.parametrize(
    "condition",
    [
        pytest.param({}, id="empty"),
        pytest.param({"all": [{"at_least": 1}]}, id="looks at nothing"),
        pytest.param({"all": [{"answer": "a", "known": "b", "at_least": 1}]}, id="at two things"),
        pytest.param({"all": [{"answer": "a"}]}, id="asks nothing of it"),
        pytest.param({"all": [{"context": "mood", "is_known": True}]}, id="at what no visit has"),
    ],
)
def test_a_condition_that_says_nothing_is_refused(condition: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Condition.model_validate(condition)
