"""The cues of each language, from `cues/<language>.yaml`."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import cast

import yaml

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "ru", "zh")
_WHOLE = frozenset({"yes", "no", "nothing", "empty", "skip", "pause", "stop"})
"""Cues that have to be the whole answer: inside one, they tell of something else."""

Cues = dict[str, re.Pattern[str]]


@cache
def of(language: str) -> Cues:
    """Load the cues of `language`; those of English where there are none."""
    name = language if language in LANGUAGES else "en"
    text = files("assistant.interviewing.listening").joinpath(f"cues/{name}.yaml")
    told = cast("dict[str, str]", yaml.safe_load(text.read_text("utf-8")))
    return {key: _compiled(key, expression, name) for key, expression in told.items()}


def _compiled(key: str, expression: str, language: str) -> re.Pattern[str]:
    if key in _WHOLE:
        return re.compile(rf"\W*(?:{expression})\W*", re.IGNORECASE)
    bounds = ("", "") if language == "zh" else (r"(?<!\w)", r"(?!\w)")
    return re.compile(f"{bounds[0]}(?:{expression}){bounds[1]}", re.IGNORECASE)


def holds(key: str, text: str, *languages: str) -> bool:
    """Whether a cue is found in `text`, in any of these languages; a bare yes also in English."""
    asked = dict.fromkeys((*languages, "en")) if key in _WHOLE else languages
    return any(_found(key, text, language) for language in asked)


def _found(key: str, text: str, language: str) -> re.Match[str] | None:
    cue = of(language)[key]
    return cue.fullmatch(text) if key in _WHOLE else cue.search(text)


def found(key: str, text: str, language: str) -> Iterator[str]:
    """The words that a cue is told by, in order."""
    return (found[0] for found in of(language)[key].finditer(text))
