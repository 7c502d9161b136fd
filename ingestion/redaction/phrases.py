"""The phrases around a name, in nine languages, as `phrases.yaml` lists them."""

from functools import cache
from importlib.resources import files
from typing import cast

import yaml


@cache
def phrases() -> dict[str, str]:
    """Give each list of phrases: alternatives of an expression, or words between spaces."""
    text = files("ingestion.redaction").joinpath("phrases.yaml").read_text("utf-8")
    lists = cast(dict[str, str], yaml.safe_load(text))
    return {name: words.replace("\n|", "|").replace("\n", " ") for name, words in lists.items()}
