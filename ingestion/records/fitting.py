"""Whether the values of a column bear out what its name says."""

from collections.abc import Callable, Sequence

from ingestion.mapping import Field
from ingestion.records import lexicon, scores
from ingestion.records.columns import Column, plain
from ingestion.records.dates import Order
from ingestion.records.voices import role_of

_FEW = 10
"""Fewer values than this need not come back to be names of events."""

_SURE = 0.9
"""How well a name fits that is believed of a column with no value in the sample."""


def votes(column: Column) -> dict[Field, float]:
    """List the fields a column's name suggests and its values allow, each with its weight."""
    named = dict(lexicon.fields(column.plain))
    if column.question:
        asked = lexicon.fields(plain(column.question))
        named |= {field: max(weight, named.get(field, 0.0)) for field, weight in asked.items()}
    if not column.values:
        return {field: w for field, w in named.items() if w > _SURE and field in _MAY_BE_EMPTY}
    if column.is_address:
        return {field: weight for field, weight in named.items() if field in _PEOPLE}
    return {field: weight for field, weight in named.items() if _FITS[field](column)}


def _is_text(column: Column) -> bool:
    if column.is_number or column.is_link or column.is_address or column.is_nested:
        return False
    has_letters = any(letter.isalpha() for value in column.values for letter in value)
    return has_letters and column.order is None


def _is_id(column: Column) -> bool:
    is_whole = all(value.is_integer() for value in column.numbers)
    return column.variety >= 0.98 and column.words <= 6 and is_whole and not _is_clock(column)


def _is_clock(column: Column) -> bool:
    return column.order is not None and column.order is not Order.EPOCH


def _is_status(column: Column) -> bool:
    return _is_short(column) and max(map(len, column.values)) > 2  # not the states of a country


def _is_category(column: Column) -> bool:
    return column.words <= 12 and not column.is_number and not column.is_nested


def _is_product(column: Column) -> bool:
    return column.words <= 12 and not column.is_nested and not _is_clock(column)


def _is_short(column: Column) -> bool:
    return column.words <= 6 and not column.is_nested and not _is_clock(column)


def _is_person(column: Column) -> bool:
    is_whole = all(value.is_integer() for value in column.numbers)
    return column.words <= 4 and is_whole and not _is_clock(column) and not column.is_link


def _is_name(column: Column) -> bool:
    return column.words <= 5 and not column.is_number and not _is_clock(column)


def _is_date(column: Column) -> bool:
    return column.order is not None


def _is_language(column: Column) -> bool:
    return not column.is_number and max(map(len, column.values)) <= 20 and column.words <= 2


def _comes_back(column: Column) -> bool:
    return column.variety < 0.8 and column.words <= 6 and not _is_clock(column)


def _is_speaker(column: Column) -> bool:
    few = len(column.counts) <= max(4, len(column.values) // 4)
    return few and column.words <= 5 and not column.is_number


def _is_role(column: Column) -> bool:
    known = sum(n for value, n in column.counts.items() if role_of(value))
    return known >= 0.5 * len(column.values)


def _is_score(column: Column) -> bool:
    return scores.is_scale(column.values)


def _is_event(column: Column) -> bool:
    is_named = not column.is_number and not column.is_link and not _is_clock(column)
    is_few = len(column.values) < _FEW and column.plain != "name"
    comes_back = column.variety <= 0.6 or "event" in column.plain or is_few
    return is_named and column.words <= 5 and comes_back


def _is_page(column: Column) -> bool:
    return column.is_link or (column.words <= 8 and not column.is_number)


def _is_number(column: Column) -> bool:
    return column.is_number


def _any(
    fields: Sequence[Field], test: Callable[[Column], bool]
) -> dict[Field, Callable[[Column], bool]]:
    return dict.fromkeys(fields, test)


_PEOPLE = frozenset({Field.NAME, Field.PARTICIPANT})
_MAY_BE_EMPTY = frozenset(
    {Field.TITLE, Field.BODY, Field.ANSWER, Field.REPLY, Field.RATING, Field.NPS, Field.CSAT}
    | {Field.CES, Field.SOLVED_AT, Field.SATISFACTION, Field.COMMENTS, Field.VALUE}
)
_FITS: dict[Field, Callable[[Column], bool]] = {
    **_any((Field.TITLE, Field.BODY, Field.REPLY, Field.ANSWER, Field.ASKED), _is_text),
    **_any((Field.DATE, Field.CREATED_AT, Field.SOLVED_AT, Field.TIMESTAMP), _is_date),
    **_any((Field.RATING, Field.NPS, Field.CSAT, Field.CES), _is_score),
    **_any((Field.PRIORITY, Field.SEGMENT, Field.PLAN), _is_short),
    **_any((Field.CHANNEL, Field.SATISFACTION), _is_short),
    **_any((Field.SESSION, Field.PARTICIPANT), _is_person),
    **_any((Field.ORDER_VALUE, Field.VALUE), _is_number),
    Field.STATUS: _is_status,
    Field.CATEGORY: _is_category,
    Field.PRODUCT: _is_product,
    Field.VERSION: lambda column: column.words <= 4,
    Field.VISITOR: lambda column: column.words <= 2 and not column.is_link,
    Field.ID: _is_id,
    Field.NAME: _is_name,
    Field.LANGUAGE: _is_language,
    Field.COMMENTS: lambda column: column.is_nested,
    Field.TRANSCRIPT: _is_text,
    Field.INTERVIEW: _comes_back,
    Field.SPEAKER: _is_speaker,
    Field.ROLE: _is_role,
    Field.EVENT: _is_event,
    Field.PAGE: _is_page,
}
