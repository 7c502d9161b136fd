"""Put a map together from what was read and grouped."""

from collections import Counter
from collections.abc import Iterable, Mapping

from assistant.journey import cells, curve, gaps, opportunities, personas
from assistant.journey.directions import Compass
from assistant.journey.material import Material, Nearness, strangers
from assistant.models import Draft, Opportunity, Piece
from ingestion.embedding import Embed
from ingestion.models import State


def draw(material: Material, nearness: Nearness = strangers, embed: Embed | None = None) -> Draft:
    """Draw the map of a study: everything but its voices and evidence, which the caller keeps.

    Args:
        material: What was read and grouped.
        nearness: Links what customers ask for to the pains it would remove.
        embed: Joins sentences that say the same and chooses directions; without it the map has
            the same parts, ordered and worded less well.
    """
    spoken = main_language(material.pieces)
    counts = curve.count(material.pieces, material.stages)
    filled = cells.fill(material.pieces, material.stages, spoken, embed)
    groups = personas.group(material, spoken)
    return Draft(
        goal=material.goal,
        title=title(material),
        engine=material.engine,
        stages=tuple(material.stages),
        themes=material.themes,
        opportunities=_opportunities(material, nearness, embed, spoken),
        emotion_curve=curve.measure(material.pieces, material.stages),
        contradictions=material.contradictions,
        personas=groups,
        funnel=material.funnel,
        ledger=material.ledger,
        gaps=gaps.find(material, gaps.Drawn(counts, filled, groups), spoken),
        cells=filled,
        stage_counts=counts,
        consistent_claims=material.consistent_claims,
        masked=dict(material.masked),
        refusals=material.refusals,
        is_partial=_has_failures(material.ledger),
    )


def title(material: Material) -> str:
    """Name the map: by its goal, else by the folder of its study.

    Example:
        >>> title(Material("Why do people leave?", "shop", {}, (), (), (), {}, {}))
        'Why do people leave?'
    """
    if material.goal:
        return material.goal
    words = material.study.replace("_", " ").replace("-", " ").strip()
    return words[:1].upper() + words[1:] or "Customer journey"


def main_language(pieces: Iterable[Piece]) -> str:
    """Find the language most documents are in; English where there are none."""
    of_document = {piece.document: piece.language for piece in pieces}
    counted = Counter(of_document.values())
    return min(counted, key=lambda language: (-counted[language], language), default="en")


def _opportunities(
    material: Material, nearness: Nearness, embed: Embed | None, spoken: str
) -> tuple[Opportunity, ...]:
    cited = {id for theme in material.themes for id in theme.evidence_ids}
    pieces = {piece.id: piece for piece in material.pieces if piece.id in cited}
    compass = Compass(embed)
    return opportunities.derive(material.themes, pieces, nearness, compass, spoken)


def _has_failures(ledger: Mapping[str, Mapping[str, int]]) -> bool:
    return any(states.get(State.FAILED) for states in ledger.values())
