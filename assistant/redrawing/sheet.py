"""What a model is shown of a map: its rows by stage, its people, its gaps; each with an id."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from assistant import asking
from assistant.models import (
    Cell,
    Contradiction,
    CountedClaim,
    Draft,
    Gap,
    Persona,
    Piece,
    Stage,
    Theme,
)
from ingestion.screening import is_instruction

_THEMES = 60
_SENTENCES = 3
_LINES, _CHANGES = 2, 10
"""Goals, and actions, that a stage gets; changes that a map gets."""
_GAPS = 6
"""Gaps whose questions are worded: those about what somebody said before those about silence."""
_LONGEST = 160


class Row(NamedTuple):
    """A row, and the evidence that it stands for.

    Attributes:
        what: What the row shows; a gap, a persona and a contradiction have no evidence here.
    """

    what: Theme | Cell | Persona | Piece | Contradiction | Gap
    evidence_ids: tuple[str, ...] = ()


class Sheet:
    """A map written down."""

    def __init__(self, draft: Draft, pieces: Mapping[str, Piece]) -> None:
        self._lines: list[str] = []
        self._stages = 0
        self._rows: dict[str, Row] = {}
        self._quotes = {(piece.person, piece.quote): piece for piece in pieces.values()}
        self._write(draft)

    @property
    def text(self) -> str:
        """What the model is shown."""
        return "\n".join(self._lines)

    @property
    def most_of(self) -> Mapping[str, int]:
        """How many conclusions of each sort the rows can bear."""
        counted = Counter(type(row.what) for row in self._rows.values())
        lines = _LINES * self._stages
        return {
            "goals": lines,
            "actions": lines,
            "opportunities": min(counted[Theme], _CHANGES),
            "personas": counted[Persona],
            "explanations": counted[Contradiction],
            "questions": counted[Gap],
        }

    def row(self, id: str) -> Row | None:
        """Give the row that an id names."""
        return self._rows.get(asking.named(id))

    def rows(self, ids: list[str]) -> list[Row]:
        """Give the rows that ids name, each once; an id that names none is passed over."""
        named = {id: row for id in ids if (row := self.row(id))}
        return list(named.values())

    def _write(self, draft: Draft) -> None:
        themes = sorted(draft.themes, key=lambda theme: (-theme.priority, theme.id))[:_THEMES]
        for stage in draft.stages:
            told = list(_of_stage(stage, draft, themes))
            if told:
                self._stages += 1
                self._lines.append(f"= {stage.id}: {asking.line(stage.name)}")
            for row, words in told:
                self._add(row, words)
        for persona in draft.personas:
            self._add(Row(persona), f"group: {persona.name} ({len(persona.participants)})")
            for piece in self._said(persona):
                self._add(Row(piece, (piece.id,)), f"says: {piece.quote}")
        for found in draft.contradictions:
            self._add(Row(found), f"contradiction: {_claimed(found)} | {found.explanation}")
        for gap in sorted(draft.gaps, key=_is_about_silence)[:_GAPS]:
            self._add(Row(gap), f"gap: {gap.stage} {gap.row}, {gap.why} | {gap.question}")

    def _add(self, row: Row, words: str) -> None:
        """Write a row down; words that instruct their reader are left out."""
        if is_instruction(words.partition(": ")[2]):
            return
        said = asking.line(words)
        short = said if len(said) <= 2 * _LONGEST else said[: 2 * _LONGEST] + "…"
        mark = asking.mark(len(self._lines) + 1, short)
        self._lines.append(f"[{mark}] {short}")
        self._rows[mark] = row

    def _said(self, persona: Persona) -> Iterator[Piece]:
        """Find the sentences that a persona is shown by."""
        quotes = (*persona.goals[:1], *persona.pains[:_SENTENCES], *persona.objections[:1])
        for quote in dict.fromkeys(quotes):
            found = (self._quotes.get((person, quote)) for person in persona.participants)
            piece = next(filter(None, found), None)
            if piece:
                yield piece


def _of_stage(stage: Stage, draft: Draft, themes: list[Theme]) -> Iterator[tuple[Row, str]]:
    for theme in themes:
        if theme.stage == stage.id:
            yield Row(theme, theme.evidence_ids), f"{theme.kind}: {theme.title} ({theme.frequency})"
    for cell in draft.cells:
        if cell.stage == stage.id and cell.row != "touchpoints":
            yield Row(cell, cell.evidence_ids), f"{cell.row}: {cell.text}"


def _is_about_silence(gap: Gap) -> bool:
    return "“" not in gap.why


def _claimed(found: Contradiction) -> str:
    claim = found.claim
    return f"{claim.metric} {claim.value:g}" if isinstance(claim, CountedClaim) else claim.quote
