"""The people in the studies, by the id that the company knows them by: erasure, no more."""

from typing import Annotated

from fastapi import APIRouter, Path

from api.service.dependencies import Owner, TheDoors, TheFiling
from api.service.problems import Problem
from assistant.store import audit
from ingestion.models import Record

router = APIRouter(prefix="/v1/participants", tags=["participants"])

ParticipantId = Annotated[
    str, Path(min_length=1, max_length=200, description="A visitor's id, or an e-mail address.")
]


class Erasure(Record):
    """What was erased.

    Attributes:
        conversations: How many.
        files: Sources that held this person and nobody else, as "study/file".
        left_in: Sources that hold others too. They are the company's own files: take the person's
            lines out of them; what came of those is forgotten when the study is read next.
    """

    conversations: int
    files: tuple[str, ...]
    left_in: tuple[str, ...]


@router.delete("/{id}", summary="Erase a person")
async def erase(id: ParticipantId, doors: TheDoors, filing: TheFiling, caller: Owner) -> Erasure:
    """Erase a person from every study.

    Their conversations and files go, with every text, vector, quote, piece of evidence and claim
    that came of them, and every map that cites one. When the answer comes, it is done. The log
    notes that somebody was erased, and not who.
    """
    name = id.replace("\\0", "").strip()
    if not name:
        raise Problem(422, "misunderstood", "Name the participant.")
    erased = await filing.erase(name)
    note = f"{erased.conversations} conversations, {len(erased.files)} files"
    await doors.write(lambda to: audit.note(to, caller.id, "participant.erased", note))
    return Erasure(**erased._asdict())
