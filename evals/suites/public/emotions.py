"""Which emotion a post shows: GoEmotions' test file, its labels mapped to ours."""

import re
from collections.abc import Iterator
from pathlib import Path

from assistant.models import Emotion
from evals import posts
from evals.suites.labelled import Reads
from evals.suites.public.asking import Asked, Known, Wanted, ask, drawn, read, texts
from evals.training.passages import Around
from ingestion.models import DocumentKind

_AT_MOST = 1_200
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
    some = drawn(list(_posts(data)), _AT_MOST)
    said = [float(_ORDER.index(reading.emotion)) for reading in read(some, reads)]
    wanted = [
        Wanted(f"emotion, {measure}", measure, "emotion", rule)
        for measure, rule in (("accuracy", "always neutral"), ("macro-F1", "keywords"))
    ]
    return Asked([ask(one, some, said) for one in wanted], texts(some))


def _posts(data: Path) -> Iterator[Known]:
    around = Around(DocumentKind.INTERVIEW, "en")
    for post in posts.read(data, "test"):
        words = next((one for one, sign in _KEYWORDS if sign.search(post.text)), Emotion.NEUTRAL)
        plain = {"always neutral": Emotion.NEUTRAL, "keywords": words}
        places = {rule: float(_ORDER.index(one)) for rule, one in plain.items()}
        told = {"emotion": float(_ORDER.index(post.emotion))}
        yield Known(f"post:{post.id}", post.text, around, told, places)
