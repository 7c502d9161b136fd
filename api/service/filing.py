"""Off the request path: conversations become sources of their study, lapse, and are erased from it.

An interview ends as a file: `studies/<study>/interviews/<id>.json` in the home folder, which the
study reads as it reads any other. What is to be done is told by the store alone, so that a process
which was killed half way does it again.
"""

import asyncio
import datetime
import fcntl
import os
from collections import defaultdict
from collections.abc import Awaitable, Callable, Generator, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from api.service.delivering import ended
from api.service.doors import Doors, now
from api.service.naming import naming
from api.service.talking import forgetful
from assistant.interviewing import Conversation, transcript
from assistant.interviewing.models import Status
from assistant.store import conversations, erasures, maps, people, webhooks
from assistant.store.session import Connection, overwrite_log
from assistant.workflows.study import Study
from assistant.workflows.update import update
from ingestion.models import Source
from ingestion.records.people import person

_ENDS: tuple[Status, ...] = ("finished", "abandoned", "handed_over")
"""Ends after which what was said is a source; before consent nothing was kept."""
_QUICK_MS, _WRITTEN = 50, 3
"""So many answers, each written in so little time: nobody types like this."""

OpenStudy = Callable[[Path], AbstractContextManager[Study]]


class Change(NamedTuple):
    """What a study gains and loses."""

    added: list[Conversation]
    erased: list[str]


class Erased(NamedTuple):
    """What was erased of a person.

    Attributes:
        conversations: How many.
        files: Sources that held nobody else, as "study/file".
        left_in: Files that hold others too, as "study/file", and so are left for people to
            correct; each with the ids of this person's records, where it has such.
    """

    conversations: int
    files: tuple[str, ...]
    left_in: dict[str, tuple[str, ...]]


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
        self._sweeping = asyncio.Lock()

    async def sweep(self) -> None:
        """End what nobody goes on with, erase what is kept too long, bring studies up to date."""
        async with self._sweeping:
            await self._lapse()
            await self._expire()
            for study, change in (await self._waiting()).items():
                await self._bring_up_to_date(study, change)

    async def erase(self, participant: str) -> Erased:
        """Erase a person from every study; when this returns, it is done.

        Args:
            participant: As the company calls them; an e-mail address too, which studies keep as a
                digest.
        """
        names = {participant, person(participant) or participant}
        ids = await self._doors.write(partial(_withdrawn, names=names, at=self._now()))
        await self.sweep()
        files: list[str] = []
        left: dict[str, tuple[str, ...]] = {}
        for folder in sorted(self._home.glob("studies/*/")):
            held = await asyncio.to_thread(self._erase_files, folder, names)
            files += [f"{folder.name}/{source}" for source in held.alone]
            left |= {f"{folder.name}/{file}": records for file, records in held.shared.items()}
        return Erased(len(ids), tuple(files), left)

    async def _bring_up_to_date(self, study: str, change: Change) -> None:
        applied = await asyncio.to_thread(self._apply, study, change)
        await self._doors.write(partial(_note, study=study, change=applied, at=self._now()))
        if change.erased:
            await asyncio.to_thread(overwrite_log, self._doors.engine)

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
        for kept in await self._unfiled():
            if kept.conversation.consented_at:
                changes[kept.study].added.append(kept.conversation)
        return dict(changes)

    async def _unfiled(self) -> list[conversations.Kept]:
        """Find what is to be filed, and hold back what may come from a machine."""
        find = partial(conversations.unfiled, ends=_ENDS)
        found = await self._doors.read(partial(find, are_released=True))
        for kept in await self._doors.read(find):
            if reason := doubt(kept.conversation):
                id = kept.conversation.id
                await self._doors.write(partial(conversations.doubt, id=id, reason=reason))
            else:
                found.append(kept)
        return found

    def _apply(self, name: str, change: Change) -> Change:
        """Put the files in order, then have the study read what is new and forget what is gone."""
        folder = self._home / "studies" / name
        interviews = folder / "interviews"
        interviews.mkdir(parents=True, exist_ok=True)
        with _alone_in(folder):
            added = self._standing(change.added)
            for conversation in added:
                _write(_file(interviews, conversation.id), transcript.as_source(conversation))
            for id in change.erased:
                _file(interviews, id).unlink(missing_ok=True)
            with self._open_study(folder) as study:
                _update(study, folder, [f"interviews/{id}.json" for id in change.erased])
        return Change(added, change.erased)

    def _standing(self, added: Sequence[Conversation]) -> list[Conversation]:
        """Leave out what was erased since it was found to be added."""
        with self._doors.engine.connect() as connection:
            standing = conversations.standing(connection, [each.id for each in added])
        return [each for each in added if each.id in standing]

    def _erase_files(self, folder: Path, names: set[str]) -> people.Held:
        """Erase the files of a study that hold this person and nobody else.

        The study is read first, so that a file which nobody had it read is not overlooked, and what
        was taken out of a file by hand is forgotten.
        """
        with _alone_in(folder), self._open_study(folder) as study:
            with study.engine.begin() as connection:
                maps.forget_naming(connection, study.id, people.cited(connection, study.id, names))
            update(study, [folder], None, _Unheard())
            with study.engine.connect() as connection:
                held = people.held(connection, study.id, names)
            for source in held.alone:
                (folder / source).unlink(missing_ok=True)
            _update(study, folder, held.alone)
            _leave_nothing(study)
        others = dict.fromkeys(naming(folder, names), ())
        return people.Held(held.alone, others | held.shared)


def _update(study: Study, folder: Path, erased: Sequence[str]) -> None:
    """Have a study read what is new and forget what is gone, with the maps that cite it."""
    with study.engine.begin() as connection:
        maps.forget(connection, study.id, erased)
    update(study, [folder], None, _Unheard())
    if erased:
        _leave_nothing(study)


def _leave_nothing(study: Study) -> None:
    """Leave nothing in any file of what was forgotten."""
    study.index.renew()
    overwrite_log(study.engine)


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


@contextmanager
def _alone_in(folder: Path) -> Generator[None]:
    """Wait until no other process changes the study of this folder, and hold others off."""
    with folder.with_name(f".{folder.name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _withdrawn(connection: Connection, names: set[str], at: datetime.datetime) -> list[str]:
    """Erase the conversations of a visitor; their studies forget them when they are swept."""
    found = conversations.of_visitor(connection, names)
    for study, ids in found.items():
        conversations.erase(connection, study, ids, at)
    return [id for ids in found.values() for id in ids]


def _note(connection: Connection, study: str, change: Change, at: datetime.datetime) -> None:
    """Note what was done; what was withdrawn meanwhile waits for the next time."""
    conversations.file(connection, [each.id for each in change.added], at)
    for each in change.added:
        if kept := conversations.by_id(connection, each.id):
            webhooks.tell(connection, study, ended(study, kept.survey, each))
    erasures.done(connection, study, change.erased, at)


async def keep_doing(
    what: str, work: Callable[[], Awaitable[None]], every_s: float, tell: Callable[[str], None]
) -> None:
    """Do something again and again; one failure is told and tried again."""
    while True:
        await asyncio.sleep(every_s)
        try:
            await work()
        except Exception as error:
            tell(f"{what} failed and is tried again: {type(error).__name__}: {error}")
