"""A desk where a language model reads, and local models give vectors, contexts and claims."""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future
from enum import StrEnum

from assistant.asking import LoopThread
from assistant.finding.finder import Finder, Plan
from assistant.finding.triage import informative
from assistant.models import Reading
from assistant.reading import Batch, Desk
from ingestion.embedding import Vectors
from ingestion.models import Segment

_BLOCK = 256


class Reads(StrEnum):
    """Which sentences a model reads: every one, or those that are not filler."""

    ALL = "all"
    INFORMATIVE = "informative"


class LlmDesk:
    """Reads as `Desk` says; what a model finds takes the place of what the local models find."""

    def __init__(self, local: Desk, finder: Finder, loop: LoopThread, reads: Reads) -> None:
        """Read with `finder`, in `loop`, what `local` has read before."""
        self.version = f"{finder.reader} {reads} over {local.version}"
        self.in_flight = local.in_flight
        self._local, self._finder, self._loop, self._reads = local, finder, loop, reads

    def read(self, segments: Sequence[Segment]) -> Future[Batch]:
        """Hand in a batch: segments in document order, whole documents together."""
        return self._loop.start(self._read(segments, self._local.read(segments)))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give each text its vector, in order, and wait for it."""
        return self._local.embed(texts)

    def prefetch(self, segments: Iterable[Segment]) -> None:
        """Ask about many sources' segments at once, so that `read` finds every answer kept.

        Calls are fullest and run side by side when they are made over all sources together.

        Raises:
            WrongEndpoint: No call to the endpoint would succeed.
        """
        self._loop.run(self._finder.read(list(self._chosen(segments))))

    def plan(self, segments: Iterable[Segment]) -> Plan:
        """Tell what `prefetch` would take."""
        return self._finder.plan(list(self._chosen(segments)))

    async def _read(self, segments: Sequence[Segment], local: Future[Batch]) -> Batch:
        batch = await asyncio.wrap_future(local)
        chosen = self._of(segments, batch)
        found = await self._finder.read(chosen)
        readings = tuple(
            found.findings[segment.id].onto(reading)
            if segment.id in found.findings
            else _nothing(reading)
            for segment, reading in zip(segments, batch.readings, strict=True)
        )
        return batch._replace(readings=readings, failed=found.failed)

    def _chosen(self, segments: Iterable[Segment]) -> Iterator[Segment]:
        """Choose what the model reads, a block at a time."""
        if self._reads is Reads.ALL:
            yield from segments
            return
        for block in _whole_documents(segments):
            yield from informative(block, self._local.read(block).result())

    def _of(self, segments: Sequence[Segment], batch: Batch) -> list[Segment]:
        if self._reads is Reads.ALL:
            return list(segments)
        return list(informative(segments, batch))


def _nothing(reading: Reading) -> Reading:
    return reading._replace(kinds=())


def _whole_documents(segments: Iterable[Segment]) -> Iterator[list[Segment]]:
    """Give blocks of some hundred segments that end where a document ends."""
    block: list[Segment] = []
    for segment in segments:
        if len(block) >= _BLOCK and segment.document_id != block[-1].document_id:
            yield block
            block = []
        block.append(segment)
    if block:
        yield block
