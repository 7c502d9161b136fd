import pytest

from assistant.claims import Prototypes, prepare
from tests.assistant.claims.hearing import EMBEDDER


@pytest.fixture(scope="package")
def prototypes() -> Prototypes:
    return prepare(EMBEDDER.embed)
