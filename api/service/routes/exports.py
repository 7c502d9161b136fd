"""Exports: the answers to a study as a table, for spreadsheets and for programs."""

import datetime
from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from api.service import tables
from api.service.dependencies import TheDoors, Viewer
from api.service.doors import Doors
from api.service.problems import Problem
from assistant.interviewing.answers import Answer, answers
from assistant.store import archive, audit, studies
from assistant.store.archive import Archived, Wanted
from assistant.store.session import Connection

router = APIRouter(prefix="/v1/exports", tags=["exports"])

_AT_ONCE = 100
_TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}

StudyId = Annotated[str, Query(max_length=64, description="The study's id.")]
Format = Annotated[Literal["csv", "json"], Query(description="For spreadsheets, or for programs.")]


@router.get(
    "",
    summary="Export the answers",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "A row for each answer.",
            "content": {
                "text/csv": {"schema": {"type": "string"}},
                "application/json": {
                    "schema": {"type": "array", "items": Answer.model_json_schema()}
                },
            },
        }
    },
)
async def export(
    study: StudyId, doors: TheDoors, caller: Viewer, format: Format = "csv"
) -> StreamingResponse:
    """Give every answer of a study, newest conversation first.

    In CSV a cell that a spreadsheet would calculate begins with an apostrophe; in JSON every word
    is as it was said.
    """
    if not await doors.read(lambda to: studies.listed(to, study)):
        raise Problem(404, "unknown_study", "There is no such study.")
    await doors.write(
        lambda to: audit.note(to, caller.id, "study.exported", f"{study} as {format}")
    )
    rows = _rows(doors, study)
    written = tables.as_csv(list(Answer.model_fields), rows) if format == "csv" else None
    name = f'attachment; filename="{study}.{format}"'
    return StreamingResponse(
        written or tables.as_json(rows),
        media_type=_TYPES[format],
        headers={"Content-Disposition": name},
    )


async def _rows(doors: Doors, study: str) -> AsyncIterator[Answer]:
    """Read the study a page at a time: nobody waits meanwhile, however large it is."""
    after: tuple[datetime.datetime, str] | None = None
    while found := await doors.read(partial(_page, study=study, after=after)):
        for kept in found:
            for answer in answers(study, kept.conversation):
                yield answer
        after = (found[-1].about.opened_at, found[-1].about.id)


def _page(
    connection: Connection, study: str, after: tuple[datetime.datetime, str] | None
) -> tuple[Archived, ...]:
    page = archive.listed(connection, Wanted(study=study), _AT_ONCE, after)
    return archive.find(connection, [each.id for each in page])
