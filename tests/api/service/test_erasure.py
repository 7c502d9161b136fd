"""One person is followed through every table, collection and file, and nothing is left of them."""

import hashlib
import hmac
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import MetaData

from api.service import create_app
from api.service.doors import Doors, now
from assistant.settings import Settings
from assistant.store import access, conversations, maps
from assistant.store.access import Role
from assistant.store.session import Engine, beside, connect, service_at
from assistant.workflows.study import Study
from ingestion.embedding import Vectors
from ingestion.index import Index
from tests.api.service.simple import Simple
from tests.api.service.visiting import Site, Visitor
from tests.builders import draft
from tests.databases import BACKENDS, database
from tests.fakes import FakeDesk

PERSON = "C0077"
SAID = "I lost a whole evening until somebody answered the phone."
CALLED = "I lost my voucher on the way to the till."
OTHER = "The box was lost."
CALL = f"""WEBVTT

00:00:00.000 --> 00:00:04.000
<v Interviewer>What happened in the shop?

00:00:04.000 --> 00:00:09.000
<v {PERSON}>{CALLED}
"""
REVIEWS = """customer_id,date,review
C0077,2026-01-03,The lamp was lost in the post.
C0078,2026-01-04,I found the chair easily and it fits.
C0079,2026-01-05,The shelf was lost too and nobody wrote.
"""


class Shop:
    """A service with real collections, and all that it keeps."""

    def __init__(self, home: Path, url: str) -> None:
        self.home, self.url, self.desk = home, url, FakeDesk()
        settings = Settings(home=home, database_url=url, workers=0)
        self.app = create_app(settings, Simple(), self.open, does_work=False)
        self.folder = home / "studies" / "shop"
        self.meanwhile: list[Callable[[], None]] = []

    @contextmanager
    def open(self, folder: Path) -> Generator[Study]:
        while self.meanwhile:
            self.meanwhile.pop()()
        engine = connect(self.url)
        index = Index(folder.name, self.home / "chroma")
        yield Study(folder.name, folder.name, engine, index, self.desk)
        engine.dispose()

    @contextmanager
    def opened(self) -> Generator[tuple[TestClient, Site]]:
        doors: Doors = self.app.state.doors
        with doors.engine.begin() as connection:
            secret, _ = access.make(connection, "ours", Role.OWNER)
        with TestClient(self.app) as client:
            yield client, Site(client, secret)

    def file(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def sweep(self, client: TestClient) -> None:
        assert client.portal
        client.portal.call(self.app.state.filing.sweep)

    def draw(self) -> None:
        """Keep a map that cites all there is, and says it in words of its own."""
        with closed(connect(self.url)) as engine, engine.begin() as connection:
            ids = connection.exec_driver_sql("SELECT id FROM evidence").scalars().all()
            title = f"An evening without a voucher {' '.join(map(str, ids))}"
            maps.save(connection, "shop", "m1", draft(title=title))

    def everything(self) -> str:
        """Every row of every table, every entry of every collection, every byte of every file."""
        return "\n".join([*self._rows(), *self._hits(), *self._files()])

    def _rows(self) -> Iterator[str]:
        for opener in (connect, beside, service_at):
            with closed(opener(self.url)) as engine, engine.connect() as connection:
                tables = MetaData()
                tables.reflect(engine)
                for table in tables.sorted_tables:
                    rows = connection.execute(table.select())
                    yield from (f"{table.name} {tuple(row)}" for row in rows)

    def _hits(self) -> Iterator[str]:
        index = Index("shop", self.home / "chroma")
        yield from (f"{hit}" for hit in index.search(self.vector(SAID), n=max(1, index.count())))

    def _files(self) -> Iterator[str]:
        for path in sorted(self.home.rglob("*")):
            yield path.name
            if path.is_file():
                yield path.read_bytes().decode("utf-8", "replace")

    def vector(self, text: str) -> Vectors:
        return self.desk.embed([text])[0]

    def is_kept(self, vector: Vectors) -> bool:
        """Whether a vector stands in any file."""
        files = (path for path in self.home.rglob("*") if path.is_file())
        return any(vector.tobytes() in path.read_bytes() for path in files)


@contextmanager
def closed(engine: Engine) -> Generator[Engine]:
    """Close what was opened."""
    try:
        yield engine
    finally:
        engine.dispose()


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path, f"sqlite:///{tmp_path}/journey.db")


def answer(site: Site, said: str, name: str, *, is_signed: bool = True) -> Visitor:
    """Have a visitor say something, and finish."""
    secret = site.survey["visitor_secret"].encode()
    signature = hmac.new(secret, name.encode(), hashlib.sha256).hexdigest() if is_signed else None
    visitor = site.visitor(context={"visitor": name}, visitor_signature=signature)
    visitor.say(said)
    visitor.say("The price.")
    return visitor


@pytest.mark.parametrize("backend", BACKENDS)
def test_nothing_is_left_of_a_person_in_any_table_collection_or_file(
    backend: str, tmp_path: Path
) -> None:
    with database(backend, tmp_path) as url:
        _follow(Shop(tmp_path, url))


