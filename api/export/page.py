"""What stands on the page: the rows of the map, cell by cell, strongest first."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from api.export import words
from api.export.claims import cell_id, gap_id, strength
from api.export.study import Study
from api.export.words import ROWS, WORDS
from assistant.models import Cell as Line
from assistant.models import Contradiction, CountedClaim, Opportunity, Stage, Theme

Look = Literal["claim", "quote", "chip", "pain", "delight", "opportunity", "gap"]

_WIDTHS = {"claim": 40, "quote": 42, "chip": 16, "pain": 44, "delight": 36, "opportunity": 42}
_SHOWN = {"goals": 1, "actions": 1, "touchpoints": 2, "say_vs_do": 1, "pains": 2}


@dataclass(frozen=True, kw_only=True)
class Item:
    """One claim on the map, a button that opens its evidence.

    Attributes:
        claim: The id under which the script finds what to open.
        whole: What it says; a narrow cell shows the first `width` letters of it.
        name: What a screen reader says.
    """

    claim: str
    look: Look
    whole: str
    width: int = 60
    name: str
    voices: int = 0
    strength: int = 0
    severity: int = 0
    share: str = ""
    kinds: tuple[str, ...] = ()
    is_contested: bool = False
    impact: int = 0
    effort: int = 0
    says: str = ""
    is_quoted: bool = False
    does: str = ""


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A row below one stage.

    Attributes:
        shown: How many of the items stand there before "+n more" is opened.
        unknown: The claim to open where nothing is known and a question is drafted.
        note: What stands in place of items where their lack is itself a result.
    """

    stage: Stage
    items: tuple[Item, ...]
    shown: int
    unknown: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of the map, one cell for each stage."""

    id: str
    title: str
    icon: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, kw_only=True)
class Head:
    """A stage, how many voices it has, and which of the kinds of source they come from."""

    stage: Stage
    voices: int
    kinds: tuple[str, ...]


def heads(study: Study) -> tuple[Head, ...]:
    """Head each stage with its voices."""
    counts = {count.stage: count for count in study.draft.stage_counts}
    curve = {point.stage: point.n for point in study.draft.emotion_curve}
    return tuple(
        Head(
            stage=stage,
            voices=counts[stage.id].voices if stage.id in counts else curve.get(stage.id, 0),
            kinds=tuple(counts[stage.id].kinds) if stage.id in counts else (),
        )
        for stage in study.draft.stages
    )


def rows(study: Study) -> dict[str, Row]:
    """Fill every row but the emotion's, by id."""
    return {row: _row(study, row) for row in ROWS if row != "emotion"}


def _row(study: Study, row: str) -> Row:
    title, icon = ROWS[row]
    cells = tuple(_cell(study, row, stage) for stage in study.draft.stages)
    return Row(id=row, title=title, icon=icon, cells=cells)


def _cell(study: Study, row: str, stage: Stage) -> Cell:
    items = tuple(_ITEMS[row](study, row, stage.id))
    note, unknown = "", ""
    if not items and row == "say_vs_do":
        note = WORDS["none_found"] if study.is_counted else WORDS["no_events"]
    elif not items and row == "opportunities":
        note = WORDS["none_proposed"]
    elif not items:
        unknown = _unknown(study, row, stage.id)
    return Cell(stage=stage, items=items, shown=_SHOWN.get(row, 1), unknown=unknown, note=note)


def _unknown(study: Study, row: str, stage: str) -> str:
    """Find the claim that says why a cell is empty: its own, else that of the whole stage."""
    asked = {(gap.stage, gap.row) for gap in study.draft.gaps}
    return next((gap_id(stage, of) for of in (row, "stage") if (stage, of) in asked), "")


def unknown(filled: dict[str, Row]) -> int:
    """Count the cells that hold nothing and say so."""
    return sum(not cell.items and not cell.note for row in filled.values() for cell in row.cells)


def _lines(study: Study, row: str, stage: str) -> Iterator[Item]:
    lines = [
        (at, line)
        for at, line in enumerate(study.draft.cells)
        if (line.stage, line.row) == (stage, row)
    ]
    for at, line in sorted(lines, key=lambda place: -place[1].frequency):
        yield _line(study, cell_id(at), line)


def _line(study: Study, claim: str, line: Line) -> Item:
    look: Look = "quote" if line.is_quote else "chip" if line.row == "touchpoints" else "claim"
    mark = strength(study.kinds(line.evidence_ids))
    return Item(
        claim=claim,
        look=look,
        whole=line.text,
        width=_WIDTHS[look],
        name=_name(line.text, _mark(line.frequency, mark)),
        voices=line.frequency,
        strength=mark,
    )


