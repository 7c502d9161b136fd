"""How much a theme weighs: how bad, how often, how much it costs, and how sure it is."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from math import prod

import numpy as np

from assistant.models import Emotion, Piece, Standing

Costs = Callable[[str, str | None], float | None] | Mapping[str, float]
"""The share of sessions lost at a moment, by stage and touchpoint, or looked up by either."""

_STRENGTH = {
    Emotion.ANGRY: 0.5,
    Emotion.FRUSTRATED: 0.25,
    Emotion.DISAPPOINTED: 0.2,
    Emotion.URGENT: 0.2,
    Emotion.EXCITED: 0.3,
    Emotion.CONFUSED: 0.1,
    Emotion.SCEPTICAL: 0.1,
    Emotion.REASSURED: 0.15,
    Emotion.SATISFIED: 0.15,
}
_USUAL, _PRIOR_VOICES = 1.3, 3
_STRONGEST = 2.2
_LEAST_COST = 0.5
"""What cost counts where nobody is lost, beside 1 where most are."""
_FINDING_PEOPLE, _FINDING_DOCUMENTS, _FINDING_KINDS = 3, 4, 2


def severity(pieces: Sequence[Piece]) -> float:
    """Say how strongly the moment is felt, from 1, a nuisance, to 5, drives people away.

    The mean of valence and emotion, pulled towards the usual where few tell of it: one angry
    voice is not yet a moment that makes people angry.
    """
    felt = [abs(piece.valence) + _STRENGTH.get(piece.emotion, 0.0) for piece in pieces]
    mean = (sum(felt) + _PRIOR_VOICES * _USUAL) / (len(felt) + _PRIOR_VOICES)
    return round(1 + 4 * min(1.0, mean / _STRONGEST), 1)


def dip(pieces: Sequence[Piece]) -> float:
    """Say how deep the feeling goes, 0 to 2."""
    return float(np.mean([abs(piece.valence) for piece in pieces]))


def frequency(pieces: Sequence[Piece]) -> int:
    """Count the people who tell of it."""
    return len({piece.person for piece in pieces})


def stage(pieces: Sequence[Piece]) -> str:
    """Choose the stage that most evidence speaks for, the surer the heavier."""
    weights = defaultdict[str, float](float)
    for piece in pieces:
        weights[piece.stage] += max(piece.confidence, 0.01)
    return max(sorted(weights), key=weights.__getitem__)


def touchpoint(pieces: Sequence[Piece]) -> str | None:
    """Choose the touchpoint named most often; None where none is."""
    named = Counter(piece.touchpoint for piece in pieces if piece.touchpoint)
    return max(sorted(named), key=named.__getitem__) if named else None


def sources(pieces: Sequence[Piece]) -> dict[str, int]:
    """Count the documents of each kind."""
    documents = {piece.document: piece.document_kind.value for piece in pieces}
    return dict(sorted(Counter(documents.values()).items()))


def cost(costs: Costs | None, stage: str, touchpoint: str | None) -> float | None:
    """Ask what behaviour says about the moment; None where it says nothing."""
    if costs is None:
        return None
    if callable(costs):
        return costs(stage, touchpoint)
    return costs.get(touchpoint or "", costs.get(stage))


def priorities(
    dips: Sequence[float], frequencies: Sequence[int], costs: Sequence[float | None]
) -> list[float]:
    """Rank themes of a kind: the geometric mean of dip, frequency and cost, each by its highest.

    Where nobody is lost a cost counts half, not nothing: who suffers there and stays has suffered.
    """
    felt, told = _by_the_highest(dips), _by_the_highest(frequencies)
    lost = [_weighed(share) for share in _by_the_highest(costs)]
    return [_mean(each) for each in zip(felt, told, lost, strict=True)]


def _by_the_highest(values: Sequence[float | None]) -> list[float | None]:
    """Give each as a share of the highest; None where it is not known, or all are 0."""
    highest = max((value for value in values if value is not None), default=0)
    return [value / highest if value is not None and highest > 0 else None for value in values]


def _weighed(cost: float | None) -> float | None:
    return None if cost is None else _LEAST_COST + (1 - _LEAST_COST) * cost


def _mean(shares: Sequence[float | None]) -> float:
    known = [share for share in shares if share is not None]
    return round(float(prod(known)) ** (1 / len(known)), 4) if known else 0.0


def standing(pieces: Sequence[Piece], counter: Sequence[Piece]) -> Standing:
    """Apply the written rule: a finding, a watchlist item, or contested by the opposite.

    Source: rule 7 of grounding: people and documents are counted, never quotes.
    """
    people = frequency(pieces)
    if counter and frequency(counter) >= people:
        return "contested"
    documents = {piece.document for piece in pieces}
    kinds = {piece.document_kind for piece in pieces}
    several = len(documents) >= _FINDING_DOCUMENTS and len(kinds) >= _FINDING_KINDS
    return "finding" if people >= _FINDING_PEOPLE or several else "watchlist"
