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


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """Give the running service."""
    app = create_app(Settings(home=tmp_path, workers=0), Simple())
    with TestClient(app) as client:
        yield client


@pytest.fixture
def site(client: TestClient) -> Site:
    """Give a shop's site with a survey on it."""
    doors = client.app.state.doors  # pyright: ignore[reportFunctionMemberAccess, reportUnknownVariableType, reportUnknownMemberType, reportAttributeAccessIssue] - an ASGI app has no type
    with doors.engine.begin() as connection:  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - as above
        secret, _ = access.make(connection, "ours", Role.OWNER)  # pyright: ignore[reportUnknownArgumentType] - as above
    return Site(client, secret)
