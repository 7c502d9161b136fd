"""Open the store: one engine for a process, one transaction for a source or a map."""

from pathlib import Path

from sqlalchemy import Connection, Engine, MetaData, create_engine, event
from sqlalchemy.engine import make_url

from assistant.store.tables import kept_apart, metadata

__all__ = ["Connection", "Engine", "beside", "connect"]


def connect(url: str, tables: MetaData = metadata) -> Engine:
    """Open the database at `url`, and make the tables that it lacks.

    Args:
        url: A database URL. The folder of an SQLite file is made where it is missing.
        tables: Those that it is to have.
    """
    path = make_url(url).database
    if url.startswith("sqlite:") and path:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune)
    tables.create_all(engine)
    return engine


def beside(url: str) -> Engine:
    """Open what is kept beside the database at `url`: what was paid for outlives its sources."""
    return connect(_apart(url), kept_apart)


def _apart(url: str) -> str:
    """Name the place of the answers: `journey-answers.db` beside `journey.db`."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in {None, "", ":memory:"}:
        return url
    path = Path(str(parsed.database))
    beside = path.with_name(f"{path.stem}-answers{path.suffix}")
    return parsed.set(database=str(beside)).render_as_string(hide_password=False)


def _tune(connection: object, _record: object) -> None:
    """Let readers read while a source is written, and give up no committed source to a crash."""
    cursor = connection.cursor()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] - DBAPI connections have no type
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "cache_size=-16000"):
        cursor.execute(f"PRAGMA {pragma}")  # pyright: ignore[reportUnknownMemberType] - as above
    cursor.close()  # pyright: ignore[reportUnknownMemberType] - as above
