"""Whatever is sent to whatever route, the service answers, and as its description says."""

import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any, cast
from uuid import uuid4

import pytest
import schemathesis
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, checks

from api.service import create_app
from assistant.settings import Settings
from assistant.store import access
from assistant.store.access import Role
from evals.serving import free_port, wait_for
from tests.api.service.visiting import Site, Visitor

_SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
CHECKS: Any = cast(Any, checks).CHECKS
_CHECKS = (
    "not_a_server_error",
    "content_type_conformance",
    "response_schema_conformance",
    "status_code_conformance",
)
_EXAMPLES = 12
_IN_A_CONVERSATION = "/v1/public/conversations/current"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give a shop whose visitors are asked by a real questionnaire and heard by the reader."""
    home = tmp_path_factory.mktemp("home")
    app = create_app(
        Settings(home=home, workers=0, rate_address=10**6, rate_visitor=10**6, rate_survey=10**6)
    )
    with app.state.doors.engine.begin() as connection:
        secret, _ = access.make(connection, "ours", Role.OWNER)
    with _served(app) as url, Client(base_url=url) as client:
        yield Site(cast(TestClient, client), secret)


@contextmanager
def _served(app: FastAPI) -> Generator[str]:
    """Serve as it is served: by its own server, at an address."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="critical"))
    thread = Thread(target=server.run)
    thread.start()
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def test_answers_whatever_it_is_sent(site: Site) -> None:
    schema: Any = schemathesis.openapi.from_url(f"{site.client.base_url}/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations()]
    names = _names(site, operations)

    for operation in operations:
        _try(site, operation, names)

    assert len(operations) > 10


def _names(site: Site, operations: list[Any]) -> list[str]:
    """Give the names of what there is, so that a path leads somewhere; not of what we need."""
    site.visitor(context={"visitor": "ottilie"}).say("The old one broke.")
    site.put_up(study="other")
    lists = [each.path for each in operations if each.method == "get" and "{" not in each.path]
    found = {
        name
        for path in lists
        if path.startswith("/v1/") and not path.startswith("/v1/public/")
        for name in re.findall(
            r'"(?:id|key|name|study)": ?"([^"]+)"', site.private("GET", path).text
        )
    }
    return sorted({"ottilie", *found} - {site.survey["key"], *re.findall(r"ak_\w+", str(found))})


def _try(site: Site, operation: Any, names: list[str]) -> None:  # noqa: ANN401 - untyped
    """Send a route what its description allows and what it forbids, about what there is and not."""
    wanted = CHECKS.get_by_names(_CHECKS)
    is_visit = operation.path.startswith(_IN_A_CONVERSATION)
    cases = st.one_of(*(operation.as_strategy(mode) for mode in GenerationMode))

    @settings(max_examples=_EXAMPLES, deadline=None, suppress_health_check=_SLOW, database=None)
    @given(case=cases, named=st.none() | st.sampled_from(names))
    def send(case: Any, named: str | None) -> None:  # noqa: ANN401 - as above
        if named:
            case.path_parameters = dict.fromkeys(case.path_parameters or {}, named)
        secret = site.visitor().token if is_visit else site.access_key
        headers = {"Authorization": f"Bearer {secret}"}
        answer = case.call(headers=headers)
        case.validate_response(answer, checks=wanted, headers=headers)

    send()


_TYPED = st.text(st.characters(codec="utf-8"), max_size=300)


@settings(max_examples=40, deadline=None, suppress_health_check=_SLOW, database=None)
@given(texts=st.lists(_TYPED, min_size=1, max_size=3))
def test_hears_whatever_is_typed(site: Site, texts: list[str]) -> None:
    visitor = site.visitor()

    for text in texts:
        if visitor.view["open"]:
            _say(visitor, text)


def _say(visitor: Visitor, text: str) -> None:
    answer = visitor.send(str(uuid4()), to=visitor.view["open"], kind="text", text=text)
    assert answer.status_code == 200, (text, answer.text)
    visitor.view = answer.json()
