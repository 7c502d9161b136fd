"""What a map does not know, and the one open question that would tell."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.journey import wording
from assistant.journey.material import Material
from assistant.journey.personas import MIN_PEOPLE, MIN_PIECES, known
from assistant.models import Cell, Gap, Persona, Stage, StageCount
from ingestion.models import DocumentKind, Level

FEW = 3
"""Voices below which a stage cannot be told."""
_THIN_THEMES = 3
_UNHEARD_FROM = 5
"""Voices of a stage from which a persona's silence about it is worth a question."""
_TOLD = ("goals", "actions", "touchpoints")
_GROUPED = {"pain": "pains", "delight": "delights"}
_NOTHING = "no evidence"
_EVERYWHERE = 3
"""Stages from which a row that is empty at all of them is one gap of the whole study."""
_WHOLE = ""
"""The stage of a gap that concerns the whole study."""


class Drawn(NamedTuple):
    """The parts of a map that show what is missing from it."""

    counts: tuple[StageCount, ...]
    cells: tuple[Cell, ...]
    personas: tuple[Persona, ...]


class _Asking(NamedTuple):
    """Words a gap: what is missing, and the question in the study's language."""

    material: Material
    language: str

    def gap(self, stage: str, row: str, why: str, touchpoint: str | None = None) -> Gap:
        asked = wording.question(self.language, self._stage(stage), row, touchpoint)
        return Gap(stage=stage, row=row, why=why, question=asked)

    def whole(self, row: str, why: str, episode: str, asked: str) -> Gap:
        """Word a gap of the whole study, asking about an episode at a stage."""
        question = wording.question(self.language, self._stage(episode), asked)
        return Gap(stage=_WHOLE, row=row, why=why, question=question)

    def _stage(self, id: str) -> Stage:
        return next((stage for stage in self.material.stages if stage.id == id), _elsewhere(id))


def find(material: Material, drawn: Drawn, language: str) -> tuple[Gap, ...]:
    """List what the map does not know, by stage, then what concerns the study as a whole.

    The questions are asked in `language`, the main one of the study.

    Returns:
        Gaps whose row is a row of the map, or stage, sources, personas, scores or say_vs_do. The
        stage is "" where the gap concerns the whole study. Questions are about a past episode.
    """
    asking = _Asking(material, language)
    filled = _filled(drawn.cells, material)
    by_stage = [gap for count in drawn.counts for gap in _of_stage(asking, count, filled)]
    return (
        *_joined(asking, by_stage, drawn.counts),
        *_thin_themes(asking),
        *_unheard(asking, drawn),
        *_of_study(asking, drawn),
    )


def _elsewhere(id: str) -> Stage:
    return Stage(id=id, name=id)


def _filled(cells: Sequence[Cell], material: Material) -> set[tuple[str, str]]:
    told = {(cell.stage, str(cell.row)) for cell in cells}
    return told | {(t.stage, _GROUPED[t.kind]) for t in material.themes if t.kind in _GROUPED}


def _of_stage(asking: _Asking, count: StageCount, filled: set[tuple[str, str]]) -> Iterator[Gap]:
    if count.voices == 0:
        yield asking.gap(count.stage, "stage", _NOTHING)
        return
    if count.voices < FEW:
        yield asking.gap(count.stage, "emotion", f"{_voices(count.voices)}: too few to say")
    elif len(count.kinds) == 1:
        yield asking.gap(count.stage, "sources", f"known from {_plural(count.kinds[0])} only")
    for row in (*_TOLD, *_GROUPED.values()):
        if (count.stage, row) not in filled:
            yield asking.gap(count.stage, row, _NOTHING)


def _joined(asking: _Asking, gaps: Sequence[Gap], counts: Sequence[StageCount]) -> Iterator[Gap]:
    """Say once what is missing at every stage that is spoken of, and ask where most is told."""
    heard = [count for count in counts if count.voices]
    empty = Counter(gap.row for gap in gaps if gap.why == _NOTHING and gap.row != "stage")
    nowhere = {row for row, n in empty.items() if n == len(heard) >= _EVERYWHERE}
    yield from (gap for gap in gaps if gap.row not in nowhere or gap.why != _NOTHING)
    busiest = max(heard, key=lambda count: count.voices, default=None)
    for row in sorted(nowhere):
        if busiest:
            yield asking.whole(row, f"{_NOTHING} at any stage", busiest.stage, row)


def _thin_themes(asking: _Asking) -> Iterator[Gap]:
    """Ask about the weightiest pains that one kind of source alone tells of."""
    pains = [theme for theme in asking.material.themes if theme.kind == "pain"]
    pains.sort(key=lambda theme: (-theme.priority, theme.id))
    for theme in pains[:_THIN_THEMES]:
        if len(theme.sources) == 1:
            kind = _plural(DocumentKind(next(iter(theme.sources))))
            why = f"“{theme.title}” is known from {kind} only"
            yield asking.gap(theme.stage, "pains", why, theme.touchpoint)


def _unheard(asking: _Asking, drawn: Drawn) -> Iterator[Gap]:
    """Ask each persona about the busiest stage none of its people speak of."""
    heard: dict[str, set[str]] = defaultdict(set)
    for piece in asking.material.pieces:
        heard[piece.person].add(piece.stage)
    busiest = sorted(drawn.counts, key=lambda count: -count.voices)
    for persona in drawn.personas:
        known = set[str]().union(*(heard[person] for person in persona.participants))
        silent = [c for c in busiest if c.stage not in known and c.voices >= _UNHEARD_FROM]
        if silent:
            why = f"nobody of “{persona.name}” speaks of this stage"
            yield asking.gap(silent[0].stage, "personas", why)


def _of_study(asking: _Asking, drawn: Drawn) -> Iterator[Gap]:
    busiest = max(drawn.counts, key=lambda count: count.voices).stage if drawn.counts else _WHOLE
    for kind in DocumentKind:
        if not _is_there(kind, asking.material):
            row = "say_vs_do" if kind is DocumentKind.EVENTS else "sources"
            asked = "actions" if kind is DocumentKind.EVENTS else "stage"
            yield asking.whole(row, f"no {_plural(kind)} in the study", busiest, asked)
    if why := _undivided(len(known(asking.material.pieces)), drawn.personas):
        yield asking.whole("personas", why, busiest, "goals")
    if silent := asking.material.silent_scores:
        why = f"{silent} {'score' if silent == 1 else 'scores'} without a word of why"
        yield asking.whole("scores", why, busiest, "scores")


def _is_there(kind: DocumentKind, material: Material) -> bool:
    """Tell whether a study holds a kind of source; events have no voices, but are counted."""
    counted = bool(material.funnel) or material.ledger.get(Level.EVENTS, {}).get("in", 0) > 0
    return bool(material.voices.get(kind)) or (kind is DocumentKind.EVENTS and counted)


def _undivided(people: int, personas: Sequence[Persona]) -> str:
    """Say which of the people who were asked are in no persona, and why; "" where all are."""
    if people < MIN_PEOPLE:
        return (
            f"no groups of people could be told apart: that takes {MIN_PEOPLE} people who were "
            f"asked, with {MIN_PIECES} pieces of evidence each"
        )
    if not personas:
        return f"the {people} people who were asked do not differ enough to be told apart"
    alone = people - sum(len(persona.participants) for persona in personas)
    return f"{alone} of the {people} people who were asked are like no group" if alone > 0 else ""


def _voices(n: int) -> str:
    return "1 voice" if n == 1 else f"{n} voices"


def _plural(kind: DocumentKind) -> str:
    return kind.value if kind is DocumentKind.EVENTS else f"{kind.value}s"
