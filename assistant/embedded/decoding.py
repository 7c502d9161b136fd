"""Decide what a segment shows from what the heads say."""

from collections.abc import Mapping, Sequence
from math import prod

import numpy as np

from assistant.embedded.context import Floats
from assistant.embedded.heads import Outputs, chance, leaning, likely
from assistant.embedded.touchpoints import CHANNELS, TOUCHPOINTS
from assistant.models import DEFAULT_STAGES, About, Emotion, EvidenceKind, Reading
from ingestion.models import Segment

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "ru", "zh")
"""What the reader learned from; it reads others by likeness, and is less sure of them."""

_KINDS = tuple(EvidenceKind)
_STAGES = tuple(stage.id for stage in DEFAULT_STAGES)
_EMOTIONS = tuple(Emotion)
_ABOUTS = tuple(About)
_LESS_SURE = 0.8
_SURE_OF_TOUCHPOINT = 0.3
_SURE_OF_CHANNEL = 0.5


def kind_chances(outputs: Outputs, weights: Mapping[str, Floats]) -> Floats:
    """Give how likely each kind is, a row a segment, calibrated on held-out passages."""
    return chance(outputs.kinds * weights["kinds_slope"] + weights["kinds_shift"])


def decode(
    outputs: Outputs, segments: Sequence[Segment], weights: Mapping[str, Floats]
) -> list[Reading]:
    """Turn what the heads say into readings, one a segment."""
    kinds = kind_chances(outputs, weights)
    stages = likely(outputs.stage)
    touchpoints = _names(outputs.touchpoint, TOUCHPOINTS, _SURE_OF_TOUCHPOINT)
    channels = _names(outputs.channel, CHANNELS, _SURE_OF_CHANNEL)
    emotions, abouts = outputs.emotion.argmax(axis=1), outputs.about.argmax(axis=1)
    valence = np.clip(leaning(outputs) * weights["valence_slope"], -2, 2)
    readings: list[Reading] = []
    for row, segment in enumerate(segments):
        found = kinds[row] >= weights["kinds_threshold"]
        readings.append(
            Reading(
                kinds=tuple(kind for kind, is_found in zip(_KINDS, found, strict=True) if is_found),
                stage=_STAGES[int(stages[row].argmax())],
                stage_scores=tuple(round(float(score), 4) for score in stages[row]),
                emotion=_EMOTIONS[int(emotions[row])],
                valence=round(float(valence[row]), 2),
                confidence=_confidence(kinds[row].tolist(), found.tolist(), segment.language),
                about=_ABOUTS[int(abouts[row])],
                touchpoint=touchpoints[row],
                channel=channels[row],
            )
        )
    return readings


def _names(logits: Floats, names: Sequence[str], sure: float) -> list[str | None]:
    """Name each row's likeliest class; the class after the last name is none."""
    scores = likely(logits)
    named: list[str | None] = [*names, None]
    best: list[int] = scores.argmax(axis=1).tolist()
    return [named[place] if scores[row, place] >= sure else None for row, place in enumerate(best)]


def _confidence(kinds: Sequence[float], found: Sequence[bool], language: str) -> float:
    """The chance that everything found is there; that nothing is there, where nothing is found."""
    felt = kinds[: len(_KINDS) - 1]
    there = [score for score, is_found in zip(kinds, found, strict=True) if is_found]
    sure = min(there) if there else prod(1 - score for score in felt)
    return round(sure * (1.0 if language in LANGUAGES else _LESS_SURE), 3)
