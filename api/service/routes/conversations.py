"""Conversations as those who asked look at them: found, read, released and erased."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from api.service.dependencies import Editor, Owner, TheDoors, Viewer
from api.service.doors import now
from api.service.finding import TheCursor, wanted_by
from api.service.pages import Limit, Page
from api.service.problems import Problem
from assistant.store import archive, conversations
from assistant.store.archive import Archived, Listed, Wanted
from assistant.store.session import Connection

router = APIRouter(prefix="/v1/conversations", tags=["conversations"])

ConversationId = Annotated[str, Path(max_length=64, description="As the list gives it: c_…")]
TheWanted = Annotated[Wanted, Depends(wanted_by)]


def _unknown() -> Problem:
    return Problem(404, "unknown_conversation", "There is no such conversation, or no longer.")


@router.get("", summary="List conversations")
async def listed(
    doors: TheDoors, _: Viewer, wanted: TheWanted, after: TheCursor, limit: Limit = 50
) -> Page[Listed]:
    """Give conversations without what was said in them, newest first."""
    found = await doors.read(lambda to: archive.listed(to, wanted, limit + 1, after))
    last = found[limit - 1] if len(found) > limit else None
    following = last and f"{last.opened_at.isoformat()}~{last.id}"
    return Page(items=found[:limit], next=following)


@router.get("/{id}", summary="Read a conversation")
async def read(id: ConversationId, doors: TheDoors, _: Viewer) -> Archived:
    """Give a conversation whole: every turn, why it was said, and which engine worded it."""
    found = await doors.read(lambda to: archive.find(to, [id]))
    if not found:
        raise _unknown()
    return found[0]


@router.post("/{id}/release", status_code=204, summary="Release a conversation")
async def release(id: ConversationId, doors: TheDoors, caller: Editor) -> None:
    """Have a conversation filed that was held back because it may come from a machine."""

    def write(to: Connection) -> None:
        if not archive.find(to, [id]):
            raise _unknown()
        if not archive.release(to, id):
            raise Problem(409, "not_held_back", "This conversation is not held back.")

    await doors.act(caller.id, "conversation.released", write, lambda _: id)


@router.delete("/{id}", status_code=204, summary="Erase a conversation")
async def erase(id: ConversationId, doors: TheDoors, caller: Owner) -> None:
    """Erase a conversation; what came of it in its study is erased within seconds."""

    def write(to: Connection) -> None:
        found = archive.find(to, [id])
        if not found:
            raise _unknown()
        conversations.erase(to, found[0].about.study, [id], now())

    await doors.act(caller.id, "conversation.erased", write, lambda _: id)
