"""Which column is which field: one column for each field, and no column twice."""

from collections.abc import Sequence

from ingestion.errors import UnsupportedFormat
from ingestion.mapping import Field, Layout
from ingestion.models import DocumentKind
from ingestion.records import recognising
from ingestion.records.columns import Column
from ingestion.records.recognising import Candidate, Votes

Chosen = dict[Field, list[Column]]
"""The columns of each field; only fields of words have several."""

_LEAST = 0.35
"""How well a name has to fit, at least."""

_SURE = 0.9
_MAPPED = 9.0
_MANY = frozenset({Field.BODY, Field.ANSWER, Field.REPLY})
_VOICE = frozenset(
    {Field.ID, Field.PARTICIPANT, Field.NAME, Field.LANGUAGE, Field.SEGMENT, Field.PLAN}
    | {Field.CHANNEL, Field.PRODUCT, Field.VERSION, Field.ORDER_VALUE, Field.PAGE}
)
_ALLOWED: dict[DocumentKind, frozenset[Field]] = {
    DocumentKind.REVIEW: _VOICE
    | {Field.DATE, Field.TITLE, Field.BODY, Field.REPLY, Field.RATING, Field.NPS}
    | {Field.CATEGORY},
    DocumentKind.TICKET: _VOICE
    | {Field.CREATED_AT, Field.SOLVED_AT, Field.TITLE, Field.BODY, Field.REPLY, Field.COMMENTS}
    | {Field.PRIORITY, Field.STATUS, Field.SATISFACTION, Field.CATEGORY, Field.DATE}
    | {Field.TRANSCRIPT},
    DocumentKind.SURVEY: _VOICE
    | {Field.DATE, Field.NPS, Field.CSAT, Field.CES, Field.RATING, Field.ANSWER, Field.ASKED},
    DocumentKind.EVENTS: frozenset(
        {Field.SESSION, Field.VISITOR, Field.PARTICIPANT, Field.TIMESTAMP, Field.EVENT, Field.PAGE}
        | {Field.CHANNEL, Field.VALUE, Field.NAME}
    ),
    DocumentKind.INTERVIEW: _VOICE
    | {Field.TRANSCRIPT, Field.DATE, Field.COMMENTS, Field.TITLE, Field.BODY},
}
_WHO = (Field.SESSION, Field.VISITOR, Field.PARTICIPANT)
_THREAD = frozenset(
    {Field.INTERVIEW, Field.SPEAKER, Field.ROLE, Field.BODY, Field.PARTICIPANT, Field.LANGUAGE}
    | {Field.TIMESTAMP, Field.TITLE, Field.STATUS, Field.PRIORITY, Field.CHANNEL}
)


def choose(kind: DocumentKind, found: Sequence[Candidate], is_threaded: bool) -> Chosen:
    """Give the fields of a kind the columns that fit them best.

    Raises:
        UnsupportedFormat: A column that the kind cannot do without is missing.
    """
    chosen = _chosen(found, _THREAD if is_threaded else _ALLOWED[kind])
    _complete(kind, found, chosen, is_threaded)
    _require(kind, chosen, found)
    return chosen


def mapped(found: list[Candidate], layout: Layout) -> list[Candidate]:
    """Put what a mapping says of a column in the place of what was recognised."""
    said = {name.casefold().strip(): field for name, field in layout.columns.items()}
    missing = set(said) - {candidate.column.name.casefold() for candidate in found}
    if missing and found:
        names = ", ".join(sorted(missing))
        raise UnsupportedFormat(f"the mapping names columns that are not there: {names}")
    return [
        Candidate(
            column, {said[name]: _MAPPED} if (name := column.name.casefold()) in said else votes
        )
        for column, votes in found
    ]


def _chosen(found: Sequence[Candidate], allowed: frozenset[Field]) -> Chosen:
    """Give each field the column that fits it best; fields of words may have several."""
    bids = [
        (weight, field, column)
        for column, votes in found
        for field, weight in _dated(votes, allowed).items()
        if field in allowed and weight >= _LEAST
    ]
    chosen: Chosen = {}
    taken: set[int] = set()
    for weight, field, column in sorted(bids, key=lambda bid: -bid[0]):
        is_sure = weight > 0.9 or (weight >= 0.45 and column.is_prose)
        is_free = is_sure if field in _MANY else field not in chosen
        if column.index not in taken and is_free:
            chosen.setdefault(field, []).append(column)
            taken.add(column.index)
    return chosen


def _dated(votes: Votes, allowed: frozenset[Field]) -> Votes:
    """Take a time stamp for the date of a voice; only events and turns need one."""
    if Field.TIMESTAMP in allowed or Field.TIMESTAMP not in votes:
        return votes
    return {**votes, Field.DATE: max(votes.get(Field.DATE, 0.0), 0.9 * votes[Field.TIMESTAMP])}


