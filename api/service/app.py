"""Build the service from its settings."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from fastapi import FastAPI

from api.service import means, problems
from api.service.delivering import Delivering
from api.service.doors import Doors, Rates
from api.service.edge import Edge
from api.service.filing import Filing, OpenStudy, keep_doing
from api.service.interviewers import Interviewers
from api.service.routes import (
    access_keys,
    audit,
    conversations,
    exports,
    health,
    pages,
    participants,
    public,
    questionnaires,
    studies,
    surveys,
    transcripts,
    webhooks,
)
from api.service.talking import Talks
from assistant.settings import Settings

_MAX_BODY = 64 * 1024
_REFRESH_S = 5
_SWEEP_S = 15
_DELIVER_S = 5
_ROUTES = (
    health,
    public,
    questionnaires,
    surveys,
    studies,
    conversations,
    transcripts,
    exports,
    participants,
    webhooks,
    access_keys,
    audit,
    pages,
)
_LOG = logging.getLogger("uvicorn.error")


def create_app(
    settings: Settings | None = None,
    interviewers: Interviewers | None = None,
    open_study: OpenStudy | None = None,
    *,
    does_work: bool = True,
) -> FastAPI:
    """Build the service.

    Args:
        settings: Those of the environment by default.
        interviewers: Who leads conversations; by default by the questionnaires.
        open_study: What opens the study of a folder; by default as the settings say.
        does_work: File conversations and tell webhooks too; else `journey worker` does.
    """
    settings = settings or Settings()
    doors = Doors(settings.database, interviewers)
    app = FastAPI(title="Throughline", lifespan=_lifespan, responses=problems.RESPONSES)
    app.state.settings, app.state.doors = settings, doors
    app.state.talks = Talks(doors)
    app.state.rates = Rates(settings.rate_address, settings.rate_visitor, settings.rate_survey)
    app.state.filing = Filing(doors, settings.home, open_study or means.opener(settings))
    app.state.does_work = does_work
    problems.install(app)
    for routes in _ROUTES:
        app.include_router(routes.router)
    app.add_middleware(Edge, max_body=_MAX_BODY, is_known_origin=doors.is_known_origin)
    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncGenerator[None]:
    doors: Doors = app.state.doors
    async with AsyncExitStack() as stack:
        stack.callback(doors.close)
        if not doors.is_led:
            opened = means.interviewers(app.state.settings, doors.shelf.find)
            doors.interviewers = await stack.enter_async_context(opened)
        await doors.refresh()
        await stack.enter_async_context(_running(_listening(doors, _LOG.error)))
        if app.state.does_work:
            for work in _work(doors, app.state.filing, _LOG.error):
                await stack.enter_async_context(_running(work))
        yield


def _work(
    doors: Doors, filing: Filing, tell: Callable[[str], None]
) -> tuple[Coroutine[None, None, None], ...]:
    """Give what is done beside the requests."""
    deliver = Delivering(doors).deliver
    return (
        keep_doing("Filing", filing.sweep, _SWEEP_S, tell),
        keep_doing("Telling webhooks", deliver, _DELIVER_S, tell),
    )


async def work(settings: Settings, tell: Callable[[str], None]) -> None:
    """Do what `serve` does beside the requests, until it is stopped."""
    doors = Doors(settings.database, None)
    filing = Filing(doors, settings.home, means.opener(settings))
    async with AsyncExitStack() as stack:
        stack.callback(doors.close)
        opened = means.interviewers(settings, doors.shelf.find)
        doors.interviewers = await stack.enter_async_context(opened)
        await doors.refresh()
        await asyncio.gather(_listening(doors, tell), *_work(doors, filing, tell))


@asynccontextmanager
async def _running(work: Coroutine[None, None, None]) -> AsyncGenerator[None]:
    """Have something done beside the requests for as long as the service runs."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def _listening(doors: Doors, tell: Callable[[str], None]) -> Coroutine[None, None, None]:
    """Hear of what other processes changed."""
    return keep_doing("Looking for what is new", doors.refresh, _REFRESH_S, tell)
