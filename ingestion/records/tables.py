"""A table on its way: a header, and rows that are read when they are asked for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import NamedTuple

SAMPLE = 200
"""How many rows a table is recognised by."""


class Row(NamedTuple):
    """One record's cells, as text; a nested list is its JSON.

    Attributes:
        number: Which record of its table it is, counted from 1.
        line: The line of the file where it begins, None where a file has no lines.
        cells: As many as the header has.
    """

    number: int
    line: int | None
    cells: Sequence[str]


class Broken(NamedTuple):
    """A record that cannot be read, and why."""

    number: int
    line: int | None
    reason: str


@dataclass(frozen=True)
class Table:
    """One table of a file.

    Attributes:
        name: The sheet's name, "" where a file is one table.
        questions: What a second header row asks, by column; as long as the header, or empty.
        rows: To be walked once.
    """

    header: tuple[str, ...]
    rows: Iterator[Row | Broken]
    name: str = ""
    encoding: str | None = None
    questions: tuple[str, ...] = ()


def sample(table: Table) -> tuple[list[Row], Iterator[Row | Broken]]:
    """Look at the first rows of a table, and give all of its rows back unread."""
    first = list(islice(table.rows, SAMPLE))
    return [row for row in first if isinstance(row, Row)], chain(first, table.rows)


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Name a table's columns so that no two share a name and none is nameless.

    Example:
        >>> unique(["text", "", "text"])
        ('text', 'column 2', 'text (3)')
    """
    header: list[str] = []
    for number, name in enumerate(names, start=1):
        plain = " ".join(name.split()) or f"column {number}"
        header.append(f"{plain} ({number})" if plain in header else plain)
    return tuple(header)
