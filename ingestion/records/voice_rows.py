"""One row, one voice: reviews, tickets, survey answers and whole transcripts in a cell."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from ingestion import roles
from ingestion.mapping import Field
from ingestion.models import (
    Document,
    DocumentId,
    DocumentKind,
    Level,
    Refusal,
    Score,
    Source,
    State,
    Turn,
)
from ingestion.parsers import plain
from ingestion.records import dates
from ingestion.records.columns import is_nothing
from ingestion.records.messages import messages, plain_text
from ingestion.records.people import Ids, person
from ingestion.records.plans import Plan
from ingestion.records.tables import Broken, Row

_ATTRIBUTES = (
    *(Field.PRIORITY, Field.STATUS, Field.SEGMENT, Field.PLAN, Field.CATEGORY, Field.CHANNEL),
    *(Field.PRODUCT, Field.VERSION, Field.PAGE, Field.ORDER_VALUE, Field.SATISFACTION),
)
_MOMENTS = (Field.CREATED_AT, Field.SOLVED_AT)
_JOINED_BY_ID = (DocumentKind.SURVEY, DocumentKind.INTERVIEW)
"""Kinds whose record id names the person, where nothing else does."""

_CODES = {
    "english": "en", "englisch": "en", "anglais": "en", "german": "de", "deutsch": "de",
    "french": "fr", "français": "fr", "spanish": "es", "español": "es", "italian": "it",
    "italiano": "it", "dutch": "nl", "nederlands": "nl", "portuguese": "pt", "português": "pt",
    "russian": "ru", "русский": "ru", "chinese": "zh", "中文": "zh",
}  # fmt: skip


def read(
    source: Source, plan: Plan, rows: Iterable[Row | Broken], ids: Ids
) -> Iterator[Document | Refusal]:
    """Turn each row into a document, or say why it is none."""
    for row in rows:
        if isinstance(row, Broken):
            yield broken(source, row)
            continue
        yield _document(source, plan, row, ids) or _empty(source, plan, row)


def broken(source: Source, row: Broken) -> Refusal:
    """Say that a row cannot be read."""
    where = f"{source.id}#{row.number}"
    return _refusal(where, State.FAILED, row.reason, row.line)


def _empty(source: Source, plan: Plan, row: Row) -> Refusal:
    where = f"{source.id}#{person(plan.cell(row.cells, Field.ID)) or row.number}"
    reason = "no words and no score in the columns that are read"
    return _refusal(where, State.EMPTY, reason, row.line)


def _refusal(where: str, state: State, reason: str, line: int | None) -> Refusal:
    return Refusal(level=Level.RECORDS, state=state, where=where, reason=reason, line=line)


def _document(source: Source, plan: Plan, row: Row, ids: Ids) -> Document | None:
    cells = row.cells
    turns = tuple(_turns(plan, cells))
    scores = tuple(_scores(plan, cells))
    if not turns and not scores:
        return None
    given = person(plan.cell(cells, Field.ID)) or str(row.number)
    title = plan.cell(cells, Field.TITLE)
    return Document(
        id=DocumentId(f"{source.id}#{ids.unique(given)}"),
        source_id=source.id,
        kind=plan.kind,
        turns=turns,
        title=None if is_nothing(title) else title,
        language=language(plan.cell(cells, Field.LANGUAGE)),
        date=_date(plan, cells),
        participant=_participant(plan, cells),
        scores=scores,
        attributes=attributes(plan, cells),
    )


def _turns(plan: Plan, cells: Sequence[str]) -> Iterator[Turn]:
    if (at := plan.at.get(Field.TRANSCRIPT)) is not None:
        yield from roles.assign(plain.turns(cells[at]))
        return
    asked = plan.cell(cells, Field.ASKED)
    is_question = "?" in asked or "？" in asked or len(asked.split()) >= 5
    for words in plan.words:
        if not is_nothing(cells[words.index]) and (text := plain_text(cells[words.index])):
            question = asked if is_question else words.asked
            yield Turn(text=text, field=words.field, role=words.role, asked=question)
    if (at := plan.at.get(Field.COMMENTS)) is not None:
        yield from _comments(plan, cells, cells[at])


def _comments(plan: Plan, cells: Sequence[str], nested: str) -> Iterator[Turn]:
    """Yield a ticket's messages, without the first where it repeats the description."""
    said = {plain_text(cells[words.index]) for words in plan.words}
    requester = {plan.cell(cells, Field.PARTICIPANT), plan.cell(cells, Field.NAME)} - {""}
    for message in messages(nested, requester):
        if message.text not in said:
            yield Turn(
                text=message.text, role=message.role, speaker=message.speaker, field="comments"
            )


def _scores(plan: Plan, cells: Sequence[str]) -> Iterator[Score]:
    for index, reader in plan.scores:
        if cells[index] and (score := reader.read(cells[index])):
            yield score


def _participant(plan: Plan, cells: Sequence[str]) -> str | None:
    known = person(plan.cell(cells, Field.PARTICIPANT))
    known = known or person(plan.cell(cells, Field.NAME), is_name=True)
    if known or plan.kind not in _JOINED_BY_ID:
        return known
    return person(plan.cell(cells, Field.ID))


def _date(plan: Plan, cells: Sequence[str]) -> date | None:
    for field in (Field.DATE, Field.CREATED_AT):
        if found := moment(plan, cells, field):
            return found.date()
    return None


def moment(plan: Plan, cells: Sequence[str], field: Field) -> datetime | None:
    """Read the date and time of a field, None where it holds none."""
    index = plan.at.get(field)
    if index is None or not (value := cells[index].strip()):
        return None
    return dates.read(value, plan.orders[index])


def attributes(plan: Plan, cells: Sequence[str]) -> dict[str, str]:
    """Read what else a record says, under the names that behaviour is checked by."""
    found: dict[str, str] = {}
    for field in _MOMENTS:
        if at := moment(plan, cells, field):
            found[field.value] = at.isoformat().replace("+00:00", "Z")
    for field in _ATTRIBUTES:
        value = plan.cell(cells, field)
        if value and not is_nothing(value):
            found[field.value] = value
    return found


def language(value: str) -> str:
    """Read a language's code from "en", "pt-BR" or its name; "und" where it is none."""
    small = value.casefold()
    code = _CODES.get(small) or small.replace("_", "-").split("-")[0]
    return code if len(code) == 2 and code.isascii() and code.isalpha() else "und"
