"""Lists, a page at a time."""

from typing import Annotated, Generic, TypeVar

from fastapi import Query

from ingestion.models import Record

T = TypeVar("T")

LARGEST_ID = 2**31 - 1
"""The largest number that both databases keep as an id."""

Limit = Annotated[int, Query(ge=1, le=200, description="How many at the most.")]


class Page(Record, Generic[T]):
    """A page of a list.

    Attributes:
        next: What to send as `cursor` for the page after it; null on the last one.
    """

    items: tuple[T, ...]
    next: str | None = None
