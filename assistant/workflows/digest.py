"""Digest a source: read, mask, split, index and find, one batch at a time.

A source is digested in one transaction, after a note that it was begun: what breaks off half way
is forgotten and read anew the next time. Chroma has no transactions, so its part is forgotten by
the same note.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import NamedTuple

import numpy as np

from assistant import claims
from assistant.evidence import find
from assistant.journey import wording
from assistant.models import Reading
from assistant.reading import Batch
from assistant.store import documents, events, evidence, sources, tallies
from assistant.store.documents import Heard
from assistant.store.session import Connection
from assistant.store.sources import Repeat
from assistant.workflows.study import Study
from ingestion import parsing
from ingestion.chunking import sentences
from ingestion.embedding import Vectors
from ingestion.errors import IngestionError
from ingestion.index import Entry
from ingestion.intake import Prepared, Repeated, prepare
from ingestion.ledger import Ledger
from ingestion.mapping import Mapping
from ingestion.models import (
    Contents,
    Document,
    DocumentKind,
    Event,
    Level,
    Recognition,
    Refusal,
    Role,
    Segment,
    Source,
    State,
)
from ingestion.redaction import mask
from ingestion.screening import Duplicates

_SEGMENTS = 256
"""Segments in a batch: enough to keep the models busy, few enough to hold several batches."""
_EVENTS = 5_000
_INTRODUCTION = 12
"""Sentences in which people say who they are."""


class Means(NamedTuple):
    """What a digestion needs besides the study and the source.

    Attributes:
        version: What reads the source, kept beside it: another version reads it anew.
        duplicates: Every document of the study that was read before.
        progress: Told how many more segments or events were read.
    """

    version: str
    mapping: Mapping | None
    duplicates: Duplicates
    progress: Callable[[int], None]


def digest(study: Study, source: Source, means: Means) -> None:
    """Read a source and keep what it holds; what could not be used is kept with its reason."""
    with study.engine.begin() as connection:
        sources.begin(connection, study.id, source)
    with study.engine.begin() as connection, ThreadPoolExecutor(1) as indexer:
        digestion = _Digestion(study, source, means, (connection, indexer))
        recognition = digestion.run()
        outcome = (recognition, digestion.ledger, digestion.masked)
        sources.finish(connection, study.id, source, means.version, outcome)


class _Digestion:
    """One source on its way: what waits to be read and to be kept, and the counts so far.

    Vectors are kept by a thread of their own, one batch behind: the index takes its time outside
    of Python, in which the next documents are prepared.
    """

    def __init__(
        self, study: Study, source: Source, means: Means, doors: tuple[Connection, Executor]
    ) -> None:
        self.ledger = Ledger()
        self.masked = Counter[str]()
        self._counts = defaultdict[str, Counter[str]](Counter)
        self._study, self._source, self._means = study, source, means
        self._connection, self._indexer = doors
        self._indexing: Future[None] | None = None
        self._batch: list[Prepared] = []
        self._events: list[Event] = []
        self._reading: deque[tuple[list[Prepared], Future[Batch]]] = deque()

    def run(self) -> Recognition | None:
        """Carry the source through, and tell what it was taken for; None where it was refused."""
        self.ledger.arrive(Level.FILES)
        recognition = None
        try:
            contents = parsing.read(self._source, self._means.mapping)
            recognition = _masked(contents.recognition)
            self._take_all(contents)
        except IngestionError as error:
            self._fail(error)
        self._hand_in()
        self._file_all_but(0)
        self._indexed()
        self._keep_events()
        tallies.save(self._connection, self._study.id, self._source.id, self._counts)
        return recognition

    def _take_all(self, contents: Contents) -> None:
        for item in contents.items:
            match item:
                case Event():
                    self._take_event(item)
                case Document():
                    self._take_document(item)
                case Refusal():
                    self.ledger.arrive(item.level)
                    self._refuse(item)
        self.ledger.end(Level.FILES, State.USED)

    def _fail(self, error: IngestionError) -> None:
        records = self.ledger.counts().get(Level.RECORDS, {}).get("in", 0)
        reason = f"{error} ({records} records before it were kept)" if records else str(error)
        self._refuse(
            Refusal(
                level=Level.FILES,
                state=State.FAILED,
                where=self._source.id,
                reason=reason,
                line=getattr(error, "line", None),
            )
        )

    def _refuse(self, refusal: Refusal, repeats: str | None = None) -> None:
        self.ledger.end(refusal.level, refusal.state)
        refused = [Repeat(refusal, repeats)]
        sources.refuse(self._connection, self._study.id, self._source.id, refused)

    def _take_event(self, event: Event) -> None:
        self.ledger.arrive(Level.EVENTS)
        self.ledger.end(Level.EVENTS, State.USED)
        self._events.append(event)
        if len(self._events) >= _EVENTS:
            self._keep_events()

    def _keep_events(self) -> None:
        events.save(self._connection, self._study.id, self._events)
        self._means.progress(len(self._events))
        self._events = []

    def _take_document(self, document: Document) -> None:
        self.ledger.arrive(Level.RECORDS)
        match prepare(document, self._means.duplicates):
            case Repeated(refusal, earlier):
                self._refuse(refusal, repeats=earlier.partition("#")[0])
            case Refusal() as refusal:
                self._refuse(refusal)
            case prepared:
                self._take_prepared(prepared)

    def _take_prepared(self, prepared: Prepared) -> None:
        self.ledger.end(Level.RECORDS, State.USED)
        self.ledger.arrive(Level.TURNS, len(prepared.document.turns))
        for state, n in prepared.turns.items():
            self.ledger.end(Level.TURNS, state, n)
        self.masked.update(prepared.masked)
        self._batch.append(prepared)
        if sum(len(waiting.segments) for waiting in self._batch) >= _SEGMENTS:
            self._hand_in()

    def _hand_in(self) -> None:
        """Have the batch read, and file the batches that were handed in long before it."""
        if self._batch:
            segments = _segments(self._batch)
            self.ledger.arrive(Level.SEGMENTS, len(segments))
            self._reading.append((self._batch, self._study.desk.read(segments)))
            self._batch = []
        self._file_all_but(self._study.desk.in_flight)

    def _file_all_but(self, left: int) -> None:
        while len(self._reading) > left:
            batch, reading = self._reading.popleft()
            self._file(batch, reading.result())

    def _file(self, batch: Sequence[Prepared], read: Batch) -> None:
        """Keep a batch: its documents, segments, vectors, evidence and claims."""
        connection, study, source = self._connection, self._study.id, self._source.id
        segments = _segments(batch)
        barred = {id: state for prepared in batch for id, state in prepared.barred.items()}
        found = find(segments, read, barred)
        for state, n in found.states.items():
            self.ledger.end(Level.SEGMENTS, state, n)
        for step, counts in read.counts.items():
            self._counts[step].update(counts)
        for segment in segments:
            if reason := read.failed.get(segment.id):
                self._tell_failed(segment, reason)
        documents.save(connection, study, _heard(batch, read))
        evidence.save_segments(connection, study, source, segments, read.readings)
        evidence.save(connection, study, source, found.evidence)
        evidence.save_claims(connection, study, source, found.claims)
        self._index(_entries(study, source, segments, read.readings), read.vectors)
        self._means.progress(len(segments))

    def _tell_failed(self, segment: Segment, reason: str) -> None:
        """Keep why a segment was not read; `evidence.find` has counted it."""
        where = f"{segment.document_id}, characters {segment.span.start} to {segment.span.end}"
        refusal = Refusal(level=Level.SEGMENTS, state=State.FAILED, where=where, reason=reason)
        sources.refuse(self._connection, self._study.id, self._source.id, [Repeat(refusal)])

    def _index(self, entries: Sequence[Entry], vectors: Vectors) -> None:
        self._indexed()
        self._indexing = self._indexer.submit(self._study.index.add, entries, vectors)

    def _indexed(self) -> None:
        """Wait until the batch before is in the index."""
        if self._indexing:
            self._indexing.result()


def _masked(recognition: Recognition) -> Recognition:
    """A note may name the speakers: it is masked like what they say."""
    return recognition.model_copy(update={"note": mask(recognition.note)})


def _segments(batch: Sequence[Prepared]) -> list[Segment]:
    return [segment for prepared in batch for segment in prepared.segments]


def _heard(batch: Sequence[Prepared], read: Batch) -> list[Heard]:
    """Give each document of the batch the mean of its segments' vectors."""
    at, heard = 0, list[Heard]()
    for prepared in batch:
        end = at + len(prepared.segments)
        mean = read.vectors[at:end].mean(axis=0).astype(np.float16) if end > at else None
        heard.append(Heard(_noted(prepared), prepared.fingerprint, mean))
        at = end
    return heard


