"""The word lists the recognition of tables rests on, in nine languages: `words/*.yaml`."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import cast

import yaml

_HAN = re.compile(r"[\u3400-\u9fff]")


@cache
def load(name: str) -> dict[str, tuple[str, ...]]:
    """Read a word list: what is said, by what it means."""
    text = files("ingestion.records").joinpath("words", f"{name}.yaml").read_text(encoding="utf-8")
    lists = cast("dict[str, str]", yaml.safe_load(text))
    return {meaning: tuple(words.split(" | ")) for meaning, words in lists.items()}


def whole(words: Iterable[str]) -> re.Pattern[str]:
    """Find any of the words, as a word of its own where its script has spaces."""
    listed = list(words)
    spaced = "|".join(word for word in listed if not _HAN.search(word))
    han = [word for word in listed if _HAN.search(word)]
    return re.compile("|".join([rf"\b(?:{spaced})\b", *han]), re.IGNORECASE)


def anywhere(words: Iterable[str]) -> re.Pattern[str]:
    """Find any of the words, also inside another."""
    return re.compile("|".join(words), re.IGNORECASE)
