"""Have a second call judge what a first one found, by the sentence alone."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from math import ceil
from typing import NamedTuple

from assistant import asking, prompts
from assistant.asking import Notes, Terse
from assistant.asking.halving import joined
from assistant.llm import Llm
from assistant.llm.tokens import of as tokens_of
from assistant.models import EvidenceKind, Reading
from ingestion.models import Segment, SegmentId, digest
from ingestion.screening import is_instruction

PROMPT = "check_support"
CHECKED = (EvidenceKind.OPPORTUNITY, EvidenceKind.PAIN, EvidenceKind.DELIGHT)
"""The kinds that carry a map, in the order in which one of them stands for a sentence."""
_BUDGET = 2_400
_JUDGED, _PER_VERDICT, _SCHEMA = 0.5, 0.1, 110
"""The share of what was read that is found and judged; a verdict beside a finding, in tokens."""
_PARTLY = 0.6
"""What is left of the confidence in a reading that a sentence bears out in part."""


class Verdict(StrEnum):
    """Whether a sentence shows what it was read as; open where no answer came."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    OPEN = "open"


class Checked(NamedTuple):
    """A segment, and the kinds it was read as."""

    segment: Segment
    kinds: tuple[EvidenceKind, ...]

    @property
    def kind(self) -> EvidenceKind | None:
        """The kind that is checked."""
        return next((kind for kind in CHECKED if kind in self.kinds), None)


def after(verdict: Verdict, reading: Reading) -> Reading:
    """Give the reading that a verdict leaves: less sure, or without the kind that is not shown."""
    if verdict is Verdict.PARTLY:
        return reading._replace(confidence=round(reading.confidence * _PARTLY, 3))
    if verdict is Verdict.NO:
        judged = next((kind for kind in CHECKED if kind in reading.kinds), None)
        return reading._replace(kinds=tuple(kind for kind in reading.kinds if kind != judged))
    return reading


class Support(Terse):
    """Every row that was shown, by its id, in one of three lists."""

    yes_ids: list[str]
    partly_ids: list[str]
    no_ids: list[str]


class Checker:
    """Checks readings with a model.

    Attributes:
        counts: Verdicts on the segments that a model was asked about.
    """

    def __init__(self, llm: Llm, kept: Notes, model: str) -> None:
        """Check with `llm`, which asks `model`; its verdicts go into `kept`."""
        self._llm, self._notes = llm, kept
        self._prompt = prompts.load(PROMPT)
        self._count = tokens_of(model).count
        self.checker = f"{model} {self._prompt}"
        self.counts = Counter[Verdict]()

    async def check(self, read: Sequence[Checked]) -> Mapping[SegmentId, Verdict]:
        """Judge what was read in each segment; a kind that carries no map is not judged.

        What a reply does not name, and what gets no reply, is left open and stays as it was read;
        only what got no reply is asked about again.

        Raises:
            WrongEndpoint: No call to the endpoint would succeed.
        """
        judged = [it for it in read if it.kind and not is_instruction(it.segment.text)]
        keys = {item.segment.id: self._key(item) for item in judged}
        kept = self._notes.find(list(keys.values()))
        verdicts = {id: Verdict(kept[key]) for id, key in keys.items() if key in kept}
        new = [item for item in judged if item.segment.id not in verdicts]
        sizes = [self._count(_row(item)) + 5 for item in new]
        calls = asking.pack(new, sizes, _BUDGET)
        asked = joined(await asyncio.gather(*(asking.ask(call, self._ask) for call in calls)))
        verdicts |= {item.segment.id: Verdict.OPEN for item, _ in asked.failed}
        for _, told in asked.told:
            verdicts |= told
        self.counts.update(verdicts.values())
        return verdicts

    def guess(self, tokens_in: int, tokens_out: int) -> tuple[int, int, int]:
        """Guess the calls and tokens that checking takes, from what finding takes."""
        rows = tokens_in * _JUDGED
        calls = ceil(rows / _BUDGET)
        fixed = self._count(self._prompt.system) + _SCHEMA
        return calls, round(rows) + calls * fixed, round(tokens_out * _PER_VERDICT)

    async def _ask(self, items: Sequence[Checked]) -> dict[SegmentId, Verdict]:
        texts = [_row(item) for item in items]
        answer = await self._llm.ask(self._prompt, Support, rows=asking.rows(texts))
        said = _said(answer.value)
        marks = [asking.mark(at, text) for at, text in enumerate(texts, start=1)]
        verdicts = [said.get(mark, Verdict.OPEN) for mark in marks]
        pairs = list(zip(items, verdicts, strict=True))
        self._notes.keep({self._key(item): verdict for item, verdict in pairs})
        return {item.segment.id: verdict for item, verdict in pairs}

    def _key(self, item: Checked) -> str:
        return digest(self.checker, _row(item))


def _row(item: Checked) -> str:
    return f"{item.kind} | {asking.line(item.segment.text)}"


def _said(support: Support) -> dict[str, Verdict]:
    """Give the verdict on each id; what is in several lists is not settled: it shows it partly."""
    lists = (
        (Verdict.YES, support.yes_ids),
        (Verdict.PARTLY, support.partly_ids),
        (Verdict.NO, support.no_ids),
    )
    verdicts: dict[str, Verdict] = {}
    for verdict, ids in lists:
        for id in set(map(asking.named, ids)):
            verdicts[id] = Verdict.PARTLY if id in verdicts else verdict
    return verdicts
