"""Load questionnaires: `prompts/questionnaires/<name>/v<number>.yaml`, the highest version live.

A version that was used never changes, so that `name@version` on a transcript always leads back to
the exact words that were asked.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from assistant.errors import MalformedQuestionnaire, UnknownQuestionnaire
from assistant.questionnaires.models import Questionnaire

QUESTIONNAIRES = Path(__file__).parents[2] / "prompts" / "questionnaires"
BANK = "bank"
"""The one folder there that holds no questionnaire."""


def names() -> tuple[str, ...]:
    """The questionnaires that come with the package."""
    files = QUESTIONNAIRES.glob("*/v*.yaml")
    return tuple(sorted({file.parent.name for file in files} - {BANK}))


@cache
def load(name: str) -> Questionnaire:
    """Read a questionnaire: `nps`, the live version, or `nps@1`, that one.

    Raises:
        UnknownQuestionnaire: There is no such questionnaire or version.
        MalformedQuestionnaire: Its file cannot be followed.
    """
    bare, _, version = name.partition("@")
    found = versions(bare)
    number = int(version) if version.isdecimal() else max(found, default=0)
    if bare not in names() or number not in found or (version and not version.isdecimal()):
        raise UnknownQuestionnaire(name, names())
    return parse(found[number].read_text("utf-8"), {"name": bare, "version": number})


def versions(name: str) -> dict[int, Path]:
    """The files of a questionnaire, or of the bank, by version."""
    files = (QUESTIONNAIRES / name).glob("v*.yaml") if name.replace("-", "").isalnum() else ()
    return {int(file.stem[1:]): file for file in files}


def parse(text: str, named: dict[str, Any] | None = None) -> Questionnaire:
    """Read a questionnaire from YAML; one of somebody's own says its name and version itself.

    Raises:
        MalformedQuestionnaire: The text cannot be followed, with all that is wrong with it.
    """
    try:
        fields = yaml.safe_load(text)
        if not isinstance(fields, dict):
            raise MalformedQuestionnaire("a questionnaire is a mapping: name, title, questions …")
        return Questionnaire.model_validate({**fields, **(named or {})})
    except yaml.YAMLError as error:
        raise MalformedQuestionnaire(f"not YAML: {error}") from error
    except ValidationError as error:
        raise MalformedQuestionnaire("; ".join(_faults(error))) from error


def _faults(error: ValidationError) -> list[str]:
    return [
        ": ".join(filter(None, (".".join(map(str, fault["loc"])), fault["msg"])))
        for fault in error.errors()
    ]


def dump(questionnaire: Questionnaire) -> str:
    """Write a questionnaire as YAML that `parse` reads, without what is as it is by default."""
    fields = questionnaire.model_dump(mode="json", exclude_defaults=True)
    return yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=100)
