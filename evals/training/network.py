"""The reader as a function of its weights, in PyTorch: the arithmetic of `assistant.embedded`."""

from importlib import import_module
from typing import Any, NamedTuple

import numpy as np

from assistant.embedded.context import N_FACTS, PARTS, Floats, Layout
from assistant.embedded.encoder import MEANING_LENGTH, WIDTH, Words, maxima
from assistant.embedded.touchpoints import CHANNELS, TOUCHPOINTS
from evals.training import labels

Tensor = Any
Weights = dict[str, Tensor]

HEADS = {
    "kinds": len(labels.KINDS),
    "stage": len(labels.STAGES),
    "emotion": len(labels.EMOTIONS),
    "valence": 1,
    "sign": 3,
    "about": len(labels.ABOUTS),
    "touchpoint": len(TOUCHPOINTS) + 1,
    "channel": len(CHANNELS) + 1,
}
FEATURES = 1280
MARKS = 256
HIDDEN = 384
LOOKS = 4
"""How many ways of attending to the words of a sentence are pooled."""


def torch() -> Any:  # noqa: ANN401 - only training needs PyTorch, and it is met untyped, here alone
    """Open PyTorch."""
    return import_module("torch")


class Dropout(NamedTuple):
    """How much is left out while learning, so that no single word or neighbour decides alone."""

    words: float = 0.1
    pooled: float = 0.2
    parts: float = 0.2
    hidden: float = 0.3


NO_DROPOUT = Dropout(0.0, 0.0, 0.0, 0.0)


def initial(seed: int) -> Weights:
    """Draw the weights to start from."""
    chance = np.random.default_rng(seed)

    def drawn(rows: int, columns: int, size: float = 1.0) -> Floats:
        return chance.normal(0, size * rows**-0.5, (rows, columns)).astype(np.float32)

    weights = {
        "looks": drawn(FEATURES, LOOKS),
        "pool_max": drawn(FEATURES - WIDTH, MARKS, 0.3),
        "pool_looks": drawn(FEATURES * LOOKS, MARKS, 0.5),
        "pool_b": np.zeros(MARKS, np.float32),
        "near": drawn((WIDTH + MARKS) * (len(PARTS) + 1) + N_FACTS, HIDDEN),
        "near_b": np.zeros(HIDDEN, np.float32),
        "along": drawn(HIDDEN * 3, HIDDEN, 0.5),
        "along_b": np.zeros(HIDDEN, np.float32),
    }
    for name, size in HEADS.items():
        weights[name] = drawn(HIDDEN, size, 0.3)
        weights[f"{name}_b"] = np.zeros(size, np.float32)
    make = torch().tensor
    return {name: make(value, requires_grad=True) for name, value in weights.items()}


def encode(weights: Weights, words: Words, drop: Dropout) -> Tensor:
    """Give each sentence its meaning and its marks."""
    t = torch()
    meanings = t.tensor(words.meanings * np.float32(MEANING_LENGTH))
    return t.cat([meanings, _marks(weights, words, drop)], 1)


def _marks(weights: Weights, words: Words, drop: Dropout) -> Tensor:
    t = torch()
    features, sizes = t.from_numpy(words.features), words.sizes.tolist()
    looks = t.exp(t.clamp(features @ weights["looks"], -8, 8))
    if drop.words:
        looks = looks * (t.rand(len(looks), 1) >= drop.words)
    pairs = zip(t.split(looks, sizes), t.split(features, sizes), strict=True)
    seen = t.stack([(look / (look.sum(0) + 1e-9)).T @ feature for look, feature in pairs])
    keep = t.nn.functional.dropout
    out = keep(t.from_numpy(maxima(words)), drop.pooled) @ weights["pool_max"]
    out = out + keep(seen.flatten(1), drop.pooled) @ weights["pool_looks"]
    return t.relu(out + weights["pool_b"])


def judge(weights: Weights, sentences: Tensor, layout: Layout, drop: Dropout) -> dict[str, Tensor]:
    """Give the outputs of every head for each segment of `layout`, given the sentence vectors."""
    t = torch()
    padded = t.cat([sentences, t.zeros(1, sentences.shape[1])])
    rows = t.tensor(layout.rows)
    parts = [padded[rows[:, part]] for part in range(len(PARTS))]
    passage = _passage(parts[0], layout)
    around = [_left_out(part, drop.parts) for part in [*parts[1:], passage]]
    near = t.cat([parts[0], *around, t.tensor(layout.facts)], 1)
    hidden = t.relu(
        t.nn.functional.dropout(near, drop.pooled) @ weights["near"] + weights["near_b"]
    )
    hidden = t.nn.functional.dropout(hidden, drop.hidden)
    hidden = hidden + _along(weights, hidden, layout)
    hidden = t.nn.functional.dropout(hidden, drop.hidden)
    return {name: hidden @ weights[name] + weights[f"{name}_b"] for name in HEADS}


def _left_out(part: Tensor, share: float) -> Tensor:
    t = torch()
    return part * (t.rand(len(part), 1) >= share) if share else part


def _passage(own: Tensor, layout: Layout) -> Tensor:
    t = torch()
    around = t.tensor(layout.passage)
    padded = t.cat([own, t.zeros(1, own.shape[1])])
    total = padded[around].sum(1)
    return total / (around >= 0).sum(1, keepdim=True)


def _along(weights: Weights, hidden: Tensor, layout: Layout) -> Tensor:
    t = torch()
    padded = t.cat([hidden, t.zeros(1, hidden.shape[1])])
    middle = layout.passage.shape[1] // 2
    before = padded[t.tensor(layout.passage[:, middle - 1])]
    after = padded[t.tensor(layout.passage[:, middle + 1])]
    return t.relu(t.cat([hidden, before, after], 1) @ weights["along"] + weights["along_b"])
