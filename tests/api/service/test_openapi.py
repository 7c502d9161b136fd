"""Whatever is sent to whatever route, the service answers; and nobody is let in without a key."""

from typing import Any

import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from tests.api.service.visiting import Site

_SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
_PRIVATE = "/v1/"
_PUBLIC = "/v1/public/"


def test_never_fails_for_what_it_is_sent(site: Site) -> None:
    schema: Any = schemathesis.openapi.from_asgi("/openapi.json", site.client.app)
    headers = {"Authorization": f"Bearer {site.access_key}"}

    for found in schema.get_all_operations():
        _try(found.ok(), headers)


def _try(operation: Any, headers: dict[str, str]) -> None:  # noqa: ANN401 - it has no public type
    """Send a route what its description allows, and what it forbids."""

    @settings(max_examples=12, deadline=None, suppress_health_check=_SLOW)
    @given(case=st.one_of(*(operation.as_strategy(mode) for mode in GenerationMode)))
    def send(case: Any) -> None:  # noqa: ANN401 - as above
        assert case.call(headers=headers).status_code < 500

    send()


def _private(client: TestClient) -> list[tuple[str, str]]:
    paths: dict[str, dict[str, object]] = client.get("/openapi.json").json()["paths"]
    return [
        (method, path)
        for path, methods in paths.items()
        for method in methods
        if path.startswith(_PRIVATE) and not path.startswith(_PUBLIC)
    ]


def test_every_private_route_wants_an_access_key(site: Site) -> None:
    visitor = site.visitor()
    wrong = [None, "jk_wrong", visitor.token, site.survey["key"], site.survey["visitor_secret"]]

    for method, path in _private(site.client):
        for secret in wrong:
            headers = {"Authorization": f"Bearer {secret}"} if secret else {}
            answer = site.client.request(method, path, headers=headers, json={})
            assert answer.status_code == 401, (method, path, secret)
            assert "visitor_secret" not in answer.text


def test_no_visitor_reads_anothers_conversation(site: Site) -> None:
    one, other = site.visitor(), site.visitor()
    one.say("Only I know this.")

    for token in (other.token, other.code, one.code, site.survey["key"], site.access_key, "ct_"):
        answer = site.client.get(
            "/v1/public/conversations/current", headers={"Authorization": f"Bearer {token}"}
        )
        assert "Only I know this." not in answer.text