def _follow(shop: Shop) -> None:
    with shop.opened() as (client, site):
        shop.file(f"calls/{PERSON}.vtt", CALL)
        answer(site, SAID, PERSON)
        answer(site, "I lost my patience.", PERSON, is_signed=False)
        answer(site, OTHER, "C0078")
        site.visitor(context={"visitor": PERSON}).say("It is lost, and I am not done yet.")
        shop.sweep(client)
        shop.draw()
        before = shop.everything()
        kept = (SAID, CALLED, "my patience", "not done yet", PERSON)
        assert [text for text in kept if text not in before] == []
        assert shop.is_kept(shop.vector(SAID))
        assert "An evening without a voucher" in before

        erased = site.private("DELETE", f"/v1/participants/{PERSON}")

        assert erased.status_code == 200
        assert erased.json() == {
            "conversations": 3,
            "files": [f"shop/calls/{PERSON}.vtt"],
            "left_in": [],
        }
        _holds_nothing_of_them(shop)
    _holds_nothing_of_them(shop)


def _holds_nothing_of_them(shop: Shop) -> None:
    after = shop.everything()
    gone = ("whole evening", "voucher", "my patience", "not done yet", PERSON, PERSON.lower())
    assert [text for text in gone if text in after] == []
    assert not shop.is_kept(shop.vector(SAID))
    assert OTHER in after


def test_a_person_is_found_however_the_name_is_written(shop: Shop) -> None:
    with shop.opened() as (client, site):
        answer(site, SAID, "Ada@Example.org")
        shop.sweep(client)
        erased = site.private("DELETE", "/v1/participants/ada@example.org")

    assert erased.json()["conversations"] == 1
    assert "whole evening" not in shop.everything()


LAMP = "The lamp was lost in the post."


def test_a_file_of_many_people_is_left_and_named_with_what_to_do(shop: Shop) -> None:
    with shop.opened() as (client, site):
        shop.file("reviews.csv", REVIEWS)
        answer(site, OTHER, "C0078")
        shop.sweep(client)
        erased = site.private("DELETE", f"/v1/participants/{PERSON}").json()

    (left,) = erased["left_in"]
    assert (erased["conversations"], erased["files"]) == (0, [])
    assert (left["file"], len(left["records"])) == ("shop/reviews.csv", 1)
    assert "send this request again" in left["remedy"]
    assert (shop.folder / "reviews.csv").read_text() == REVIEWS


def test_nothing_is_left_once_the_row_is_taken_out_and_the_request_sent_again(shop: Shop) -> None:
    with shop.opened() as (client, site):
        shop.file("reviews.csv", REVIEWS)
        answer(site, OTHER, "C0078")
        shop.sweep(client)
        shop.draw()
        assert LAMP in shop.everything()
        site.private("DELETE", f"/v1/participants/{PERSON}")
        assert "An evening without a voucher" not in shop.everything(), "a map cited the row"
        shop.file("reviews.csv", "".join(x for x in REVIEWS.splitlines(True) if PERSON not in x))
        erased = site.private("DELETE", f"/v1/participants/{PERSON}").json()

    after = shop.everything()
    assert erased["left_in"] == []
    assert [text for text in (LAMP, PERSON) if text in after] == []
    assert not shop.is_kept(shop.vector(LAMP))
    assert "The shelf was lost too" in after


@pytest.mark.parametrize(
    ("name", "text"),
    [
        pytest.param("late.csv", REVIEWS, id="that nobody had the study read"),
        pytest.param("notes.bin", f"call {PERSON.lower()} back", id="that cannot be read"),
        pytest.param(
            "twice.csv",
            REVIEWS.replace(f"{PERSON},2026-01-03", "C0079,2026-01-05").replace(
                "The lamp", f"{PERSON} says the lamp"
            ),
            id="in which others speak of them",
        ),
    ],
)
def test_a_file_that_names_them_is_told_of(shop: Shop, name: str, text: str) -> None:
    with shop.opened() as (client, site):
        answer(site, OTHER, "C0078")
        shop.sweep(client)
        shop.file(name, text)
        erased = site.private("DELETE", f"/v1/participants/{PERSON}").json()

    assert [left["file"] for left in erased["left_in"]] == [f"shop/{name}"]


def test_a_file_that_only_holds_a_longer_id_is_not_told_of(shop: Shop) -> None:
    with shop.opened() as (client, site):
        shop.file("reviews.csv", REVIEWS.replace(PERSON, f"{PERSON}1"))
        answer(site, OTHER, "C0078")
        shop.sweep(client)
        erased = site.private("DELETE", f"/v1/participants/{PERSON}").json()

    assert erased["left_in"] == []


def test_what_is_withdrawn_while_it_is_filed_does_not_come_back(shop: Shop) -> None:
    doors: Doors = shop.app.state.doors
    with shop.opened() as (client, site):
        other = Site(client, site.access_key)
        other.survey = other.put_up(study="another")
        answer(other, OTHER, "C0078")
        visitor = answer(site, SAID, PERSON)

        def withdraw() -> None:
            with doors.engine.begin() as connection:
                found = conversations.by_withdrawal(connection, access.hashed(visitor.code))
                assert found
                conversations.erase(connection, found[0], [found[1]], now())

        shop.meanwhile.append(withdraw)
        shop.sweep(client)
        assert not shop.meanwhile
        shop.sweep(client)

    assert "whole evening" not in shop.everything()


def test_the_log_tells_that_somebody_was_erased_and_not_who(shop: Shop) -> None:
    with shop.opened() as (_, site):
        answer(site, SAID, PERSON)
        site.private("DELETE", f"/v1/participants/{PERSON}")
        log = site.private("GET", "/v1/audit", params={"action": "participant.erased"})

    (entry,) = log.json()["items"]
    assert entry["what"] == "1 conversations, 0 files"
    assert PERSON not in log.text
