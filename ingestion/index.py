"""Find segments by meaning. The one door to Chroma.

A collection for each study: a filter on the study would cost more than the search. Filters by
stage, speaker or kind are answered in the database first; the search is then asked among the
segments that remain.
"""

import shutil
import sqlite3
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from ctypes import CDLL
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, cast
from urllib.parse import urlsplit
from uuid import UUID

from ingestion.embedding import Vectors
from ingestion.models import digest

_BATCH = 1_000
_OVERWRITE = -6
"""glibc's M_PERTURB."""
_TEXT = "text"
"""Where the text is kept: as a document it would be indexed by its letters, which nobody asks."""
Item = TypeVar("Item")


class Entry(NamedTuple):
    """A segment as the index keeps it.

    Attributes:
        metadata: study, source, document, speaker, language, stage, kinds, valence.
    """

    id: str
    text: str
    metadata: dict[str, str | float]


class Hit(NamedTuple):
    """A segment that was found, and how near it is: 1 is the same, 0 has nothing in common."""

    id: str
    text: str
    nearness: float


class Index:
    """The vectors of one study, kept on disk or at a Chroma server."""

    def __init__(self, study: str, folder: Path, url: str | None = None, space: str = "") -> None:
        """Open, or begin, the collection of `study`.

        Args:
            study: The study's id.
            folder: Where vectors are kept, when no server is named.
            url: A Chroma server, "http://host:8000".
            space: Names the model that made the vectors. What another one made is removed, as it
                cannot be searched together: the study is read anew then.
        """
        self._client: Any = _client(folder, url)
        self._folder = None if url else folder
        self._name = f"study-{study}-{digest(space)}"
        self._restore()
        for other in self._names():
            if other.startswith(f"study-{study}") and not other.startswith(self._name):
                self._drop(other)
        self._collection: Any = self._begin(self._name)

    def add(self, entries: Sequence[Entry], vectors: Vectors) -> None:
        """Keep segments with their vectors; the same id again replaces what was there."""
        for start, batch in _batches(entries):
            self._collection.upsert(
                ids=[entry.id for entry in batch],
                metadatas=[entry.metadata | {_TEXT: entry.text} for entry in batch],
                embeddings=vectors[start : start + len(batch)],
            )

    def forget(self, ids: Sequence[str]) -> None:
        """Remove segments; ids that are not there are passed over."""
        for _, batch in _batches(ids):
            self._collection.delete(ids=list(batch))

    def forget_source(self, source: str) -> None:
        """Remove every segment of a source, also those of a reading that broke off."""
        self._collection.delete(where={"source": source})

    def renew(self) -> None:
        """Write the collection anew, so that nothing of what was forgotten stays in its files.

        Chroma only marks vectors as deleted, and keeps what was written in a log. At a server the
        log is the server's own to clean.
        """
        fresh, old = f"{self._name}-fresh", f"{self._name}-old"
        self._drop(fresh)
        copy = self._begin(fresh)
        for batch in self._batches_kept():
            copy.upsert(**batch)
        self._collection.modify(name=old)
        copy.modify(name=self._name)
        self._drop(old)
        self._collection = copy
        if self._folder:
            _shrink(self._folder)

    def _batches_kept(self) -> Iterator[dict[str, Any]]:
        wanted = ["ids", "metadatas", "embeddings"]
        for start in range(0, self.count(), _BATCH):
            found = self._collection.get(limit=_BATCH, offset=start, include=wanted[1:])
            yield {name: found[name] for name in wanted}

    def _restore(self) -> None:
        """Take back the old collection where writing it anew broke off between the two names."""
        names = self._names()
        if f"{self._name}-old" in names and self._name not in names:
            self._client.get_collection(f"{self._name}-old").modify(name=self._name)

    def _begin(self, name: str) -> Any:  # noqa: ANN401 - Chroma's own type is private
        return self._client.get_or_create_collection(
            name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )

    def _drop(self, name: str) -> None:
        if name in self._names():
            self._client.delete_collection(name)

    def _names(self) -> set[str]:
        return {each.name for each in self._client.list_collections()}

    def search(self, vector: Vectors, n: int = 10, among: Sequence[str] | None = None) -> list[Hit]:
        """Find the `n` segments nearest to `vector`, nearest first.

        Args:
            vector: One unit vector, of the model the study was read with.
            n: How many, at the most.
            among: Segments to choose from, all of the study by default.
        """
        found = self._collection.query(
            query_embeddings=[vector],
            n_results=n,
            ids=None if among is None else list(among),
            include=["metadatas", "distances"],
        )
        rows = zip(found["ids"][0], found["metadatas"][0], found["distances"][0], strict=True)
        return [Hit(id, kept[_TEXT], 1 - distance) for id, kept, distance in rows]

    def count(self) -> int:
        """Count the segments kept."""
        return cast(int, self._collection.count())


def _client(folder: Path, url: str | None) -> Any:  # noqa: ANN401 - Chroma's own type is private
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if url is None:
        _overwrite_freed_memory()
        folder.mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(path=str(folder), settings=settings)
    parts = urlsplit(url)
    return chromadb.HttpClient(
        host=parts.hostname or "localhost",
        port=parts.port or 8000,
        ssl=parts.scheme == "https",
        settings=settings,
    )


def _overwrite_freed_memory() -> None:
    """Have what the process no longer uses overwritten before it is used again.

    Chroma writes memory to its files that it never filled, and what stood there before may be what
    somebody said. Only glibc has the switch; elsewhere Chroma's fault stays.

    Source: chroma-core/chroma issue 7688; mallopt(3).
    """
    if sys.platform == "linux" and (switch := getattr(CDLL(None), "mallopt", None)):
        switch(_OVERWRITE, 1)


def _shrink(folder: Path) -> None:
    """Overwrite the free pages of Chroma's database, and remove what no collection uses."""
    with closing(sqlite3.connect(folder / "chroma.sqlite3", timeout=60)) as connection:
        connection.execute("VACUUM")
        used = {id for (id,) in connection.execute("SELECT id FROM segments")}
    for path in folder.iterdir():
        if path.is_dir() and _is_segment(path.name) and path.name not in used:
            shutil.rmtree(path, ignore_errors=True)


def _is_segment(name: str) -> bool:
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False


def _batches(items: Sequence[Item]) -> Iterator[tuple[int, Sequence[Item]]]:
    for start in range(0, len(items), _BATCH):
        yield start, items[start : start + _BATCH]
