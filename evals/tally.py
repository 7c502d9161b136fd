"""Count in the database what was acknowledged to visitors: what is lost, and what stands twice."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from assistant.store.access import hashed
from evals.visitors import Visitor


class Tally(NamedTuple):
    """What was acknowledged, and what is kept of it.

    Attributes:
        acknowledged: Replies that the service said it has.
        lost: Of their keys and of their turns, how many are not in the database.
        doubled: How many stand there more often than they were given.
    """

    acknowledged: int
    lost: int
    doubled: int

    @property
    def is_whole(self) -> bool:
        """Whether every reply is there, once."""
        return not (self.lost or self.doubled)


def count(database: Path, visitors: Iterable[Visitor]) -> Tally:
    """Count with SQL of its own, so that the service does not vouch for itself."""
    acknowledged = lost = doubled = 0
    with closing(sqlite3.connect(database)) as connection:
        for visitor in visitors:
            given = Counter([*visitor.said, *(("turn", words) for _, words in visitor.said)])
            kept = _kept(connection, visitor.token, dict(visitor.said))
            acknowledged += len(visitor.said)
            lost += (given - kept).total()
            doubled += (kept - given).total()
    return Tally(acknowledged, lost, doubled)


def _kept(
    connection: sqlite3.Connection, token: str, said: dict[str, str]
) -> Counter[tuple[str, str]]:
    """Give the replies that were counted in a conversation, and its turns, as far as it is kept."""
    found = "SELECT id, state FROM conversations WHERE token = ?"
    row = connection.execute(found, (hashed(token),)).fetchone()
    if row is None:
        return Counter()
    id, state = row
    keys = connection.execute("SELECT key FROM replies WHERE conversation = ?", (id,))
    turns = (turn for turn in json.loads(state)["turns"] if turn["speaker"] == "person")
    return Counter(
        [
            *((key, said.get(key, "unknown")) for (key,) in keys),
            *(("turn", turn["text"]) for turn in turns),
        ]
    )
