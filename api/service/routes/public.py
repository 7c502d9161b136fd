"""What a visitor may do: see a survey, begin a conversation, go on with their own, and withdraw."""

from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import Response, StreamingResponse

from api.service import keys, streaming
from api.service.dependencies import SenderKey, TheVisit, Token
from api.service.problems import Problem
from api.service.talking import nearest
from api.service.views import Opened, Opening, Sent, SurveyView, View, direction

router = APIRouter(prefix="/v1/public", tags=["public"])


@router.get("/surveys/{key}", summary="See a survey")
async def survey(key: str, visit: TheVisit, language: str = "en") -> SurveyView:
    """Tell what is asked, by whom and how long it takes, in the visitor's language."""
    visit.take()
    found = visit.survey(key)
    interviewer = visit.doors.interviewers.of(found)
    spoken = nearest(language, interviewer)
    return SurveyView(
        name=interviewer.name.get(spoken, ""),
        minutes=interviewer.minutes,
        languages=tuple(interviewer.languages),
        language=spoken,
        direction=direction(spoken),
        asker=found.asker,
        appearance=found.appearance,
        labels=dict(interviewer.labels(spoken)),
    )


@router.post("/conversations", status_code=201, summary="Begin a conversation")
async def begin(opening: Opening, key: SenderKey, visit: TheVisit) -> Opened:
    """Begin a conversation: the first message says what this is and asks for consent."""
    visit.take(survey=opening.survey)
    found = visit.survey(opening.survey)
    if not keys.is_strong(key):
        raise Problem(400, "no_key", "Send Idempotency-Key with a UUID to begin a conversation.")
    if opening.website:
        raise Problem(403, "refused", "A field was filled in that is shown to nobody.")
    return await visit.talks.open(found, opening, key)


@router.get("/conversations/current", summary="Go on with a conversation")
async def current(token: Token, visit: TheVisit) -> View:
    """Give the visitor's conversation as it stands, to go on with after a reload."""
    visit.take(visitor=token)
    of, view = await visit.talks.current(token)
    visit.allow(of)
    return view


@router.delete("/conversations/{withdrawal_code}", status_code=204, summary="Withdraw")
async def withdraw(withdrawal_code: str, visit: TheVisit) -> None:
    """Erase a conversation, and everything of it that became part of a study."""
    visit.take(withdrawal=visit.address)
    await visit.talks.withdraw(withdrawal_code)


@router.post(
    "/conversations/current/replies",
    summary="Reply",
    response_model=View,
    responses={409: {"description": "The turn is not open any more; the conversation is given."}},
)
async def reply(
    sent: Sent,
    token: Token,
    key: SenderKey,
    visit: TheVisit,
    accept: Annotated[str, Header()] = "",
) -> Response:
    """Take a reply, and give the conversation with what the bot says to it."""
    visit.take(visitor=token)
    said = await visit.talks.reply(token, key, sent, visit.allow)
    if "text/event-stream" in accept:
        return StreamingResponse(streaming.events(said), media_type="text/event-stream")
    return Response(said.view.model_dump_json(), media_type="application/json")
