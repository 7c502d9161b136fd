"""Where a study keeps something of one person."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, Table, func, not_, or_, select

from assistant.store.tables import claims, documents, events, evidence, segments

_NAMING: tuple[Table, ...] = (documents, segments, evidence, claims, events)
"""Every table whose rows name a participant."""


class Held(NamedTuple):
    """The sources that hold something of a person.

    Attributes:
        alone: Sources that hold nothing of anybody else, such as an interview.
        shared: Sources that hold others too, such as a table of reviews.
    """

    alone: tuple[str, ...]
    shared: tuple[str, ...]


def held(connection: Connection, study: str, names: Collection[str]) -> Held:
    """Find the sources of a study that hold something of a person.

    Args:
        connection: To the study's tables.
        study: Its id.
        names: What the person may be called there; capitals do not matter.
    """
    wanted = {name.lower() for name in names}
    theirs: set[str] = set()
    others: set[str] = set()
    for table in _NAMING:
        of_study = select(table.c.source).where(table.c.study == study).distinct()
        is_theirs = func.lower(table.c.participant).in_(wanted)
        theirs.update(connection.scalars(of_study.where(is_theirs)))
        somebody_else = or_(table.c.participant.is_(None), not_(is_theirs))
        others.update(connection.scalars(of_study.where(somebody_else)))
    return Held(tuple(sorted(theirs - others)), tuple(sorted(theirs & others)))
