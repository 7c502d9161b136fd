"""Delimited text: CSV and its relatives, one row at a time.

A row that does not fit is handed on as broken and reading goes on at the next line, also where a
quote that is never closed would have swallowed the rest of the file.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ingestion import decoding
from ingestion.errors import MalformedSource
from ingestion.mapping import Layout
from ingestion.records import dates, scores
from ingestion.records.tables import Broken, Row, Table, unique

DELIMITERS = (",", ";", "\t", "|", "####", "|||")
"""The long ones are those of corpora; they know no quotes."""

_HEAD = 262_144
_MAX_LINES = 2_000
"""A record with more lines is a quote somebody forgot to close."""

_MAX_CELL = 4_000_000
_OPEN_QUOTE = "a quote is opened and never closed"
_GARBLED = re.compile("[\udc80-\udcff]")
_DOUBLED = re.compile(r'[^,;\t|\n]""[^,;\t|\n]')
_MARK = "\x1f"
_SENTENCE = re.compile(r"[.!?…]\s*$")
csv.field_size_limit(_MAX_CELL)  # transcripts in a cell pass the library's 131,072 characters


class _Style(NamedTuple):
    """How cells are parted, and what stands before a quote inside a quoted cell, if not a quote."""

    delimiter: str
    escape: str | None


def is_table(head: str) -> bool:
    r"""Tell a delimited table from prose by its first lines.

    Args:
        head: The beginning of the text; its last line may be cut off.

    Example:
        >>> is_table("id,stars\n1,5\n2,3"), is_table("Well, no.\nYes, I do.\nOh, well.")
        (True, False)
    """
    delimiter = sniff(head)
    if delimiter is None:
        return False
    rows = _sampled(head, delimiter)
    if delimiter != "," or len(rows[0]) > 3:
        return True
    return has_header(rows) and not any(_SENTENCE.search(cell) for cell in rows[0])


def sniff(head: str) -> str | None:
    """Find the character that cuts nearly every row into as many cells; None where none does."""
    best = max(DELIMITERS, key=lambda delimiter: _regularity(head, delimiter))
    return best if _regularity(head, best) > 0 else None


def _escape(head: str) -> str | None:
    """Find the backslash of files that put one before a quote instead of doubling it."""
    return "\\" if '\\"' in head and not _DOUBLED.search(head) else None


def _regularity(head: str, delimiter: str) -> float:
    widths = [len(row) for row in _sampled(head, delimiter)]
    if len(widths) < 2 or widths[0] < 2:
        return 0.0
    share = sum(width == widths[0] for width in widths) / len(widths)
    rarity = 1 if len(delimiter) > 1 else 0
    return share * (1 + min(widths[0], 50) / 100) + rarity if share >= 0.8 else 0.0


def _sampled(head: str, delimiter: str) -> list[list[str]]:
    """Cut up to a hundred rows, without the last, which may be incomplete."""
    rows: list[list[str]] = []
    try:
        lines = io.StringIO(head, newline="")
        for row in _reader(lines, _Style(delimiter, _escape(head)), strict=False):
            if row:
                rows.append(row)
            if len(rows) > 100:
                break
    except csv.Error:
        return rows
    return rows[:-1] if len(rows) > 2 and len(head) >= 4_096 else rows


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first row names the columns: it holds no numbers, dates or addresses."""
    first = [cell.strip() for cell in rows[0]]
    filled = [cell for cell in first if cell]
    if not filled or len({*filled}) < len(filled) - 1:
        return False
    return not any(_is_value(cell) for cell in filled)


def _is_value(cell: str) -> bool:
    if cell[0] in "[{" or (cell[-1] in ".!" and len(cell.split()) >= 6):
        return True
    is_date = any(dates.read(cell, order) for order in (dates.Order.ISO, dates.Order.DMY))
    return is_date or scores.number(cell) is not None or "@" in cell or cell.startswith("http")


