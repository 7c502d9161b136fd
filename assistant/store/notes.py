"""What models made of sentences, each kept as soon as it is told, so that none is asked twice."""

from collections.abc import Mapping, Sequence
from typing import Self

from sqlalchemy import Engine, select
from sqlalchemy.dialects.sqlite import insert

from assistant.store import tables
from assistant.store.session import beside

_AT_ONCE = 500


class StoredNotes:
    """Notes beside the answers: they outlive their sources as the answers do."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def beside(cls, url: str) -> Self:
        """Open the notes that belong to the database at `url`."""
        return cls(beside(url))

    def find(self, keys: Sequence[str]) -> dict[str, str]:
        """Give what is kept under those of the keys that are known."""
        found: dict[str, str] = {}
        with self._engine.connect() as connection:
            for at in range(0, len(keys), _AT_ONCE):
                some = tables.notes.c.key.in_(keys[at : at + _AT_ONCE])
                for row in connection.execute(select(tables.notes).where(some)):
                    found[row.key] = row.note
        return found

    def keep(self, notes: Mapping[str, str]) -> None:
        """Keep notes; when this returns, they outlive the process. The last one stays."""
        rows = [{"key": key, "note": note} for key, note in notes.items()]
        if rows:
            wanted = insert(tables.notes)
            last = wanted.on_conflict_do_update(["key"], set_={"note": wanted.excluded.note})
            with self._engine.begin() as connection:
                connection.execute(last, rows)
