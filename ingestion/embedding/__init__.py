"""Turn text into vectors. The one door to embedding models.

The local model needs no key and no network: a small multilingual transformer, whose weights lie
beside this file. Another model is reached at any OpenAI-compatible endpoint.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from ingestion.embedding.encoder import WIDTH, Encoder
from ingestion.embedding.remote import RemoteEmbedder
from ingestion.embedding.words import Vectors

__all__ = [
    "LOCAL",
    "WIDTH",
    "Embed",
    "Embedder",
    "LocalEmbedder",
    "RemoteEmbedder",
    "Vectors",
    "load",
    "space",
]

LOCAL = "local"
_SPACE = "meanings-7"
"""Names what the local encoder's vectors mean: a new number where one is trained anew."""


Embed = Callable[[Sequence[str]], Vectors]
"""Gives each text its vector, of length 1, in order."""


class Embedder(Protocol):
    """Something that turns texts into vectors.

    Attributes:
        space: Names the space in which its vectors lie: those of two are never compared.
    """

    space: str

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give each text its vector, of length 1, in order."""
        ...


class LocalEmbedder:
    """The encoder that comes with the product: 384 dimensions, nine languages and more."""

    space = _SPACE

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoder = encoder or Encoder()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give each text its vector, of length 1, in order."""
        return self._encoder.encode(texts).meanings


def space(model: str = LOCAL) -> str:
    """Name the space that a model's vectors lie in: those of two are never compared."""
    return _SPACE if model == LOCAL else model


def load(model: str = LOCAL, base_url: str | None = None, api_key: str | None = None) -> Embedder:
    """Open the embedding model named `model`, the local one by default."""
    return LocalEmbedder() if model == LOCAL else RemoteEmbedder(model, base_url, api_key)
