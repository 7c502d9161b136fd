"""Rows that are turns: the messages of an interview or a ticket, put together again."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ingestion import roles
from ingestion.mapping import Field
from ingestion.models import (
    Document,
    DocumentId,
    DocumentKind,
    Level,
    Refusal,
    Role,
    Source,
    State,
    Turn,
)
from ingestion.records.columns import is_nothing
from ingestion.records.messages import plain_text
from ingestion.records.people import Ids, person
from ingestion.records.plans import Plan
from ingestion.records.tables import Broken, Row
from ingestion.records.voice_rows import attributes, broken, language, moment
from ingestion.records.voices import role_of

_MAX_HELD = 50_000
"""Rows of conversations that may still go on."""

_Thread = tuple[str, list[Row | Broken]]


def read(
    source: Source, plan: Plan, rows: Iterable[Row | Broken], ids: Ids
) -> Iterator[Document | Refusal]:
    """Put rows that name the same interview or ticket into a document.

    They stand together, or else are held until no more of them can be held; what comes later then
    is a document of its own.
        A row without words, or that cannot be read, is a refusal of its own, after the document it
    would have belonged to.
    """
    for key, together in _interleaved(plan, rows) if plan.is_interleaved else _grouped(plan, rows):
        said = [row for row in together if isinstance(row, Row) and _text(plan, row)]
        if said:
            yield _document(source, plan, said, ids.unique(person(key) or str(said[0].number)))
        for row in together:
            if isinstance(row, Broken):
                yield broken(source, row)
            elif not _text(plan, row):
                yield _wordless(source, row)


def _grouped(plan: Plan, rows: Iterable[Row | Broken]) -> Iterator[_Thread]:
    for key, group in groupby(rows, key=lambda row: _key(plan, row)):
        yield key, list(group)


def _interleaved(plan: Plan, rows: Iterable[Row | Broken]) -> Iterator[_Thread]:
    """Hold what belongs together; of too much, let the longest untouched go first."""
    held: OrderedDict[str, list[Row | Broken]] = OrderedDict()
    n_held = 0
    for row in rows:
        key = _key(plan, row)
        held.setdefault(key, []).append(row)
        held.move_to_end(key)
        n_held += 1
        if n_held > _MAX_HELD:
            oldest, together = held.popitem(last=False)
            n_held -= len(together)
            yield oldest, together
    yield from sorted(held.items(), key=lambda thread: thread[1][0].number)


def _key(plan: Plan, row: Row | Broken) -> str:
    return "" if isinstance(row, Broken) else plan.cell(row.cells, Field.INTERVIEW)


def _text(plan: Plan, row: Row) -> str:
    texts = (row.cells[words.index] for words in plan.words)
    return "\n".join(plain_text(text) for text in texts if not is_nothing(text))


def _wordless(source: Source, row: Row) -> Refusal:
    where = f"{source.id}#{row.number}"
    reason = "a turn without words"
    return Refusal(level=Level.TURNS, state=State.EMPTY, where=where, reason=reason, line=row.line)


def _document(source: Source, plan: Plan, rows: Sequence[Row], name: str) -> Document:
    turns = tuple(_turn(plan, row) for row in rows)
    is_cast = any(turn.role != Role.CUSTOMER for turn in turns)
    first = rows[0].cells
    when = moment(plan, first, Field.TIMESTAMP)
    participant = person(plan.cell(first, Field.PARTICIPANT))
    is_interview = plan.kind is DocumentKind.INTERVIEW
    return Document(
        id=DocumentId(f"{source.id}#{name}"),
        source_id=source.id,
        kind=plan.kind,
        turns=turns if is_cast else roles.assign(turns),
        title=plan.cell(first, Field.TITLE) or None,
        language=language(plan.cell(first, Field.LANGUAGE)),
        date=when.date() if when else None,
        participant=participant or (name if is_interview else None),
        attributes=attributes(plan, first),
    )


def _turn(plan: Plan, row: Row) -> Turn:
    """Make a turn; in a ticket, whoever is not known as a customer is an agent."""
    speaker = plan.cell(row.cells, Field.SPEAKER) or None
    role = role_of(plan.cell(row.cells, Field.ROLE)) or (role_of(speaker) if speaker else None)
    unknown = Role.AGENT if plan.kind is DocumentKind.TICKET else Role.CUSTOMER
    return Turn(text=_text(plan, row), speaker=speaker, role=role or unknown)
