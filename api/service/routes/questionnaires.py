"""Questionnaires: what is asked. A version is added, and never changed: answers name theirs."""

from functools import partial
from typing import Annotated

import yaml
from fastapi import APIRouter, Path
from pydantic import Field

from api.service.dependencies import Editor, TheDoors, Viewer
from api.service.doors import Doors
from api.service.problems import Problem
from api.service.views import Body
from assistant import questionnaires as asked
from assistant.errors import MalformedQuestionnaire, UnknownQuestionnaire
from assistant.questionnaires import Questionnaire
from assistant.store import questionnaires
from assistant.store.questionnaires import KeptText
from ingestion.models import Record

router = APIRouter(prefix="/v1/questionnaires", tags=["questionnaires"])

Name = Annotated[str, Path(max_length=80, description='"nps" for its newest version, or "nps@1".')]
NewName = Annotated[str, Path(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)]


class About(Record):
    """A questionnaire, without its questions.

    Attributes:
        minutes: The time that is announced.
        is_own: Whether this version was added here; else it came with the package.
    """

    name: str
    version: int
    purpose: str
    minutes: int
    title: dict[str, str]
    languages: tuple[str, ...]
    is_own: bool


class Whole(About):
    """A questionnaire as YAML, to start a version of one's own from."""

    text: str


class Wanted(Body):
    """A new version.

    Attributes:
        text: YAML, as `GET` shows it; name and version are given by the address and the count.
    """

    text: str = Field(max_length=60_000)


def _about(doors: Doors, found: Questionnaire) -> dict[str, object]:
    shown = found.model_dump(include={"name", "version", "purpose", "minutes", "title"})
    return {**shown, "languages": found.languages, "is_own": doors.shelf.is_own(found)}


@router.get("", summary="List the questionnaires")
async def listed(doors: TheDoors, _: Viewer) -> list[About]:
    """Give every questionnaire in its newest version, the package's and the company's own."""
    found = map(doors.shelf.find, doors.shelf.names())
    return [About.model_validate(_about(doors, each)) for each in found]


@router.get("/{name}", summary="Read a questionnaire")
async def read(name: Name, doors: TheDoors, _: Viewer) -> Whole:
    """Give a questionnaire with every question, as YAML."""
    found = find(doors, name)
    return Whole.model_validate(_about(doors, found) | {"text": asked.dump(found)})


@router.post("/{name}", status_code=201, summary="Add a version")
async def add(name: NewName, wanted: Wanted, doors: TheDoors, caller: Editor) -> Whole:
    """Add a version to a questionnaire, or begin one.

    It is asked from now on where a survey names no version. Conversations that have begun go on
    with theirs.
    """
    await doors.refresh()
    version = 1 + (find(doors, name).version if name in doors.shelf.names() else 0)
    parsed = _parsed(wanted.text, name, version)
    kept = KeptText(name=name, version=version, text=asked.dump(parsed))
    write = partial(questionnaires.add, kept=kept)
    await doors.act(caller.id, "questionnaire.added", write, lambda _: str(parsed))
    await doors.refresh()
    return Whole.model_validate(_about(doors, parsed) | {"text": kept.text})


def find(doors: Doors, name: str) -> Questionnaire:
    """Give a questionnaire.

    Raises:
        Problem: There is none of this name, or no such version.
    """
    try:
        return doors.shelf.find(name)
    except UnknownQuestionnaire as error:
        raise Problem(404, "unknown_questionnaire", str(error)) from error


def _parsed(text: str, name: str, version: int) -> Questionnaire:
    """Read a questionnaire; one that refers to parts of itself could grow without end."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text)):
            raise MalformedQuestionnaire("write out what `*` refers to")
        return asked.parse(text, {"name": name, "version": version})
    except (MalformedQuestionnaire, yaml.YAMLError, RecursionError, ValueError) as error:
        raise Problem(422, "malformed_questionnaire", str(error)[:2000]) from error