def open_table(path: Path, layout: Layout) -> Table:
    """Open a delimited file.

    Raises:
        MalformedSource: It is empty, or in no encoding that is known.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    encoding = layout.encoding or decoding.detect(head)
    text = _decoded(head, encoding)
    if not text.strip():
        raise MalformedSource("the file is empty", line=1)
    delimiter = layout.delimiter or sniff(text) or ","
    return _headed(_lines(path, encoding), text, delimiter, layout, encoding)


def _decoded(head: bytes, encoding: str) -> str:
    try:
        return head.decode(encoding, errors="ignore")
    except (LookupError, UnicodeError) as error:
        raise MalformedSource(f"not readable as {encoding}: {error}") from error


def _reader(lines: Iterable[str], style: _Style, strict: bool) -> Iterator[list[str]]:
    delimiter, escape = style
    if len(delimiter) == 1:
        return csv.reader(lines, delimiter=delimiter, escapechar=escape, strict=strict)
    marked = (line.replace(delimiter, _MARK) for line in lines)
    return csv.reader(marked, delimiter=_MARK, quoting=csv.QUOTE_NONE)


def _headed(
    lines: Iterator[str], text: str, delimiter: str, layout: Layout, encoding: str
) -> Table:
    rows = _sampled(text, delimiter)
    widths = Counter(len(row) for row in rows)
    width = max(widths, key=lambda width: (widths[width], width), default=1)
    at = next((i for i, row in enumerate(rows) if len(row) == width), 0)
    names = rows[at] if rows else [""]
    is_named = layout.header if layout.header is not None else has_header([names])
    header = unique(names if is_named else ["" for _ in names])
    above = at + 1 if is_named else 0
    records = _records(_Feed(lines), _Style(delimiter, _escape(text)), len(header))
    return Table(header, _numbered(records, above), encoding=encoding)


def _numbered(rows: Iterator[Row | Broken], above: int) -> Iterator[Row | Broken]:
    """Leave out what stands above the first record, and count the records."""
    for number, row in enumerate(rows, start=1 - above):
        if number > 0:
            yield row._replace(number=number)


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Yield lines; bytes that are no character of the encoding stay recognisable."""
    with path.open(encoding=encoding, errors="surrogateescape", newline="") as file:
        yield from file


class _Feed:
    """Lines for the CSV reader, those of the current record kept so that it can go back.

    Attributes:
        taken: The lines of the current record.
        is_garbled: Whether one of them holds bytes that are no character.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: list[str] = []
        self._at = 0
        self.taken: list[str] = []
        self.is_garbled = False

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        if len(self.taken) > _MAX_LINES:
            raise csv.Error(_OPEN_QUOTE)
        line = self._again.pop() if self._again else next(self._lines)
        self.taken.append(line)
        self._at += 1
        if not line.isascii() and _GARBLED.search(line):
            self.is_garbled = True
        return line

    def begin(self) -> int:
        """Start a record, and say on which line."""
        self.taken = []
        self.is_garbled = False
        return self._at + 1

    def go_back(self, keep: int) -> None:
        """Give the lines of the current record out again, but for the first few."""
        again = self.taken[keep:]
        self._again.extend(reversed(again))
        self._at -= len(again)
        del self.taken[keep:]


def _records(feed: _Feed, style: _Style, width: int) -> Iterator[Row | Broken]:
    reader = _reader(feed, style, strict=True)
    while True:
        line = feed.begin()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reader = _reader(feed, style, strict=True)
            yield _retried(feed, line, style, width, error)
            continue
        except UnicodeError as error:
            yield Broken(0, line, f"not readable in the file's encoding: {error}")
            return
        if not cells:
            continue
        if len(cells) == width and not feed.is_garbled:
            yield Row(0, line, cells)
        else:
            yield _fitted(feed, line, cells, width)


def _retried(feed: _Feed, line: int, style: _Style, width: int, error: csv.Error) -> Row | Broken:
    """Read a record with a stray quote again, keeping the quote; else give it up, not the rest."""
    feed.go_back(0)
    try:
        cells = next(_reader(feed, style, strict=False))
    except (csv.Error, StopIteration, UnicodeError):
        cells = []
    if len(cells) == width and len(feed.taken) < _MAX_LINES and "end of data" not in str(error):
        return _fitted(feed, line, cells, width)
    feed.go_back(1)
    return Broken(0, line, _OPEN_QUOTE)


def _fitted(feed: _Feed, line: int, cells: list[str], width: int) -> Row | Broken:
    """Make a record as wide as the header where that loses nothing and invents nothing."""
    if feed.is_garbled:
        return Broken(0, line, "holds bytes that are no characters in the file's encoding")
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    if len(cells) > width or 2 * len(cells) < width:
        feed.go_back(1)
        return Broken(0, line, f"has {len(cells)} cells where the header has {width}")
    return Row(0, line, cells + [""] * (width - len(cells)))
