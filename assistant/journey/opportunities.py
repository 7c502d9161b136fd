"""What to change: what customers ask for themselves, and a direction for every pain of weight."""

from collections.abc import Mapping, Sequence

import numpy as np

from assistant.journey import wording
from assistant.journey.material import Embed, Nearness
from assistant.models import Emotion, Opportunity, Piece, Theme
from ingestion.models import digest

_DERIVED = 12
"""Directions that are offered at most, for the weightiest pains nobody asked a change for."""
_WEIGHT = 0.25
"""Share of the highest priority from which a single voice's pain has weight."""
_NEAR = 0.45
_NEARLY = 0.06
"""How far behind the nearest pain another one may be to be removed by the same change."""
_LINKS = 3
_QUOTES = 8

_EFFORT = {"clarify": 1, "prove": 2, "help sooner": 3, "simplify": 3, "speed up": 4, "fix": 3}
"""A rough guess from the kind of change, and nothing more: who knows the product puts it right."""

_EXAMPLES = {
    "simplify": (
        "It takes far too many steps and forms.",
        "The procedure is complicated and I have to do it by hand every time.",
        "It is too difficult for somebody who is not an expert.",
    ),
    "clarify": (
        "Nobody told me about this cost beforehand.",
        "I did not understand what it meant or what is included.",
        "The information was hidden and the page says something else.",
    ),
    "speed up": (
        "I waited for weeks and it still had not come.",
        "It is terribly slow and takes forever.",
        "The delivery was late again.",
    ),
    "prove": (
        "I could not tell whether this was genuine.",
        "I do not believe these promises and reviews.",
        "I was afraid that it would not be good enough for us.",
    ),
    "help sooner": (
        "Nobody answered my messages and I could not reach a person.",
        "Support sent me from one to the other without help.",
        "I was left alone with the problem.",
    ),
    "fix": (
        "It broke after a week and stopped working.",
        "There is an error and it crashes each time.",
        "They charged me twice by mistake, the amount was wrong.",
    ),
}
_LEANS = {
    Emotion.CONFUSED: "clarify",
    Emotion.SCEPTICAL: "prove",
    Emotion.UNCERTAIN: "prove",
    Emotion.URGENT: "speed up",
}
_LEAN = 0.1
"""What a theme's feeling adds to the direction that answers it, in points of cosine."""


class Compass:
    """Chooses the direction that would ease a pain, by the meaning of its words and its feeling."""

    def __init__(self, embed: Embed | None) -> None:
        self._embed = embed
        self._names = tuple(_EXAMPLES)
        self._prototypes = (
            embed([said for name in _EXAMPLES for said in _EXAMPLES[name]]) if (embed) else None
        )

    def point(self, texts: Sequence[str], feelings: Mapping[Emotion, float]) -> str:
        """Name the direction for a pain.

        Args:
            texts: Its title and some of its quotes.
            feelings: The share of its pieces with each emotion.
        """
        scores = dict.fromkeys(self._names, 0.0) | self._nearness(texts)
        for emotion, share in feelings.items():
            if emotion in _LEANS:
                scores[_LEANS[emotion]] += _LEAN * share
        best = max(scores.values())
        return "fix" if best == 0 else next(name for name in scores if scores[name] == best)

    def _nearness(self, texts: Sequence[str]) -> dict[str, float]:
        if self._embed is None or self._prototypes is None:
            return {}
        near = self._embed(texts) @ self._prototypes.T
        by_direction = near.reshape(len(texts), len(self._names), -1).max(axis=2).mean(axis=0)
        return dict(zip(self._names, np.asarray(by_direction, float).tolist(), strict=True))


def derive(
    themes: Sequence[Theme],
    pieces: Mapping[str, Piece],
    nearness: Nearness,
    compass: Compass,
    language: str,
) -> tuple[Opportunity, ...]:
    """List what would make the journey better, the most promising first.

    What customers ask for carries their evidence and the pains it would remove. A pain of weight
    that no wish answers gets a direction instead, whose evidence is that of the pain.

    `pieces` holds the evidence of the themes by id; a direction is named in `language`.
    """
    pains = sorted((t for t in themes if t.kind == "pain"), key=lambda t: (-t.priority, t.id))
    top = max((theme.priority for theme in pains), default=0.0)
    asked = [
        _asked(wish, _removed(wish, pains, nearness), top)
        for wish in themes
        if wish.kind == "opportunity"
    ]
    answered = {theme_id for wish in asked for theme_id in wish.theme_ids}
    open_pains = [t for t in pains if t.id not in answered and _has_weight(t, top)]
    derived = [_direction(t, pieces, compass, language, top) for t in open_pains[:_DERIVED]]
    return tuple(sorted([*asked, *derived], key=lambda o: (-o.impact, o.effort, o.id)))


def _removed(wish: Theme, pains: Sequence[Theme], nearness: Nearness) -> list[Theme]:
    """Find the pains a wish would remove: the nearest, and those about as near."""
    near = sorted((nearness(wish, pain) + _same_place(wish, pain), pain.id) for pain in pains)
    if not near or near[-1][0] < _NEAR:
        return []
    close = {theme_id for score, theme_id in near[-_LINKS:] if score >= near[-1][0] - _NEARLY}
    return [pain for pain in pains if pain.id in close]


def _same_place(wish: Theme, pain: Theme) -> float:
    """Favour a pain felt where the wish is made."""
    same_touchpoint = wish.touchpoint is not None and wish.touchpoint == pain.touchpoint
    return 0.03 * (wish.stage == pain.stage) + 0.05 * same_touchpoint


def _asked(wish: Theme, removed: Sequence[Theme], top: float) -> Opportunity:
    weight = max((pain.priority for pain in removed), default=wish.priority / 2)
    return Opportunity(
        id=f"opp_{digest(wish.id)}",
        title=wish.title,
        stage=wish.stage,
        theme_ids=tuple(pain.id for pain in removed),
        evidence_ids=wish.evidence_ids,
        impact=_impact(weight, top),
        effort=3,
    )


def _direction(
    pain: Theme, pieces: Mapping[str, Piece], compass: Compass, language: str, top: float
) -> Opportunity:
    told = [pieces[id] for id in pain.evidence_ids if id in pieces]
    texts = [pain.title, *(piece.quote for piece in told[:_QUOTES])]
    direction = compass.point(texts, _feelings(told))
    return Opportunity(
        id=f"opp_{digest(pain.id)}",
        title=f"{wording.phrase(language, direction)}: {pain.title}",
        stage=pain.stage,
        theme_ids=(pain.id,),
        evidence_ids=pain.evidence_ids,
        impact=_impact(pain.priority, top),
        effort=_EFFORT[direction],
    )


def _feelings(pieces: Sequence[Piece]) -> dict[Emotion, float]:
    emotions = [piece.emotion for piece in pieces]
    return {emotion: emotions.count(emotion) / len(emotions) for emotion in set(emotions)}


def _has_weight(pain: Theme, top: float) -> bool:
    return pain.standing != "watchlist" or pain.priority >= _WEIGHT * top


def _impact(priority: float, top: float) -> int:
    return 1 + min(4, round(4 * priority / top)) if top > 0 else 1
