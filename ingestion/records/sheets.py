"""Spreadsheets: the sheets of a workbook, row by row."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from ingestion.errors import MalformedSource
from ingestion.mapping import Layout
from ingestion.records.delimited import has_header
from ingestion.records.flattening import text_of
from ingestion.records.tables import Broken, Row, Table, unique

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_LOOKED_AT = 50


def open_sheets(path: Path, layout: Layout) -> Iterator[Table]:
    """Open every sheet that has two rows or more, in the workbook's order.

    Raises:
        MalformedSource: It is no workbook, or is damaged.
    """
    from openpyxl import load_workbook  # a fifth of a second, for those who have a workbook

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # the library lets out whatever it stumbles over
        raise MalformedSource(f"not a readable workbook: {error}") from error
    return (table for name in book.sheetnames if (table := _sheet(book, name, layout)))


def _sheet(book: "Workbook", name: str, layout: Layout) -> Table | None:
    rows = _cells(book, name)
    first = list(islice(rows, _LOOKED_AT))
    kept = [row for row in first if isinstance(row, Row)]
    if not kept:
        return None
    width = max(sum(map(bool, row.cells)) for row in kept)
    at = next(i for i, row in enumerate(kept) if 2 * sum(map(bool, row.cells)) >= width)
    is_named = layout.header if layout.header is not None else has_header([kept[at].cells])
    names = _trimmed(kept[at].cells)
    header = unique(names if is_named else ["" for _ in names])
    data = first[first.index(kept[at]) + int(is_named) :]
    return Table(header, _fitted(chain(data, rows), len(header)), name=name)


def _trimmed(cells: Iterable[str]) -> list[str]:
    names = list(cells)
    while names and not names[-1].strip():
        names.pop()
    return names


def _cells(book: "Workbook", name: str) -> Iterator[Row | Broken]:
    try:
        for line, row in enumerate(book[name].iter_rows(values_only=True), start=1):
            cells = [text_of(value) for value in row]
            if any(cells):
                yield Row(0, line, cells)
    except Exception as error:  # the library lets out whatever it stumbles over
        yield Broken(0, None, f"sheet {name} cannot be read from here on: {error}")


def _fitted(rows: Iterable[Row | Broken], width: int) -> Iterator[Row | Broken]:
    for number, row in enumerate(rows, start=1):
        if isinstance(row, Broken):
            yield row._replace(number=number)
        else:
            cells = [*row.cells[:width], *[""] * (width - len(row.cells))]
            yield Row(number, row.line, cells)
