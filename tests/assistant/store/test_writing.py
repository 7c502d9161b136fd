"""What waits together is committed together, and what fails fails alone."""

import asyncio

import pytest
from sqlalchemy import Connection, func, insert, select
from sqlalchemy.exc import IntegrityError

from assistant.store.service_tables import secrets
from assistant.store.session import service_at
from assistant.store.writing import Writer


def test_one_failure_takes_nobody_with_it(url: str) -> None:
    engine = service_at(url)
    writer = Writer(engine)

    async def write_all() -> list[object]:
        names = ["a", "b", "a", "c"]
        return await asyncio.gather(
            *(writer.write(lambda to, name=name: _keep(to, name)) for name in names),
            return_exceptions=True,
        )

    results = asyncio.run(write_all())
    writer.close()
    with engine.connect() as connection:
        kept = connection.scalars(select(secrets.c.name).order_by(secrets.c.name)).all()
    engine.dispose()
    assert kept == ["a", "b", "c"]
    assert [type(result) for result in results] == [str, str, IntegrityError, str]


def _keep(connection: Connection, name: str) -> str:
    connection.execute(insert(secrets), [{"name": name, "value": name}])
    return name


def test_what_is_answered_can_be_read_by_others(url: str) -> None:
    engine, other = service_at(url), service_at(url)
    writer = Writer(engine)

    async def write() -> int:
        await writer.write(lambda to: _keep(to, "a"))
        with other.connect() as connection:
            return connection.execute(select(func.count()).select_from(secrets)).scalar_one()

    seen = asyncio.run(write())
    writer.close()
    engine.dispose()
    other.dispose()
    assert seen == 1


def test_closing_finishes_what_waits(url: str) -> None:
    engine = service_at(url)
    writer = Writer(engine)

    async def write() -> str:
        waiting = asyncio.create_task(writer.write(lambda to: _keep(to, "a")))
        await asyncio.sleep(0)
        await asyncio.to_thread(writer.close)
        return await waiting

    assert asyncio.run(write()) == "a"
    engine.dispose()


@pytest.mark.parametrize("n", [1, 200])
def test_keeps_the_order_of_arrival(url: str, n: int) -> None:
    engine = service_at(url)
    writer, order = Writer(engine), list[int]()

    async def write_all() -> None:
        await asyncio.gather(*(writer.write(lambda _, at=at: order.append(at)) for at in range(n)))

    asyncio.run(write_all())
    writer.close()
    engine.dispose()
    assert order == list(range(n))
