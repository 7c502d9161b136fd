"""The reader as a function of its weights, in PyTorch: the arithmetic of `assistant.embedded`."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.embedded.context import N_FACTS, PARTS, Floats, Layout
from assistant.embedded.heads import MEANING_LENGTH
from assistant.embedded.touchpoints import CHANNELS, TOUCHPOINTS
from evals.training import labels
from ingestion.embedding import WIDTH

Tensor = Any
Weights = dict[str, Tensor]
"""Weights that learn, by name."""
Values = dict[str, Floats]
"""Weights as they are kept, by name."""

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
LAYERS = 12
FROZEN = 4
"""The first layers stay as they were: they know words, and that languages are alike."""

ATTENDING = 12
MARKS = 256
HIDDEN = 384
LOOKS = 4
"""How many ways of attending to the words of a sentence are pooled."""

_EPSILON = 1e-12
_FAR = -1e4


def torch() -> Any:  # noqa: ANN401 - only training needs PyTorch, and it is met untyped, here alone
    """Open PyTorch."""
    return import_module("torch")


class Dropout(NamedTuple):
    """How much is left out while learning, so that no single word or neighbour decides alone."""

    words: float = 0.05
    layers: float = 0.1
    meanings: float = 0.2
    pooled: float = 0.2
    parts: float = 0.2
    hidden: float = 0.3


NO_DROPOUT = Dropout(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)


class Sentences(NamedTuple):
    """Sentences as the vectors of their pieces, filled up to one length, and what is no filling."""

    words: Floats
    mask: NDArray[np.int32]


def initial(layers: Mapping[str, Floats], seed: int) -> Values:
    """Start from the base model's `layers`; the rest is drawn by chance."""
    chance = np.random.default_rng(seed)

    def drawn(rows: int, columns: int, size: float = 1.0) -> Floats:
        return chance.normal(0, size * rows**-0.5, (rows, columns)).astype(np.float32)

    weights = {
        **{name: value.copy() for name, value in layers.items()},
        "meaning": np.eye(WIDTH, dtype=np.float32),
        "meaning_b": np.zeros(WIDTH, np.float32),
        "looks": drawn(WIDTH, LOOKS),
        "pool_mean": drawn(WIDTH, MARKS),
        "pool_looks": drawn(WIDTH * LOOKS, MARKS),
        "pool_b": np.zeros(MARKS, np.float32),
        "near": drawn((WIDTH + MARKS) * (len(PARTS) + 1) + N_FACTS, HIDDEN),
        "near_b": np.zeros(HIDDEN, np.float32),
        "along": drawn(HIDDEN * 3, HIDDEN, 0.5),
        "along_b": np.zeros(HIDDEN, np.float32),
    }
    for name, size in HEADS.items():
        weights[name] = drawn(HIDDEN, size, 0.3)
        weights[f"{name}_b"] = np.zeros(size, np.float32)
    return weights


def opened(weights: Mapping[str, Floats], *, only_judging: bool = False) -> Weights:
    """Copy `weights` so that they can learn, but for the frozen ones.

    Args:
        weights: By name.
        only_judging: Whether what gives a sentence its meaning is frozen too.
    """
    make, frees = torch().tensor, judges if only_judging else learns
    return {name: make(value, requires_grad=frees(name)) for name, value in weights.items()}


def closed(weights: Weights) -> Values:
    """Give what was learned as plain numbers."""
    return {name: value.detach().numpy() for name, value in weights.items()}


def in_graph(name: str) -> bool:
    """Tell whether a weight belongs to the encoder, and not to the heads."""
    own = ("places", "start_", "meaning", "looks", "pool_")
    return "." in name or name.startswith(own)


def learns(name: str) -> bool:
    """Tell whether a weight is changed by training."""
    frozen = ("places", "start_", *(f"l{layer}." for layer in range(FROZEN)))
    return not name.startswith(frozen)


def judges(name: str) -> bool:
    """Tell whether a weight only serves to judge: changing it leaves meanings as they are."""
    return learns(name) and "." not in name and not name.startswith(("meaning", "looks"))


def encode(weights: Weights, sentences: Sentences, drop: Dropout) -> tuple[Tensor, Tensor]:
    """Give each sentence its meaning, of length 1, and its marks: a row a sentence."""
    return tell(weights, *look(weights, sentences, drop), drop)


def look(weights: Weights, sentences: Sentences, drop: Dropout) -> tuple[Tensor, Tensor]:
    """Give the mean of each sentence's words, and what the ways of attending to them see."""
    t = torch()
    mask = t.from_numpy(sentences.mask)
    read = _read(weights, t.from_numpy(sentences.words), mask, drop)
    inside = mask[..., None].to(read.dtype)
    mean = (read * inside).sum(1) / inside.sum(1)
    looks = t.softmax(read @ weights["looks"] + (1 - inside) * _FAR, 1)
    return mean, (looks.transpose(1, 2) @ read).flatten(1)


def tell(weights: Weights, mean: Tensor, seen: Tensor, drop: Dropout) -> tuple[Tensor, Tensor]:
    """Turn what `look` gives into meanings and marks."""
    t = torch()
    meaning = t.nn.functional.normalize((mean @ weights["meaning"] + weights["meaning_b"]).float())
    keep = t.nn.functional.dropout
    out = keep(mean, drop.pooled) @ weights["pool_mean"]
    out = out + keep(seen, drop.pooled) @ weights["pool_looks"] + weights["pool_b"]
    return meaning, t.relu(out)


def _read(weights: Weights, words: Tensor, mask: Tensor, drop: Dropout) -> Tensor:
    t = torch()
    if drop.words:
        words = words * (t.rand(*words.shape[:2], 1) >= drop.words)
    x = _even(words + weights["places"][: words.shape[1]], weights, "start")
    near = mask[:, None, None, :].bool()
    for layer in range(LAYERS):
        x = _layer(weights, x, near, f"l{layer}", drop.layers if layer >= FROZEN else 0.0)
    return x


def _layer(weights: Weights, x: Tensor, near: Tensor, name: str, drop: float) -> Tensor:
    functions = torch().nn.functional
    rows, length, width = x.shape
    looked = x @ weights[f"{name}.look"] + weights[f"{name}.look_b"]
    heads = looked.view(rows, length, 3, ATTENDING, width // ATTENDING).permute(2, 0, 3, 1, 4)
    seen = functions.scaled_dot_product_attention(*heads, attn_mask=near)
    seen = seen.transpose(1, 2).reshape(rows, length, width)
    seen = seen @ weights[f"{name}.seen"] + weights[f"{name}.seen_b"]
    x = _even(x + functions.dropout(seen, drop), weights, f"{name}.seen")
    up = functions.gelu(x @ weights[f"{name}.up"] + weights[f"{name}.up_b"])
    down = up @ weights[f"{name}.down"] + weights[f"{name}.down_b"]
    return _even(x + functions.dropout(down, drop), weights, f"{name}.out")


def _even(x: Tensor, weights: Weights, name: str) -> Tensor:
    gain, shift = weights[f"{name}_gain"], weights[f"{name}_shift"]
    return torch().nn.functional.layer_norm(x.float(), x.shape[-1:], gain, shift, _EPSILON)


def beside(meanings: Tensor, marks: Tensor, drop: Dropout) -> Tensor:
    """Put meanings and marks beside each other, as the heads read them."""
    return torch().cat([_left_out(meanings * MEANING_LENGTH, drop.meanings), marks], 1)


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
