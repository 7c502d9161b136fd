"""Open the store: one engine for a process, one transaction for a source or a map."""

from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url

from assistant.store.upgrading import ANSWERS, SERVICE, STUDY, Chain, upgrade

__all__ = ["Connection", "Engine", "beside", "connect", "overwrite_log", "service_at"]


_ERASING = "secure_delete=ON"
"""What is deleted is overwritten: nobody's words stay in the free pages of a file."""


def connect(url: str, chain: Chain = STUDY) -> Engine:
    """Open the database at `url`, and bring its tables up to date.

    Args:
        url: A database URL. The folder of an SQLite file is made where it is missing.
        chain: Which tables it is to have.
    """
    parsed = _parsed(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _tune_safely if chain is SERVICE else _tune)
    upgrade(engine, chain)
    return engine


def _parsed(url: str) -> URL:
    """Read a URL; a plain `postgresql://` is reached by the driver that is here."""
    parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    is_plain = parsed.drivername == "postgresql"
    return parsed.set(drivername="postgresql+psycopg") if is_plain else parsed


def beside(url: str) -> Engine:
    """Open what is kept beside the database at `url`: what was paid for outlives its sources."""
    return connect(_apart(url, "answers"), ANSWERS)


def service_at(url: str) -> Engine:
    """Open what the service keeps at `url`; a committed answer outlives the power, too."""
    return connect(_apart(url, "service"), SERVICE)


def overwrite_log(engine: Engine) -> None:
    """Leave nothing of deleted rows in SQLite's log; PostgreSQL cleans its own.

    While somebody reads, the log stays: it is emptied the next time.
    """
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _apart(url: str, name: str) -> str:
    """Name the place of what has a file of its own: `journey-answers.db` beside `journey.db`."""
    parsed = _parsed(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in {None, "", ":memory:"}:
        return url
    path = Path(str(parsed.database))
    beside = path.with_name(f"{path.stem}-{name}{path.suffix}")
    return parsed.set(database=str(beside)).render_as_string(hide_password=False)


def _tune(connection: object, _record: object) -> None:
    """Let readers read while a source is written, and give up no committed source to a crash."""
    _set(connection, "journal_mode=WAL", "synchronous=NORMAL", "cache_size=-16000", _ERASING)


def _tune_safely(connection: object, _record: object) -> None:
    """Flush each commit to disk, as what was said cannot be read anew."""
    _set(connection, "journal_mode=WAL", "synchronous=FULL", _ERASING)


def _set(connection: object, *pragmas: str) -> None:
    cursor = connection.cursor()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] - DBAPI connections have no type
    for pragma in pragmas:
        cursor.execute(f"PRAGMA {pragma}")  # pyright: ignore[reportUnknownMemberType] - as above
    cursor.close()  # pyright: ignore[reportUnknownMemberType] - as above
