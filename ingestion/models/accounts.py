"""What became of everything that came in: a file is recognised, and what is not used says why."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from pydantic import Field

from ingestion.models.documents import Document, DocumentKind, Event, Record, SourceId


class Level(StrEnum):
    """What the ledger counts, from the outside in."""

    FILES = "files"
    RECORDS = "records"
    EVENTS = "events"
    TURNS = "turns"
    SEGMENTS = "segments"


class State(StrEnum):
    """How a thing that came in ended: exactly one of these."""

    USED = "used"
    EMPTY = "empty"
    DUPLICATE = "duplicate"
    MASKED = "masked"
    EXCLUDED = "excluded"
    FAILED = "failed"


class Refusal(Record):
    """Something that came in and was not used, and why.

    Attributes:
        where: The file, record or segment: "reviews.csv#r017", with the line where it is known.
        reason: What happened and what to do, for the person who has to act.
    """

    level: Level
    state: State
    where: str
    reason: str
    line: int | None = None


class Recognition(Record):
    """What a file was taken for: printed, so that a wrong guess can be put right.

    Attributes:
        format: How it is written: "webvtt", "csv", "docx".
        kind: The kind of voice or behaviour it carries.
        encoding: The character encoding its bytes were read in, None for a binary format.
        columns: For a table, what each column was taken for: column name to field name; a
            column that is not used is not in it.
        note: Anything else worth saying, in a sentence.
    """

    source_id: SourceId
    format: str
    kind: DocumentKind
    encoding: str | None = None
    columns: dict[str, str] = Field(default_factory=dict)
    note: str = ""


@dataclass(frozen=True)
class Contents:
    """A source, recognised, and what it holds, one thing at a time.

    Attributes:
        items: In file order. A table of a million rows is never held whole: each row is read when
            it is asked for. A row that cannot be read is a Refusal, and the rest goes on.
    """

    recognition: Recognition
    items: Iterator[Document | Event | Refusal]
