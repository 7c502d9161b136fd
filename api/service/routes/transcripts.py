"""Transcripts: what was asked and answered, in the form in which a study reads it."""

from typing import Annotated, Any, cast

from fastapi import APIRouter, Path
from pydantic_core import from_json

from api.service.dependencies import TheDoors, Viewer
from api.service.problems import Problem
from assistant.interviewing import transcript
from assistant.store import archive

router = APIRouter(prefix="/v1/transcripts", tags=["transcripts"])

ConversationId = Annotated[str, Path(max_length=64, description="The conversation's id: c_…")]


@router.get("/{id}", summary="Read a transcript")
async def read(id: ConversationId, doors: TheDoors, _: Viewer) -> dict[str, Any]:
    """Give the transcript of a conversation that is over, as it is filed in its study.

    `turns` holds what was said, `log` how each turn came about: probe type, engine, prompt, veto
    and timing. Both are empty where there was no consent.
    """
    found = await doors.read(lambda to: archive.find(to, [id]))
    if not found:
        raise Problem(404, "unknown_conversation", "There is no such conversation, or no longer.")
    conversation = found[0].conversation
    if not conversation.is_over:
        raise Problem(409, "not_over", "This conversation goes on: read it when it is over.")
    return cast("dict[str, Any]", from_json(transcript.as_source(conversation)))
