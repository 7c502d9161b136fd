"""The steps of training, each beginning where the one before it ended."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from assistant.embedded.context import Floats
from evals.training import corpora, themes
from evals.training.fitting import Lessons, Plan, fit
from evals.training.labels import EMOTIONS, UNKNOWN
from evals.training.library import Library, Looked
from evals.training.network import Values, closed, initial, opened
from evals.training.passages import Passage
from ingestion.embedding.words import Vocabulary

_FELT = Plan(epochs=1, rate=1e-3, tuning=1e-4, batch=32)
_ALIKE = Plan(epochs=2, rate=5e-4, tuning=1e-4, batch=64, told=64)
_LABELLED = Plan(epochs=1, rate=8e-4, tuning=8e-5, batch=32)
_JUDGED = Plan(epochs=4, rate=3e-4, batch=32)

_TURNS = 2
"""So many times the labelled passages are learned, each time from the same beginnings."""
_ROUNDS = 2
_COUNTS = {"real": 2, corpora.PLAIN: 2, corpora.HARD: 2}
"""How often a passage is gone over in a round, by its origin; the others once."""
_PUBLIC_SHARE, _TOPICS_EVERY = 0.15, 4
"""What the labelled passages are learned among: public ones by their share, every fourth topic."""

_EVENED = np.float32(0.3)
"""The part of what is told more often that is taken from an emotion's logit; all would be 1."""


class Material(NamedTuple):
    """What is learned from: public sets first, then what was labelled for this."""

    public: Sequence[Passage]
    written: Sequence[Passage]
    real: Sequence[Passage]
    topics: Sequence[Passage] = ()


class Start(NamedTuple):
    """What learning begins with."""

    vocabulary: Vocabulary
    layers: dict[str, Floats]
    library: Library


def train(
    start: Start,
    material: Material,
    labelled: Sequence[Passage],
    seed: int,
    say: Callable[[str], None],
) -> Values:
    """Learn how a thing felt, then what is alike, then what was labelled, and last only to judge.

    What was labelled is learned a few times, each time in another order, and the mean kept: it
    tells themes apart better. Judging is learned once more over what the mean sees, as the heads
    are far from done when the encoder is.

    Args:
        start: The base model and what is known of every text.
        material: Everything there is to learn from.
        labelled: Of the written and real passages, those that are not held out.
        seed: For the weights that the base model does not bring.
        say: Told how far it is.

    Source: Wortsman and others 2022, Model Soups.
    """
    groups = [*themes.groups([*labelled, *material.topics]), *themes.touchpoints(labelled)]

    def learn(weights: Values, what: str, lessons: Lessons, plan: Plan) -> Values:
        say(f"{len(lessons.passages):,} passages, {what}")
        return closed(fit(opened(weights), lessons, start.library, plan, say))

    felt = learn(initial(start.layers, seed), "of public sets", Lessons(material.public), _FELT)
    alike = learn(felt, "with a teacher, and themes", Lessons(material.topics, groups), _ALIKE)
    among = Lessons(among_others(labelled, material), groups)
    plans = [_LABELLED._replace(seed=_LABELLED.seed + turn) for turn in range(_TURNS)]
    middle = mean([learn(alike, "labelled, among others", among, plan) for plan in plans])
    say(f"{len(among.passages):,} passages, only to judge")
    seen = Looked(middle, start.library)
    judging = opened(middle, only_judging=True)
    return evened(closed(fit(judging, Lessons(among.passages), seen, _JUDGED, say)), labelled)


def mean(ends: Sequence[Values]) -> Values:
    """Give the mean of each weight."""
    return {name: np.mean([one[name] for one in ends], axis=0) for name in ends[0]}


def evened(weights: Values, labelled: Sequence[Passage]) -> Values:
    """Let rare emotions be heard as well, as what was learned leans to what was told most often.

    Source: Menon and others 2021, Long-Tail Learning via Logit Adjustment.
    """
    told = [label.emotion for one in labelled for label in one.labels if label.emotion != UNKNOWN]
    counts = np.bincount(told, minlength=len(EMOTIONS))
    shares = (np.maximum(counts, 1) / len(told)).astype(np.float32)
    return {**weights, "emotion_b": weights["emotion_b"] - _EVENED * np.log(shares)}


def among_others(labelled: Sequence[Passage], material: Material) -> list[Passage]:
    """Go over the labelled passages again and again, among some public ones and some topics."""
    counted = [one for one in labelled for _ in range(_COUNTS.get(one.origin, 1))]
    return [
        *counted * _ROUNDS,
        *material.public[: int(len(counted) * _ROUNDS * _PUBLIC_SHARE)],
        *material.topics[::_TOPICS_EVERY],
    ]
