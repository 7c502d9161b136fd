"""What only the poster has: one real quote for each stage, chosen to be read from afar."""

from api.export.study import Study
from assistant.models import Evidence

_BEST_WIDTH = 80


def quotes(study: Study) -> dict[str, Evidence]:
    """Choose each stage's quote: of its strongest theme, and short enough to stand whole."""
    chosen: dict[str, Evidence] = {}
    for theme in sorted(study.draft.themes, key=lambda one: -one.priority):
        held = list(study.held(theme.evidence_ids))
        if held and theme.stage not in chosen:
            chosen[theme.stage] = min(held, key=_unfitness)
    for quote in sorted(study.quotes.values(), key=_unfitness):
        chosen.setdefault(quote.stage, quote)
    return chosen


def _unfitness(quote: Evidence) -> tuple[int, float]:
    """Rank by how far a quote is too long or too short to tell something, then by confidence."""
    length = len(quote.quote)
    return max(length - _BEST_WIDTH, 30 - length, 0), -quote.confidence
