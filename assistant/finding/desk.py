"""A desk where a language model reads, and local models give vectors, contexts and claims."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from enum import StrEnum
from typing import NamedTuple

from assistant.asking import LoopThread
from assistant.checking import Checked, Checker, Verdict, after
from assistant.finding.finder import Finder, Found, Plan
from assistant.finding.reply import Finding
from assistant.finding.screened import sayable
from assistant.finding.triage import unsure
from assistant.models import Reading
from assistant.reading import Batch, Desk
from ingestion.embedding import Vectors
from ingestion.models import Segment, SegmentId

_BLOCK = 256


class Reads(StrEnum):
    """Which sentences a model reads: every one, or those that local models are unsure of."""

    ALL = "all"
    INFORMATIVE = "informative"


class Models(NamedTuple):
    """What asks models: one finds, one checks what was found; without it nothing is checked."""

    finder: Finder
    checker: Checker | None = None


class LlmDesk:
    """Reads as `Desk` says; what a model finds takes the place of what the local models find."""

    def __init__(self, local: Desk, models: Models, loop: LoopThread, reads: Reads) -> None:
        """Read with `models`, in `loop`, what `local` has read before."""
        self._local, self._loop, self._reads = local, loop, reads
        self._finder, self._checker = models
        checked = f", {self._checker.checker}" if self._checker else ""
        self.version = f"{self._finder.reader}{checked}, {reads} over {local.version}"
        self.space = local.space
        self.in_flight = local.in_flight
        self._is_read: dict[str, bool] = {}

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
        self._loop.run(self._find(list(self._chosen(segments))))

    def plan(self, segments: Iterable[Segment]) -> Plan:
        """Tell what `prefetch` would take; what checking takes is a guess."""
        plan = self._finder.plan(list(self._chosen(segments)))
        if self._checker is None:
            return plan
        calls, tokens_in, tokens_out = self._checker.guess(plan.tokens_in, plan.tokens_out)
        return Plan(
            plan.segments,
            plan.calls + calls,
            plan.tokens_in + tokens_in,
            plan.tokens_out + tokens_out,
        )

    async def _read(self, segments: Sequence[Segment], local: Future[Batch]) -> Batch:
        batch = await asyncio.wrap_future(local)
        chosen = self._of(segments, batch)
        found, verdicts = await self._find(chosen)
        asked = {segment.id for segment in chosen}
        readings = tuple(
            _told(found.findings.get(segment.id), verdicts.get(segment.id, Verdict.OPEN), reading)
            if segment.id in asked
            else reading
            for segment, reading in zip(segments, batch.readings, strict=True)
        )
        counts = {"find": _counted(found), "check": Counter(map(str, verdicts.values()))}
        return batch._replace(readings=readings, failed=found.failed, counts=counts)

    async def _find(self, chosen: Sequence[Segment]) -> tuple[Found, Mapping[SegmentId, Verdict]]:
        """Ask what segments show, and then whether they do."""
        found = await self._finder.read(chosen)
        if self._checker is None:
            return found, {}
        kinds = {id: finding.kinds for id, finding in found.findings.items()}
        told = [Checked(each, kinds[each.id]) for each in chosen if each.id in kinds]
        return found, await self._checker.check(told)

    def _chosen(self, segments: Iterable[Segment]) -> Iterator[Segment]:
        """Choose what the model reads, a block at a time."""
        for block in _whole_documents(segments):
            if any(segment.id not in self._is_read for segment in block):
                chosen = {each.id for each in self._of(block, self._local.read(block).result())}
                self._is_read |= {segment.id: segment.id in chosen for segment in block}
            yield from (segment for segment in block if self._is_read[segment.id])

    def _of(self, segments: Sequence[Segment], batch: Batch) -> list[Segment]:
        """Choose what the model reads of a batch."""
        said = [each for each in sayable(segments) if each.id not in batch.instructing]
        if self._reads is Reads.ALL:
            return said
        worth = {segment.id for segment in unsure(segments, batch)}
        return [segment for segment in said if segment.id in worth]


def _counted(found: Found) -> Counter[str]:
    counts = Counter(found=len(found.findings), failed=len(found.failed))
    counts.update(found.refused)
    return +counts


def _told(finding: Finding | None, verdict: Verdict, local: Reading) -> Reading:
    """Give what models made of a sentence; what is not reported shows nothing."""
    return after(verdict, finding.onto(local)) if finding else local._replace(kinds=())


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
