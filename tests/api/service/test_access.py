"""Nobody reads or changes what is not theirs: every route, with everything wrong to hold.

The routes are the application's own, so that one which is added is tried without a word here. A
private route answers only to an access key of the role that it needs, and every public one shows
a visitor their own conversation at the most.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path
from random import Random
from typing import NamedTuple, cast
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import MetaData, select

from api.service import create_app
from api.service.dependencies import Needs
from api.service.doors import Doors
from assistant.settings import Settings
from assistant.store.access import Role, hashed
from tests.api.service.simple import Simple
from tests.api.service.visiting import ORIGIN, Site, Visitor

FOREIGN = "https://elsewhere.example"
SPOKEN = "Only Ottilie knows of the kestrel's nest."
_OPEN = re.compile(r"/(healthz|readyz|widget\.js|s/\{key\}(/qr\.svg)?)")
"""What the whole world may ask for; it is listed, so that nothing joins it unseen."""
_NAMING = frozenset({"key", "id", "name", "token", "withdrawal", "visitor", "study"})


class Door(NamedTuple):
    """A route and one of its methods, with the role it needs; None where it needs none."""

    method: str
    path: str
    role: Role | None

    @property
    def is_public(self) -> bool:
        return self.path.startswith("/v1/public/")

    @property
    def is_open(self) -> bool:
        return _OPEN.fullmatch(self.path) is not None


class Home(NamedTuple):
    """A shop with two visitors, of whom one has said something, and everything that names it."""

    site: Site
    doors: Doors
    one: Visitor
    other: Visitor

    def kept(self) -> str:
        """Give all that is in the database."""
        tables = MetaData()
        tables.reflect(self.doors.engine)
        with self.doors.engine.connect() as connection:
            rows = {
                table.name: sorted(map(repr, connection.execute(select(table))))
                for table in tables.sorted_tables
            }
        return json.dumps(rows)

    def ids(self) -> list[str]:
        """Give one name of each kind that there is, which a path could be filled with."""
        tables = MetaData()
        tables.reflect(self.doors.engine)
        columns = [
            column
            for table in tables.sorted_tables
            for column in table.columns
            if column.name in _NAMING and table.name not in {"secrets", "replies"}
        ]
        with self.doors.engine.connect() as connection:
            rows = [connection.execute(select(column)).scalars().first() for column in columns]
        return sorted({*map(str, filter(None, rows)), self.one.token, "current"})


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    settings = Settings(home=tmp_path, workers=0, rate_address=1_000_000, rate_visitor=1_000_000)
    with TestClient(create_app(settings, Simple())) as client:
        yield client


@pytest.fixture
def home(site: Site) -> Home:
    doors = cast(FastAPI, site.client.app).state.doors
    one = site.visitor(context={"visitor": "ottilie"})
    one.say(SPOKEN)
    return Home(site, doors, one, site.visitor())


def doors_of(client: TestClient) -> list[Door]:
    routes = cast(FastAPI, client.app).routes
    return [
        Door(method, route.path, _role(route.dependant))
        for route in _flat(routes)
        for method in sorted(route.methods or ())
    ]


def _flat(routes: Iterable[object]) -> Iterator[APIRoute]:
    for route in routes:
        if isinstance(route, APIRoute):
            yield route
        elif router := getattr(route, "original_router", None):
            yield from _flat(router.routes)


def _role(dependant: Dependant) -> Role | None:
    """Find the role that a route asks for, wherever among its dependencies."""
    if isinstance(dependant.call, Needs):
        return dependant.call._role  # pyright: ignore[reportPrivateUsage] - what it demands is shown nowhere else
    return next(filter(None, map(_role, dependant.dependencies)), None)


def filled(path: str, values: list[str]) -> Iterator[str]:
    """Fill the parameters of a path with what there is; all of it where there is one parameter."""
    names: list[str] = re.findall(r"\{(\w+)", path)
    some = values if len(names) < 2 else values[:6]
    for chosen in product(some, repeat=len(names)):
        filling = path
        for value in chosen:
            filling = re.sub(r"\{[^}]+\}", value, filling, count=1)
        yield filling


def ask(home: Home, door: Door, path: str, headers: Mapping[str, str]) -> Response:
    body: dict[str, str] | None = None if door.method in {"GET", "DELETE", "HEAD"} else {}
    sent = {"Idempotency-Key": str(uuid4()), **headers}
    return home.site.client.request(door.method, path, headers=sent, json=body)


def bearing(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


def make_key(site: Site, role: Role) -> dict[str, str]:
    return site.private("POST", "/v1/access-keys", json={"name": role, "role": role}).json()


def shows_nothing(home: Home, answer: Response) -> bool:
    secrets = (SPOKEN, "ottilie", home.one.token, home.one.code, home.site.access_key)
    return not any(secret in answer.text for secret in secrets)


def test_whatever_is_not_for_everybody_needs_a_role(client: TestClient) -> None:
    doors = doors_of(client)

    unheld = [door for door in doors if not (door.role or door.is_public or door.is_open)]
    changed = [door for door in doors if door.role is Role.VIEWER and door.method != "GET"]

    described = {
        (method.upper(), path)
        for path, methods in client.get("/openapi.json").json()["paths"].items()
        for method in methods
    }
    assert {(door.method, door.path) for door in doors} >= described
    assert (unheld, changed) == ([], [])


def test_no_private_route_opens_to_what_is_no_access_key(home: Home) -> None:
    revoked = make_key(home.site, Role.OWNER)
    home.site.private("DELETE", f"/v1/access-keys/{revoked['id']}")
    shop, ids, before = home.site.survey, home.ids(), home.kept()
    wrong = [
        {},
        {"Authorization": home.site.access_key},
        {"Authorization": f"Basic {home.site.access_key}"},
        {"Cookie": f"access_key={home.site.access_key}; token={home.site.access_key}"},
        *map(bearing, ["x", "' OR 1=1 --", revoked["secret"], revoked["id"]]),
        *map(bearing, [home.one.token, home.one.code, shop["key"], shop["visitor_secret"]]),
        *map(bearing, [home.site.access_key[:-1], f"{home.site.access_key}x", "*", "null"]),
        *map(bearing, [value for value in ids if re.fullmatch("[0-9a-f]{64}", value)][:2]),
    ]
    chance = Random(5)  # noqa: S311 - which wrong key, no secret

    for door in doors_of(home.site.client):
        for at, path in enumerate(filled(door.path, ids) if door.role else ()):
            for headers in wrong if at == 0 else chance.sample(wrong, 2):
                answer = ask(home, door, path, headers)
                assert answer.status_code == 401, (door, path, headers, answer.text)
                assert shows_nothing(home, answer)
    assert home.kept() == before


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR])
def test_no_route_opens_to_a_role_that_is_not_enough(home: Home, role: Role) -> None:
    key, ids = make_key(home.site, role), home.ids()
    before, tried = home.kept(), 0

    for door in doors_of(home.site.client):
        for path in filled(door.path, ids) if door.role and not role.may(door.role) else ():
            answer = ask(home, door, path, bearing(key["secret"]))
            assert answer.status_code == 403, (door, path, answer.text)
            assert shows_nothing(home, answer)
            tried += 1

    assert tried > 0
    assert home.kept() == before


def test_nobody_is_shown_what_lets_others_in(home: Home) -> None:
    """An owner, too, reads no secret, no token and no code in what there is to read."""
    shop, ids = home.site.survey, home.ids()
    held = [home.one.token, home.one.code, home.site.access_key, shop["visitor_secret"]]
    secrets = [*held, *map(hashed, held), home.doors.secret.hex()]

    for door in doors_of(home.site.client):
        for path in filled(door.path, ids) if door.role and door.method == "GET" else ():
            answer = ask(home, door, path, bearing(home.site.access_key))
            shown = [secret for secret in secrets if secret in answer.text]
            assert [secret for secret in shown if secret not in path] == [], (door, path)


def test_a_query_opens_nothing(home: Home) -> None:
    secret, ids = home.site.access_key, home.ids()

    for door in doors_of(home.site.client):
        for path in filled(door.path, ids) if door.role else ():
            query = f"?access_key={secret}&key={secret}&token={secret}&authorization={secret}"
            assert ask(home, door, path + query, {}).status_code == 401, (door, path)


def test_a_visitor_holds_nothing_of_anothers(home: Home) -> None:
    """With another visitor's token, code or nothing, each public route, each name there is."""
    ids, mine = home.ids(), bearing(home.other.token)
    before = home.one.reload().json()

    for door in doors_of(home.site.client):
        if door.role or door.method == "DELETE":
            continue
        for path in filled(door.path, [*ids, home.other.code]):
            for headers in ({}, mine, bearing(home.other.code), bearing(home.one.code)):
                answer = ask(home, door, path, headers | {"Origin": ORIGIN})
                assert shows_nothing(home, answer), (door, path, headers)
                assert answer.status_code < 500

    assert home.one.reload().json() == before


