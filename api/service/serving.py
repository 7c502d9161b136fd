"""`journey serve` and `journey worker`: start the service, and what is done beside it."""

import asyncio
import socket
import sys
import webbrowser
from contextlib import suppress

import uvicorn
from rich.console import Console

from api.service.app import create_app, work
from assistant.settings import Settings
from assistant.store import access
from assistant.store.access import Role
from assistant.store.session import service_at

_FAILED = 3


class _Showing(uvicorn.Server):
    """A server that opens a page in the browser once it answers."""

    def __init__(self, config: uvicorn.Config, url: str | None) -> None:
        super().__init__(config)
        self._url = url

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self._url and self.started:
            await asyncio.to_thread(webbrowser.open, self._url)


def run(host: str, port: int, *, shows: bool = False, does_work: bool = True) -> None:
    """Serve until it is stopped.

    Args:
        host: The address to listen at.
        port: The port.
        shows: Open its page in the browser, where somebody sits at a terminal.
        does_work: File conversations and tell webhooks too; else `journey worker` does.
    """
    settings = Settings()
    console = _console()
    _tell_first_key(settings.database, console)
    config = uvicorn.Config(
        create_app(settings, does_work=does_work),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        forwarded_allow_ips=settings.trusted_proxies,
    )
    url = f"http://{host}:{port}/docs"
    console.print(f"The service: {url}", highlight=False)
    server = _Showing(config, url if shows and sys.stdout.isatty() else None)
    with suppress(KeyboardInterrupt):
        server.run()
    if not server.started:
        sys.exit(_FAILED)


def run_worker() -> None:
    """File conversations and tell webhooks until it is stopped."""
    console = _console()
    console.print("Filing conversations and telling webhooks.")
    with suppress(KeyboardInterrupt):
        asyncio.run(work(Settings(), console.print))


def _console() -> Console:
    return Console(stderr=True, soft_wrap=True)


def _tell_first_key(database: str, console: Console) -> None:
    engine = service_at(database)
    with engine.begin() as connection:
        secret = None if access.count(connection) else access.make(connection, "first", Role.OWNER)
    engine.dispose()
    if secret:
        console.print("The first access key, an owner's. It is shown this once:")
        console.print(secret[0], highlight=False)
