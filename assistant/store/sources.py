"""Which files a study holds, as they were when they were read, and what became of their parts."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from assistant.store.tables import OF_SOURCE, refusals, sources
from ingestion.ledger import Ledger
from ingestion.models import Recognition, Refusal, Source


class Kept(NamedTuple):
    """What tells whether a source has to be read again: its bytes and what read them."""

    digest: str
    reading: str


class Repeat(NamedTuple):
    """A refusal, and for a duplicate the source of the document that it repeats."""

    refusal: Refusal
    repeats: str | None = None


def known(connection: Connection, study: str) -> dict[str, Kept]:
    """Give every source that the study holds, also one whose reading broke off."""
    found = select(sources.c.id, sources.c.digest, sources.c.reading).where(
        sources.c.study == study
    )
    return {id: Kept(digest, reading) for id, digest, reading in connection.execute(found)}


def reopen_failed(connection: Connection, study: str) -> int:
    """Have every source read anew of which a segment failed, and tell how many they are."""
    failed = select(refusals.c.source).where(
        refusals.c.study == study, refusals.c.level == "segments", refusals.c.state == "failed"
    )
    wanted = update(sources).where(sources.c.study == study, sources.c.id.in_(failed))
    return connection.execute(wanted.values(reading="")).rowcount


def begin(connection: Connection, study: str, source: Source) -> None:
    """Note that a source is being read, so that a reading which breaks off is seen as such."""
    row = {"study": study, "id": source.id, "digest": source.digest}
    blank = {"reading": "", "recognition": None, "ledger": "{}", "masked": "{}"}
    connection.execute(insert(sources), [row | blank])


def finish(
    connection: Connection,
    study: str,
    source: Source,
    reading: str,
    outcome: tuple[Recognition | None, Ledger, Mapping[str, int]],
) -> None:
    """Note that a source was read whole: with what, what it was taken for, and its ledger."""
    recognition, ledger, masked = outcome
    connection.execute(
        update(sources)
        .where(sources.c.study == study, sources.c.id == source.id)
        .values(
            reading=reading,
            recognition=recognition and recognition.model_dump_json(),
            ledger=json.dumps(ledger.counts()),
            masked=json.dumps(dict(masked)),
        )
    )


def forget(connection: Connection, study: str, source: str) -> None:
    """Remove everything that came from a source."""
    for table in OF_SOURCE:
        key = table.c.id if table is sources else table.c.source
        connection.execute(delete(table).where(table.c.study == study, key == source))


def refuse(connection: Connection, study: str, source: str, refused: Sequence[Repeat]) -> None:
    """Keep what was not used, and why."""
    if refused:
        connection.execute(
            insert(refusals),
            [
                {"study": study, "source": source, "repeats": repeats, **refusal.model_dump()}
                for refusal, repeats in refused
            ],
        )


def repeating(connection: Connection, study: str, forgotten: Iterable[str]) -> set[str]:
    """Give the sources that hold a duplicate of something in the forgotten ones."""
    found = (
        select(refusals.c.source)
        .where(refusals.c.study == study, refusals.c.repeats.in_(list(forgotten)))
        .distinct()
    )
    return set(connection.scalars(found))


def refused(connection: Connection, study: str, limit: int = 200) -> tuple[Refusal, ...]:
    """Give what was not used and why, files first, then failures, `limit` at the most."""
    columns = [refusals.c[name] for name in Refusal.model_fields]
    order = [refusals.c.level != "files", refusals.c.state != "failed", refusals.c.where]
    found = select(*columns).where(refusals.c.study == study).order_by(*order).limit(limit)
    return tuple(Refusal.model_validate(row) for row in connection.execute(found).mappings())


def totals(connection: Connection, study: str) -> tuple[Ledger, Counter[str]]:
    """Add up the ledgers of the study's sources, and what was masked in them by type."""
    ledger, masked = Ledger(), Counter[str]()
    found = select(sources.c.ledger, sources.c.masked).where(sources.c.study == study)
    for counts, items in connection.execute(found):
        ledger.add(Ledger(json.loads(counts)))
        masked.update(json.loads(items))
    return ledger, masked


def recognitions(connection: Connection, study: str) -> tuple[Recognition, ...]:
    """Give what each source was taken for, by path."""
    found = (
        select(sources.c.recognition)
        .where(sources.c.study == study, sources.c.recognition.is_not(None))
        .order_by(sources.c.id)
    )
    return tuple(Recognition.model_validate_json(row) for row in connection.scalars(found))