def _themes(kind: str) -> Callable[[Study, str, str], Iterator[Item]]:
    def fill(study: Study, _row: str, stage: str) -> Iterator[Item]:
        themes = (one for one in study.draft.themes if (one.kind, one.stage) == (kind, stage))
        return (theme_item(study, one) for one in sorted(themes, key=lambda one: -one.priority))

    return fill


def theme_item(study: Study, theme: Theme) -> Item:
    """Show a pain or a delight as a card."""
    look: Look = "pain" if theme.kind == "pain" else "delight"
    kinds = study.kinds_of(theme)
    severity, share = block(theme.severity), _share(study, theme.frequency)
    said = [words.SEVERITIES[severity - 1]] if look == "pain" else []
    said += [WORDS["contested"]] if theme.standing == "contested" else []
    said += [f"{share} · {_mark(theme.frequency, strength(kinds))}", ", ".join(kinds)]
    return Item(
        claim=theme.id,
        look=look,
        whole=theme.title,
        width=_WIDTHS[look],
        name=_name(theme.title, *said),
        voices=theme.frequency,
        strength=strength(kinds),
        severity=severity,
        share=share,
        kinds=kinds,
        is_contested=theme.standing == "contested",
    )


def _opportunities(study: Study, _row: str, stage: str) -> Iterator[Item]:
    ours = (one for one in study.draft.opportunities if _stage_of(study, one) == stage)
    ranked = sorted(ours, key=lambda one: (one.effort - one.impact, -one.impact))
    return (_opportunity(one) for one in ranked)


def _stage_of(study: Study, opportunity: Opportunity) -> str | None:
    """Place an opportunity: at its own stage, else that of the first pain it would remove."""
    stages = [study.themes[one].stage for one in opportunity.theme_ids if one in study.themes]
    return opportunity.stage or next(iter(stages), None)


def _opportunity(opportunity: Opportunity) -> Item:
    impact = WORDS["impact_of"].format(n=opportunity.impact)
    effort = WORDS["effort_of"].format(n=opportunity.effort)
    return Item(
        claim=opportunity.id,
        look="opportunity",
        whole=opportunity.title,
        width=_WIDTHS["opportunity"],
        name=_name(opportunity.title, impact, effort),
        impact=opportunity.impact,
        effort=opportunity.effort,
    )


def _gaps(study: Study, _row: str, stage: str | None) -> Iterator[Item]:
    ours = (one for one in study.draft.contradictions if one.stage == (stage or None))
    return (gap_item(one) for one in ours)


def gap_item(contradiction: Contradiction) -> Item:
    """Show what people say beside what they do."""
    said, done = contradiction.claim, contradiction.behaviour
    is_counted = isinstance(said, CountedClaim)
    says = f"{words.number(said.value)} · {said.metric}" if is_counted else said.quote
    does = f"{words.number(done.value)} · {done.metric}"
    return Item(
        claim=contradiction.id,
        look="gap",
        whole=contradiction.explanation,
        name=_name(f"{WORDS['says']} {says.rstrip('.')}", f"{WORDS['does']} {does}"),
        says=says,
        is_quoted=not is_counted,
        does=does,
    )


def loose(study: Study) -> tuple[Item, ...]:
    """Show what is not tied to one stage: contradictions and opportunities."""
    stages = {stage.id for stage in study.draft.stages}
    gaps = (gap_item(one) for one in study.draft.contradictions if one.stage not in stages)
    rest = (one for one in study.draft.opportunities if _stage_of(study, one) not in stages)
    return (*gaps, *map(_opportunity, rest))


def block(severity: float) -> int:
    """Put a severity from 1 to 5 into one of the four blocks of a card."""
    return min(max(int(severity), 1), 4)


def _mark(voices: int, mark: int) -> str:
    return f"{words.count('voices', voices)}, {words.STRENGTHS[mark]}"


def _share(study: Study, frequency: int) -> str:
    """Say what part of all voices; nothing where the page does not know them all."""
    people = study.people
    return words.share(frequency, people) if 0 < frequency <= people else ""


def _name(*parts: str) -> str:
    return ". ".join(part.removesuffix(".") for part in parts if part)


_ITEMS: dict[str, Callable[[Study, str, str], Iterable[Item]]] = {
    "goals": _lines,
    "actions": _lines,
    "touchpoints": _lines,
    "say_vs_do": _gaps,
    "pains": _themes("pain"),
    "delights": _themes("delight"),
    "opportunities": _opportunities,
}
