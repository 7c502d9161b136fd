"""The conversations: each reply is counted once, in order, and answered when it is on disk."""

import asyncio
import hashlib
import secrets
from collections.abc import Callable
from functools import partial
from typing import NamedTuple, get_args
from weakref import WeakValueDictionary

from api.service import keys, views
from api.service.doors import Doors, now
from api.service.interviewers import Interviewing
from api.service.problems import Problem
from api.service.views import Opened, Opening, Sent, View
from assistant.interviewing.models import Context, Conversation, Reply, ReplyKind
from assistant.store import conversations
from assistant.store.access import hashed
from assistant.store.conversations import Answered, Kept, Place
from assistant.store.session import Connection
from assistant.store.surveys import Survey
from ingestion.redaction import mask

_ATTEMPTS = 3
"""So often a reply is tried that another process was quicker than."""
_KINDS: frozenset[str] = frozenset(get_args(ReplyKind))


class Said(NamedTuple):
    """What a reply led to.

    Attributes:
        view: The conversation now.
        new: Turns of the bot that the person has not seen before.
    """

    view: View
    new: tuple[views.TurnView, ...]


class Talks:
    """Opens conversations, gives them back, and takes replies."""

    def __init__(self, doors: Doors) -> None:
        self._doors = doors
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def open(self, survey: Survey, opening: Opening, key: str) -> Opened:
        """Begin a conversation; the same opening under the same key is the same one."""
        held = keys.derive(self._doors.secret, survey.key, key)
        request = _digest(opening.model_dump_json())
        names = conversations.Opened(
            hashed(held.token),
            hashed(held.withdrawal_code),
            hashed(f"{survey.key} {key}"),
            request,
        )
        async with self._lock(names.opening):
            earlier = await self._doors.read(
                partial(conversations.by_opening, opening=names.opening)
            )
            kept = self._again(earlier, request) or await self._begin(survey, opening, names)
        view = self._view(survey, kept)
        return Opened(token=held.token, withdrawal_code=held.withdrawal_code, conversation=view)

    async def _begin(
        self, survey: Survey, opening: Opening, names: conversations.Opened
    ) -> Conversation:
        interviewer = self._doors.interviewers.of(survey)
        language = nearest(opening.language, interviewer)
        context = _vouched(survey, opening)
        began = await interviewer.open(f"c_{secrets.token_hex(8)}", language, context, now())
        place = Place(survey.study, survey.key)
        await self._doors.write(lambda to: conversations.open(to, place, names, began))
        return began

    @staticmethod
    def _again(earlier: tuple[str, Kept] | None, request: str) -> Conversation | None:
        if earlier is None:
            return None
        known, kept = earlier
        if known != request:
            raise _key_reused()
        return kept.conversation

    async def current(self, token: str) -> tuple[Survey, View]:
        """Give the conversation of a token, with the open question."""
        kept, _ = await self._find(token)
        survey = self._survey(kept)
        return survey, self._view(survey, kept.conversation)

    async def survey_of(self, token: str) -> Survey:
        """Give the survey that a token's conversation belongs to."""
        kept, _ = await self._find(token)
        return self._survey(kept)

    async def withdraw(self, code: str) -> None:
        """Erase the conversation of a withdrawal code.

        Raises:
            Problem: Nothing is kept under it.
        """
        withdrawal = hashed(keys.written(code))

        def erase(connection: Connection) -> bool:
            found = conversations.by_withdrawal(connection, withdrawal)
            if found:
                study, id = found
                conversations.erase(connection, study, [id], now())
            return found is not None

        if not await self._doors.write(erase):
            raise Problem(404, "unknown_code", "Nothing is kept under this code, or no longer.")

    async def reply(
        self, token: str, key: str, sent: Sent, allow: Callable[[Survey], None]
    ) -> Said:
        """Take a reply.

        Args:
            token: The conversation's.
            key: The sender's; what comes twice under it counts once.
            sent: The reply, and the turn that it answers.
            allow: Raises where the survey does not allow the request.

        Raises:
            Problem: There is no such conversation; the turn is not open any more; or the key was
                used for another reply.
        """
        masked = sent.model_copy(update={"reply": _masked(sent.reply)})
        request = _digest(sent.model_dump_json())
        async with self._lock(token):
            for _ in range(_ATTEMPTS):
                kept, counted = await self._find(token, key)
                survey = self._survey(kept)
                allow(survey)
                if counted:
                    return self._repeated(survey, counted, request)
                after = await self._answer(survey, kept, masked)
                write = partial(
                    conversations.advance, kept=kept, after=after, at=now(), sent=(key, request)
                )
                if await self._doors.write(write):
                    return self._said(survey, after, len(kept.conversation.turns))
        raise Problem(503, "busy", "Somebody else is answering: send it again.")

    async def _answer(self, survey: Survey, kept: Kept, sent: Sent) -> Conversation:
        conversation = kept.conversation
        waiting = conversation.open_turn
        is_open = sent.to == (waiting.id if waiting else None)
        if sent.reply.kind not in _taken(conversation, is_open=is_open):
            view = self._view(survey, conversation)
            detail = "This question is not open any more: go on from the conversation given here."
            raise Problem(409, "closed_turn", detail, conversation=view)
        after = await self._interviewer(survey, conversation).answer(
            conversation, sent.reply, now()
        )
        return forgetful(after)

    def _repeated(self, survey: Survey, counted: Answered, request: str) -> Said:
        if counted.request != request:
            raise _key_reused()
        return self._said(survey, counted.conversation, 0)

    def _said(self, survey: Survey, after: Conversation, seen: int) -> Said:
        view = self._view(survey, after)
        return Said(view, tuple(turn for turn in view.turns[seen:] if turn.speaker == "bot"))

    async def _find(self, token: str, key: str = "") -> tuple[Kept, Answered | None]:
        def find(connection: Connection) -> tuple[Kept, Answered | None] | None:
            kept = conversations.by_token(connection, hashed(token))
            if kept is None:
                return None
            return kept, conversations.answered(connection, kept, key) if key else None

        found = await self._doors.read(find)
        if found is None:
            raise Problem(401, "unknown_token", "No conversation goes on with this token.")
        return found

    def _survey(self, kept: Kept) -> Survey:
        survey = self._doors.survey(kept.survey)
        if survey is None:
            raise Problem(404, "unknown_survey", "The survey of this conversation is gone.")
        return survey

    def _interviewer(self, survey: Survey, conversation: Conversation) -> Interviewing:
        return self._doors.interviewers.going_on(survey, conversation)

    def _view(self, survey: Survey, conversation: Conversation) -> View:
        interviewer = self._interviewer(survey, conversation)
        can, progress = interviewer.allowed(conversation), interviewer.progress(conversation)
        return views.view(conversation, progress, can)

    def _lock(self, name: str) -> asyncio.Lock:
        """Give the lock of a conversation; it is gone when nobody waits for it."""
        lock = self._locks.get(name)
        if lock is None:
            lock = self._locks[name] = asyncio.Lock()
        return lock


