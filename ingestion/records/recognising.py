"""Recognise a table: by what its columns are called and what stands in them.

Names suggest (`lexicon`), values decide (`fitting`), and the kind is the one that most speaks for.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingestion import roles
from ingestion.errors import UnsupportedFormat
from ingestion.mapping import Field, Layout
from ingestion.models import DocumentKind, Role
from ingestion.parsers import plain
from ingestion.records import fitting, lexicon, scores
from ingestion.records.columns import Column
from ingestion.records.tables import Row, Table
from ingestion.records.vocabulary import load, whole

Votes = dict[Field, float]

_LIKELY = 0.55
_SURE = 0.85
_SOME = 10
"""How many cells are looked into for a transcript."""

_TICKET, _SURVEY, _REVIEW = (whole(load("kinds")[kind]) for kind in ("ticket", "survey", "review"))
_CONTEXT = {"root_id", "root_tstamp"}


class Candidate(NamedTuple):
    """A column and what it may be."""

    column: Column
    votes: Votes


def candidates(table: Table, rows: Sequence[Row]) -> list[Candidate]:
    """Look at every column of a sample."""
    cells = list(zip(*(row.cells for row in rows), strict=True)) or [()] * len(table.header)
    questions = table.questions or [""] * len(table.header)
    named = enumerate(zip(table.header, cells, questions, strict=True))
    columns = [Column(index, name, values, asked) for index, (name, values, asked) in named]
    return [Candidate(column, fitting.votes(column)) for column in columns]


def kind_of(found: Sequence[Candidate], layout: Layout) -> DocumentKind:
    """Tell the kind of a table.

    Raises:
        UnsupportedFormat: It holds neither words nor events; the message names its columns and
            says how a mapping helps.
    """
    if layout.kind:
        return layout.kind
    if {candidate.column.name for candidate in found} >= _CONTEXT:
        raise UnsupportedFormat("details of events that stand in another table: read that one")
    if (index := transcript_column(found)) is not None:
        is_support = _is_support(found[index].column.values[:_SOME])
        return DocumentKind.TICKET if is_support else DocumentKind.INTERVIEW
    if is_event_log(found):
        return DocumentKind.EVENTS
    if is_threaded(found):
        return _thread_kind(found)
    if not any(_reads_as_words(candidate) for candidate in found):
        if any(best_vote(found, field) > _SURE for field in (Field.NPS, Field.CSAT, Field.CES)):
            return DocumentKind.SURVEY
        raise UnsupportedFormat(_nothing_in(found))
    return _most_spoken_for(found)


def _most_spoken_for(found: Sequence[Candidate]) -> DocumentKind:
    names = " | ".join(candidate.column.plain for candidate in found)
    points = {
        DocumentKind.REVIEW: _review_points(found, names),
        DocumentKind.TICKET: _ticket_points(found, names),
        DocumentKind.SURVEY: _survey_points(found, names),
    }
    best = max(points, key=lambda kind: points[kind])
    if points[best] > 0:
        return best
    return DocumentKind.TICKET if best_vote(found, Field.CATEGORY) >= 1 else DocumentKind.REVIEW


def _review_points(found: Sequence[Candidate], names: str) -> float:
    rating = 2.0 if best_vote(found, Field.RATING) > _LIKELY else 0.0
    return rating + 1.5 * bool(_REVIEW.search(names))


def _ticket_points(found: Sequence[Candidate], names: str) -> float:
    weights = {Field.PRIORITY: 1.5, Field.SOLVED_AT: 1.5, Field.STATUS: 0.5, Field.COMMENTS: 2.5}
    points = sum(weight for field, weight in weights.items() if best_vote(found, field) > _LIKELY)
    return points + 1.5 * bool(_TICKET.search(names))


def _survey_points(found: Sequence[Candidate], names: str) -> float:
    weights = {Field.NPS: 2.5, Field.CES: 2.0, Field.CSAT: 1.0}
    points = sum(weight for field, weight in weights.items() if best_vote(found, field) > _LIKELY)
    points += 2.0 * any(scores.is_group(candidate.column.values) for candidate in found)
    points += 2.0 * (best_vote(found, Field.ASKED) > _LIKELY)
    points += 1.0 * sum(is_question(candidate.column) for candidate in found)
    return points + 1.5 * bool(_SURVEY.search(names))


def best_vote(found: Iterable[Candidate], field: Field) -> float:
    """How well the best column fits a field, 0 where none does."""
    return round(max((c.votes.get(field, 0.0) for c in found), default=0.0), 1)


def is_question(column: Column) -> bool:
    """Tell whether a column is headed by a question and holds what people wrote."""
    asked = (column.question or column.name).rstrip()
    is_asked = asked.endswith(("?", "？")) or len(asked.split()) >= 5
    return is_asked and column.is_prose


def is_event_log(found: Sequence[Candidate]) -> bool:
    """Tell whether each row is something that happened to somebody at some time."""
    if any(c.column.is_prose and best_vote([c], Field.BODY) > _LIKELY for c in found):
        return False
    by_name = (
        best_vote(found, Field.EVENT) > _LIKELY and best_vote(found, Field.TIMESTAMP) > _LIKELY
    )
    return (by_name and _tells_who(found)) or _is_nameless_log(found)


def _tells_who(found: Sequence[Candidate]) -> bool:
    """Tell whether a column says whose each row is, by its name or by codes that come back."""
    named = (Field.SESSION, Field.VISITOR, Field.PARTICIPANT)
    if any(best_vote(found, field) > _LIKELY for field in named):
        return True
    return bool(coded(c for c in found if not c.votes))


def _is_nameless_log(found: Sequence[Candidate]) -> bool:
    """A log without a header: a person, a time and a name of what happened, by values alone."""
    is_nameless = all(c.column.name.startswith("column ") for c in found)
    return is_nameless and all(index is not None for index in nameless(found))


def nameless(found: Sequence[Candidate]) -> tuple[int | None, int | None, int | None]:
    """Find the person, the time and the event of a log by the values of its columns."""
    columns = [candidate.column for candidate in found if candidate.column.values]
    times = [c.index for c in columns if c.order is not None]
    events = [c.index for c in columns if _names_events(c)]
    people = [c.index for c in columns if _names_people(c) and c.index not in times]
    return next(iter(people), None), next(iter(times), None), next(iter(events), None)


def _names_events(column: Column) -> bool:
    is_word = not column.is_number and column.order is None and column.words <= 2
    return is_word and 1 < len(column.counts) <= 60 and column.variety < 0.5


def _names_people(column: Column) -> bool:
    return (
        column.words <= 1
        and column.variety >= 0.1
        and column.order is None
        and (
            not column.is_number
            or all(value.is_integer() and value > 9 for value in column.numbers)
        )
    )


_CODE = re.compile(r"(?=\S*\d)[\w.@-]+")
_FILLED, _CODES, _KEPT, _BACK = 0.3, 0.8, 0.95, 0.03
"""Of rows that have a value, of values that are codes, of sessions that have one value alone, and
of values that have several sessions, the least share: a session belongs to one person, who is
told by a code, has rows of all sorts, and comes back."""
_SOME_COME_BACK = 0.9
"""The values that are not alone are a tenth at least, where codes tell whose the rows are."""
_PEOPLE, _CAME_BACK = 0.05, 2
"""Values beside sessions, and those that have several sessions: so many at least."""


def coded(found: Iterable[Candidate]) -> list[Column]:
    """Find the columns of codes that come back, those of most values first."""
    codes = [c.column for c in found if _is_coded(c.column)]
    back = [each for each in codes if each.variety < _SOME_COME_BACK]
    return sorted(back, key=lambda each: (-len(each.counts), each.index))


def _is_coded(column: Column) -> bool:
    """Tell whether nearly all of it are codes, in enough of the rows."""
    codes = sum(bool(_CODE.fullmatch(value)) for value in column.counts)
    is_coded = codes >= _CODES * len(column.counts) and column.order is None and not column.is_link
    is_coded &= all(value.is_integer() for value in column.numbers)
    return is_coded and len(column.values) >= max(1, _FILLED * column.n)


def is_of_people(column: Column, session: Column) -> bool:
    """Tell by its values whether a column of codes says whose the rows of a log are."""
    values, sessions = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for value, visit in zip(column.cells, session.cells, strict=True):
        if value and visit:
            values[visit].add(value)
            sessions[value].add(visit)
    kept = sum(len(each) == 1 for each in values.values()) >= _KEPT * len(values)
    back = sum(len(each) > 1 for each in sessions.values())
    comes_back = back >= max(_CAME_BACK, _BACK * len(sessions))
    return kept and comes_back and len(sessions) >= _PEOPLE * len(values)


def transcript_column(found: Sequence[Candidate]) -> int | None:
    """Find the column whose cells hold whole conversations, speaker by speaker."""
    long = [c.column for c in found if c.column.values and "\n" in c.column.values[0].strip()]
    for column in long:
        some = column.values[:_SOME]
        least = 1 if Field.TRANSCRIPT in lexicon.fields(column.plain) else 2
        if sum(_n_speakers(cell) >= least for cell in some) >= 0.5 * len(some):
            return column.index
    return None


def _is_support(cells: Sequence[str]) -> bool:
    """Tell a talk with an agent from an interview, by who speaks in most of the cells."""
    casts = [roles.assign(plain.turns(cell)) for cell in cells]
    with_agent = sum(any(turn.role is Role.AGENT for turn in turns) for turns in casts)
    return 2 * with_agent > len(casts)


def _n_speakers(cell: str) -> int:
    return len({turn.speaker for turn in plain.turns(cell) if turn.speaker})


def is_threaded(found: Sequence[Candidate]) -> bool:
    """Tell whether a row is one message or turn of something longer."""
    who = max(best_vote(found, Field.SPEAKER), best_vote(found, Field.ROLE))
    words = max(best_vote(found, Field.BODY), best_vote(found, Field.ANSWER))
    return who > _LIKELY and words > _LIKELY and best_vote(found, Field.INTERVIEW) > _LIKELY


def _thread_kind(found: Sequence[Candidate]) -> DocumentKind:
    names = " ".join(candidate.column.plain for candidate in found)
    is_support = _TICKET.search(names) or re.search(r"\b(?:conversation|chat|thread)\b", names)
    return DocumentKind.TICKET if is_support else DocumentKind.INTERVIEW


def _reads_as_words(candidate: Candidate) -> bool:
    named = max(candidate.votes.get(field, 0.0) for field in (Field.BODY, Field.ANSWER))
    is_unnamed = not any(weight > 0.9 for weight in candidate.votes.values())
    return named > 0.9 or (candidate.column.is_prose and (is_unnamed or named > 0))


def _nothing_in(found: Sequence[Candidate]) -> str:
    names = [candidate.column.name for candidate in found]
    seen = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    return (
        f"neither words nor events in its {len(names)} columns ({seen}): if one of them is what"
        " customers wrote, or what they did and when, name it in a --mapping (docs/mapping.md)"
    )
