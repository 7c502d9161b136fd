"""`journey serve`: start the service, and on its first start make the first access key."""

import uvicorn
from rich.console import Console

from api.service.app import create_app
from assistant.settings import Settings
from assistant.store import access
from assistant.store.access import Role
from assistant.store.session import service_at


def run(host: str, port: int) -> None:
    """Serve until it is stopped."""
    settings = Settings()
    _tell_first_key(settings.database, Console(stderr=True, soft_wrap=True))
    uvicorn.run(
        create_app(settings),
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        forwarded_allow_ips=settings.trusted_proxies,
    )


def _tell_first_key(database: str, console: Console) -> None:
    engine = service_at(database)
    with engine.begin() as connection:
        secret = None if access.count(connection) else access.make(connection, "first", Role.OWNER)
    engine.dispose()
    if secret:
        console.print("The first access key, an owner's. It is shown this once:")
        console.print(secret[0], highlight=False)
