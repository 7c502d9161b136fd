"""Webhooks are told of every conversation that ended: signed, tried again, and given up in view."""

import asyncio
import base64
import datetime
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send

from api.service.delivering import Delivering
from tests.api.service.test_erasure import PERSON, SAID, Shop, answer
from tests.api.service.visiting import Site

URL = "https://shop.example/told"


class Receiver:
    """The shop's server: keeps what it is told, and answers as it is set to."""

    def __init__(self) -> None:
        self.told: list[tuple[dict[str, str], bytes]] = []
        self.answers: int | Exception = 204

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a request."""
        body = (await receive())["body"]
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.told.append((headers, body))
        if isinstance(self.answers, Exception):
            raise self.answers
        await send({"type": "http.response.start", "status": self.answers, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    @property
    def conversations(self) -> list[str]:
        """The ids that it was told, in order."""
        return [json.loads(body)["conversation"] for _, body in self.told]


class Told:
    """A shop with a webhook, and time that is set by hand."""

    def __init__(self, shop: Shop, client: TestClient, site: Site) -> None:
        self.shop, self.client, self.site = shop, client, site
        self.receiver = Receiver()
        wanted = {"study": "shop", "url": URL}
        self.webhook = site.private("POST", "/v1/webhooks", json=wanted).json()

    def deliver(self, later: datetime.timedelta = datetime.timedelta()) -> None:
        """Send what is due after a while."""
        transport = httpx.ASGITransport(self.receiver)
        clock = lambda: datetime.datetime.now(datetime.UTC) + later  # noqa: E731 - a clock
        assert self.client.portal
        delivering = Delivering(self.shop.app.state.doors, transport, clock)
        self.client.portal.call(delivering.deliver)

    def deliveries(self, **params: str) -> list[dict[str, Any]]:
        """What the service shows of its deliveries."""
        path = f"/v1/webhooks/{self.webhook['id']}/deliveries"
        return self.site.private("GET", path, params=params).json()


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path, f"sqlite:///{tmp_path}/journey.db")


def test_is_told_once_of_a_conversation_that_ended_and_nothing_that_was_said(shop: Shop) -> None:
    with shop.opened() as (client, site):
        told = Told(shop, client, site)
        answer(site, SAID, PERSON)
        site.visitor()
        shop.sweep(client)
        shop.sweep(client)
        told.deliver()
        told.deliver()
        (ended, *_) = site.private("GET", "/v1/conversations?status=finished").json()["items"]

        assert told.receiver.conversations == [ended["id"]]
        ((_, body),) = told.receiver.told
        assert json.loads(body)["type"] == "conversation.ended"
        assert SAID not in body.decode()
        assert PERSON not in body.decode()
        assert [each["state"] for each in told.deliveries()] == ["delivered"]


def test_the_receiver_can_tell_that_it_was_us(shop: Shop) -> None:
    with shop.opened() as (client, site):
        told = Told(shop, client, site)
        answer(site, SAID, PERSON)
        shop.sweep(client)
        told.deliver()

    ((headers, body),) = told.receiver.told
    key = base64.b64decode(told.webhook["secret"].removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.digest(key, signed, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["content-type"] == "application/json"


@pytest.mark.parametrize("failure", [500, 302, httpx.ConnectError("no way")])
def test_what_does_not_arrive_is_tried_later_and_later_then_given_up_in_view(
    shop: Shop, failure: int | Exception
) -> None:
    with shop.opened() as (client, site):
        told = Told(shop, client, site)
        told.receiver.answers = failure
        answer(site, SAID, PERSON)
        shop.sweep(client)
        told.deliver()
        told.deliver(datetime.timedelta(seconds=5))
        assert len(told.receiver.told) == 1
        told.deliver(datetime.timedelta(seconds=15))
        assert len(told.receiver.told) == 2
        for days in range(1, 20):
            told.deliver(datetime.timedelta(days=2 * days))

        (dead,) = told.deliveries(state="dead")
        assert len(told.receiver.told) == dead["attempts"] == 9
        assert len({headers["webhook-id"] for headers, _ in told.receiver.told}) == 1
        assert dead["error"] in {"answered 500", "answered 302", "not reached: ConnectError"}


def test_what_was_given_up_is_sent_again_when_somebody_says_so(shop: Shop) -> None:
    with shop.opened() as (client, site):
        told = Told(shop, client, site)
        told.receiver.answers = 500
        answer(site, SAID, PERSON)
        shop.sweep(client)
        for days in range(20):
            told.deliver(datetime.timedelta(days=2 * days))
        (dead,) = told.deliveries(state="dead")
        told.receiver.answers = 200
        again = site.private(
            "POST", f"/v1/webhooks/{told.webhook['id']}/deliveries/{dead['id']}/resend"
        )
        told.deliver(datetime.timedelta(seconds=1))

        assert again.status_code == 202
        assert [each["state"] for each in told.deliveries()] == ["delivered"]
        assert told.deliveries(state="dead") == []


def test_what_arrived_is_shown_for_a_month(shop: Shop) -> None:
    with shop.opened() as (client, site):
        told = Told(shop, client, site)
        answer(site, SAID, PERSON)
        shop.sweep(client)
        told.deliver()
        told.deliver(datetime.timedelta(days=29))
        shown = len(told.deliveries())
        told.deliver(datetime.timedelta(days=31))

        assert (shown, told.deliveries()) == (1, [])


def test_two_processes_tell_it_once(shop: Shop) -> None:
    with shop.opened() as (client, site):
        told = Told(shop, client, site)
        for name in ("p01", "p02", "p03"):
            answer(site, SAID, name)
        shop.sweep(client)
        transport = httpx.ASGITransport(told.receiver)
        both = [Delivering(shop.app.state.doors, transport).deliver for _ in range(2)]

        async def deliver() -> None:
            await asyncio.gather(*(each() for each in both))

        assert client.portal
        client.portal.call(deliver)

    assert len(told.receiver.told) == len(set(told.receiver.conversations)) == 3


def test_an_erased_conversation_is_told_no_more(shop: Shop) -> None:
    with shop.opened() as (client, site):
        told = Told(shop, client, site)
        answer(site, SAID, PERSON)
        answer(site, "I found it.", "C0078")
        shop.sweep(client)
        site.private("DELETE", f"/v1/participants/{PERSON}")
        told.deliver()

        (left,) = site.private("GET", "/v1/conversations").json()["items"]
        assert told.receiver.conversations == [left["id"]]


def test_a_secret_is_shown_once_and_a_removed_webhook_is_gone(shop: Shop) -> None:
    with shop.opened() as (client, site):
        told = Told(shop, client, site)
        answer(site, SAID, PERSON)
        shop.sweep(client)
        listed = site.private("GET", "/v1/webhooks")
        removed = [
            site.private("DELETE", f"/v1/webhooks/{told.webhook['id']}").status_code for _ in "ab"
        ]
        told.deliver()

    assert told.webhook["secret"] not in listed.text
    assert [each["url"] for each in listed.json()] == [URL]
    assert removed == [204, 404]
    assert told.receiver.told == []


@pytest.mark.parametrize("url", ["", "shop.example", "file:///etc/passwd", "ftp://shop.example"])
def test_an_address_that_is_none_is_refused(site: Site, url: str) -> None:
    wanted = {"study": "shop", "url": url}

    assert site.private("POST", "/v1/webhooks", json=wanted).status_code == 422


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", "/v1/webhooks/wh_none"),
        ("GET", "/v1/webhooks/wh_none/deliveries"),
        ("POST", "/v1/webhooks/wh_none/deliveries/dl_none/resend"),
    ],
)
def test_what_is_not_there_is_said_so(site: Site, method: str, path: str) -> None:
    assert site.private(method, path).status_code == 404
