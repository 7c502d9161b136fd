"""What was said becomes a source of its study, and can be erased from all of it."""

import asyncio
import datetime
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.service import create_app
from api.service.doors import Doors
from api.service.filing import Filing, doubt
from assistant.interviewing import Conversation, Turn
from assistant.settings import Settings
from assistant.store import access, maps
from assistant.store.access import Role
from assistant.store.session import connect
from assistant.workflows.study import Study
from tests.api.service.simple import Simple
from tests.api.service.visiting import Site
from tests.builders import draft
from tests.fakes import FakeDesk, FakeIndex

NOW = datetime.timedelta()
SAID = "I lost a whole evening until somebody found my parcel."


class Shop:
    """A service whose studies are read by a fake desk, and everything it keeps."""

    def __init__(self, home: Path) -> None:
        self.home, self.index = home, FakeIndex()
        self.url = f"sqlite:///{home}/journey.db"
        self.app = create_app(Settings(home=home, workers=0), Simple(), self.open)

    @contextmanager
    def open(self, folder: Path) -> Generator[Study]:
        engine = connect(self.url)
        yield Study(folder.name, folder.name, engine, self.index, FakeDesk())
        engine.dispose()

    def site(self, client: TestClient) -> Site:
        doors: Doors = self.app.state.doors
        with doors.engine.begin() as connection:
            secret, _ = access.make(connection, "ours", Role.OWNER)
        return Site(client, secret)

    def sweep(self, client: TestClient, later: datetime.timedelta = NOW) -> None:
        """Do what waits, as if so much time had passed."""
        clock = lambda: datetime.datetime.now(datetime.UTC) + later  # noqa: E731 - a clock
        filing = Filing(self.app.state.doors, self.home, self.open, clock)
        assert client.portal
        client.portal.call(filing.sweep)

    def everything(self) -> str:
        """Every byte of every file, the databases' free pages too, and every vector's text."""
        found = [str(sorted(self.index.entries.items()))]
        for path in sorted(self.home.rglob("*")):
            found.append(path.name)
            if path.is_file():
                found.append(path.read_bytes().decode("utf-8", "replace"))
        return "\n".join(found)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def test_a_finished_conversation_becomes_evidence_of_its_study(shop: Shop) -> None:
    with TestClient(shop.app) as client:
        visitor = shop.site(client).visitor()
        visitor.say(SAID)
        visitor.say("The price.")
        shop.sweep(client)

    (quote,) = _quotes(shop)
    assert quote == SAID


def _quotes(shop: Shop) -> list[str]:
    with sqlite3.connect(shop.home / "journey.db") as connection:
        rows = connection.execute("SELECT quote FROM evidence").fetchall()
    connection.close()
    return [quote for (quote,) in rows]


def test_one_that_goes_on_is_no_source_yet(shop: Shop) -> None:
    with TestClient(shop.app) as client:
        shop.site(client).visitor().say(SAID)
        shop.sweep(client)

    assert not list(shop.home.glob("studies/*/interviews/*"))


def test_one_that_nobody_goes_on_with_ends_and_is_a_source(
    shop: Shop,
) -> None:
    with TestClient(shop.app) as client:
        visitor = shop.site(client).visitor()
        visitor.say(SAID)
        shop.sweep(client, datetime.timedelta(days=2))
        status = visitor.reload().json()["status"]

    assert status == "abandoned"
    assert _quotes(shop) == [SAID]


@pytest.mark.parametrize("way", ["code", "reply"])
def test_what_is_withdrawn_is_gone_from_every_table_collection_and_file(
    shop: Shop, way: str
) -> None:
    with TestClient(shop.app) as client:
        site = shop.site(client)
        other, visitor = site.visitor(), site.visitor(context={"visitor": "visitor-77"})
        other.say("The box was lost.")
        other.say("No.")
        visitor.say(SAID)
        visitor.say("The price.")
        shop.sweep(client)
        _draw(shop)
        assert sorted(_quotes(shop)) == [SAID, "The box was lost."]
        if way == "code":
            assert client.delete(f"/v1/public/conversations/{visitor.code}").status_code == 204
        else:
            visitor.send(to=None, kind="withdraw")
        shop.sweep(client)

    left = shop.everything()
    assert "The box was lost." in left
    assert "whole evening" not in left
    assert "visitor-77" not in left
    assert "A lost evening" not in left


def _draw(shop: Shop) -> None:
    """Keep a map that cites all there is, and says it in words of its own."""
    engine = connect(shop.url)
    with engine.begin() as connection:
        ids = connection.exec_driver_sql("SELECT id FROM evidence").scalars().all()
        maps.save(
            connection, "shop", "m1", draft(title=f"A lost evening {' '.join(map(str, ids))}")
        )
    engine.dispose()


def test_a_code_withdraws_once(shop: Shop) -> None:
    with TestClient(shop.app) as client:
        code = shop.site(client).visitor().code
        typed = code.lower().replace("-", " ")
        first = client.delete(f"/v1/public/conversations/{typed}")
        second = client.delete(f"/v1/public/conversations/{typed}")

    assert (first.status_code, second.status_code) == (204, 404)


START = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)


def _answered(*answers: tuple[str, int]) -> Conversation:
    turns = [
        Turn(
            id=f"t{at}",
            speaker="person",
            kind="answer",
            text=text,
            at=START,
            language="en",
            reply="text",
            heard_ms=heard_ms,
        )
        for at, (text, heard_ms) in enumerate(answers)
    ]
    return Conversation(
        id="c_1",
        questionnaire="nps@1",
        language="en",
        started_at=START,
        announced_minutes=2,
        turns=tuple(turns),
    )


@pytest.mark.parametrize(
    ("answers", "is_doubted"),
    [
        pytest.param([("It broke.", 9000), ("The price.", 4000), ("No.", 2000)], False, id="typed"),
        pytest.param([("It broke.", 3), ("The price.", 2), ("No.", 4)], True, id="at once"),
        pytest.param([("It broke.", 3), ("The price.", 2)], False, id="too few to tell"),
        pytest.param([("Good", 900), ("good", 800), ("GOOD", 700)], True, id="always the same"),
        pytest.param([("It broke.", 3), ("The price.", 2), ("No.", 400)], False, id="one typed"),
    ],
)
def test_doubts_what_nobody_types_like_that(
    answers: list[tuple[str, int]], is_doubted: bool
) -> None:
    assert bool(doubt(_answered(*answers))) == is_doubted


def test_sweeping_goes_on_after_a_failure(shop: Shop) -> None:
    from api.service.filing import keep_doing

    told: list[str] = []

    class Broken(Filing):
        async def sweep(self) -> None:
            raise RuntimeError("disk full")

    async def watch() -> None:
        broken = Broken(shop.app.state.doors, shop.home, shop.open)
        task = asyncio.create_task(keep_doing("Filing", broken.sweep, 0.001, told.append))
        while len(told) < 2:
            await asyncio.sleep(0.001)
        task.cancel()

    asyncio.run(watch())
    shop.app.state.doors.close()
    assert "disk full" in told[1]
