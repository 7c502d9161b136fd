"""What the routes share: the store, the surveys, who leads conversations, and the limits."""

import asyncio
import datetime
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from api.service.interviewers import Interviewers
from api.service.limits import Rate
from api.service.problems import Problem, TooMany
from api.service.shelf import Shelf
from assistant.store import access, audit, questionnaires, surveys
from assistant.store.session import Connection, Engine, service_at
from assistant.store.surveys import Survey
from assistant.store.writing import Writer

T = TypeVar("T")
_READERS = 4


class Doors:
    """The doors of one process.

    Attributes:
        engine: Of the service's tables.
        secret: What tokens derive from.
        shelf: The questionnaires.
    """

    def __init__(self, database: str, interviewers: Interviewers | None) -> None:
        self.engine: Engine = service_at(database)
        self.secret = access.service_secret(self.engine)
        self._interviewers = interviewers
        self.shelf = Shelf()
        self._surveys: dict[str, Survey] = {}
        self._writer = Writer(self.engine)
        self._readers = ThreadPoolExecutor(_READERS, "reader")

    @property
    def is_led(self) -> bool:
        """Whether there is somebody to lead conversations."""
        return self._interviewers is not None

    @property
    def interviewers(self) -> Interviewers:
        """Who leads conversations.

        Raises:
            Problem: The service has not started yet.
        """
        if self._interviewers is None:
            raise Problem(503, "not_ready", "The service is starting: send it again.")
        return self._interviewers

    @interviewers.setter
    def interviewers(self, interviewers: Interviewers) -> None:
        self._interviewers = interviewers

    async def read(self, read: Callable[[Connection], T]) -> T:
        """Read from the store, without holding up the others."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, self._read, read)

    async def write(self, write: Callable[[Connection], T]) -> T:
        """Write to the store; when this returns it is on disk."""
        return await self._writer.write(write)

    async def act(
        self, who: str, action: str, write: Callable[[Connection], T], what: Callable[[T], str]
    ) -> T:
        """Write to the store what somebody does, and note it in the audit log: both or neither.

        Args:
            who: The access key's id.
            action: "key.made".
            write: Does it; a problem it raises undoes it.
            what: Names what it was done to, from what `write` gave.
        """

        def both(connection: Connection) -> T:
            result = write(connection)
            audit.note(connection, who, action, what(result))
            return result

        return await self.write(both)

    def _read(self, read: Callable[[Connection], T]) -> T:
        with self.engine.connect() as connection:
            return read(connection)

    async def refresh(self) -> None:
        """Hear of surveys and questionnaires that are new, from this process or another."""
        self.shelf.fill(await self.read(questionnaires.load))
        self._surveys = await self.read(surveys.load)

    @property
    def surveys(self) -> tuple[Survey, ...]:
        """Every survey."""
        return tuple(self._surveys.values())

    def survey(self, key: str) -> Survey | None:
        """Give a survey by its key."""
        return self._surveys.get(key)

    def is_known_origin(self, origin: str) -> bool:
        """Whether some survey is asked on this site."""
        return any(may_ask(survey, origin) for survey in self._surveys.values())

    def close(self) -> None:
        """Finish what waits to be written, and close."""
        self._writer.close()
        self._readers.shutdown()
        self.engine.dispose()


class Rates:
    """How often an address, a visitor and a survey may ask for something."""

    def __init__(self, address: int, visitor: int, survey: int) -> None:
        """Set how many requests a minute are taken from each."""
        self._rates = {
            "address": Rate(address, address // 2),
            "visitor": Rate(visitor, visitor // 2),
            "survey": Rate(survey, survey // 2),
            "withdrawal": Rate(10, 5),
        }

    def take(self, **who: str) -> None:
        """Take one from the bucket of each: address="…", survey="…".

        Raises:
            TooMany: One of them is empty.
        """
        waits = [self._rates[kind].wait_s(name) for kind, name in who.items()]
        if wait := max(waits):
            raise TooMany(wait)


def may_ask(survey: Survey, origin: str) -> bool:
    """Whether a survey is asked on a site."""
    return "*" in survey.origins or origin in survey.origins


def now() -> datetime.datetime:
    """Tell the time, in UTC."""
    return datetime.datetime.now(datetime.UTC)
