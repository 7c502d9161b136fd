"""What a request asks for: which conversations, and from where in the list."""

import datetime
from typing import Annotated

from fastapi import Depends, Query

from api.service.problems import Problem
from assistant.interviewing.models import Status
from assistant.store.archive import Wanted

Name = Annotated[str | None, Query(max_length=200)]
Time = Annotated[datetime.datetime | None, Query(description="With a time zone, or in UTC.")]
Flag = Annotated[bool | None, Query()]


def wanted_by(  # noqa: PLR0913 each filter is a parameter of the query
    study: Name = None,
    survey: Name = None,
    status: Status | None = None,
    language: Name = None,
    visitor: Name = None,
    is_doubted: Flag = None,
    is_filed: Flag = None,
    since: Time = None,
    until: Time = None,
) -> Wanted:
    """Read the filters of a query."""
    return Wanted(
        study, survey, status, language, visitor, is_doubted, is_filed, _utc(since), _utc(until)
    )


def cursor(
    cursor: Annotated[str, Query(max_length=120, description="The `next` of a page.")] = "",
) -> tuple[datetime.datetime, str] | None:
    """Read where a page begins: behind the last one of the page before."""
    if not cursor:
        return None
    at, _, id = cursor.partition("~")
    try:
        moment = _utc(datetime.datetime.fromisoformat(at))
    except (ValueError, OverflowError):
        moment = None
    if moment is None or not id:
        raise Problem(422, "misunderstood", "cursor: send the `next` of the page before, as it is.")
    return moment, id


def _utc(at: datetime.datetime | None) -> datetime.datetime | None:
    if at is None or at.tzinfo is None:
        return at and at.replace(tzinfo=datetime.UTC)
    try:
        return at.astimezone(datetime.UTC)
    except OverflowError as error:
        raise Problem(422, "misunderstood", "This time is out of range.") from error


TheCursor = Annotated[tuple[datetime.datetime, str] | None, Depends(cursor)]
