"""The bank: what is said where a questionnaire has no words of its own.

One file a version, `prompts/questionnaires/bank/v<number>.yaml`, by language; keys are read with
dots between: `probe.clarifying`, `handover.person`, `buttons.skip`.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Self

import yaml
from pydantic import model_validator

from assistant.errors import UnknownQuestionnaire
from assistant.questionnaires.loading import BANK, versions
from ingestion.models import Record

FALLBACK = "en"
"""What is spoken where the bank does not know a language."""


class Bank(Record):
    """The words of one version.

    Attributes:
        texts: By language and key; a text that comes in several wordings has them all.
    """

    version: int
    texts: dict[str, dict[str, tuple[str, ...]]]

    def __str__(self) -> str:
        return f"{BANK}@{self.version}"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages it speaks."""
        return tuple(self.texts)

    def variants(self, key: str, language: str) -> tuple[str, ...]:
        """Every wording of a text, the plainest first."""
        return self.texts.get(language, self.texts[FALLBACK])[key]

    def text(self, key: str, language: str, nth: int = 0) -> str:
        """One wording: the nth, counted from 0 and starting over at the end."""
        found = self.variants(key, language)
        return found[nth % len(found)]

    def under(self, prefix: str, language: str) -> dict[str, str]:
        """All texts below a key, by the rest of their keys: the buttons, the labels."""
        keys = self.texts.get(language, self.texts[FALLBACK])
        start = f"{prefix}."
        return {key.removeprefix(start): keys[key][0] for key in keys if key.startswith(start)}

    @model_validator(mode="after")
    def _says_the_same_in_each_language(self) -> Self:
        shapes = {
            language: {key: len(wordings) for key, wordings in keys.items()}
            for language, keys in self.texts.items()
        }
        for language, shape in shapes.items():
            if shape != shapes[FALLBACK]:
                differing = sorted(key for key, _ in shape.items() ^ shapes[FALLBACK].items())
                raise ValueError(f"{language} differs from {FALLBACK} in {', '.join(differing)}")
        return self


@cache
def bank(version: int | None = None) -> Bank:
    """Read the bank, the live version unless told otherwise.

    Raises:
        UnknownQuestionnaire: There is no such version.
    """
    found = versions(BANK)
    number = version or max(found, default=0)
    if number not in found:
        raise UnknownQuestionnaire(f"{BANK}@{number}", tuple(f"{BANK}@{each}" for each in found))
    by_language = yaml.safe_load(found[number].read_text("utf-8"))
    texts = {language: dict(_flat(keys)) for language, keys in by_language.items()}
    return Bank(version=number, texts=texts)


def _flat(keys: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, value in keys.items():
        match value:
            case dict():
                yield from _flat(value, f"{prefix}{key}.")  # pyright: ignore[reportUnknownArgumentType] - YAML
            case list():
                yield prefix + key, tuple(map(str, value))  # pyright: ignore[reportUnknownArgumentType] - YAML
            case _:
                yield prefix + key, (str(value),)
