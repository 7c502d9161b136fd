"""The audit log: who did what, and when."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.service.dependencies import Owner, TheDoors
from api.service.pages import LARGEST_ID, Limit, Page
from assistant.store import audit
from assistant.store.audit import Entry

router = APIRouter(prefix="/v1/audit", tags=["audit"])

Action = Annotated[str | None, Query(max_length=64, description='Such as "key.revoked".')]
Cursor = Annotated[int | None, Query(ge=0, le=LARGEST_ID, description="The `next` of a page.")]


@router.get("", summary="Read the audit log")
async def listed(
    doors: TheDoors, _: Owner, limit: Limit = 100, cursor: Cursor = None, action: Action = None
) -> Page[Entry]:
    """Give who did what, newest first. No entry holds anything of a visitor but random ids."""
    found = await doors.read(lambda to: audit.listed(to, limit + 1, cursor, action))
    more = found[limit - 1].id if len(found) > limit else None
    return Page(items=found[:limit], next=None if more is None else str(more))
