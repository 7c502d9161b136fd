"""A database is brought up to date when it is opened, and ends where the tables are."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import String, column, inspect, select, table, text

import assistant.store
from assistant.store import maps
from assistant.store.session import connect
from assistant.store.upgrading import CHAINS, STUDY, Chain
from tests.builders import draft

MIGRATIONS = Path(assistant.store.__file__).parent / "migrations"

by_name = pytest.mark.parametrize("chain", CHAINS, ids=[chain.name for chain in CHAINS])


@by_name
def test_the_steps_end_where_the_tables_are(url: str, chain: Chain) -> None:
    engine = connect(url, chain)

    with engine.connect() as connection:
        opts = {"compare_type": True, "version_table": chain.version_table}
        context = MigrationContext.configure(connection, opts=opts)
        assert compare_metadata(context, chain.tables) == []
    engine.dispose()


@by_name
def test_the_last_step_is_the_one_that_is_named(chain: Chain) -> None:
    folder = str(MIGRATIONS / chain.name)

    script = ScriptDirectory(str(MIGRATIONS), version_locations=[folder])

    assert script.get_heads() == [chain.head]


def test_all_tables_can_stand_in_one_database(url: str) -> None:
    for chain in CHAINS:
        connect(url, chain).dispose()

    engine = connect(url)
    tables = set(inspect(engine).get_table_names())
    engine.dispose()
    assert {name for chain in CHAINS for name in chain.tables.tables} <= tables


def test_takes_a_database_of_before_there_were_steps_as_it_is(url: str) -> None:
    engine = connect(url)
    with engine.begin() as connection:
        maps.save(connection, "a", "m1", draft(title="Kept"))
        connection.execute(text(f"DROP TABLE {STUDY.version_table}"))
    engine.dispose()

    reopened = connect(url)

    with reopened.connect() as connection:
        kept = maps.latest(connection, "a")
    reopened.dispose()
    assert kept
    assert kept.title == "Kept"


def test_many_may_open_a_new_database_at_once(url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        engines = list(pool.map(connect, [url] * 4))

    with engines[0].connect() as connection:
        found = select(column("version_num", String)).select_from(table(STUDY.version_table))
        versions = connection.scalars(found).all()
    for engine in engines:
        engine.dispose()
    assert versions == [STUDY.head]


def test_new_databases_may_be_opened_at_once_and_each_gets_its_own_tables(tmp_path: Path) -> None:
    opened = [(f"sqlite:///{tmp_path}/{n}.db", CHAINS[n % len(CHAINS)]) for n in range(12)]

    with ThreadPoolExecutor(len(opened)) as pool:
        engines = list(pool.map(connect, *zip(*opened, strict=True)))

    for engine, (_, chain) in zip(engines, opened, strict=True):
        assert {*inspect(engine).get_table_names()} == {*chain.tables.tables, chain.version_table}
        engine.dispose()