def test_a_visitor_ends_nothing_of_anothers(home: Home) -> None:
    """Whatever is put for the code in the path: a name of any kind, another's token."""
    ids, mine = home.ids(), bearing(home.other.token)
    before = home.kept()
    rates = cast(FastAPI, home.site.client.app).state.rates

    for door in doors_of(home.site.client):
        if door.role or door.method != "DELETE":
            continue
        for path in filled(door.path, [*ids, home.other.token, home.one.code[:-1]]):
            rates._rates["withdrawal"]._buckets.clear()  # else they are told to wait
            assert ask(home, door, path, mine).status_code == 404, (door, path)

    assert home.kept() == before


def test_another_token_answers_no_question_of_mine(home: Home) -> None:
    before = home.one.reload().json()
    held = (home.other.token, home.other.code, home.one.code, home.site.access_key, "ct_")

    for secret in held:
        visitor = Visitor(home.site.client, {**_opened(home.one), "token": secret})
        for kind in ("text", "stop", "withdraw", "skip", "pause"):
            answer = visitor.send(to=before["open"], kind=kind, text="I was never here.")
            assert shows_nothing(home, answer)
            assert "I was never here." not in home.one.reload().text

    assert home.one.reload().json() == before


def _opened(visitor: Visitor) -> dict[str, object]:
    return {"withdrawal_code": visitor.code, "conversation": visitor.view}


