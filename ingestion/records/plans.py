"""What a table was taken for: which column is which, and how each is read."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingestion.mapping import Field
from ingestion.models import DocumentKind, Role
from ingestion.records.dates import Order
from ingestion.records.processes import Process
from ingestion.records.scores import Reader


@dataclass(frozen=True)
class Words:
    """A column of words.

    Attributes:
        field: What its turns are said to be read from.
        asked: The question its answers reply to, "" where it asks none.
    """

    index: int
    field: str
    asked: str = ""
    role: Role = Role.CUSTOMER


@dataclass(frozen=True)
class Plan:
    """How the rows of one table are read.

    Attributes:
        at: Where the column of each field stands; fields of words and scores aside.
        words: In the order of the columns, a title first.
        scores: Where scores stand, and how they are read.
        orders: How the dates of a column are written, by its place.
        columns: Column name to field name, for the recognition.
        is_threaded: A row is one message, and rows with the same interview or ticket belong
            together.
        is_interleaved: Such rows do not stand together in the file.
        fallbacks: Further columns that may name an event where the first one is empty.
        process: Where the rows are what was carried out for people, and how long it took.
    """

    kind: DocumentKind
    at: dict[Field, int]
    words: tuple[Words, ...] = ()
    scores: tuple[tuple[int, Reader], ...] = ()
    orders: dict[int, Order] = field(default_factory=dict[int, Order])
    columns: dict[str, str] = field(default_factory=dict[str, str])
    is_threaded: bool = False
    is_interleaved: bool = False
    fallbacks: tuple[int, ...] = ()
    note: str = ""
    process: Process | None = None

    def cell(self, cells: Sequence[str], field: Field) -> str:
        """Read the cell of a field, "" where the table has no such column."""
        index = self.at.get(field)
        return "" if index is None else cells[index].strip()
