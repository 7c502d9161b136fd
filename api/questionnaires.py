"""`journey questionnaire`: draft one from what a map does not know, show one, check one."""

import sys
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant import questionnaires
from assistant.errors import AssistantError, MalformedQuestionnaire
from assistant.models import Gap, Stage
from assistant.questionnaires import Questionnaire

DONE, MISUSED = 0, 2


class _Map(BaseModel):
    """The part of a map that is read; whatever else is in the file is left alone."""

    model_config = ConfigDict(frozen=True)

    goal: str | None = None
    stages: tuple[Stage, ...]
    gaps: tuple[Gap, ...]


def draft(map_file: Path, out: Path) -> int:
    """Write a questionnaire, named like its file, about the gaps of a map."""
    try:
        drawn = _Map.model_validate_json(map_file.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        return _refuse(f"{map_file} is no journey map: {first['loc'] or ''} {first['msg']}")
    try:
        drafted = questionnaires.from_gaps(drawn, out.stem)
    except AssistantError as error:
        return _refuse(str(error))
    except ValidationError:
        return _refuse(f"{out.stem!r} is no name: small letters, digits and hyphens, as in my-own")
    out.write_text(questionnaires.dump(drafted), "utf-8")
    n_gaps = f"{len(drafted.goals)} of {len(drawn.gaps)} gaps"
    sys.stdout.write(f"{_told(drafted)}, about {n_gaps}: {out}\n")
    return DONE


def show(name: str) -> int:
    """Print a questionnaire of the package as YAML, to start one's own from."""
    try:
        shown = questionnaires.load(name)
    except AssistantError as error:
        return _refuse(str(error))
    sys.stdout.write(questionnaires.dump(shown))
    return DONE


def check(file: Path) -> int:
    """Tell whether a questionnaire of one's own can be asked, and what is wrong with it if not."""
    try:
        checked = questionnaires.parse(file.read_text("utf-8"))
    except (MalformedQuestionnaire, UnicodeDecodeError) as error:
        return _refuse(f"{file}: {error}")
    sys.stdout.write(f"{checked} can be asked: {_told(checked)}\n")
    return DONE


def _told(questionnaire: Questionnaire) -> str:
    languages = ", ".join(questionnaire.languages)
    n_questions = len(questionnaire.questions)
    questions = f"{n_questions} question" + ("s" if n_questions > 1 else "")
    return f"{questions}, {questionnaire.minutes} minutes, {languages}"


def _refuse(reason: str) -> int:
    sys.stderr.write(f"{reason}\n")
    return MISUSED
