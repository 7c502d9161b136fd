"""Have a model word summaries; a line that names no evidence is left out, and counted."""

import asyncio
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from assistant import asking, prompts
from assistant.errors import ModelError, OverBudget
from assistant.llm import Llm
from assistant.models import Piece
from assistant.summaries.models import BatchSummary, Forces, InterviewSummary, Line
from assistant.summaries.replies import BatchReply, InterviewReply, Said
from ingestion.screening import is_instruction

_DIGITS = re.compile(r"\d+")
_LONGEST = 240
_ROWS = 120
"""Sentences of an interview that a model is shown; the surest."""
_SECTIONS = ("shared", "differs", "new", "alone")
_FORCES = ("push", "pull", "anxiety", "habit")


class Worded(NamedTuple):
    """Summaries in a model's words.

    Attributes:
        counts: Lines taken over, by section; with "not" before it, those without evidence or with
            a number that it does not hold; failed, calls that came to nothing.
    """

    interviews: tuple[InterviewSummary, ...]
    batch: BatchSummary
    counts: Mapping[str, int] = MappingProxyType({})


async def word(
    interviews: Sequence[InterviewSummary],
    batch: BatchSummary,
    pieces: Mapping[str, Piece],
    llm: Llm,
    language: str = "en",
) -> Worded:
    """Have a model word summaries that were made of people's own sentences.

    What a reply leaves out, or a call that comes to nothing, leaves a section as it was.

    Args:
        interviews: As `read` gives them.
        batch: As `sum_up` gives it.
        pieces: The evidence by id.
        llm: Which model words them.
        language: The language of the batch's page; an interview's is its own.

    Raises:
        WrongEndpoint: No call to the endpoint would succeed.
    """
    page = _Page(pieces, llm)
    whole = asyncio.create_task(page.batch(batch, language))
    worded = await asyncio.gather(*(page.interview(each) for each in interviews))
    return Worded(tuple(worded), await whole, page.counts)


class _Page:
    """Asks for pages, and keeps the lines that evidence bears."""

    def __init__(self, pieces: Mapping[str, Piece], llm: Llm) -> None:
        self.counts = Counter[str]()
        self._pieces, self._llm = pieces, llm

    async def interview(self, known: InterviewSummary) -> InterviewSummary:
        said = [piece for piece in self._pieces.values() if piece.document == known.document]
        said = sorted(said, key=lambda piece: -piece.confidence)[:_ROWS]
        said.sort(key=lambda piece: piece.position)
        rows = _Rows()
        for piece in said:
            rows.add(f"{piece.stage}, {' '.join(piece.kinds)}: {piece.quote}", (piece.id,))
        if not rows.lines:
            return known
        prompt = prompts.load("summarise_interview")
        inputs = {"language": known.language, "rows": "\n".join(rows.lines)}
        try:
            reply = (await self._llm.ask(prompt, InterviewReply, **inputs)).value
        except (ModelError, OverBudget):
            self.counts["failed"] += 1
            return known
        return self._told(known, reply, rows)

    async def batch(self, known: BatchSummary, language: str) -> BatchSummary:
        rows = _Rows()
        for section in _SECTIONS:
            rows.lines.append(f"= {section}")
            for line in getattr(known, section):
                rows.add(f"{line.text} ({line.people})", line.evidence_ids, section)
        if not rows.of_mark:
            return known
        prompt = prompts.load("summarise_batch")
        inputs = {"language": language, "rows": "\n".join(rows.lines)}
        try:
            reply = (await self._llm.ask(prompt, BatchReply, **inputs)).value
        except (ModelError, OverBudget):
            self.counts["failed"] += 1
            return known
        told = {name: self._lines(name, getattr(reply, name), rows, name) for name in _SECTIONS}
        return known.model_copy(update={name: lines for name, lines in told.items() if lines})

    def _told(
        self, known: InterviewSummary, reply: InterviewReply, rows: "_Rows"
    ) -> InterviewSummary:
        told = {
            name: self._lines(name, getattr(reply, name), rows)
            for name in ("situation", "timeline", *_FORCES, "moments")
        }
        forces = {name: told.pop(name) or getattr(known.forces, name) for name in _FORCES}
        worded = {name: lines for name, lines in told.items() if lines}
        return known.model_copy(update=worded | {"forces": Forces(**forces)})

    def _lines(
        self, name: str, said: Iterable[Said], rows: "_Rows", section: str = ""
    ) -> tuple[Line, ...]:
        lines: list[Line] = []
        for each in said:
            line = self._line(each, rows, section)
            self.counts[name if line else f"not {name}"] += 1
            lines += [line] if line else []
        return tuple(lines)

    def _line(self, said: Said, rows: "_Rows", section: str) -> Line | None:
        """Make a line of what was said, if it is short and its evidence holds its numbers."""
        ids = rows.evidence(said.row_ids, section)
        told = [self._pieces[id] for id in ids if id in self._pieces]
        known = {number for piece in told for number in _DIGITS.findall(piece.quote)}
        text = " ".join(said.text.split())
        if not told or not 0 < len(text) <= _LONGEST or not set(_DIGITS.findall(text)) <= known:
            return None
        people = len({piece.person for piece in told})
        return Line(text=text, evidence_ids=ids, is_quote=False, people=people)


class _Rows:
    """Rows as a model is shown them, each with the evidence behind it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.of_mark: dict[str, tuple[str, tuple[str, ...]]] = {}

    def add(self, words: str, evidence_ids: tuple[str, ...], section: str = "") -> None:
        """Write a row down; what instructs its reader is left out."""
        if is_instruction(words.partition(": ")[2] or words):
            return
        said = asking.line(words)
        mark = asking.mark(len(self.lines) + 1, said)
        self.lines.append(f"[{mark}] {said}")
        self.of_mark[mark] = (section, evidence_ids)

    def evidence(self, ids: Iterable[str], section: str) -> tuple[str, ...]:
        """Give the evidence of the rows that ids name in a section."""
        named = (self.of_mark.get(asking.named(id)) for id in ids)
        found = (each[1] for each in named if each and each[0] == section)
        return tuple(dict.fromkeys(id for evidence_ids in found for id in evidence_ids))
