"""The event logs of studies, for as long as an answer is held against one."""

from collections.abc import Generator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from assistant.claims import Doings
from assistant.store.events import StoredLog
from assistant.store.session import Engine, connect
from assistant.workflows import study


class Logs:
    """Opens the log of a study by the study's id; the database, when it is first needed."""

    def __init__(self, home: Path, database: str) -> None:
        """Look into studies below `home`, which are kept in `database`."""
        self._home, self._database = home, database

    def of(self, name: str) -> Doings:
        """Give what opens the log of a study."""
        id = study.named([self._home / "studies" / name])

        @contextmanager
        def opened() -> Generator[StoredLog]:
            with self._engine.connect() as connection:
                yield StoredLog(connection, id)

        return opened

    def close(self) -> None:
        """Let go of the database, where it was opened."""
        if "_engine" in self.__dict__:
            self._engine.dispose()

    @cached_property
    def _engine(self) -> Engine:
        return connect(self._database)
