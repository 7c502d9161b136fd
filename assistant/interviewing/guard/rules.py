"""The expressions of each language, from `rules/<language>.yaml`."""

import re
from functools import cache
from importlib.resources import files
from typing import cast

import yaml

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "ru", "zh")
UNSPACED = frozenset({"zh", "ja"})
"""Languages that set no spaces between words."""

Rules = dict[str, re.Pattern[str]]


@cache
def of(language: str) -> Rules:
    """Load the rules of `language`; those of English where there are none."""
    name = language if language in LANGUAGES else "en"
    text = files("assistant.interviewing.guard").joinpath(f"rules/{name}.yaml").read_text("utf-8")
    told = cast("dict[str, str]", yaml.safe_load(text))
    return {key: _compiled(lines, name) for key, lines in told.items()}


def _compiled(lines: str, language: str) -> re.Pattern[str]:
    either = "|".join(line.strip() for line in lines.splitlines() if line.strip())
    bounds = ("", "") if language in UNSPACED else (r"(?<!\w)", r"(?!\w)")
    return re.compile(f"{bounds[0]}(?:{either}){bounds[1]}", re.IGNORECASE)
