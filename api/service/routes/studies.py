"""Studies: what conversations are filed into, and how long each is kept."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from api.service.dependencies import Editor, Owner, TheDoors, Viewer
from api.service.problems import Problem
from api.service.views import Body
from assistant.store import studies
from assistant.store.session import Connection
from assistant.store.studies import KeptStudy

router = APIRouter(prefix="/v1/studies", tags=["studies"])

StudyId = Annotated[str, Path(max_length=64)]


class Kept(Body):
    """What a study is called, and how long it keeps conversations.

    Attributes:
        retention_days: A conversation in which nothing was said for so long is erased, with all
            that came of it; null keeps it.
    """

    name: str = Field(min_length=1, max_length=120)
    retention_days: int | None = Field(default=None, ge=1, le=36_500)


class Wanted(Kept):
    """What a new study is to be.

    Attributes:
        id: Names its folder below `studies/` in the home folder.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)


def _one(connection: Connection, id: str) -> KeptStudy:
    found = studies.listed(connection, id)
    if not found:
        raise Problem(404, "unknown_study", "There is no such study.")
    return found[0]


@router.get("", summary="List the studies")
async def listed(doors: TheDoors, _: Viewer) -> tuple[KeptStudy, ...]:
    """Give every study, with how many conversations it holds."""
    return await doors.read(studies.listed)


@router.get("/{id}", summary="Read a study")
async def read(id: StudyId, doors: TheDoors, _: Viewer) -> KeptStudy:
    """Give a study."""
    return await doors.read(lambda to: _one(to, id))


@router.post("", status_code=201, summary="Begin a study")
async def make(wanted: Wanted, doors: TheDoors, caller: Editor) -> KeptStudy:
    """Begin a study. A survey begins its study too, where there is none of that id."""

    def write(to: Connection) -> KeptStudy:
        if not studies.make(to, wanted.id, wanted.name, wanted.retention_days):
            raise Problem(409, "known_study", "There is a study of this id already.")
        return _one(to, wanted.id)

    return await doors.act(caller.id, "study.made", write, lambda study: study.id)


@router.put("/{id}", summary="Change a study")
async def change(id: StudyId, kept: Kept, doors: TheDoors, caller: Owner) -> KeptStudy:
    """Change a study's name and how long it keeps conversations.

    What is older is erased within seconds, and cannot be brought back.
    """

    def write(to: Connection) -> KeptStudy:
        if not studies.change(to, id, kept.name, kept.retention_days):
            raise Problem(404, "unknown_study", "There is no such study.")
        return _one(to, id)

    what = f"{id}: keeps {kept.retention_days or 'every'} days"
    return await doors.act(caller.id, "study.changed", write, lambda _: what)
