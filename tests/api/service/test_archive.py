"""Studies and their conversations, as those who asked look at them."""

import datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.store import conversations
from assistant.store.session import service_at
from tests.api.service.test_erasure import Shop, answer
from tests.api.service.visiting import Site

LATER = datetime.timedelta(days=40)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path, f"sqlite:///{tmp_path}/journey.db")


def found(site: Site, **params: object) -> list[str]:
    """Give the ids of the conversations that a query finds, page after page."""
    ids: list[str] = []
    wanted: dict[str, Any] = {"limit": 2, **params}
    while wanted.get("cursor", "first"):
        page = site.private("GET", "/v1/conversations", params=wanted).json()
        ids += [each["id"] for each in page["items"]]
        wanted["cursor"] = page["next"]
    return ids


def test_conversations_are_found_by_what_they_are(site: Site) -> None:
    for name in ("p01", "p02", "p03"):
        answer(site, "It broke.", name)
    site.visitor(language="de", context={"visitor": "p02"})
    everyone = found(site)

    assert len(everyone) == len(set(everyone)) == 4
    assert len(found(site, visitor="p02")) == 2
    assert found(site, status="asking") == found(site, language="de") == everyone[:1]
    assert found(site, study="another") == found(site, is_filed=True) == []
    assert found(site, is_doubted=False, survey=site.survey["key"]) == everyone
    assert found(site, until="2026-01-01T00:00:00Z") == []
    assert found(site, since="2026-01-01T00:00:00+02:00") == everyone


def test_a_conversation_is_read_whole(site: Site) -> None:
    answer(site, "It broke.", "p01")
    (id,) = found(site)
    read = site.private("GET", f"/v1/conversations/{id}").json()

    assert read["about"]["visitor"] == "p01"
    assert "It broke." in [turn["text"] for turn in read["conversation"]["turns"]]
    assert "token" not in str(read)


@pytest.mark.parametrize("cursor", ["x", "2026-01-01T00:00:00", "~c_1", "9999-99-99~c_1"])
def test_a_cursor_of_ones_own_is_refused(site: Site, cursor: str) -> None:
    answer = site.private("GET", "/v1/conversations", params={"cursor": cursor})

    assert (answer.status_code, answer.json()["error"]) == (422, "misunderstood")


def test_what_is_held_back_is_filed_when_somebody_releases_it(shop: Shop) -> None:
    with shop.opened() as (client, site):
        answer(site, "I lost it.", "p01")
        (id,) = found(site)
        with service_at(shop.url).begin() as connection:
            conversations.doubt(connection, id, "every answer is the same")
        shop.sweep(client)
        held = found(site, is_doubted=True, is_filed=False)
        released = [site.private("POST", f"/v1/conversations/{id}/release") for _ in range(2)]
        shop.sweep(client)
        filed = found(site, is_filed=True, is_doubted=False)

    assert held == filed == [id]
    assert [each.status_code for each in released] == [204, 409]
    assert (shop.folder / "interviews" / f"{id}.json").exists()


def test_a_conversation_is_erased_by_its_id(shop: Shop) -> None:
    with shop.opened() as (client, site):
        answer(site, "I lost a button.", "p01")
        shop.sweep(client)
        (id,) = found(site)
        erased = [site.private("DELETE", f"/v1/conversations/{id}") for _ in range(2)]
        shop.sweep(client)
        log = site.private("GET", "/v1/audit", params={"action": "conversation.erased"}).json()

    assert [each.status_code for each in erased] == [204, 404]
    assert [each["what"] for each in log["items"]] == [id]
    assert "a button" not in shop.everything()


def test_a_study_keeps_conversations_as_long_as_it_is_told(shop: Shop) -> None:
    with shop.opened() as (client, site):
        answer(site, "I lost a button.", "p01")
        shop.sweep(client)
        (id,) = found(site)
        long, short = ({"name": "Shop", "retention_days": days} for days in (60, 30))
        _age(shop, id)
        site.private("PUT", "/v1/studies/shop", json=long)
        shop.sweep(client)
        kept = found(site)
        changed = site.private("PUT", "/v1/studies/shop", json=short).json()
        shop.sweep(client)
        gone = found(site)

    assert (changed["name"], changed["retention_days"]) == ("Shop", 30)
    assert (kept, gone) == ([id], [])
    assert "a button" not in shop.everything()


def _age(shop: Shop, id: str) -> None:
    """Have a conversation be forty days old."""
    with service_at(shop.url).begin() as connection:
        old = datetime.datetime.now(datetime.UTC) - LATER
        kept = conversations.by_id(connection, id)
        assert kept
        conversations.advance(connection, kept, kept.conversation, old)


def test_studies_are_begun_once_and_listed(site: Site) -> None:
    wanted = {"id": "lost-customers", "name": "Lost customers", "retention_days": 90}
    made = site.private("POST", "/v1/studies", json=wanted)
    again = site.private("POST", "/v1/studies", json=wanted)
    site.visitor()

    listed = site.private("GET", "/v1/studies").json()
    assert made.status_code == 201
    assert (again.status_code, again.json()["error"]) == (409, "known_study")
    assert [(each["id"], each["n_conversations"]) for each in listed] == [
        ("lost-customers", 0),
        ("shop", 1),
    ]
    assert site.private("GET", "/v1/studies/lost-customers").json() == listed[0]


@pytest.mark.parametrize("days", [0, -1, 1.5, "soon"])
def test_a_time_that_is_none_is_refused(site: Site, days: object) -> None:
    kept = {"name": "Shop", "retention_days": days}

    assert site.private("PUT", "/v1/studies/shop", json=kept).status_code == 422


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/studies/none"),
        ("PUT", "/v1/studies/none"),
        ("GET", "/v1/conversations/c_none"),
        ("POST", "/v1/conversations/c_none/release"),
    ],
)
def test_what_is_not_there_is_said_so(site: Site, method: str, path: str) -> None:
    assert site.private(method, path, json={"name": "None"}).status_code == 404
