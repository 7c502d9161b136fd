"""Write tables that spreadsheets open, and in which nothing is taken for a formula."""

import csv
import json
from collections.abc import AsyncIterator, Sequence
from io import StringIO

from ingestion.models import Record

_BEGINS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""What a cell of somebody's words must not begin with; the wide forms count in some programs."""
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Without it, spreadsheets read UTF-8 as something else."""


async def as_csv(columns: Sequence[str], rows: AsyncIterator[Record]) -> AsyncIterator[str]:
    """Write rows as CSV (RFC 4180), every cell in quotes, piece by piece."""
    yield _BOM + _line(columns)
    async for row in rows:
        yield _line([_cell(getattr(row, column)) for column in columns])


async def as_json(rows: AsyncIterator[Record]) -> AsyncIterator[str]:
    """Write rows as a JSON list, piece by piece."""
    before = "["
    async for row in rows:
        yield before + json.dumps(row.model_dump(mode="json"), ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[" else "]\n"


def harmless(text: str) -> str:
    r"""Put an apostrophe before what a spreadsheet would calculate.

    Example:
        >>> harmless('=HYPERLINK("http://evil.example")'), harmless("fine = good")
        ('\'=HYPERLINK("http://evil.example")', 'fine = good')
    """
    begins = text.lstrip(" \N{NO-BREAK SPACE}" + _BOM)
    return (
        f"'{text}" if any(each.startswith(_BEGINS_A_FORMULA) for each in (text, begins)) else text
    )


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int() | float():
            return str(value)
        case _:
            return harmless(str(value))


def _line(cells: Sequence[str]) -> str:
    written = StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL).writerow(cells)
    return written.getvalue()