def _noted(prepared: Prepared) -> Document:
    """Note how an interviewee introduces themselves, and how a ticket was sent on to others."""
    document = prepared.document
    match document.kind:
        case DocumentKind.INTERVIEW:
            opening = (segment.text for segment in prepared.segments[:_INTRODUCTION])
            found = (wording.role(text, document.language) for text in opening)
            noted = {"role": next(filter(None, found), None)}
        case DocumentKind.TICKET:
            noted = {documents.REPLIED: next(filter(claims.may_send_on, _answers(document)), None)}
        case _:
            return document
    known = {name: value for name, value in noted.items() if value}
    return document.model_copy(update={"attributes": document.attributes | known})


def _answers(document: Document) -> Iterator[str]:
    """Give every sentence of the agents, in order."""
    for turn in document.turns:
        if turn.role is Role.AGENT:
            for begin, end in sentences.spans(turn.text, document.language):
                yield turn.text[begin:end]


def _entries(
    study: str, source: str, segments: Sequence[Segment], readings: Sequence[Reading]
) -> list[Entry]:
    return [
        Entry(
            segment.id,
            segment.text,
            {
                "study": study,
                "source": source,
                "document": segment.document_id,
                "speaker": segment.participant or "",
                "language": segment.language,
                "stage": reading.stage,
                "kinds": " ".join(reading.kinds),
                "valence": reading.valence,
            },
        )
        for segment, reading in zip(segments, readings, strict=True)
    ]
