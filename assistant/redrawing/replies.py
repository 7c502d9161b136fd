"""What a model replies about a map."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import Field, create_model
from pydantic.json_schema import SkipJsonSchema

from assistant.asking import Terse, most

Points = Literal[1, 2, 3, 4, 5]
Ids = Annotated[list[str], most(6)]


class Line(Terse):
    """A goal or an action at a stage, and the rows it rests on."""

    stage: str
    text: str
    row_ids: Ids


class Change(Terse):
    """A change, and the themes it answers."""

    title: str
    theme_ids: Ids
    impact: Points
    effort: Points


class Named(Terse):
    """A group's name, and the sentences it rests on."""

    group_id: str
    name: str
    row_ids: Ids


class Worded(Terse):
    """A sentence about a contradiction, or the question that a gap asks."""

    row_id: str
    text: str


class Conclusions(Terse):
    """What a map concludes."""

    goals: list[Line] = Field(default_factory=list[Line])
    actions: list[Line] = Field(default_factory=list[Line])
    opportunities: list[Change] = Field(default_factory=list[Change])
    personas: list[Named] = Field(default_factory=list[Named])
    explanations: list[Worded] = Field(default_factory=list[Worded])
    questions: list[Worded] = Field(default_factory=list[Worded])


_ITEMS = get_type_hints(Conclusions)


def asked_for(most_of: Mapping[str, int]) -> type[Conclusions]:
    """Give the reply that has so many of each list at most, and no list that has nothing to say.

    What need not be said is not paid for, and a small model does not make it up.
    """
    fields: dict[str, Any] = {
        name: (Annotated[_ITEMS[name], most(n)], ...) if n else (SkipJsonSchema[_ITEMS[name]], [])
        for name, n in most_of.items()
    }
    return create_model("Conclusions", __base__=Conclusions, **fields)
