"""Build the service from its settings."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI

from api.service import problems
from api.service.doors import Doors, Rates
from api.service.edge import Edge
from api.service.interviewers import Interviewers
from api.service.routes import health, pages, public, surveys
from api.service.simple import Simple
from api.service.talking import Talks
from assistant.settings import Settings

_MAX_BODY = 64 * 1024
_REFRESH_S = 5


def create_app(
    settings: Settings | None = None, interviewers: Interviewers | None = None
) -> FastAPI:
    """Build the service.

    Args:
        settings: Those of the environment by default.
        interviewers: Who leads conversations; by default by the questionnaires of the package.
    """
    settings = settings or Settings()
    doors = Doors(settings.database, interviewers or Simple())
    app = FastAPI(title="Throughline", lifespan=_lifespan)
    app.state.doors = doors
    app.state.talks = Talks(doors)
    app.state.rates = Rates(300, 60, 6000)
    problems.install(app)
    for routes in (health, public, surveys, pages):
        app.include_router(routes.router)
    app.add_middleware(Edge, max_body=_MAX_BODY, is_known_origin=doors.is_known_origin)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    doors: Doors = app.state.doors
    await doors.refresh()
    tasks = [asyncio.create_task(_listen(doors))]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        doors.close()


async def _listen(doors: Doors) -> None:
    """Hear of what other processes changed."""
    while True:
        await asyncio.sleep(_REFRESH_S)
        await doors.refresh()
