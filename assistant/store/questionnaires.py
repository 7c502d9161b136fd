"""Questionnaires of the company's own; a version that is kept is never changed, nor removed."""

import datetime

from sqlalchemy import Connection, insert, select

from assistant.store.service_tables import questionnaires
from ingestion.models import Record


class KeptText(Record):
    """A version of a questionnaire, as YAML."""

    name: str
    version: int
    text: str


def load(connection: Connection) -> tuple[KeptText, ...]:
    """Give every version of every questionnaire of the company's own."""
    columns = [questionnaires.c[name] for name in KeptText.model_fields]
    found = select(*columns).order_by(questionnaires.c.name, questionnaires.c.version)
    return tuple(KeptText.model_validate(row) for row in connection.execute(found).mappings())


def add(connection: Connection, kept: KeptText) -> None:
    """Keep a new version; the database refuses one that is there."""
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
    connection.execute(insert(questionnaires), [kept.model_dump() | {"created_at": now}])
