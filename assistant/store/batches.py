"""Which batch a question went with, kept until its answer is."""

from typing import Self

from sqlalchemy import Engine, bindparam, delete, insert, select

from assistant.store.session import beside
from assistant.store.tables import batched


class StoredBatches:
    """Questions under way, beside the answers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def beside(cls, url: str) -> Self:
        """Open the batches that belong to the database at `url`."""
        return cls(beside(url))

    def batch_of(self, key: str) -> str | None:
        """Name the batch that a question went with; None where it went with none."""
        with self._engine.connect() as connection:
            return connection.scalar(select(batched.c.batch).where(batched.c.key == key))

    def keep(self, batch: str, keys: list[str]) -> None:
        """Keep that questions went with a batch; when this returns, it outlives the process."""
        those = [{"asked": key} for key in keys]
        with self._engine.begin() as connection:
            connection.execute(delete(batched).where(batched.c.key == bindparam("asked")), those)
            connection.execute(insert(batched), [{"key": key, "batch": batch} for key in keys])

    def done(self, key: str) -> None:
        """Forget a question: its answer is kept."""
        with self._engine.begin() as connection:
            connection.execute(delete(batched).where(batched.c.key == key))
