"""A valid record from the one thing a test is about."""

from typing import Any, cast

from assistant.models import (
    DEFAULT_STAGES,
    About,
    CurvePoint,
    Draft,
    Emotion,
    Evidence,
    EvidenceKind,
    Piece,
    Theme,
    Voice,
)
from ingestion.models import DocumentKind, digest


def piece(quote: str = "It took three weeks.", **fields: Any) -> Piece:  # noqa: ANN401 any field
    """Make a pain of one interview at the experience stage, but for what `fields` say.

    `kinds` may be words: piece("…", kinds="pain action").
    """
    kinds = fields.pop("kinds", "pain")
    plain = Piece(
        id=f"e_{digest(quote, *map(str, fields.values()))}",
        document="interviews/p01.vtt",
        source="interviews/p01.vtt",
        participant=None,
        document_kind=DocumentKind.INTERVIEW,
        language="en",
        kinds=as_kinds(kinds),
        stage="experience",
        touchpoint=None,
        channel=None,
        emotion=Emotion.NEUTRAL,
        valence=-1.0,
        confidence=0.8,
        about=About.OWN,
        quote=quote,
        position=0,
    )
    return plain._replace(**fields)


def as_kinds(kinds: object) -> tuple[EvidenceKind, ...]:
    """Read kinds written as words."""
    if isinstance(kinds, str):
        return tuple(EvidenceKind(kind) for kind in kinds.split())
    return cast(tuple[EvidenceKind, ...], kinds)


def theme(title: str = "Delivery takes weeks", **fields: Any) -> Theme:  # noqa: ANN401 any field
    """Make a pain theme of one voice at the experience stage, but for what `fields` say."""
    plain: dict[str, Any] = {
        "id": f"t_{digest(title)}",
        "kind": "pain",
        "title": title,
        "stage": "experience",
        "touchpoint": None,
        "severity": 3.0,
        "frequency": 1,
        "priority": 0.5,
        "evidence_ids": ("e1",),
        "sources": {"interview": 1},
    }
    return Theme.model_validate(plain | fields)


def evidence(quote: str = "It took three weeks.", **fields: Any) -> Evidence:  # noqa: ANN401 any field
    """Make a pain of one interview at the experience stage, but for what `fields` say."""
    plain: dict[str, Any] = {
        "id": f"e_{digest(quote)}",
        "document": "interviews/p01.vtt",
        "quote": quote,
        "start": 0,
        "end": len(quote),
        "stage": "experience",
        "touchpoint": None,
        "channel": None,
        "action": None,
        "kinds": ("pain",),
        "emotion": "frustrated",
        "valence": -1.0,
        "confidence": 0.8,
        "persona": None,
    }
    return Evidence.model_validate(plain | fields)


def voice(id: str = "interviews/p01.vtt", **fields: Any) -> Voice:  # noqa: ANN401 any field
    """Make an English interview without a date, but for what `fields` say."""
    plain: dict[str, Any] = {
        "id": id,
        "kind": "interview",
        "language": "en",
        "date": None,
        "participant": None,
    }
    return Voice.model_validate(plain | fields)


def draft(**fields: Any) -> Draft:  # noqa: ANN401 any field
    """Make a map of the default stages that knows nothing, but for what `fields` say."""
    points = tuple(
        CurvePoint(stage=stage.id, valence=None, low=None, high=None, n=0)
        for stage in DEFAULT_STAGES
    )
    plain: dict[str, Any] = {
        "goal": None,
        "title": "A small shop",
        "engine": {"name": "embedded"},
        "stages": DEFAULT_STAGES,
        "themes": (),
        "opportunities": (),
        "emotion_curve": points,
        "contradictions": (),
        "personas": (),
        "funnel": (),
        "ledger": {},
        "gaps": (),
    }
    return Draft.model_validate(plain | fields)
