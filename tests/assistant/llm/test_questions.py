"""What a question is known by, and what its reply must look like."""

from enum import StrEnum
from typing import Any

import pytest
from pydantic import BaseModel, Field

from assistant.llm.questions import Question, schema
from tests.assistant.llm.builders import prompt


class Kind(StrEnum):
    PAIN = "pain"
    WISH = "wish"


class Row(BaseModel):
    title: str = Field(description="Three words", max_length=40)
    kinds: tuple[Kind, ...] = ()
    valence: int | None = Field(default=None, ge=-2, le=2)


class Rows(BaseModel):
    """Not for the model."""

    rows: list[Row]


def test_describes_a_reply_with_no_word_too_many() -> None:
    kind = {"type": "string", "enum": ["pain", "wish"]}
    row: dict[str, Any] = {
        "title": {"type": "string", "description": "Three words"},
        "kinds": {"type": "array", "items": {"$ref": "#/$defs/Kind"}},
        "valence": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
    }
    described = schema(Rows)

    assert described["$defs"]["Kind"] == kind
    assert described["$defs"]["Row"] == {
        "type": "object",
        "properties": row,
        "required": ["title", "kinds", "valence"],
        "additionalProperties": False,
    }
    assert described["required"] == ["rows"]


QUESTION = Question(prompt(), "gpt-4o", 7, "Find.", ("I waited.",), "Rows", {"type": "object"})


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(QUESTION._replace(model="gpt-4.1"), id="model"),
        pytest.param(QUESTION._replace(prompt=prompt(2)), id="prompt version"),
        pytest.param(QUESTION._replace(prompt=prompt(temperature="0.5")), id="temperature"),
        pytest.param(QUESTION._replace(seed=None), id="seed"),
        pytest.param(QUESTION._replace(system="Seek."), id="system"),
        pytest.param(QUESTION._replace(turns=("I waited!",)), id="content"),
        pytest.param(QUESTION._replace(schema={"type": "array"}), id="schema"),
        pytest.param(QUESTION.again("{", "not whole"), id="second attempt"),
    ],
)
def test_another_question_has_another_key_and_seal(other: Question) -> None:
    assert other.key != QUESTION.key
    assert other.seal != QUESTION.seal


def test_the_same_question_has_the_same_key() -> None:
    assert QUESTION._replace().key == QUESTION.key
    assert QUESTION.key.encode() not in QUESTION.seal
