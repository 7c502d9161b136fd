"""Reach an embedding model at an OpenAI-compatible endpoint."""

from collections.abc import Sequence

import numpy as np

from ingestion.embedding.words import Vectors
from ingestion.errors import EmbeddingUnavailable

_BATCH = 256


class RemoteEmbedder:
    """A model behind an OpenAI-compatible endpoint."""

    def __init__(self, model: str, base_url: str | None, api_key: str | None) -> None:
        from openai import OpenAI

        self.space = model
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
            reply = self._client.embeddings.create(model=self.space, input=list(texts))
        except OpenAIError as error:
            raise EmbeddingUnavailable(
                f"the embedding model {self.space!r} did not answer: {error}. "
                "Check JOURNEY_LLM_BASE_URL and JOURNEY_LLM_API_KEY, or unset "
                "JOURNEY_EMBEDDING_MODEL to use the local model"
            ) from error
        rows = np.array([item.embedding for item in reply.data], np.float32)
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
