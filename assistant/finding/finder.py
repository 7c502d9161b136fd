"""Ask a model what sentences show, many at a time; take only answers that name a row."""

import asyncio
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from assistant import asking, prompts
from assistant.asking import Notes
from assistant.asking.halving import joined
from assistant.errors import MalformedReply
from assistant.finding import layout
from assistant.finding.reply import Finding, Findings
from assistant.finding.screened import sayable
from assistant.llm import Llm
from assistant.llm.tokens import of as tokens_of
from ingestion.models import Segment, SegmentId, digest

PROMPT = "find_evidence"
_PER_FINDING = 45
"""Tokens that a finding takes in a reply."""
_FOUND = 0.5
"""Share of the rows that show something, usually."""
_SCHEMA = 250
_KEPT = "kept"
_ABSENT, _AGAIN = "no such row", "again"
_COUNTED, _MOST_LOST = 8, 0.5
"""So few rows every model can count; and the share of findings that may be of none."""


class Found(NamedTuple):
    """What a model made of segments.

    Attributes:
        findings: What the segments show that show something, by id.
        failed: Segments that got no answer, by id, with the reason.
        refused: What was reported and not taken, by reason: each call's stands with its first row.
    """

    findings: Mapping[SegmentId, Finding]
    failed: Mapping[str, str]
    refused: Mapping[str, int] = {}


class Plan(NamedTuple):
    """What reading would take: the segments that are not known yet, in calls and tokens.

    Attributes:
        tokens_out: A guess, from what readings usually take.
    """

    segments: int
    calls: int
    tokens_in: int
    tokens_out: int


class Finder:
    """Reads segments with a model.

    Attributes:
        reader: Names the model and the version of the prompt.
        counts: Findings that were kept, and those that were refused, by reason.
    """

    def __init__(self, llm: Llm, kept: Notes, model: str, budget: int = layout.BUDGET) -> None:
        """Read with `llm`, which asks `model`; what it makes of segments goes into `kept`."""
        self._llm, self._notes, self._budget = llm, kept, budget
        self._prompt = prompts.load(PROMPT)
        self._count = tokens_of(model).count
        self.reader = f"{model} {self._prompt}"
        self.counts = Counter[str]()

    async def read(self, segments: Sequence[Segment]) -> Found:
        """Ask about the segments that are not known yet; an instruction is never sent.

        Raises:
            WrongEndpoint: No call to the endpoint would succeed.
        """
        told, calls = self._sorted(segments)
        asked = joined(await asyncio.gather(*(asking.ask(call, self._ask) for call in calls)))
        for _, answered in asked.told:
            told |= answered
        findings = {id: Finding.model_validate_json(note) for id, note in told.items() if note}
        failed: dict[str, str] = {segment.id: reason for segment, reason in asked.failed}
        return Found(findings, failed, self._refused(segments))

    def plan(self, segments: Sequence[Segment]) -> Plan:
        """Tell what reading these segments would take."""
        _, calls = self._sorted(segments)
        fixed = self._count(self._prompt.system) + self._count(self._prompt.user) + _SCHEMA
        n = sum(map(len, calls))
        tokens_in = sum(fixed + self._count(layout.render(call)) for call in calls)
        return Plan(n, len(calls), tokens_in, round(n * _FOUND * _PER_FINDING))

    def _sorted(
        self, segments: Sequence[Segment]
    ) -> tuple[dict[SegmentId, str], list[Sequence[Segment]]]:
        """Give the notes on the segments that are known, and the calls to make about the others."""
        keys = {segment.id: _key(segment, self.reader) for segment in segments}
        kept = self._notes.find(list(keys.values()))
        told = {id: kept[key] for id, key in keys.items() if key in kept}
        new = [each for each in sayable(segments) if each.id not in told]
        return told, layout.packs(new, self._count, self._budget)

    async def _ask(self, packed: Sequence[Segment]) -> dict[SegmentId, str]:
        """Ask about a pack, and keep what was told of each of its segments."""
        kind, rows = packed[0].kind, layout.render(packed)
        answer = await self._llm.ask(self._prompt, Findings, kind=kind, rows=rows)
        accepted, verdicts = self._accepted(packed, answer.value)
        _refuse_miscounted(packed, verdicts)
        self.counts.update(verdicts)
        told = {segment.id: accepted.get(segment.id, "") for segment in packed}
        notes = {_key(segment, self.reader): told[segment.id] for segment in packed}
        refused = {reason: n for reason, n in verdicts.items() if reason != _KEPT}
        self._notes.keep(notes | {self._refusals_key(packed[0]): json.dumps(refused)})
        return told

    def _refused(self, segments: Sequence[Segment]) -> Mapping[str, int]:
        """Add up what was refused in the calls that begin with one of these segments."""
        kept = self._notes.find([self._refusals_key(segment) for segment in segments])
        refused = Counter[str]()
        for note in kept.values():
            refused.update(json.loads(note))
        return refused

    def _refusals_key(self, first: Segment) -> str:
        return _key(first, f"{self.reader} refused")

    def _accepted(
        self, packed: Sequence[Segment], reply: Findings
    ) -> tuple[dict[SegmentId, str], Counter[str]]:
        """Take the first finding of each row that holds what it claims, and count them all."""
        rows = {
            asking.mark(at, segment.text): segment for at, segment in enumerate(packed, start=1)
        }
        accepted: dict[SegmentId, str] = {}
        verdicts = Counter[str]()
        for finding in reply.found:
            row = rows.get(asking.named(finding.id))
            verdict = _verdict(finding, row, accepted)
            verdicts[verdict] += 1
            if row is not None and verdict == _KEPT:
                accepted[row.id] = finding.model_dump_json(exclude={"quote"})
        return accepted, verdicts


def _refuse_miscounted(packed: Sequence[Segment], verdicts: Mapping[str, int]) -> None:
    """Refuse a reply that names much that is not there: small models lose count of many rows.

    A row may be named twice, where it shows two things; more often, and the model goes in circles.

    Raises:
        MalformedReply: So that the rows are asked about again, fewer at a time.
    """
    circling = max(0, verdicts.get(_AGAIN, 0) - verdicts.get(_KEPT, 0))
    lost = verdicts.get(_ABSENT, 0) + circling
    if len(packed) > _COUNTED and lost > _MOST_LOST * sum(verdicts.values()):
        raise MalformedReply(f"{lost} findings are of rows that are not there, or there once")


def _verdict(finding: Finding, row: Segment | None, accepted: Collection[SegmentId]) -> str:
    """Tell whether a finding is kept, or why not."""
    if row is None:
        return _ABSENT
    if row.id in accepted:
        return _AGAIN
    return _KEPT if finding.is_said(row) else "not said"


def _key(segment: Segment, reader: str) -> str:
    """Name a sentence, in its context, as `reader` reads it: a model and a version of a prompt."""
    words = (segment.title, segment.asked, segment.before, segment.text, segment.after)
    return digest(reader, segment.kind, str(segment.rating), *words)
