"""Groups of evidence while they change, and the themes that they become.

Every change keeps each piece in exactly one group: what a model does not say, stays.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.models import Piece, Theme
from assistant.themes import KINDS, weighing
from assistant.themes.weighing import Costs
from ingestion.models import digest

Kind = Literal["pain", "delight", "opportunity"]


@dataclass
class Group:
    """What tells of one thing.

    Attributes:
        ids: Its evidence, the most central first; empty once another group took it over.
        counter: Evidence of the opposite about the same moment.
        theme: The theme it was, None for a new one.
    """

    kind: Kind
    title: str
    ids: list[str]
    counter: tuple[str, ...] = ()
    theme: Theme | None = None

    def take(self, other: "Group") -> None:
        """Take over everything of another group."""
        self.ids += [id for id in other.ids if id not in self.ids]
        self.counter = tuple(dict.fromkeys(self.counter + other.counter))
        other.ids = []

    def give(self, id: str, other: "Group") -> None:
        """Hand a piece to another group."""
        self.ids.remove(id)
        other.ids.append(id)


def of(themes: Sequence[Theme]) -> list[Group]:
    """Make groups of themes."""
    return [
        Group(theme.kind, theme.title, list(theme.evidence_ids), theme.counter_evidence_ids, theme)
        for theme in themes
    ]


def themes(
    groups: Sequence[Group], pieces: Mapping[str, Piece], costs: Costs | None = None
) -> tuple[Theme, ...]:
    """Make themes of the groups that hold evidence, the weightiest first."""
    held = [group for group in groups if group.ids]
    made = [_theme(group, pieces, costs) for group in held]
    return tuple(sorted(_ranked(made, pieces), key=lambda theme: (-theme.priority, theme.id)))


def _theme(group: Group, pieces: Mapping[str, Piece], costs: Costs | None) -> Theme:
    known = group.theme
    if known and (list(known.evidence_ids), known.counter_evidence_ids) == (
        group.ids,
        group.counter,
    ):
        return known.model_copy(update={"title": group.title})
    told = [pieces[id] for id in group.ids]
    stage, touchpoint = weighing.stage(told), weighing.touchpoint(told)
    counter = tuple(id for id in group.counter if id not in group.ids)
    return Theme(
        id=f"t_{digest(group.kind, *sorted(group.ids))}",
        kind=group.kind,
        title=group.title,
        stage=stage,
        touchpoint=touchpoint,
        severity=weighing.severity(told),
        frequency=weighing.frequency(told),
        priority=0,
        evidence_ids=tuple(group.ids),
        cost=weighing.cost(costs, stage, touchpoint),
        standing=weighing.standing(told, [pieces[id] for id in counter if id in pieces]),
        counter_evidence_ids=counter,
        sources=weighing.sources(told),
    )


def _ranked(made: Sequence[Theme], pieces: Mapping[str, Piece]) -> list[Theme]:
    """Give each theme its priority among the themes of its kind."""
    ranked: list[Theme] = []
    for kind in KINDS:
        mine = [theme for theme in made if theme.kind == kind]
        dips = [weighing.dip([pieces[id] for id in theme.evidence_ids]) for theme in mine]
        frequencies = [theme.frequency for theme in mine]
        priorities = weighing.priorities(dips, frequencies, [theme.cost for theme in mine])
        pairs = zip(mine, priorities, strict=True)
        ranked += [theme.model_copy(update={"priority": priority}) for theme, priority in pairs]
    return ranked
