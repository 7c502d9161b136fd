"""Which way to go with a pain: simplify, clarify, speed up, prove, help sooner or fix."""

from collections.abc import Mapping, Sequence

import numpy as np

from assistant.models import Emotion
from ingestion.embedding import Embed

EFFORT = {"clarify": 1, "prove": 2, "help sooner": 3, "simplify": 3, "speed up": 4, "fix": 3}
"""A rough guess from the kind of change, and nothing more: who knows the product puts it right."""

_EXAMPLES = {
    "simplify": (
        "It takes far too many steps and forms.",
        "The procedure is complicated and I have to do it by hand every time.",
        "It is too difficult for somebody who is not an expert.",
        "I could not change or cancel it by myself and had to ask every time.",
    ),
    "clarify": (
        "Nobody told me about this cost beforehand.",
        "I did not understand what it meant or what is included.",
        "The information was hidden and the page says something else.",
        "It was renewed and charged without any notice.",
    ),
    "speed up": (
        "I waited for weeks and it still had not come.",
        "It is terribly slow and takes forever.",
        "The delivery was late again.",
        "It still had not been done after many days.",
    ),
    "prove": (
        "I could not tell whether this was genuine.",
        "I do not believe these promises and reviews.",
        "I was afraid that it would not be good enough for us.",
        "There was nothing to show that others like us had been happy with it.",
    ),
    "help sooner": (
        "Nobody answered my messages and I could not reach a person.",
        "Support sent me from one to the other without help.",
        "I was left alone with the problem.",
        "I only reached a robot and never a human being.",
    ),
    "fix": (
        "It broke after a week and stopped working.",
        "There is an error and it crashes each time.",
        "What I had saved was lost.",
        "The amount on the bill was simply wrong.",
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
