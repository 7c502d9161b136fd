"""Segments, the evidence among them and the claims they make."""

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, RowMapping, func, insert, select

from assistant.models import About, Claim, Emotion, Evidence, EvidenceKind, Found, Piece, Reading
from assistant.store.tables import claims, evidence, segments
from ingestion.models import DocumentKind, Segment

Rows = NDArray[np.float16]

_AT_ONCE = 500


def save_segments(
    connection: Connection,
    study: str,
    source: str,
    read: Sequence[Segment],
    readings: Sequence[Reading],
) -> None:
    """Keep where segments come from and what they were read as, for searches with filters."""
    rows = [
        {
            "study": study,
            "id": segment.id,
            "source": source,
            "document": segment.document_id,
            "participant": segment.participant,
            "language": segment.language,
            "stage": reading.stage,
            "kinds": " ".join(reading.kinds),
        }
        for segment, reading in zip(read, readings, strict=True)
    ]
    if rows:
        connection.execute(insert(segments), rows)


def save(connection: Connection, study: str, source: str, found: Sequence[Found]) -> None:
    """Keep evidence."""
    if found:
        connection.execute(
            insert(evidence), [{"study": study, "source": source} | _row(item) for item in found]
        )


def _row(found: Found) -> dict[str, object]:
    segment, reading = found.segment, found.reading
    return {
        "id": found.id,
        "document": segment.document_id,
        "document_kind": segment.kind,
        "participant": segment.participant,
        "language": segment.language,
        "position": segment.position,
        "quote": segment.text,
        "start": segment.span.start,
        "end": segment.span.end,
        "before": segment.before,
        "after": segment.after,
        "asked": segment.asked,
        "kinds": " ".join(reading.kinds),
        "stage": reading.stage,
        "stage_scores": np.array(reading.stage_scores, np.float16).tobytes(),
        "touchpoint": reading.touchpoint,
        "channel": reading.channel,
        "emotion": reading.emotion,
        "valence": reading.valence,
        "confidence": reading.confidence,
        "about": reading.about,
        "vector": found.vector.tobytes(),
    }


def save_claims(connection: Connection, study: str, source: str, made: Sequence[Claim]) -> None:
    """Keep what people claimed."""
    rows = [
        {"study": study, "source": source}
        | claim._asdict()
        | {"detail": json.dumps(claim.detail, sort_keys=True)}
        for claim in made
    ]
    if rows:
        connection.execute(insert(claims), rows)


def claimed(connection: Connection, study: str) -> tuple[Claim, ...]:
    """Give what people claimed, in the order of their documents."""
    columns = [claims.c[name] for name in Claim._fields]
    found = select(*columns).where(claims.c.study == study)
    rows = connection.execute(found.order_by(claims.c.document, claims.c.start)).mappings()
    return tuple(Claim(**dict(row) | {"detail": json.loads(row["detail"])}) for row in rows)


def count(connection: Connection, study: str) -> int:
    """Count the pieces of evidence."""
    found = select(func.count()).select_from(evidence).where(evidence.c.study == study)
    return connection.execute(found).scalar_one()


def said(connection: Connection, study: str) -> Iterator[tuple[str, str]]:
    """Give each document with every sentence of it that is evidence or stands beside some, once.

    Of interviews none: whoever is interviewed is meant to be.
    """
    columns = [evidence.c[name] for name in ("document", "quote", "before", "after")]
    found = select(*columns).where(
        evidence.c.study == study, evidence.c.document_kind != DocumentKind.INTERVIEW
    )
    rows = connection.execute(found.order_by(evidence.c.document)).yield_per(_AT_ONCE)
    for document, read in groupby(rows, key=itemgetter(0)):
        for sentence in dict.fromkeys(each for row in read for each in row[1:] if each):
            yield document, sentence


def blocks(connection: Connection, study: str) -> Iterator[tuple[list[Piece], Rows, Rows]]:
    """Give every piece of evidence, by document and position, some hundred at a time.

    Returns:
        Blocks of pieces, their stage scores and their vectors, a row each.
    """
    columns = [evidence.c[name] for name in Piece._fields]
    found = select(*columns, evidence.c.stage_scores, evidence.c.vector)
    rows = connection.execute(_ordered(found.where(evidence.c.study == study)))
    for block in rows.yield_per(_AT_ONCE).mappings().partitions(_AT_ONCE):
        yield [_piece(row) for row in block], _rows(block, "stage_scores"), _rows(block, "vector")


def _rows(block: Sequence[RowMapping], name: str) -> Rows:
    kept = b"".join(row[name] for row in block)
    return np.frombuffer(kept, np.float16).reshape(len(block), -1)


def _piece(row: RowMapping) -> Piece:
    values = {name: row[name] for name in Piece._fields}
    return Piece(**values | _typed(row))


def _typed(row: RowMapping) -> dict[str, Any]:
    return {
        "document_kind": DocumentKind(row["document_kind"]),
        "kinds": tuple(EvidenceKind(kind) for kind in row["kinds"].split()),
        "emotion": Emotion(row["emotion"]),
        "about": About(row["about"]),
    }


def of_study(connection: Connection, study: str) -> Iterator[Evidence]:
    """Give every piece of evidence with its context, by document and position."""
    found = _ordered(select(*_columns()).where(evidence.c.study == study))
    for row in connection.execute(found).yield_per(_AT_ONCE).mappings():
        yield _evidence(row)


def quotes(connection: Connection, study: str, ids: Iterable[str]) -> dict[str, Evidence]:
    """Give the pieces of evidence with these ids."""
    wanted = sorted(set(ids))
    found: dict[str, Evidence] = {}
    for at in range(0, len(wanted), _AT_ONCE):
        batch = select(*_columns()).where(
            evidence.c.study == study, evidence.c.id.in_(wanted[at : at + _AT_ONCE])
        )
        for row in connection.execute(batch).mappings():
            found[row["id"]] = _evidence(row)
    return found


def _columns() -> list[Any]:
    kept = set(Evidence.model_fields) - {"action", "persona"}
    return [evidence.c[name] for name in kept]


def _evidence(row: RowMapping) -> Evidence:
    kinds = tuple(EvidenceKind(kind) for kind in row["kinds"].split())
    action = row["quote"] if EvidenceKind.ACTION in kinds else None
    return Evidence.model_validate(dict(row) | {"kinds": kinds, "action": action, "persona": None})


def _ordered(found: Any) -> Any:  # noqa: ANN401 - a select of any columns
    return found.order_by(evidence.c.document, evidence.c.position, evidence.c.id)
