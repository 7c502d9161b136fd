"""What is planted, read from the YAML files in this folder: pains, delights, wishes, personas."""

import pathlib

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

HERE = pathlib.Path(__file__).parent


class Record(BaseModel):
    """A frozen record that refuses a key it does not know, so a slip in a YAML file is said."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Point(Record):
    """A pain or a delight, as the truth tells it before its evidence."""

    id: str
    title: str
    stage: str
    touchpoint: str
    severity: int


class Wish(Record):
    """A change that customers ask for, and the pains that it would remove."""

    id: str
    title: str
    pain_point_ids: list[str]


class Persona(Record):
    """Some interviewees who have goals and pains in common."""

    id: str
    name: str
    role: str
    goals: list[str]
    pains: list[str]
    triggers: list[str]
    objections: list[str]
    channels: list[str]
    members: list[str]


def read(name: str) -> object:
    """The content of one YAML file of this folder."""
    return yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))


def pains() -> list[Point]:
    """The planted pains, pp01 first."""
    return TypeAdapter(list[Point]).validate_python(read("pains"))


def delights() -> list[Point]:
    """The planted delights, d01 first."""
    return TypeAdapter(list[Point]).validate_python(read("delights"))


def wishes() -> list[Wish]:
    """The planted wishes, each numbered like its pain."""
    return TypeAdapter(list[Wish]).validate_python(read("wishes"))


def personas() -> list[Persona]:
    """The personas, pe1 first."""
    return TypeAdapter(list[Persona]).validate_python(read("personas"))