def _complete(
    kind: DocumentKind, found: Sequence[Candidate], chosen: Chosen, is_threaded: bool
) -> None:
    """Find by their values the columns that their names did not give away."""
    free = [c for c in found if not any(c.column in columns for columns in chosen.values())]
    if kind is DocumentKind.EVENTS:
        _complete_events(found, chosen)
    elif recognising.transcript_column(found) is not None and not is_threaded:
        _complete_transcript(found, chosen)
    elif kind is DocumentKind.SURVEY:
        _complete_survey(free, chosen)
    else:
        _complete_voice(free, chosen)
    if Field.ID not in chosen and found and _is_index(found[0].column):
        chosen[Field.ID] = [found[0].column]
    for field in [field for field, columns in chosen.items() if not columns]:
        del chosen[field]


def _complete_voice(free: Sequence[Candidate], chosen: Chosen) -> None:
    """Take a review's questions for its words too; where none are named, whatever is written."""
    bodies = chosen.setdefault(Field.BODY, [])
    unnamed = [
        column for column, votes in free if column.is_prose and max(votes.values(), default=0) < 0.9
    ]
    is_nameless = not bodies and Field.COMMENTS not in chosen
    bodies += [c for c in unnamed if is_nameless or recognising.is_question(c)]
    bodies.sort(key=lambda column: column.index)


def _is_index(column: Column) -> bool:
    """The nameless first column of counted rows."""
    is_counted = column.name == "column 1" and column.is_number and column.variety == 1
    return is_counted and all(value.is_integer() for value in column.numbers)


def _complete_events(found: Sequence[Candidate], chosen: Chosen) -> None:
    fields = (Field.PARTICIPANT, Field.TIMESTAMP, Field.EVENT)
    for field, index in zip(fields, recognising.nameless(found), strict=True):
        is_nameless = all(c.column.name.startswith("column ") for c in found)
        if is_nameless and index is not None:
            chosen.setdefault(field, [found[index].column])
    visitor = chosen.get(Field.VISITOR)
    if Field.PARTICIPANT not in chosen and visitor and "distinct" in visitor[0].plain:
        chosen[Field.PARTICIPANT] = visitor
    taken = {column.index for columns in chosen.values() for column in columns}
    codes = recognising.coded(c for c in found if c.column.index not in taken)
    if codes and not any(field in chosen for field in _WHO):
        chosen[Field.SESSION if len(codes) > 1 else Field.PARTICIPANT] = [codes[0]]
    session = chosen.get(Field.SESSION)
    if session and not (Field.PARTICIPANT in chosen or Field.VISITOR in chosen):
        who = next((each for each in codes if recognising.is_of_people(each, session[0])), None)
        chosen |= {Field.PARTICIPANT: [who]} if who else {}


def _complete_transcript(found: Sequence[Candidate], chosen: Chosen) -> None:
    index = recognising.transcript_column(found)
    if index is not None and Field.COMMENTS not in chosen:
        chosen[Field.TRANSCRIPT] = [found[index].column]
        for field in (Field.BODY, Field.TITLE):
            chosen[field] = [c for c in chosen.get(field, []) if c.index != index][:1]
        chosen.pop(Field.BODY)


def _complete_survey(free: Sequence[Candidate], chosen: Chosen) -> None:
    """Take every column of free text for an answer; where there is none, the named text."""
    answers = chosen.setdefault(Field.ANSWER, [])
    for column, votes in free:
        is_other = any(weight > 0.9 for field, weight in votes.items() if field is not Field.BODY)
        is_named = votes.get(Field.BODY, 0) > 0.5
        if (is_named and not column.is_code) or (column.is_prose and not is_other):
            answers.append(column)
    answers.sort(key=lambda column: column.index)


def _require(kind: DocumentKind, chosen: Chosen, found: Sequence[Candidate]) -> None:
    for wanted in _NEEDS[kind]:
        if not any(field in chosen for field in wanted):
            names = ", ".join(candidate.column.name for candidate in found[:12])
            needed = f"as {kind}, no column for {' or '.join(wanted)} among: {names}"
            raise UnsupportedFormat(f"{needed}; name it in a --mapping (docs/mapping.md)")


_NEEDS: dict[DocumentKind, tuple[tuple[Field, ...], ...]] = {
    DocumentKind.REVIEW: ((Field.BODY, Field.TITLE, Field.RATING),),
    DocumentKind.TICKET: ((Field.BODY, Field.TITLE, Field.COMMENTS, Field.TRANSCRIPT),),
    DocumentKind.SURVEY: ((Field.ANSWER, Field.NPS, Field.CSAT, Field.CES, Field.RATING),),
    DocumentKind.EVENTS: ((Field.TIMESTAMP,), (Field.EVENT,)),
    DocumentKind.INTERVIEW: ((Field.TRANSCRIPT, Field.COMMENTS, Field.BODY),),
}
