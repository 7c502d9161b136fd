"""The service as a visitor and as a company meet it, with two questions to ask."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.service import create_app
from assistant.settings import Settings
from assistant.store import access
from assistant.store.access import Role
from tests.api.service.simple import Simple
from tests.api.service.visiting import Site
from tests.databases import BACKENDS, database


@pytest.fixture(params=BACKENDS)
def client(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[TestClient]:
    """Give the running service, on each of the databases."""
    with database(request.param, tmp_path) as url:
        settings = Settings(home=tmp_path, database_url=url, workers=0, rate_address=1_000_000)
        with TestClient(create_app(settings, Simple(), does_work=False)) as client:
            yield client


@pytest.fixture
def site(client: TestClient) -> Site:
    """Give a shop's site with a survey on it."""
    doors = client.app.state.doors  # pyright: ignore[reportFunctionMemberAccess, reportUnknownVariableType, reportUnknownMemberType, reportAttributeAccessIssue] - an ASGI app has no type
    with doors.engine.begin() as connection:  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - as above
        secret, _ = access.make(connection, "ours", Role.OWNER)  # pyright: ignore[reportUnknownArgumentType] - as above
    return Site(client, secret)
