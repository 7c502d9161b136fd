"""Sum a batch up: what people share, where they part, what is new, and how much is known."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assistant.models import EvidenceKind, Persona, Piece, Stage, Theme
from assistant.summaries.models import BatchSummary, Line, Saturation
from ingestion.models import DocumentKind

_MOST = 12
_SHARED = 2
_APART = 0.3
"""How much larger the share of a persona that tells of a theme must be than that of the others."""
_FELT = (EvidenceKind.PAIN, EvidenceKind.DELIGHT, EvidenceKind.OPPORTUNITY)


class Batch(NamedTuple):
    """What a batch is summed up from.

    Attributes:
        pieces: The evidence by id, with the map's stages.
        before: The evidence that an earlier map's themes rest on; None where there is none.
    """

    stages: Sequence[Stage]
    themes: Sequence[Theme]
    personas: Sequence[Persona]
    pieces: Mapping[str, Piece]
    documents: Mapping[DocumentKind, int]
    before: frozenset[str] | None = None


def sum_up(batch: Batch) -> BatchSummary:
    """Sum the batch up in its themes' titles and its people's sentences."""
    themes = sorted(batch.themes, key=lambda theme: (-theme.frequency, -theme.priority, theme.id))
    return BatchSummary(
        documents={str(kind): n for kind, n in batch.documents.items()},
        shared=tuple(_line(theme) for theme in themes if theme.frequency >= _SHARED)[:_MOST],
        differs=tuple(_differing(batch, themes))[:_MOST],
        new=tuple(_line(theme) for theme in themes if _is_new(theme, batch.before))[:_MOST],
        alone=tuple(_alone(batch))[:_MOST],
        saturation=tuple(_saturations(batch)),
        has_before=batch.before is not None,
    )


def _line(theme: Theme, text: str = "") -> Line:
    return Line(
        text=text or theme.title,
        evidence_ids=theme.evidence_ids,
        is_quote=False,
        people=theme.frequency,
    )


def _is_new(theme: Theme, before: frozenset[str] | None) -> bool:
    return before is not None and before.isdisjoint(theme.evidence_ids)


def _differing(batch: Batch, themes: Sequence[Theme]) -> Iterator[Line]:
    """Give themes that one persona tells of far more than the others do."""
    known = {person for persona in batch.personas for person in persona.participants}
    for theme in themes:
        tellers = {batch.pieces[id].person for id in theme.evidence_ids if id in batch.pieces}
        for persona in batch.personas:
            mine, others = set(persona.participants), known - set(persona.participants)
            apart = _share(tellers, mine) - _share(tellers, others)
            if others and len(tellers & mine) >= _SHARED and apart >= _APART:
                said = f"{persona.name}: {theme.title} ({len(tellers & mine)} of {len(mine)})"
                yield _line(theme, said)


def _share(tellers: set[str], people: set[str]) -> float:
    return len(tellers & people) / len(people) if people else 0.0


def _alone(batch: Batch) -> Iterator[Line]:
    """Give what one person alone tells of, the most felt first."""
    shared = {
        id for theme in batch.themes if theme.frequency >= _SHARED for id in theme.evidence_ids
    }
    felt = [piece for piece in batch.pieces.values() if set(_FELT) & set(piece.kinds)]
    felt.sort(key=lambda piece: (-abs(piece.valence) * piece.confidence, piece.id))
    for piece in felt:
        if piece.id not in shared:
            yield Line(text=piece.quote, evidence_ids=(piece.id,))


def _saturations(batch: Batch) -> Iterator[Saturation]:
    """Tell for each stage how likely it is that the next voice tells of what is known.

    One less the share of tellings whose topic was told once; a sentence in no theme is a topic of
    its own.
    """
    theme_of = {id: theme.id for theme in batch.themes for id in theme.evidence_ids}
    tellers: dict[str, dict[str, set[str]]] = {stage.id: defaultdict(set) for stage in batch.stages}
    for piece in batch.pieces.values():
        if set(_FELT) & set(piece.kinds) and piece.stage in tellers:
            tellers[piece.stage][theme_of.get(piece.id, piece.id)].add(piece.person)
    for stage, topics in tellers.items():
        tellings = sum(map(len, topics.values()))
        once = sum(len(people) == 1 for people in topics.values())
        yield Saturation(
            stage=stage,
            voices=len(set[str]().union(*topics.values())),
            topics=len(topics),
            once=once,
            share=round(1 - once / tellings, 3) if tellings else None,
        )
