"""A study: the doors to everything that is kept of it, and where reading is done."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Protocol

from threadpoolctl import threadpool_limits

from assistant.reading import Desk, Models
from assistant.store.session import Engine, connect
from assistant.workflows import desks
from ingestion import embedding
from ingestion.embedding import Vectors
from ingestion.index import Entry, Index
from ingestion.models import digest
from ingestion.originals import Originals


class Place(NamedTuple):
    """Where studies are kept, and what reads them.

    Attributes:
        home: The folder for what has no place of its own.
        database: The store's URL.
        chroma_url: A Chroma server, None for one in the home folder.
        workers: Processes that read beside this one.
        originals_key: The key that originals are kept with; None keeps none.
        engine: The language model that reads; None reads with the local models alone.
    """

    home: Path
    database: str
    chroma_url: str | None
    models: Models
    workers: int
    originals_key: str | None = None
    engine: desks.Engine | None = None


class SegmentIndex(Protocol):
    """Where segments are kept to be found by meaning."""

    def add(self, entries: Sequence[Entry], vectors: Vectors) -> None:
        """Keep segments with their vectors; the same id again replaces what was there."""
        ...

    def forget_source(self, source: str) -> None:
        """Remove every segment of a source."""
        ...

    def renew(self) -> None:
        """Leave nothing in any file of what was forgotten."""
        ...


@dataclass(frozen=True)
class Study:
    """The doors of one study.

    Attributes:
        id: Named after the folders it is drawn from, so that the same folders are the same study.
        name: What its folder is called.
        model: The language model that words the map; None where the local models do.
    """

    id: str
    name: str
    engine: Engine
    index: SegmentIndex
    desk: Desk
    originals: Originals | None = None
    model: desks.Model | None = None

    @property
    def reader(self) -> str:
        """The engine that reads: "embedded" or "llm"."""
        return "llm" if self.model else "embedded"


def named(paths: Sequence[Path]) -> str:
    """Give the id of the study of these files and folders, whether it is there yet or not."""
    return digest(*sorted(str(path.resolve()) for path in paths))


@contextmanager
def opened(paths: Sequence[Path], place: Place) -> Generator[Study]:
    """Open the study of these files and folders, new or known.

    Arithmetic keeps to one thread: the reading processes take the other cores, and threads that
    wait for one another by spinning would slow them all.
    """
    id, first = named(paths), min(str(path.resolve()) for path in paths)
    reading = desks.opened(place.models, place.workers, place.engine, place.database)
    with reading as (desk, model), threadpool_limits(1, "blas"):
        index = Index(
            id, place.home / "chroma", place.chroma_url, embedding.space(place.models.embedding)
        )
        engine = connect(place.database)
        key = place.originals_key
        originals = Originals(place.home / "originals", key) if key else None
        try:
            yield Study(id, Path(first).stem, engine, index, desk, originals, model)
        finally:
            engine.dispose()