def forgetful(conversation: Conversation) -> Conversation:
    """Keep nothing of who declined or withdrew but that they did, and what the bot said last."""
    if conversation.status not in {"declined", "withdrawn"}:
        return conversation
    farewell = [turn for turn in conversation.turns if turn.speaker == "bot"][-1:]
    return Conversation(
        **conversation.model_dump(
            include={"id", "questionnaire", "language", "status", "step", "announced_minutes"}
        ),
        started_at=conversation.started_at,
        turns=tuple(farewell),
    )


def nearest(wanted: str, interviewer: Interviewing) -> str:
    """Choose among the languages that are spoken: "de" for "de-AT", the first for unknown ones."""
    spoken = interviewer.languages
    short = wanted.lower().replace("_", "-").partition("-")[0]
    return next((each for each in (wanted, short, "en") if each in spoken), spoken[0])


def _taken(conversation: Conversation, *, is_open: bool) -> frozenset[str]:
    """Tell which replies are taken: to be left alone is honoured whatever is open."""
    if conversation.is_over:
        return frozenset({"withdraw"} if conversation.consented_at else ())
    return _KINDS if is_open else frozenset({"stop", "withdraw"})


def _masked(reply: Reply) -> Reply:
    """Mask a reply before anything sees it: nobody's address is stored, mirrored or sent on."""
    return reply.model_copy(update={"text": mask(reply.text)}) if reply.text else reply


def _vouched(survey: Survey, opening: Opening) -> Context:
    context = opening.context
    signed = keys.is_signed(survey.visitor_secret, context.visitor, opening.visitor_signature)
    return context.model_copy(update={"is_signed": signed})


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _key_reused() -> Problem:
    return Problem(422, "key_reused", "This Idempotency-Key was used for something else.")
