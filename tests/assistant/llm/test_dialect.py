"""What is learned of an endpoint, and what is not learned from an accident."""

import pytest

from assistant.llm.dialect import Dialect
from assistant.llm.questions import Question
from tests.assistant.llm.builders import prompt

QUESTION = Question(prompt(), "m", 7, "Find.", ("I waited.",), "Rows", {"type": "object"})


BOUNDED = QUESTION._replace(
    schema={"properties": {"rows": {"type": "array", "items": {}, "maxItems": 3}}}
)


def proven() -> Dialect:
    dialect = Dialect(is_openai=False)
    dialect.fits("schema")
    return dialect


def test_calls_that_were_under_way_learn_the_same_thing_once() -> None:
    dialect = Dialect(is_openai=False)
    bodies = [dialect.body(QUESTION, dialect.form) for _ in range(3)]

    learned = [dialect.refuses("temperature must be 1", "schema", body) for body in bodies]

    assert learned == [True] * 3
    assert dialect.form == "schema"
    assert dialect.body(QUESTION, "schema").keys() == {"seed", "max_tokens", "response_format"}


def test_a_form_that_works_is_not_left_for_one_call_that_is_not_taken() -> None:
    dialect = proven()

    assert not dialect.refuses("what?", "schema", dialect.body(QUESTION, "schema"))
    assert dialect.form == dialect.mending_form() == "schema"


def test_a_form_that_works_is_not_left_for_replies_that_do_not_fit() -> None:
    dialect = proven()

    for _ in range(5):
        dialect.misfits("schema")

    assert dialect.form == "schema"


@pytest.mark.parametrize(("n", "form"), [(1, "schema"), (2, "tool"), (4, "words"), (9, "words")])
def test_a_form_that_never_fits_is_left(n: int, form: str) -> None:
    dialect = Dialect(is_openai=False)

    for _ in range(n):
        dialect.misfits(dialect.form)

    assert dialect.form == form


def test_the_best_form_that_works_is_taken_up_again() -> None:
    dialect = Dialect(is_openai=False)
    dialect.misfits("schema")
    dialect.fits("tool")
    assert dialect.form == "tool"

    dialect.fits("schema")
    assert dialect.form == "schema"


@pytest.mark.parametrize(
    ("is_openai", "name"), [(True, "max_completion_tokens"), (False, "max_tokens")]
)
def test_names_the_longest_reply_as_the_endpoint_does(is_openai: bool, name: str) -> None:
    assert Dialect(is_openai=is_openai).body(QUESTION, "words")[name] == 8000


def test_the_length_of_a_list_is_told_to_who_can_hold_a_model_to_it() -> None:
    told = str(Dialect(is_openai=False).body(BOUNDED, "schema"))
    openai = str(Dialect(is_openai=True).body(BOUNDED, "schema"))

    assert "'maxItems': 3" in told
    assert openai.count("rows") == told.count("rows")
    assert "maxItems" not in openai


def test_a_server_that_does_not_know_the_length_of_a_list_is_not_told_it_again() -> None:
    dialect = Dialect(is_openai=False)
    body = dialect.body(BOUNDED, "schema")

    assert dialect.refuses("keyword 'maxItems' is not permitted", "schema", body)
    assert dialect.form == "schema"
    assert "maxItems" not in str(dialect.body(BOUNDED, "schema"))
