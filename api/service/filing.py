"""Off the request path: conversations become sources of their study, lapse, and are erased from it.

An interview ends as a file: `studies/<study>/interviews/<id>.json` in the home folder, which the
study reads as it reads any other. What is to be done is told by the store alone, so that a process
which was killed half way does it again.
"""

import asyncio
import datetime
import os
from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from api.service.doors import Doors, now
from api.service.talking import forgetful
from assistant.interviewing import Conversation, transcript
from assistant.interviewing.models import Status
from assistant.store import conversations, erasures, maps
from assistant.store.session import Connection
from assistant.workflows.study import Study
from assistant.workflows.update import update
from ingestion.models import Source

_ENDS: tuple[Status, ...] = ("finished", "abandoned", "handed_over")
"""Ends after which what was said is a source; before consent nothing was kept."""
_QUICK_MS, _WRITTEN = 50, 3
"""So many answers, each written in so little time: nobody types like this."""

OpenStudy = Callable[[Path], AbstractContextManager[Study]]


class Change(NamedTuple):
    """What a study gains and loses."""

    added: list[Conversation]
    erased: list[str]


class Filing:
    """Does what waits, study by study."""

    def __init__(
        self,
        doors: Doors,
        home: Path,
        open_study: OpenStudy,
        clock: Callable[[], datetime.datetime] = now,
    ) -> None:
        """File into folders below `home`, by studies that `open_study` opens."""
        self._doors, self._home, self._open_study = doors, home, open_study
        self._now = clock

    async def sweep(self) -> None:
        """End what nobody goes on with, erase what is kept too long, bring studies up to date."""
        await self._lapse()
        await self._expire()
        for study, change in (await self._waiting()).items():
            await asyncio.to_thread(self._apply, study, change)
            await self._doors.write(partial(_note, study=study, change=change, at=self._now()))

    async def _lapse(self) -> None:
        for survey in self._doors.surveys:
            since = self._now() - datetime.timedelta(minutes=survey.idle_minutes)
            find = partial(conversations.idle, survey=survey.key, since=since)
            for kept in await self._doors.read(find):
                leader = self._doors.interviewers.going_on(survey, kept.conversation)
                after = forgetful(await leader.lapse(kept.conversation, self._now()))
                lapsed = partial(conversations.advance, kept=kept, after=after, at=self._now())
                await self._doors.write(lapsed)

    async def _expire(self) -> None:
        overdue = await self._doors.read(partial(erasures.overdue, now=self._now()))
        for study, ids in overdue.items():
            await self._doors.write(
                partial(conversations.erase, study=study, ids=ids, at=self._now())
            )

    async def _waiting(self) -> dict[str, Change]:
        changes = defaultdict[str, Change](lambda: Change([], []))
        for study, ids in (await self._doors.read(erasures.waiting)).items():
            changes[study].erased.extend(ids)
        for kept in await self._doors.read(partial(conversations.unfiled, ends=_ENDS)):
            if reason := doubt(kept.conversation):
                id = kept.conversation.id
                await self._doors.write(partial(conversations.doubt, id=id, reason=reason))
            elif kept.conversation.consented_at:
                changes[kept.study].added.append(kept.conversation)
        return dict(changes)

    def _apply(self, name: str, change: Change) -> None:
        """Put the files in order, then have the study read what is new and forget what is gone."""
        folder = self._home / "studies" / name
        interviews = folder / "interviews"
        interviews.mkdir(parents=True, exist_ok=True)
        for conversation in change.added:
            _write(_file(interviews, conversation.id), transcript.as_source(conversation))
        for id in change.erased:
            _file(interviews, id).unlink(missing_ok=True)
        sources = [f"interviews/{id}.json" for id in change.erased]
        with self._open_study(folder) as study:
            with study.engine.begin() as connection:
                maps.forget(connection, study.id, sources)
            update(study, [folder], None, _Unheard())


def doubt(conversation: Conversation) -> str | None:
    """Say why a conversation may come from a machine; None where nothing says so."""
    written = [turn for turn in conversation.turns if turn.reply == "text" and turn.text]
    if len(written) < _WRITTEN:
        return None
    if all((turn.heard_ms or 0) < _QUICK_MS for turn in written):
        return f"every answer was written in less than {_QUICK_MS} ms"
    if len({turn.text.casefold() for turn in written}) == 1:
        return "every answer is the same"
    return None


class _Unheard:
    """Progress that nobody watches."""

    def begin(self, source: Source, at: int, of: int) -> None:
        """Go on."""

    def read(self, n: int) -> None:
        """Go on."""


def _file(folder: Path, id: str) -> Path:
    return folder / f"{id}.json"


def _write(path: Path, content: bytes) -> None:
    """Write all of it or nothing."""
    partly = path.with_name(f".{path.name}")
    partly.write_bytes(content)
    os.replace(partly, path)


def _note(connection: Connection, study: str, change: Change, at: datetime.datetime) -> None:
    """Note what was done; what was withdrawn meanwhile waits for the next time."""
    conversations.file(connection, [each.id for each in change.added], at)
    erasures.done(connection, study, change.erased, at)


async def keep_sweeping(filing: Filing, every_s: float, tell: Callable[[str], None]) -> None:
    """Sweep again and again; one failure is told and tried again."""
    while True:
        await asyncio.sleep(every_s)
        try:
            await filing.sweep()
        except Exception as error:
            tell(f"Filing failed and is tried again: {type(error).__name__}: {error}")
