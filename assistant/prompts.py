"""Load prompt files: `prompts/<name>/v<number>.md`, front matter above, words below.

The highest version is live. A released version never changes, so that `name@version` on a
conclusion always leads back to the exact words that it came from.
"""

import re
from functools import cache
from pathlib import Path
from string import Template
from typing import Literal, NamedTuple, Self

import yaml
from pydantic import Field, ValidationError, model_validator

from assistant.errors import UnknownPrompt
from ingestion.models import Record

PROMPTS = Path(__file__).parent.parent / "prompts"
_FILE = re.compile(r"---\n(.*?)\n---\n# system\n(.*?)\n# user\n(.*)", re.DOTALL)

Role = Literal["careful", "quick"]
"""careful: the best model there is; quick: a cheap one, for many small questions."""


class Messages(NamedTuple):
    """A prompt, filled in. What stays the same from call to call comes first, in `system`."""

    system: str
    user: str


class Prompt(Record):
    """One version of one prompt.

    Attributes:
        purpose: What the prompt is for, one sentence.
        model: Which of the configured models it wants, by role and not by name.
        temperature: 0 for the likeliest answer.
        max_tokens: The longest reply that is paid for, in tokens.
        inputs: The `$names` its words use, each of which `render` must be given.
        changed: What this version does differently, and why.
    """

    name: str
    version: int
    purpose: str
    model: Role
    temperature: float = Field(default=0.0, ge=0, le=2)
    max_tokens: int = Field(default=8000, gt=0)
    inputs: tuple[str, ...]
    changed: str
    system: str
    user: str

    @model_validator(mode="after")
    def _declares_its_inputs(self) -> Self:
        used = {*Template(self.system).get_identifiers(), *Template(self.user).get_identifiers()}
        if used != set(self.inputs):
            raise ValueError(f"declares {sorted(self.inputs)} but uses {sorted(used)}")
        return self

    def __str__(self) -> str:
        return f"{self.name}@{self.version}"

    def render(self, **inputs: str) -> Messages:
        """Fill in the words, each input once: a `$` inside an input stays as it is."""
        fill = (Template(words).substitute(inputs) for words in (self.system, self.user))
        return Messages(*fill)


@cache
def load(name: str, version: int | None = None) -> Prompt:
    """Read a prompt, the live version unless told otherwise.

    Raises:
        UnknownPrompt: There is no such prompt or version, or the file cannot be followed.
    """
    versions = {int(file.stem[1:]): file for file in PROMPTS.glob(f"{name}/v*.md")}
    number = version or max(versions, default=0)
    if number not in versions:
        raise UnknownPrompt(f"{name}@{number}")
    return parse(versions[number].read_text("utf-8"), name, number)


def parse(text: str, name: str, version: int) -> Prompt:
    """Read a prompt from the text of its file.

    Raises:
        UnknownPrompt: The text is not front matter, `# system` and `# user`.
    """
    parts = _FILE.fullmatch(text)
    if parts is None:
        raise UnknownPrompt(f"{name}@{version} is not front matter, # system, # user")
    head, system, user = parts.groups()
    words = {"system": system.strip(), "user": user.strip()}
    try:
        return Prompt.model_validate(
            {"name": name, "version": version} | yaml.safe_load(head) | words
        )
    except (ValidationError, yaml.YAMLError, TypeError) as error:
        raise UnknownPrompt(f"{name}@{version}: {error}") from error


def everything() -> tuple[Prompt, ...]:
    """Read every version of every prompt, by name and version."""
    files = [(file.parent.name, int(file.stem[1:])) for file in PROMPTS.glob("*/v*.md")]
    return tuple(load(name, version) for name, version in sorted(files))
