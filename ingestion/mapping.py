"""What a person says a file holds, where recognising it by itself would go wrong.

The guide, with examples, is `docs/mapping.md`.
"""

import json
from enum import StrEnum
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import Literal, cast

import yaml
from pydantic import Field as Setting
from pydantic import ValidationError, model_validator

from ingestion.errors import MalformedMapping
from ingestion.models import DocumentKind, Metric, Record


class Field(StrEnum):
    """What a column can be taken for. The guide says what each one is for."""

    ID = "id"
    PARTICIPANT = "participant"
    NAME = "name"
    DATE = "date"
    LANGUAGE = "language"
    TITLE = "title"
    BODY = "body"
    REPLY = "reply"
    ANSWER = "answer"
    ASKED = "asked"
    COMMENTS = "comments"
    TRANSCRIPT = "transcript"
    INTERVIEW = "interview"
    SPEAKER = "speaker"
    ROLE = "role"
    RATING = "rating"
    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    SATISFACTION = "satisfaction"
    CREATED_AT = "created_at"
    SOLVED_AT = "solved_at"
    PRIORITY = "priority"
    STATUS = "status"
    SEGMENT = "segment"
    PLAN = "plan"
    CATEGORY = "category"
    CHANNEL = "channel"
    PRODUCT = "product"
    VERSION = "version"
    PAGE = "page"
    ORDER_VALUE = "order_value"
    SESSION = "session"
    VISITOR = "visitor"
    TIMESTAMP = "timestamp"
    EVENT = "event"
    VALUE = "value"
    IGNORE = "ignore"


class Scale(Record):
    """The two ends of a score, as the question put them.

    Attributes:
        metric: None leaves it as recognised.
        worst: The number of the worst answer; larger than `best` on a reversed scale.
    """

    metric: Metric | None = None
    worst: float
    best: float

    @model_validator(mode="after")
    def _has_two_ends(self) -> "Scale":
        if self.worst == self.best:
            raise ValueError("worst and best are the same number")
        return self


class Layout(Record):
    """What one file, or every file a pattern matches, holds.

    Attributes:
        columns: Column name, as the file writes it, to field. What it does not name is recognised
            as usual; `ignore` leaves a column out.
        header: False where the first row is data already; its columns are then called
            "column 1", "column 2".
        dates: Which of day, month and year comes first in dates that could be read either way.
    """

    kind: DocumentKind | None = None
    columns: dict[str, Field] = Setting(default_factory=dict)
    scales: dict[str, Scale] = Setting(default_factory=dict)
    delimiter: str | None = Setting(default=None, min_length=1, max_length=1)
    encoding: str | None = None
    header: bool | None = None
    dates: Literal["dmy", "mdy", "ymd"] | None = None


class Mapping(Record):
    """The layouts of a study's files, by file name or pattern."""

    files: dict[str, Layout] = Setting(default_factory=dict)

    def layout(self, source_id: str) -> Layout:
        """Find what was said of a source; the first pattern that fits wins.

        Args:
            source_id: Path below the study's folder, with forward slashes. A pattern may match
                the whole of it or the file's name.

        Example:
            >>> said = Mapping(files={"*.tsv": Layout(delimiter=";")})
            >>> said.layout("exports/may.tsv").delimiter
            ';'
        """
        name = PurePosixPath(source_id).name
        for pattern, layout in self.files.items():
            if fnmatch(source_id, pattern) or fnmatch(name, pattern):
                return layout
        return Layout()


def load(path: Path) -> Mapping:
    """Read a mapping file, YAML or JSON.

    Raises:
        MalformedMapping: It cannot be opened, is neither YAML nor JSON, or says something that
            the guide does not know; the message names the file's entry and the setting.
    """
    try:
        said: object = _parse(path.read_text(encoding="utf-8-sig"), path)
    except (OSError, UnicodeDecodeError) as error:
        raise MalformedMapping(f"{path}: cannot be read: {error}") from error
    if not isinstance(said, dict):
        raise MalformedMapping(f"{path}: expected file names and what each file holds")
    try:
        return Mapping.model_validate({"files": cast("dict[object, object]", said)})
    except ValidationError as error:
        raise MalformedMapping(f"{path}: {_first(error)}") from error


def _parse(text: str, path: Path) -> object:
    try:
        return json.loads(text) if text.lstrip().startswith("{") else yaml.safe_load(text)
    except json.JSONDecodeError as error:
        raise MalformedMapping(f"{path}: line {error.lineno}: {error.msg}") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise MalformedMapping(f"{path}: line {line}: {error.problem}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise MalformedMapping(f"{path}: not YAML: {error}") from error


def _first(error: ValidationError) -> str:
    """Say the first thing that is wrong, and where: "survey.csv, columns, Stars: …"."""
    wrong = error.errors()[0]
    place = ", ".join(str(part) for part in wrong["loc"] if part not in ("files", "[key]"))
    return f"{place}: {wrong['msg']}"
