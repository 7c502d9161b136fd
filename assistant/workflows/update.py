"""Bring a study up to date with its files: nothing is read twice, and what changed is replaced."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, Protocol

from assistant.store import documents, sources
from assistant.store.session import Connection
from assistant.store.sources import Kept
from assistant.workflows.digest import Means, digest
from assistant.workflows.study import Study
from ingestion import parsing
from ingestion.errors import IngestionError
from ingestion.intake import Prepared, prepare
from ingestion.ledger import Ledger
from ingestion.mapping import Mapping
from ingestion.models import Document, Level, Refusal, Segment, Source, SourceId
from ingestion.screening import Duplicates
from ingestion.sources import gather

INTAKE = "4"
"""Counts up when parsing, masking or splitting changes what is kept of the same bytes."""


class Progress(Protocol):
    """Told how reading goes on."""

    def begin(self, source: Source, at: int, of: int) -> None:
        """Hear that a source is being read, and which of how many it is."""
        ...

    def read(self, n: int) -> None:
        """Hear that `n` more segments or events were read."""
        ...


class Updated(NamedTuple):
    """What a folder holds besides the sources that are kept.

    Attributes:
        ledger: Counts of the files that were passed over.
        passed_over: Those files, each with its reason.
        n_read: How many sources were read now; the others had been read before.
    """

    ledger: Ledger
    passed_over: tuple[Refusal, ...]
    n_read: int


def update(
    study: Study, paths: Sequence[Path], mapping: Mapping | None, progress: Progress
) -> Updated:
    """Read what is new or changed under `paths`, and forget what is gone."""
    gathered = gather(paths)
    version = _version(study, mapping)
    stale = _forget_stale(study, gathered.sources, version)
    means = Means(version, mapping, _known_documents(study), progress.read)
    for at, source in enumerate(stale):
        progress.begin(source, at, len(stale))
        digest(study, source, means)
        if study.originals:
            study.originals.keep(source)
    ledger = Ledger()
    for refusal in gathered.refusals:
        ledger.arrive(Level.FILES)
        ledger.end(Level.FILES, refusal.state)
    return Updated(ledger, gathered.refusals, len(stale))


def unread(study: Study, paths: Sequence[Path], mapping: Mapping | None) -> Iterator[Segment]:
    """Give the segments of what is new or changed under `paths`, and keep nothing of them.

    What cannot be read gives none; `update` will say why.
    """
    version = _version(study, mapping)
    with study.engine.connect() as connection:
        known = sources.known(connection, study.id)
    duplicates = _known_documents(study)
    for source in gather(paths).sources:
        if known.get(source.id) != Kept(source.digest, version):
            yield from _segments(source, mapping, duplicates)


def reopen(study: Study) -> int:
    """Have `update` read every source anew of which a segment failed; tell how many they are."""
    with study.engine.begin() as connection:
        return sources.reopen_failed(connection, study.id)


def _segments(source: Source, mapping: Mapping | None, duplicates: Duplicates) -> Iterator[Segment]:
    with suppress(IngestionError):
        for item in parsing.read(source, mapping).items:
            prepared = prepare(item, duplicates) if isinstance(item, Document) else None
            if isinstance(prepared, Prepared):
                yield from prepared.segments


def _version(study: Study, mapping: Mapping | None) -> str:
    return f"{INTAKE} {study.desk.version} {_digest(mapping)}"


def _forget_stale(study: Study, present: Sequence[Source], version: str) -> list[Source]:
    """Forget what changed, what is gone, and what counted as a repeat of it; tell what to read."""
    wanted = {source.id: Kept(source.digest, version) for source in present}
    with study.engine.begin() as connection:
        known = sources.known(connection, study.id)
        forgotten = {id for id, kept in known.items() if wanted.get(SourceId(id)) != kept}
        while more := sources.repeating(connection, study.id, forgotten) - forgotten:
            forgotten |= more
        for id in forgotten:
            _forget(study, connection, id, known[id])
    return [source for source in present if source.id in forgotten or source.id not in known]


def _forget(study: Study, connection: Connection, source: str, kept: Kept) -> None:
    study.index.forget_source(source)
    sources.forget(connection, study.id, source)
    if study.originals:
        study.originals.forget(kept.digest)


def _known_documents(study: Study) -> Duplicates:
    duplicates = Duplicates()
    with study.engine.connect() as connection:
        for id, number in documents.fingerprints(connection, study.id):
            duplicates.remember(id, number)
    return duplicates


def _digest(mapping: Mapping | None) -> str:
    return sha256(mapping.model_dump_json().encode()).hexdigest()[:8] if mapping else "-"