@pytest.mark.parametrize(
    "origin", [FOREIGN, "null", f"{ORIGIN}.evil.example", "http://shop.example"]
)
def test_no_page_of_another_site_takes_part(home: Home, origin: str) -> None:
    """It is told nothing, with the visitor's own token or a key, and its browser shows it less."""
    ids, before = home.ids(), home.kept()

    for door in doors_of(home.site.client):
        for path in filled(door.path, ids) if door.is_public else ():
            for held in (home.one.token, home.site.access_key):
                answer = ask(home, door, path, bearing(held) | {"Origin": origin})
                assert answer.status_code >= 400, (door, path)
                assert shows_nothing(home, answer), (door, path)
                assert "access-control-allow-origin" not in answer.headers

    opening = {"survey": home.site.survey["key"]}
    headers = {"Idempotency-Key": str(uuid4()), "Origin": origin}
    answer = home.site.client.post("/v1/public/conversations", json=opening, headers=headers)
    assert (answer.status_code, home.kept()) == (403, before)


def test_no_page_is_shown_a_private_answer(home: Home) -> None:
    """A browser hands a page nothing without a word of ours, not even on the survey's own site."""
    ids, key = home.ids(), bearing(home.site.access_key)

    for door in doors_of(home.site.client):
        for path in filled(door.path, ids) if door.role else ():
            for origin in (ORIGIN, FOREIGN):
                wanted = {"Origin": origin, "Access-Control-Request-Method": door.method}
                before = home.site.client.options(path, headers=wanted)
                assert "access-control-allow-origin" not in before.headers, (door, path)
            if door.method == "GET":
                answer = ask(home, door, path, key | {"Origin": ORIGIN})
                assert "access-control-allow-origin" not in answer.headers, (door, path)
