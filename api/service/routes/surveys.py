"""Surveys: which questionnaire is put to the visitors of which sites."""

import secrets
from functools import partial

from fastapi import APIRouter
from pydantic import Field

from api.service.dependencies import Editor, TheDoors, Viewer
from api.service.problems import Problem
from api.service.routes.questionnaires import find
from api.service.views import Body
from assistant.store import surveys
from assistant.store.surveys import Survey

router = APIRouter(prefix="/v1/surveys", tags=["surveys"])


class Wanted(Body):
    """What a new survey is to be; as in `Survey`."""

    study: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64)
    questionnaire: str = Field(max_length=80)
    asker: str = Field(min_length=1, max_length=80)
    origins: tuple[str, ...] = Field(default=(), max_length=50)
    appearance: dict[str, str] = Field(default_factory=dict)
    idle_minutes: int = Field(default=720, ge=5, le=60 * 24 * 30)
    is_open: bool = True


@router.post("", status_code=201, summary="Make a survey")
async def make(wanted: Wanted, doors: TheDoors, caller: Editor) -> Survey:
    """Make a survey; its key goes into the page, its secret onto the company's server."""
    find(doors, wanted.questionnaire)
    made = Survey(
        key=surveys.new_key(), visitor_secret=secrets.token_hex(32), **wanted.model_dump()
    )
    await doors.act(
        caller.id, "survey.made", partial(surveys.save, survey=made), lambda _: made.key
    )
    await doors.refresh()
    return made


@router.get("", summary="List the surveys")
async def listed(doors: TheDoors, _: Viewer) -> list[Survey]:
    """Give every survey, without its secret."""
    found = await doors.read(surveys.load)
    return [survey.model_copy(update={"visitor_secret": ""}) for survey in found.values()]


@router.put("/{key}", summary="Change a survey")
async def change(key: str, wanted: Wanted, doors: TheDoors, caller: Editor) -> Survey:
    """Change a survey; conversations that have begun go on as they began."""
    known = doors.survey(key)
    if known is None:
        raise Problem(404, "unknown_survey", "There is no such survey.")
    find(doors, wanted.questionnaire)
    changed = known.model_copy(update=wanted.model_dump())
    save = partial(surveys.save, survey=changed)
    await doors.act(caller.id, "survey.changed", save, lambda _: key)
    await doors.refresh()
    return changed.model_copy(update={"visitor_secret": ""})
