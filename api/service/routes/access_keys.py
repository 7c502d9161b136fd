"""Access keys: who may use the private routes, and for what. A key is shown once."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from api.service.dependencies import Owner, TheDoors
from api.service.problems import Problem
from api.service.views import Body
from assistant.store import access
from assistant.store.access import AccessKey, Role
from assistant.store.session import Connection

router = APIRouter(prefix="/v1/access-keys", tags=["access keys"])

KeyId = Annotated[str, Path(max_length=64, description="As the list gives it: ak_…")]


class Wanted(Body):
    """What a new access key is to be.

    Attributes:
        name: Whose it is, or what for.
    """

    name: str = Field(min_length=1, max_length=80)
    role: Role = Role.VIEWER


class Made(AccessKey):
    """A new access key.

    Attributes:
        secret: What is sent as `Authorization: Bearer …`. It is kept hashed: nobody can show it
            again.
    """

    secret: str


@router.post("", status_code=201, summary="Make an access key")
async def make(wanted: Wanted, doors: TheDoors, caller: Owner) -> Made:
    """Make an access key. The answer shows its secret, this once."""

    def write(to: Connection) -> Made:
        secret, key = access.make(to, wanted.name, wanted.role)
        return Made(secret=secret, **key.model_dump())

    return await doors.act(caller.id, "key.made", write, lambda made: made.id)


@router.get("", summary="List the access keys")
async def listed(doors: TheDoors, _: Owner) -> tuple[AccessKey, ...]:
    """Give the keys that are valid, oldest first, without their secrets."""
    return await doors.read(access.listed)


@router.delete("/{id}", status_code=204, summary="Revoke an access key")
async def revoke(id: KeyId, doors: TheDoors, caller: Owner) -> None:
    """End an access key at once. The last owner's key stays: nobody could make another."""

    def write(to: Connection) -> None:
        owners = {key.id for key in access.listed(to) if key.role is Role.OWNER}
        if owners == {id}:
            detail = "This is the last owner's key: make another owner first."
            raise Problem(409, "last_owner", detail)
        if not access.revoke(to, id):
            raise Problem(404, "unknown_access_key", "There is no such key, or it was revoked.")

    await doors.act(caller.id, "key.revoked", write, lambda _: id)
