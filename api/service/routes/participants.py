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

_REMEDY = (
    "Take out of this file what it holds of the person, then send this request again: the file is "
    "read anew, what came of it is forgotten, and it is named here no more."
)


class LeftIn(Record):
    """A file of the company's own that holds this person and others, and so is not changed.

    Attributes:
        file: As "study/file".
        records: The ids of the person's records in it; none where the file only names them.
        remedy: What is to be done now, for whoever looks after the file.
    """

    file: str
    records: tuple[str, ...]
    remedy: str


class Erasure(Record):
    """What was erased.

    Attributes:
        conversations: How many.
        files: Sources that held this person and nobody else, as "study/file".
        left_in: Files that hold others too. The erasure is complete when it is empty.
    """

    conversations: int
    files: tuple[str, ...]
    left_in: tuple[LeftIn, ...]


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
    note += f", left in {len(erased.left_in)}" if erased.left_in else ""
    await doors.write(lambda to: audit.note(to, caller.id, "participant.erased", note))
    left = tuple(
        LeftIn(file=file, records=records, remedy=_REMEDY)
        for file, records in erased.left_in.items()
    )
    return Erasure(conversations=erased.conversations, files=erased.files, left_in=left)
