"""Studies that are asked for, and their surveys: which questionnaire stands on which pages."""

import datetime
import json
import secrets

from pydantic import Field
from sqlalchemy import Connection, insert, select, update

from assistant.store.service_tables import studies, surveys
from ingestion.models import Record


class Survey(Record):
    """A questionnaire, put to the visitors of a site.

    Attributes:
        key: Names it in the page that asks. It is public.
        questionnaire: Its name, for the newest version, or name and version: "onboarding@1".
        asker: The company that asks, as it calls itself to its customers.
        origins: The sites it may be asked on, "https://shop.example"; "*" is every site.
        appearance: Colours and font of the widget, by name.
        visitor_secret: What the company's server signs its visitors' ids with.
        idle_minutes: A conversation in which nothing is said for so long is ended politely.
        is_open: Whether new conversations begin.
    """

    key: str
    study: str
    questionnaire: str
    asker: str
    origins: tuple[str, ...] = ()
    appearance: dict[str, str] = Field(default_factory=dict)
    visitor_secret: str = Field(repr=False)
    idle_minutes: int = 720
    is_open: bool = True


def new_key() -> str:
    """Make a survey's key."""
    return f"sv_{secrets.token_hex(8)}"


def save(connection: Connection, survey: Survey) -> None:
    """Keep a survey, new or changed, and begin its study where it is new."""
    _begin_study(connection, survey.study)
    row = survey.model_dump() | {
        "origins": json.dumps(survey.origins),
        "appearance": json.dumps(survey.appearance),
    }
    changed = update(surveys).where(surveys.c.key == survey.key).values(row)
    if not connection.execute(changed).rowcount:
        connection.execute(insert(surveys), [row | {"created_at": _now()}])


def _begin_study(connection: Connection, study: str) -> None:
    known = select(studies.c.id).where(studies.c.id == study)
    if connection.execute(known).first() is None:
        row = {"id": study, "name": study, "retention_days": None, "created_at": _now()}
        connection.execute(insert(studies), [row])


def load(connection: Connection) -> dict[str, Survey]:
    """Give every survey by its key."""
    columns = [surveys.c[name] for name in Survey.model_fields]
    rows = connection.execute(select(*columns).order_by(surveys.c.created_at)).mappings()
    return {row["key"]: _survey(dict(row)) for row in rows}


def _survey(row: dict[str, object]) -> Survey:
    parsed = {name: json.loads(str(row[name])) for name in ("origins", "appearance")}
    return Survey.model_validate(row | parsed)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
