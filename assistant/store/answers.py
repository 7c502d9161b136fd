"""Answers of language models, each kept as soon as it arrives, so that none is paid for twice.

An answer is committed at once, in the middle of whatever is being read: SQLite lets one transaction
write at a time, so there the answers have a file of their own.
"""

import datetime
from typing import Self

from sqlalchemy import Engine, delete, insert, select

from assistant.llm.protocol import Kept
from assistant.store.session import beside
from assistant.store.tables import answers

_COLUMNS = [answers.c[name] for name in Kept._fields]


class StoredAnswers:
    """A journal in the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def beside(cls, url: str) -> Self:
        """Open the answers that belong to the database at `url`."""
        return cls(beside(url))

    def find(self, key: str) -> Kept | None:
        """Give the answer that was kept under `key`."""
        found = select(*_COLUMNS).where(answers.c.key == key)
        with self._engine.connect() as connection:
            row = connection.execute(found).first()
        return Kept(*row) if row else None

    def keep(self, key: str, answer: Kept) -> None:
        """Keep an answer; when this returns, it outlives the process. The last one stays."""
        now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
        row = {"key": key, "answered_at": now} | answer._asdict()
        with self._engine.begin() as connection:
            connection.execute(delete(answers).where(answers.c.key == key))
            connection.execute(insert(answers), [row])
