"""Judge segments by the vectors of their words and of what stands around them."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from assistant.embedded.context import Floats, Ints, Layout
from ingestion.embedding.encoder import Encoded

Weights = Mapping[str, Floats]

MEANING_LENGTH = 9.8
"""How long a meaning is where it stands beside marks: half a point a dimension."""

_NAMES = ("kinds", "stage", "emotion", "valence", "sign", "about", "touchpoint", "channel")


class Outputs(NamedTuple):
    """What each head says, a row a segment, as logits; valence as points from -2 to 2."""

    kinds: Floats
    stage: Floats
    emotion: Floats
    valence: Floats
    sign: Floats
    about: Floats
    touchpoint: Floats
    channel: Floats


def beside(encoded: Encoded) -> Floats:
    """Put meanings and marks beside each other, and a row of zeros after the last: for nothing."""
    rows = np.concatenate([encoded.meanings * np.float32(MEANING_LENGTH), encoded.marks], axis=1)
    return np.concatenate([rows, np.zeros((1, rows.shape[1]), np.float32)])


def judge(weights: Weights, sentences: Floats, layout: Layout) -> Outputs:
    """Judge the segments of `layout`, given the vectors of its texts and a last row of zeros."""
    near = np.concatenate([_around(sentences, layout), layout.facts], axis=1)
    hidden = _layer(near, weights, "near")
    hidden += _layer(_beside(hidden, layout.passage), weights, "along")
    return Outputs(**{name: hidden @ weights[name] + weights[f"{name}_b"] for name in _NAMES})


def _around(sentences: Floats, layout: Layout) -> Floats:
    parts = sentences[layout.rows]
    padded = np.concatenate([parts[:, 0], np.zeros((1, parts.shape[2]), np.float32)])
    passage = np.zeros_like(parts[:, 0])
    for step in layout.passage.T:
        passage += padded[step]
    passage /= (layout.passage >= 0).sum(axis=1, keepdims=True)
    return np.concatenate([parts.reshape(len(parts), -1), passage], axis=1)


def _beside(hidden: Floats, passage: Ints) -> Floats:
    padded = np.concatenate([hidden, np.zeros((1, hidden.shape[1]), np.float32)])
    middle = passage.shape[1] // 2
    before, after = padded[passage[:, middle - 1]], padded[passage[:, middle + 1]]
    return np.concatenate([hidden, before, after], axis=1)


def _layer(x: Floats, weights: Weights, name: str) -> Floats:
    out = x @ weights[name]
    out += weights[f"{name}_b"]
    return np.maximum(out, 0, out=out)


def leaning(outputs: Outputs) -> Floats:
    """Say how far each segment leans to good, from -1 to 1: its chance of it less that of bad."""
    signs = likely(outputs.sign)
    return signs[:, 2] - signs[:, 0]


def likely(logits: Floats) -> Floats:
    """Turn logits of classes that exclude each other into probabilities.

    Example:
        >>> likely(np.zeros((1, 4), np.float32)).tolist()
        [[0.25, 0.25, 0.25, 0.25]]
    """
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def chance(logits: Floats) -> Floats:
    """Turn logits of independent yes-or-no questions into probabilities."""
    return np.reciprocal(1 + np.exp(-np.clip(logits, -30, 30)))
