"""Turn text into vectors. The one door to embedding models.

The local model needs no key and no network: a small multilingual transformer, whose weights lie
beside this file. Another model is reached at any OpenAI-compatible endpoint.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingestion import language
from ingestion.embedding.encoder import WIDTH, Encoder
from ingestion.embedding.english import EnglishEncoder
from ingestion.embedding.remote import RemoteEmbedder
from ingestion.embedding.words import Vectors

__all__ = [
    "LOCAL",
    "WIDTH",
    "Embedder",
    "LocalEmbedder",
    "RemoteEmbedder",
    "Vectors",
    "load",
    "space",
]

LOCAL = "local"
ENGLISH = "en"
_SPACE = "meanings-1"
"""Names what the local encoder's vectors mean: a new number where one is trained anew."""


class Embedder(Protocol):
    """Something that turns texts into vectors.

    Attributes:
        name: What the vectors are told apart by: vectors of two models are never compared.
    """

    name: str

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give each text its vector, of length 1, in order."""
        ...


class LocalEmbedder:
    """The encoders that come with the product: 384 dimensions, nine languages and more."""

    name = LOCAL

    def __init__(self, encoder: Encoder | None = None) -> None:
        self._encoder = encoder or Encoder()
        self._english = EnglishEncoder()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give each text its vector, of length 1, in order."""
        english = np.array([language.detect(text) == ENGLISH for text in texts], np.bool_)
        meanings = np.empty((len(texts), WIDTH), np.float32)
        others = [text for text, is_english in zip(texts, english, strict=True) if not is_english]
        meanings[~english] = self._encoder.encode(others).meanings
        return self.refine(texts, meanings, english)

    def refine(
        self, texts: Sequence[str], meanings: Vectors, english: NDArray[np.bool_]
    ) -> Vectors:
        """Put the better vector of the English encoder in the place of each English text's."""
        some = [text for text, is_english in zip(texts, english, strict=True) if is_english]
        refined = meanings.copy()
        refined[english] = self._english.encode(some)
        return refined


def space(model: str = LOCAL) -> str:
    """Name the space that a model's vectors lie in: those of two are never compared."""
    return _SPACE if model == LOCAL else model


def load(model: str = LOCAL, base_url: str | None = None, api_key: str | None = None) -> Embedder:
    """Open the embedding model named `model`, the local one by default."""
    return LocalEmbedder() if model == LOCAL else RemoteEmbedder(model, base_url, api_key)
