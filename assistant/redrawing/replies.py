"""What a model replies about a map."""

from typing import Literal

from assistant.asking import Terse

Points = Literal[1, 2, 3, 4, 5]


class Line(Terse):
    """A goal or an action at a stage, and the rows it rests on."""

    stage: str
    text: str
    row_ids: list[str]


class Change(Terse):
    """A change, and the themes it answers."""

    title: str
    theme_ids: list[str]
    impact: Points
    effort: Points


class Named(Terse):
    """A group's name, and the sentences it rests on."""

    group_id: str
    name: str
    row_ids: list[str]


class Worded(Terse):
    """A sentence about a contradiction, or the question that a gap asks."""

    row_id: str
    text: str


class Conclusions(Terse):
    """What a map concludes."""

    goals: list[Line]
    actions: list[Line]
    opportunities: list[Change]
    personas: list[Named]
    explanations: list[Worded]
    questions: list[Worded]
