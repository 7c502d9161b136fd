"""Which claim a sentence is heard to make."""

from assistant.claims import Prototypes, spot
from assistant.embedded.reader import EmbeddedReader
from tests.assistant.claims.builders import segment

EMBEDDER = EmbeddedReader()


def spotted(text: str, prototypes: Prototypes) -> str | None:
    found = spot([segment(text)], EMBEDDER.embed([text]), prototypes, EMBEDDER.embed)
    return found[0].type if found else None
