"""The voices of a study: who spoke, where and when, and the scores they gave; not their text."""

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, insert, select

from assistant.models import Voice
from assistant.store.tables import documents, scores, sources
from ingestion.models import Document, DocumentKind, Recognition

REPLIED = "replied"
"""The attribute of a ticket that holds an agent's sentence which may send it on to others."""


class Heard(NamedTuple):
    """A document as it is kept: with its fingerprint, and its mean vector where it has words."""

    document: Document
    fingerprint: int | None
    vector: NDArray[np.float16] | None


class Rated(NamedTuple):
    """A score that somebody gave, and what else their record says.

    Attributes:
        normal: The score from -1, the worst, to 1, the best.
    """

    document: str
    source: str
    kind: DocumentKind
    participant: str | None
    metric: str
    value: float
    normal: float
    attributes: dict[str, str]


def save(connection: Connection, study: str, heard: Sequence[Heard]) -> None:
    """Keep documents and their scores."""
    if heard:
        connection.execute(insert(documents), [_row(study, item) for item in heard])
    given = [
        {"study": study, "document": item.document.id, "source": item.document.source_id}
        | score.model_dump()
        for item in heard
        for score in item.document.scores
    ]
    if given:
        connection.execute(insert(scores), given)


def _row(study: str, heard: Heard) -> dict[str, object]:
    document, fingerprint, vector = heard
    return {
        "study": study,
        "id": document.id,
        "source": document.source_id,
        "kind": document.kind,
        "language": document.language,
        "date": document.date,
        "participant": document.participant,
        "attributes": json.dumps(document.attributes),
        "fingerprint": fingerprint,
        "vector": None if vector is None else vector.tobytes(),
    }


def voices(connection: Connection, study: str) -> Iterator[Voice]:
    """Give every document of the study by id, then every event log."""
    columns = [documents.c[name] for name in Voice.model_fields]
    found = select(*columns).where(documents.c.study == study).order_by(documents.c.id)
    for row in connection.execute(found).mappings():
        yield Voice.model_validate(row)
    logs = select(sources.c.recognition).where(
        sources.c.study == study, sources.c.recognition.is_not(None)
    )
    for recognition in map(Recognition.model_validate_json, connection.scalars(logs)):
        if recognition.kind is DocumentKind.EVENTS:
            log = recognition.source_id
            yield Voice(
                id=log, kind=DocumentKind.EVENTS, language="und", date=None, participant=None
            )


def fingerprints(connection: Connection, study: str) -> Iterator[tuple[str, int]]:
    """Give each document's id and the number that its repeats are known by."""
    found = select(documents.c.id, documents.c.fingerprint).where(
        documents.c.study == study, documents.c.fingerprint.is_not(None)
    )
    return ((id, number) for id, number in connection.execute(found))


def vectors(connection: Connection, study: str) -> tuple[list[Voice], NDArray[np.float16]]:
    """Give the documents that have a vector, by id, and their mean vectors, one row each."""
    columns = [documents.c[name] for name in Voice.model_fields]
    found = (
        select(*columns, documents.c.vector)
        .where(documents.c.study == study, documents.c.vector.is_not(None))
        .order_by(documents.c.id)
    )
    rows = connection.execute(found).mappings().all()
    known = [Voice.model_validate({k: row[k] for k in Voice.model_fields}) for row in rows]
    data = np.frombuffer(b"".join(row["vector"] for row in rows), np.float16)
    return known, data.reshape(len(rows), -1) if rows else np.empty((0, 0), np.float16)


def replied(connection: Connection, study: str) -> Iterator[tuple[str, str]]:
    """Give each ticket that may have been sent on to others, and the sentence that does so."""
    found = select(documents.c.id, documents.c.attributes).where(
        documents.c.study == study, documents.c.attributes.contains(f'"{REPLIED}":')
    )
    for id, attributes in connection.execute(found.order_by(documents.c.id)):
        yield id, json.loads(attributes)[REPLIED]


def described(connection: Connection, study: str, name: str) -> dict[str, str]:
    """Give what each person's records say under `name`: "segment", "role"."""
    found = select(documents.c.participant, documents.c.id, documents.c.attributes).where(
        documents.c.study == study, documents.c.attributes.contains(f'"{name}":')
    )
    rows = connection.execute(found.order_by(documents.c.id))
    return {participant or id: json.loads(attributes)[name] for participant, id, attributes in rows}


def counts(connection: Connection, study: str) -> dict[DocumentKind, int]:
    """Count the documents of each kind."""
    found = (
        select(documents.c.kind, func.count().label("n"))
        .where(documents.c.study == study)
        .group_by(documents.c.kind)
        .order_by(documents.c.kind)
    )
    return {DocumentKind(row.kind): row.n for row in connection.execute(found)}


def silent_scores(connection: Connection, study: str) -> int:
    """Count the documents that hold a score and not a word of why."""
    scored = select(scores.c.document).where(scores.c.study == study)
    found = select(func.count()).where(
        documents.c.study == study, documents.c.vector.is_(None), documents.c.id.in_(scored)
    )
    return connection.execute(found).scalar_one()


def rated(connection: Connection, study: str) -> Iterator[Rated]:
    """Give every score of the study."""
    joined = scores.join(
        documents, (scores.c.study == documents.c.study) & (scores.c.document == documents.c.id)
    )
    found = select(scores, documents.c.kind, documents.c.participant, documents.c.attributes)
    where = found.select_from(joined).where(scores.c.study == study).order_by(scores.c.document)
    for row in connection.execute(where).mappings():
        span = row["high"] - row["low"]
        yield Rated(
            document=row["document"],
            source=row["source"],
            kind=DocumentKind(row["kind"]),
            participant=row["participant"],
            metric=row["metric"],
            value=row["value"],
            normal=2 * (row["value"] - row["low"]) / span - 1 if span else 0.0,
            attributes=json.loads(row["attributes"]),
        )
