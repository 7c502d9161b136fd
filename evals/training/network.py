"""The reader as a function of its weights, in PyTorch: the arithmetic of `assistant.embedded`."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np

from assistant.embedded.context import N_FACTS, PARTS, Floats, Layout
from assistant.embedded.encoder import MEANING_LENGTH, ORDERS, WIDTH, Words
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
    meanings: float = 0.2
    pooled: float = 0.2
    parts: float = 0.2
    hidden: float = 0.3


NO_DROPOUT = Dropout(0.0, 0.0, 0.0, 0.0, 0.0)


def initial(layers: Mapping[str, Floats], seed: int) -> Weights:
    """Start from the encoder's `layers`; the rest is drawn by chance."""
    chance = np.random.default_rng(seed)

    def drawn(rows: int, columns: int, size: float = 1.0) -> Floats:
        return chance.normal(0, size * rows**-0.5, (rows, columns)).astype(np.float32)

    weights = {
        **{name: value.copy() for name, value in layers.items()},
        "looks": drawn(FEATURES, LOOKS),
        "pool_max": drawn(FEATURES - WIDTH, MARKS),
        "pool_looks": drawn(FEATURES * LOOKS, MARKS, 2.0),
        "pool_b": np.zeros(MARKS, np.float32),
        "near": drawn((WIDTH + MARKS) * (len(PARTS) + 1) + N_FACTS, HIDDEN),
        "near_b": np.zeros(HIDDEN, np.float32),
        "along": drawn(HIDDEN * 3, HIDDEN, 0.5),
        "along_b": np.zeros(HIDDEN, np.float32),
    }
    for name, size in HEADS.items():
        weights[name] = drawn(HIDDEN, size, 0.3)
        weights[f"{name}_b"] = np.zeros(size, np.float32)
    return opened(weights)


def opened(weights: Mapping[str, Floats]) -> Weights:
    """Copy `weights` so that they can learn."""
    make = torch().tensor
    return {name: make(value, requires_grad=True) for name, value in weights.items()}


def encode(weights: Weights, words: Words, meanings: Floats, drop: Dropout) -> Tensor:
    """Give each sentence its meaning and its marks."""
    t = torch()
    known = t.from_numpy(meanings * np.float32(MEANING_LENGTH))
    known = _left_out(known, drop.meanings)
    return t.cat([known, _marks(weights, words, drop)], 1)


def _features(weights: Weights, words: Words, drop: Dropout) -> Tensor:
    t = torch()
    inside = t.from_numpy(words.tokens.inside)
    vectors = _left_out(t.from_numpy(words.vectors), drop.words)
    x = _even(vectors @ weights["words"] + weights["words_b"], weights, "words") * inside[:, None]
    side = x.shape[1] // len(ORDERS)
    branches = [
        _branch(weights, x[:, place * side : (place + 1) * side], place, inside[:, None])
        for place in range(len(ORDERS))
    ]
    return _even(t.cat([vectors, *branches], 1)[inside], weights, "out")


def _even(x: Tensor, weights: Weights, name: str) -> Tensor:
    gain, shift = weights[f"{name}_gain"], weights[f"{name}_shift"]
    return torch().nn.functional.layer_norm(x, x.shape[-1:], gain, shift, 1e-12)


def _branch(weights: Weights, own: Tensor, place: int, inside: Tensor) -> Tensor:
    t = torch()
    size, left = ORDERS[place]
    for name in (f"grams{place}a", f"grams{place}b"):
        padded = t.nn.functional.pad(own, (0, 0, left, size - 1 - left))
        grams = t.cat([padded[step : step + len(own)] for step in range(size)], 1)
        own = (t.relu(grams @ weights[name] + weights[f"{name}_b"]) + own) * inside
    return own


def _marks(weights: Weights, words: Words, drop: Dropout) -> Tensor:
    t = torch()
    read, sizes = _features(weights, words, drop), words.tokens.sizes.tolist()
    looks = t.split(t.exp(t.clamp(read @ weights["looks"], -8, 8)), sizes)
    sentences = t.split(read, sizes)
    seen = t.stack(
        [(look / look.sum(0)).T @ one for look, one in zip(looks, sentences, strict=True)]
    )
    most = t.stack([one[:, WIDTH:].amax(0) for one in sentences])
    keep = t.nn.functional.dropout
    out = keep(most, drop.pooled) @ weights["pool_max"]
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
