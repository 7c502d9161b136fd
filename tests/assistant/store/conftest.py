"""The store on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import BACKENDS, database


@pytest.fixture(params=BACKENDS)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give an empty database, once of each kind."""
    with database(request.param, tmp_path) as url:
        yield url
