"""Split text into the pieces of words that the encoder knows, and look up their vectors."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]

START, EMPTY, END, UNKNOWN = range(4)
"""The first pieces: where a text starts, what fills a short one up, its end, what is not known."""

LONGEST = 96
"""Pieces of a text that are read, start and end among them; what is longer is cut."""

_BLOCK = 32
_MIDDLE = 8


class Vocabulary(NamedTuple):
    """The pieces, and their vectors in four bits a number.

    Attributes:
        pieces: By their id; `▁` stands for the space before a word.
        scores: How likely each piece is, as a logarithm: a text is split as likely as can be.
        table: A row a piece, two numbers a byte: a block of 32 holds its first 16 in the low bits.
        scales: What the numbers of a block are multiplied with.
    """

    pieces: Sequence[str]
    scores: NDArray[np.float32]
    table: NDArray[np.uint8]
    scales: NDArray[np.float16]


def load(path: Path) -> Vocabulary:
    """Read a vocabulary from the file that `save` wrote."""
    with np.load(path, allow_pickle=False) as kept:
        pieces = bytes(kept["pieces"]).decode("utf-8").split("\n")
        return Vocabulary(pieces, kept["scores"], kept["table"], kept["scales"])


def save(path: Path, vocabulary: Vocabulary) -> None:
    """Write a vocabulary to one file."""
    pieces = np.frombuffer("\n".join(vocabulary.pieces).encode("utf-8"), np.uint8)
    np.savez_compressed(
        path,
        pieces=pieces,
        scores=vocabulary.scores,
        table=vocabulary.table,
        scales=vocabulary.scales,
    )


class Words:
    """A vocabulary at work."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._table, self._scales = vocabulary.table, vocabulary.scales
        self._splitter = _splitter(vocabulary)

    def split(self, texts: Sequence[str]) -> list[list[int]]:
        """Give the piece ids of each text, its start and end marked; a very long one is cut."""
        found = self._splitter.encode_batch_fast(list(texts))
        return [[START, *one.ids[: LONGEST - 2], END] for one in found]

    def look_up(self, ids: NDArray[np.int64]) -> Vectors:
        """Give the vector of each piece: the shape of `ids` and one dimension more."""
        packed, scales = self._table[ids], self._scales[ids].astype(np.float32)
        halves = packed.reshape(*ids.shape, -1, _BLOCK // 2)
        numbers = np.concatenate([halves & 15, halves >> 4], axis=-1).astype(np.float32)
        numbers -= _MIDDLE
        numbers *= scales[..., None]
        return numbers.reshape(*ids.shape, -1)


def _splitter(vocabulary: Vocabulary) -> Any:  # noqa: ANN401 - the library is untyped
    import tokenizers
    from tokenizers import models, normalizers, pre_tokenizers

    scored = list(zip(vocabulary.pieces, vocabulary.scores.tolist(), strict=True))
    splitter = cast(Any, tokenizers.Tokenizer)(models.Unigram(scored, unk_id=UNKNOWN))
    splitter.normalizer = normalizers.Sequence(
        [
            normalizers.Nmt(),
            normalizers.NFKC(),
            normalizers.Replace(cast(Any, tokenizers.Regex)(" {2,}"), " "),
        ]
    )
    splitter.pre_tokenizer = pre_tokenizers.Metaspace()
    return splitter
