"""Where a study keeps something of one person."""

from collections import defaultdict
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
        shared: Sources that hold others too, such as a table of reviews, each with the ids of the
            records that are this person's.
    """

    alone: tuple[str, ...]
    shared: dict[str, tuple[str, ...]]


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
    of = _records(connection, study, wanted)
    return Held(
        tuple(sorted(theirs - others)),
        {source: tuple(sorted(of[source])) for source in sorted(theirs & others)},
    )


def _records(connection: Connection, study: str, wanted: set[str]) -> dict[str, list[str]]:
    """The ids of a person's records by source; an event log has none."""
    found = select(documents.c.source, documents.c.id).where(
        documents.c.study == study, func.lower(documents.c.participant).in_(wanted)
    )
    records = defaultdict[str, list[str]](list)
    for source, id in connection.execute(found):
        records[source].append(id.removeprefix(f"{source}#"))
    return records


def cited(connection: Connection, study: str, names: Collection[str]) -> tuple[str, ...]:
    """Give the ids of the evidence that a person gave."""
    wanted = {name.lower() for name in names}
    found = select(evidence.c.id).where(
        evidence.c.study == study, func.lower(evidence.c.participant).in_(wanted)
    )
    return tuple(connection.scalars(found))
