"""What to change: what customers ask for themselves, and a direction for every pain of weight."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from assistant.journey import wording
from assistant.journey.directions import EFFORT, Compass
from assistant.journey.material import Nearness
from assistant.models import Emotion, Opportunity, Piece, Theme
from ingestion.models import digest

_DERIVED = 12
"""Directions that are offered at most, for the weightiest pains nobody asked a change for."""
_WEIGHT = 0.25
"""Share of the highest priority from which a single voice's pain has weight."""
_LINKED = 0.15
"""How far above the usual a wish and a pain must belong together."""
_NEARLY = 0.08
"""How far behind the first pain another one may be to be removed by the same change."""
_LINKS = 3
_TOGETHER = 0.5
"""What it counts that the same people tell of the pain in the same breath."""
_ONE_VOICE = 0.7
"""What a pain's weight counts for a wish of one person alone: who else would be helped is open."""
_COMPARED = 4
_USUAL = 0.4
"""The usual nearness at the most, where there are too few pains to tell."""
_QUOTES = 8


def derive(
    themes: Sequence[Theme],
    pieces: Mapping[str, Piece],
    nearness: Nearness,
    compass: Compass,
    language: str,
) -> tuple[Opportunity, ...]:
    """List what would make the journey better, the most promising first.

    What customers ask for carries their evidence and the pains it would remove. A pain of weight
    that no wish answers gets a direction instead, whose evidence is that of the pain. Effort is a
    rough guess from the kind of change, for those who know the product to put right. Of equal
    impact, what more was said for comes first.

    `pieces` holds the evidence of the themes by id; a direction is named in `language`.
    """
    pains = sorted((t for t in themes if t.kind == "pain"), key=lambda t: (-t.priority, t.id))
    wishes = [theme for theme in themes if theme.kind == "opportunity"]
    workshop = _Workshop(pains, pieces, nearness, compass, language)
    asked = [workshop.asked(wish) for wish in wishes]
    answered = {theme_id for wish in asked for theme_id in wish.theme_ids}
    left = [pain for pain in pains if pain.id not in answered and workshop.has_weight(pain)]
    derived = [workshop.direction(pain) for pain in left[:_DERIVED]]
    return tuple(sorted([*asked, *derived], key=_promise))


def _promise(one: Opportunity) -> tuple[int, int, int, str]:
    return -one.impact, -len(one.evidence_ids), one.effort, one.id


class _Workshop:
    """Turns wishes and pains into opportunities; knows what all of them are compared with."""

    def __init__(
        self,
        pains: Sequence[Theme],
        pieces: Mapping[str, Piece],
        nearness: Nearness,
        compass: Compass,
        language: str,
    ) -> None:
        self._pains, self._pieces, self._nearness = pains, pieces, nearness
        self._compass, self._language = compass, language
        self._top = max((pain.priority for pain in pains), default=0.0)
        self._told = _told(pains, pieces)

    def asked(self, wish: Theme) -> Opportunity:
        removed = self._removed(wish)
        weight = max((pain.priority for pain in removed), default=wish.priority / 2)
        weight *= _ONE_VOICE if wish.frequency == 1 else 1.0
        return Opportunity(
            id=f"opp_{digest(wish.id)}",
            title=wish.title,
            stage=wish.stage,
            theme_ids=tuple(pain.id for pain in removed),
            evidence_ids=wish.evidence_ids,
            impact=self._impact(weight),
            effort=EFFORT[self._way(removed[0] if removed else wish)],
        )

    def direction(self, pain: Theme) -> Opportunity:
        way = self._way(pain)
        return Opportunity(
            id=f"opp_{digest(pain.id)}",
            title=f"{wording.phrase(self._language, way)}: {pain.title}",
            stage=pain.stage,
            theme_ids=(pain.id,),
            evidence_ids=pain.evidence_ids,
            impact=self._impact(pain.priority),
            effort=EFFORT[way],
        )

    def has_weight(self, pain: Theme) -> bool:
        return pain.standing != "watchlist" or pain.priority >= _WEIGHT * self._top

    def _removed(self, wish: Theme) -> list[Theme]:
        """Find the pains a wish would remove: the one it belongs to most, and those close behind.

        What counts is how near they are in meaning, more than wish and pains usually are, and
        whether the same people told of the pain just before or after they made the wish.
        """
        near = [self._nearness(wish, pain) for pain in self._pains]
        usual = _usual(near)
        together = self._together(wish)
        scores = {
            pain.id: score - usual + _TOGETHER * together[pain.id] + _same_place(wish, pain)
            for pain, score in zip(self._pains, near, strict=True)
        }
        first = max(scores.values(), default=0.0)
        close = [p for p in self._pains if scores[p.id] >= max(_LINKED, first - _NEARLY)]
        return sorted(close, key=lambda pain: (-scores[pain.id], pain.id))[:_LINKS]

    def _together(self, wish: Theme) -> dict[str, float]:
        """Rate each pain by the wish's evidence beside it: 1 for all of it, within a breath."""
        rated: dict[str, float] = defaultdict(float)
        for said in _evidence(wish, self._pieces):
            best: dict[str, float] = {}
            for pain, position in self._told.get(said.document, ()):
                closeness = 1 / (1 + abs(position - said.position) / 2)
                best[pain] = max(best.get(pain, 0.0), closeness)
            for pain, closeness in best.items():
                rated[pain] += closeness / len(wish.evidence_ids)
        return rated

    def _way(self, theme: Theme) -> str:
        told = list(_evidence(theme, self._pieces))
        texts = [theme.title, *(piece.quote for piece in told[:_QUOTES])]
        return self._compass.point(texts, _feelings(told))

    def _impact(self, priority: float) -> int:
        return 1 + min(4, round(4 * priority / self._top)) if self._top > 0 else 1


def _told(pains: Sequence[Theme], pieces: Mapping[str, Piece]) -> dict[str, list[tuple[str, int]]]:
    """List where each document tells of which pain."""
    told: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for pain in pains:
        for piece in _evidence(pain, pieces):
            told[piece.document].append((pain.id, piece.position))
    return told


def _evidence(theme: Theme, pieces: Mapping[str, Piece]) -> Iterator[Piece]:
    return (pieces[id] for id in theme.evidence_ids if id in pieces)


def _usual(near: Sequence[float]) -> float:
    """Say how near a wish and a pain are that have nothing to do with each other."""
    middle = median(near) if near else 0.0
    return middle if len(near) >= _COMPARED else min(middle, _USUAL)


def _same_place(wish: Theme, pain: Theme) -> float:
    """Favour a pain felt where the wish is made."""
    same_touchpoint = wish.touchpoint is not None and wish.touchpoint == pain.touchpoint
    return 0.03 * (wish.stage == pain.stage) + 0.05 * same_touchpoint


def _feelings(pieces: Sequence[Piece]) -> dict[Emotion, float]:
    emotions = [piece.emotion for piece in pieces]
    return {emotion: emotions.count(emotion) / len(emotions) for emotion in set(emotions)}
