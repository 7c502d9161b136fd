"""The maps that were drawn, each as it was."""

import datetime
from collections.abc import Collection, Sequence

from sqlalchemy import Connection, delete, insert, select

from assistant.models import Draft
from assistant.store.tables import evidence, maps


def save(connection: Connection, study: str, id: str, draft: Draft) -> None:
    """Keep a map under `id`, with the time it was drawn; drawn again, it is kept once."""
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    row = {"study": study, "id": id, "created_at": now, "draft": draft.model_dump_json()}
    connection.execute(delete(maps).where(maps.c.study == study, maps.c.id == id))
    connection.execute(insert(maps), [row])


def before(connection: Connection, study: str, draft: Draft) -> frozenset[str] | None:
    """Give the evidence of the last map that was drawn from other evidence than `draft` is.

    None where there is no such map.
    """
    now = _evidence(draft)
    found = select(maps.c.draft).where(maps.c.study == study).order_by(maps.c.created_at.desc())
    for kept in connection.scalars(found):
        then = _evidence(Draft.model_validate_json(kept))
        if then != now:
            return then
    return None


def _evidence(draft: Draft) -> frozenset[str]:
    return frozenset(id for theme in draft.themes for id in theme.evidence_ids)


def forget(connection: Connection, study: str, sources: Sequence[str]) -> int:
    """Remove the maps that name or cite any of these sources, before the sources are forgotten.

    Returns:
        How many there were.
    """
    cited = select(evidence.c.id).where(evidence.c.study == study, evidence.c.source.in_(sources))
    return forget_naming(connection, study, {*sources, *connection.scalars(cited)})


def forget_naming(connection: Connection, study: str, names: Collection[str]) -> int:
    """Remove the maps in which one of these names or ids stands; tell how many there were."""
    drafts = connection.execute(select(maps.c.id, maps.c.draft).where(maps.c.study == study))
    found = [id for id, draft in drafts if any(name in draft for name in names)]
    connection.execute(delete(maps).where(maps.c.study == study, maps.c.id.in_(found)))
    return len(found)


def latest(connection: Connection, study: str) -> Draft | None:
    """Give the map that was drawn last, None where there is none."""
    found = select(maps.c.draft).where(maps.c.study == study).order_by(maps.c.created_at.desc())
    kept = connection.scalars(found).first()
    return kept and Draft.model_validate_json(kept)
