"""Bring a database up to date: the steps of `migrations/` that it has not taken, in order."""

from pathlib import Path
from threading import Lock
from typing import NamedTuple

from sqlalchemy import Connection, Engine, MetaData, inspect, text

from assistant.store.service_tables import service
from assistant.store.tables import kept_apart, metadata

_MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 6_407_157
"""Names the lock that PostgreSQL holds for whoever upgrades; any number that is ours alone."""
_ONE_AT_A_TIME = Lock()
"""Alembic's `op`, which the steps call, means one database for all threads of a process."""


class Chain(NamedTuple):
    """A set of tables and the steps that lead to it.

    Attributes:
        name: Of its folder.
        head: The last step, so that opening what is up to date reads one row and no file.
        version_table: Where the database keeps the step it is at.
    """

    name: str
    tables: MetaData
    head: str
    version_table: str


STUDY = Chain("study", metadata, "study_0002", "alembic_version")
ANSWERS = Chain("answers", kept_apart, "answers_0001", "alembic_version_answers")
SERVICE = Chain("service", service, "service_0001", "alembic_version_service")
CHAINS = (STUDY, ANSWERS, SERVICE)


def upgrade(engine: Engine, chain: Chain) -> None:
    """Take the steps that are missing, all of them or none, while nobody else takes any."""
    with engine.connect() as connection:
        if _version(connection, chain) == chain.head:
            return
    with _ONE_AT_A_TIME, engine.connect() as connection:
        _lock(connection)
        _take(connection, chain)
        connection.commit()


def _version(connection: Connection, chain: Chain) -> str | None:
    if not inspect(connection).has_table(chain.version_table):
        return None
    found = text(f"SELECT version_num FROM {chain.version_table}")  # noqa: S608 - a constant
    return connection.execute(found).scalar_one_or_none()


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))


def _take(connection: Connection, chain: Chain) -> None:
    """Take the steps; Alembic is loaded only where there are any."""
    from alembic.operations import Operations
    from alembic.runtime.migration import MigrationContext, MigrationStep
    from alembic.script import ScriptDirectory

    folder = str(_MIGRATIONS / chain.name)
    script = ScriptDirectory(str(_MIGRATIONS), version_locations=[folder])

    def steps(taken: tuple[str, ...], _: MigrationContext) -> list[MigrationStep]:
        ahead = script.iterate_revisions("head", taken or "base", implicit_base=True)
        newest_first = list(ahead)
        return [
            MigrationStep.upgrade_from_script(script.revision_map, each)
            for each in reversed(newest_first)
        ]

    opts = {"version_table": chain.version_table, "fn": steps}
    context = MigrationContext.configure(connection, opts=opts)
    with Operations.context(context):
        context.run_migrations()
