"""Whether the service runs, and whether it can answer."""

from fastapi import APIRouter

from api.service.dependencies import TheDoors
from api.service.problems import Problem
from assistant.store import access

router = APIRouter(tags=["health"])


@router.get("/healthz", summary="Is it alive")
async def alive() -> dict[str, str]:
    """Tell that the process answers."""
    return {"status": "alive"}


@router.get("/readyz", summary="Is it ready")
async def ready(doors: TheDoors) -> dict[str, str]:
    """Tell that conversations can be kept."""
    try:
        await doors.read(access.count)
    except Exception as error:
        raise Problem(503, "not_ready", "The database does not answer.") from error
    return {"status": "ready"}
