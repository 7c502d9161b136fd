"""Posts of GoEmotions with one label each, mapped to our emotions: learned from and measured on."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from assistant.models import Emotion

_MEANT = {
    Emotion.SATISFIED: "admiration amusement approval gratitude joy love pride",
    Emotion.EXCITED: "excitement desire",
    Emotion.ANGRY: "anger disgust",
    Emotion.FRUSTRATED: "annoyance",
    Emotion.REASSURED: "caring optimism relief",
    Emotion.CONFUSED: "confusion",
    Emotion.UNCERTAIN: "curiosity embarrassment fear nervousness realization",
    Emotion.DISAPPOINTED: "disappointment grief remorse sadness",
    Emotion.SCEPTICAL: "disapproval",
    Emotion.NEUTRAL: "neutral",
}
_OURS = {theirs: ours for ours, names in _MEANT.items() for theirs in names.split()}
"""Surprise is good or bad, and none of ours: it is left out."""


class Post(NamedTuple):
    """A post, and the emotion it shows."""

    id: str
    text: str
    emotion: Emotion


def read(data: Path, part: str) -> Iterator[Post]:
    """Read the posts of a part ("train", "test") that have one label, and one of ours."""
    folder = data / "emo_goemotions"
    names = (folder / "labels.txt").read_text(encoding="utf-8").split()
    for line in (folder / f"{part}.tsv").read_text(encoding="utf-8").splitlines():
        text, labels, id = line.split("\t")
        ours = None if "," in labels else _OURS.get(names[int(labels)])
        if ours and text.strip():
            yield Post(id, text.strip(), ours)
