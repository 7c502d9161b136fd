"""What a map is drawn from."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from assistant.models import Contradiction, FunnelStep, Piece, Stage, Theme
from ingestion.models import DocumentKind, Refusal

Nearness = Callable[[Theme, Theme], float]
"""How near two themes are in meaning, 1 for the same."""


def strangers(first: Theme, second: Theme) -> float:  # noqa: ARG001 a Nearness takes two
    """Take no two themes for near: for a study whose themes have no vectors."""
    return 0.0


class Material(NamedTuple):
    """A study, read and grouped, ready to be drawn.

    Attributes:
        goal: The question the map answers, as its owner typed it.
        study: The name of the study's folder, which titles a map without a goal.
        pieces: Every piece of evidence; read several times, never copied.
        voices: Documents by kind, those without evidence among them.
        consistent_claims: Claims that behaviour bore out.
        silent_scores: Scores that came without a word of why.
        segments: The group a person belongs to as the study names it: "buyer", "lost".
        roles: How people introduce themselves, by person, as `wording.role` finds it.
    """

    goal: str | None
    study: str
    engine: dict[str, str]
    stages: Sequence[Stage]
    pieces: Sequence[Piece]
    themes: tuple[Theme, ...]
    voices: Mapping[DocumentKind, int]
    ledger: dict[str, dict[str, int]]
    contradictions: tuple[Contradiction, ...] = ()
    consistent_claims: int = 0
    funnel: tuple[FunnelStep, ...] = ()
    masked: Mapping[str, int] = {}
    refusals: tuple[Refusal, ...] = ()
    silent_scores: int = 0
    segments: Mapping[str, str] = {}
    roles: Mapping[str, str] = {}
