"""The question a column of answers replies to, and tables whose header takes several rows."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain, islice

from ingestion.records.tables import Broken, Row, Table
from ingestion.records.vocabulary import load, whole

_QUESTIONS = load("questions")
_ANSWER = "|".join(_QUESTIONS["prefix"])
_PREFIX = re.compile(
    rf"^(?:(?:open|free)?[ _-]?(?:{_ANSWER})[ _-]+)?(?:q?\d+[a-z]?[ _.:)-]+)*",
    re.IGNORECASE,
)
_ASKS = whole(_QUESTIONS["asks"])
_NOUNS = frozenset({"comment", "como", "come"})
"""Words that ask in one language and, alone, are nouns or leave the question open in another."""

_UNDERLINES = re.compile(r"[\s_]+")
_OPEN_ENDED = frozenset(_QUESTIONS["open ended"])
_IMPORT_ID = '{"ImportId"'


def question(name: str) -> str:
    """Make a column's name readable as the question it stands for.

    Example:
        >>> question("answer_what_almost_stopped_you"), question("Q3_comment")
        ('What almost stopped you?', 'Comment')
    """
    if re.search(r"\s\S+\s", name.strip()) or name.rstrip().endswith(("?", "？")):
        return re.sub(r"^(?:q?\d+[a-z]?[.:)]\s*)", "", name.strip(), flags=re.IGNORECASE)
    bare = _UNDERLINES.sub(" ", _PREFIX.sub("", name.strip())).strip() or name.strip()
    asked = bare[:1].upper() + bare[1:]
    is_asked = _ASKS.match(asked) and asked.casefold() not in _NOUNS
    return f"{asked}?" if is_asked else asked


def unfold(table: Table) -> Table:
    """Take further header rows off a table: Qualtrics writes three, SurveyMonkey two."""
    first = list(islice(table.rows, 2))
    rows = chain(first, table.rows)
    if len(first) == 2 and _holds(first[1], _is_import_id):
        asked = tuple(first[0].cells) if isinstance(first[0], Row) else ()
        return replace(table, rows=_counted(rows, 2), questions=asked)
    if first and _names_answers(first[0]):
        return replace(table, rows=_counted(rows, 1))
    return replace(table, rows=rows)


def _names_answers(row: Row | Broken) -> bool:
    """Tell a row that says how each question is answered from an answer: nobody gave it."""
    is_nobodys = isinstance(row, Row) and not "".join(row.cells[:1]).strip()
    return is_nobodys and _holds(row, lambda cell: cell.casefold().strip() in _OPEN_ENDED)


def _is_import_id(cell: str) -> bool:
    return cell.replace(" ", "").startswith(_IMPORT_ID)


def _holds(row: Row | Broken, test: Callable[[str], bool]) -> bool:
    return isinstance(row, Row) and any(map(test, row.cells))


def _counted(rows: Iterator[Row | Broken], skipped: int) -> Iterator[Row | Broken]:
    for row in islice(rows, skipped, None):
        yield row._replace(number=row.number - skipped)
