"""The stories that respondents tell: topics in layers, from `datasets/conversations`."""

from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import yaml
from pydantic import BaseModel

LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "ru", "zh")

Layer = Literal["surface", "reason", "moment", "meaning", "cost"]
LAYERS: tuple[Layer, ...] = get_args(Layer)

Phrase = Literal["refuse", "evasive", "off_topic", "instruct", "person", "angry", "nothing", "said"]


class Story(BaseModel, frozen=True):
    """What a person has to say, in one language.

    Attributes:
        topics: By topic and layer; `brief` is the surface in two or three words.
        phrases: What they say beside it.
    """

    topics: dict[str, dict[str, str]]
    phrases: dict[Phrase, tuple[str, ...]]


@cache
def story(language: str) -> Story:
    """Read the story in `language`."""
    return Story.model_validate(_load(language))


@cache
def topic(questionnaire: str, question: str) -> str:
    """The topic that a question is about; what should have been asked is one too."""
    return "extra" if question == "anything_else" else _topics()[questionnaire][question]


@cache
def _topics() -> dict[str, dict[str, str]]:
    return {name: dict(topics) for name, topics in _load("topics").items()}


def _load(name: str) -> dict[str, dict[str, str]]:
    path = files("evals.datasets").joinpath(f"conversations/{name}.yaml")
    return yaml.safe_load(path.read_text("utf-8"))
