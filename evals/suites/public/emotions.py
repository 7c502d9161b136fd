"""Which emotion a post shows: GoEmotions' test file, its labels mapped to ours."""

import re
from collections.abc import Iterator
from pathlib import Path

from assistant.models import Emotion
from evals.suites.labelled import Reads
from evals.suites.public.asking import Asked, Known, Wanted, ask, drawn, read, texts
from evals.training.passages import Around
from ingestion.models import DocumentKind

_AT_MOST = 1_200
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
_WORDS = {
    Emotion.EXCITED: r"excit\w*|can'?t wait",
    Emotion.ANGRY: r"hate\w*|stupid|angry|disgust\w*|shut up",
    Emotion.DISAPPOINTED: r"sad\w*|sorry|disappoint\w*|unfortunate\w*",
    Emotion.CONFUSED: r"confus\w*|don'?t understand|no idea",
    Emotion.UNCERTAIN: r"maybe|wonder\w*|curious|afraid|scared|worr\w*",
    Emotion.SATISFIED: r"thank\w*|love\w*|great|good|nice|lol|haha\w*|happy|glad|best",
}
_KEYWORDS = [(emotion, re.compile(rf"(?i)\b({words})\b")) for emotion, words in _WORDS.items()]
_ORDER = list(Emotion)


def emotions(data: Path, reads: Reads) -> Asked:
    """Ask of posts that have one label."""
    some = drawn(list(_posts(data / "emo_goemotions")), _AT_MOST)
    said = [float(_ORDER.index(reading.emotion)) for reading in read(some, reads)]
    wanted = [
        Wanted(f"emotion, {measure}", measure, "emotion", rule)
        for measure, rule in (("accuracy", "always neutral"), ("macro-F1", "keywords"))
    ]
    return Asked([ask(one, some, said) for one in wanted], texts(some))


def _posts(folder: Path) -> Iterator[Known]:
    names = (folder / "labels.txt").read_text(encoding="utf-8").split()
    around = Around(DocumentKind.INTERVIEW, "en")
    for line in (folder / "test.tsv").read_text(encoding="utf-8").splitlines():
        text, labels, id = line.split("\t")
        ours = None if "," in labels else _OURS.get(names[int(labels)])
        if ours and text.strip():
            words = next((one for one, sign in _KEYWORDS if sign.search(text)), Emotion.NEUTRAL)
            plain = {"always neutral": Emotion.NEUTRAL, "keywords": words}
            places = {rule: float(_ORDER.index(one)) for rule, one in plain.items()}
            told = {"emotion": float(_ORDER.index(ours))}
            yield Known(f"post:{id}", text.strip(), around, told, places)
