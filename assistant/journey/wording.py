"""The tool's own words in nine languages, and the cues by which it knows certain sentences.

They are data, in the YAML files beside this module. A language they do not cover is
answered in English.
"""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import yaml

from assistant.models import DEFAULT_STAGES, Stage

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "ru", "zh")
"""The languages of the product."""


def question(language: str, stage: Stage, row: str, touchpoint: str | None = None) -> str:
    """Word one open question about a past episode.

    Args:
        language: The study's main language.
        stage: Where the episode lies; a company's own stage is named in the question.
        row: What is missing: goals, actions, touchpoints, emotion, pains, delights,
            opportunities or scores; for any other the whole episode is asked for.
        touchpoint: Names the episode more closely than the stage would.
    """
    words = _file("questions")
    words = words.get(language, words["en"])
    questions = cast(dict[str, str], words["questions"])
    asked = questions.get(row, questions["stage"])
    moment = touchpoint_name(language, touchpoint) if touchpoint else None
    return asked if row == "scores" else f"{_opening(words, stage, moment)} {asked}"


def phrase(language: str, name: str) -> str:
    """Give a word of the tool: a direction of change, or what sets a persona apart."""
    words = _file("wording")
    return cast(str, words.get(language, words["en"])[name])


def touchpoint_name(language: str, name: str) -> str:
    """Name a general touchpoint in a language; any other name stays as it is.

    Example:
        >>> touchpoint_name("de", "delivery"), touchpoint_name("de", "Werkstatt")
        ('Lieferung', 'Werkstatt')
    """
    return cast(dict[str, str], _file("touchpoints").get(language, {})).get(name, name)


def tells_a_goal(quote: str, language: str) -> bool:
    """Tell whether a sentence says what its speaker wanted to get done.

    Example:
        >>> tells_a_goal("I was looking for something that my mother could use.", "en")
        True
    """
    return bool(_cue("goals", language).search(quote))


def role(text: str, language: str) -> str | None:
    """Find how a speaker introduces themselves, in their words, None where they do not.

    Example:
        >>> role("I'm a night nurse at a small hospital.", "en")
        'night nurse'
    """
    found = _cue("roles", language).search(text)
    return next((said.strip() for said in found.groups() if said), None) if found else None


def _opening(words: dict[str, Any], stage: Stage, touchpoint: str | None) -> str:
    openings = words["openings"]
    if touchpoint:
        return cast(str, openings["touchpoint"]).replace("{name}", touchpoint)
    if stage.id in {known.id for known in DEFAULT_STAGES}:
        return cast(str, openings[stage.id])
    return cast(str, openings["own"]).replace("{name}", stage.name)


@lru_cache(maxsize=64)
def _cue(name: str, language: str) -> re.Pattern[str]:
    cues = _file("cues")[name]
    return re.compile(cues.get(language, cues["en"]), re.IGNORECASE)


@lru_cache(maxsize=8)
def _file(name: str) -> dict[str, Any]:
    text = Path(__file__).with_name(f"{name}.yaml").read_text("utf-8")
    return cast(dict[str, Any], yaml.safe_load(text))
