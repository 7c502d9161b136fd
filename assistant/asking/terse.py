"""Replies whose schema says no more than it has to: it is paid for with every call."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


def _without_prose(schema: dict[str, Any]) -> None:
    """Leave out what is written for readers of the code; the prompt says what fields mean."""
    schema.pop("description", None)


class Terse(BaseModel):
    """A reply, or a part of one, that a model is asked for."""

    model_config = ConfigDict(frozen=True, json_schema_extra=_without_prose)


def most(n: int) -> Any:  # noqa: ANN401 a field of any type
    """Ask for a list of so many at most, of a server that can hold a model to it.

    Small models repeat themselves without end. A longer list is taken all the same.
    """
    return Field(json_schema_extra={"maxItems": n})
