"""JSON, JSON lines and Parquet: objects laid flat, so that they are rows like any other.

A key inside an object becomes `outer.inner`; a list of objects stays together as its JSON, because
a ticket's comments belong to the ticket.
"""

import json
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from glob import escape
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO, cast

import ijson

from ingestion import decoding
from ingestion.errors import MalformedSource
from ingestion.mapping import Layout
from ingestion.records.flattening import Object, flat, is_object
from ingestion.records.tables import SAMPLE, Broken, Row, Table, unique
from ingestion.records.vocabulary import load

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_LISTS = frozenset(load("lists")["lists"])
_HEAD = 262_144
_MAX_DEPTH = 4
_MAX_LOOKED_AT = 100_000
_BATCH = 1_000

_ALONE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "threads": 1,
}
"""A database in memory that fetches nothing from elsewhere."""


def open_json(path: Path, layout: Layout) -> Table:
    """Open a JSON file: a list of objects, wherever in it the list stands, or one object.

    Raises:
        MalformedSource: It breaks off or is no JSON before the first object ends.
    """
    encoding = layout.encoding or _detected(path)
    prefix = _find_list(path, encoding)
    return _table(_streamed(path, encoding, prefix), encoding)


def open_lines(path: Path, layout: Layout) -> Table:
    """Open a file of JSON lines; a line that is no object is handed on as broken."""
    encoding = layout.encoding or _detected(path)
    return _table(_parsed_lines(path, encoding), encoding)


def open_parquet(path: Path) -> Table:
    """Open a Parquet file.

    Raises:
        MalformedSource: It is not one, or is damaged.
    """
    import duckdb  # loaded for those who have such a file

    connection = duckdb.connect(config=_ALONE)
    try:
        connection.execute("FROM read_parquet(?)", [escape(str(path))])
        first = connection.fetchmany(_BATCH)
    except duckdb.Error as error:
        connection.close()
        raise MalformedSource(f"not a readable Parquet file: {_said(error)}") from error
    return _table(_fetched(connection, first), None)


def _detected(path: Path) -> str:
    with path.open("rb") as file:
        return decoding.detect(file.read(_HEAD))


class _Bytes(Protocol):
    """What `ijson` reads from."""

    def read(self, size: int, /) -> bytes: ...


class _AsUtf8:
    """Text of any encoding, read as the UTF-8 that `ijson` wants."""

    def __init__(self, text: TextIO) -> None:
        self._text = text

    def read(self, size: int) -> bytes:
        return self._text.read(size).encode()


@contextmanager
def _open(path: Path, encoding: str) -> Generator[_Bytes, None, None]:
    """Open a file as UTF-8, whatever it is written in."""
    if encoding in ("utf-8", "ascii"):
        with path.open("rb") as file:
            yield file
    else:
        with path.open(encoding=encoding) as text:
            yield _AsUtf8(text)


def _find_list(path: Path, encoding: str) -> str:
    """Find the list of records: where `ijson` finds its items, "" for the whole file."""
    with _open(path, encoding) as file:
        try:
            return _walked(islice(_events(file), _MAX_LOOKED_AT))
        except (ijson.JSONError, UnicodeError) as error:
            raise MalformedSource(f"not JSON: {_said(error)}") from error


def _events(file: _Bytes) -> Iterator[tuple[str, str, object]]:
    return cast("Iterator[tuple[str, str, object]]", ijson.parse(file))


def _walked(events: Iterable[tuple[str, str, object]]) -> str:
    before = ("", "")
    guess, has_id = None, False
    for prefix, event, _ in events:
        if before[1] == "start_array" and event in ("start_map", "end_array"):
            place = before[0]
            if not place or (_is_list(place) and event == "start_map"):
                return f"{place}.item".lstrip(".")
            if guess is None and "." not in place and event == "start_map":
                guess = f"{place}.item"
        has_id = has_id or prefix in ("id", "_id", "ticket_id", "conversation_id")
        before = prefix, event
    return "" if has_id or guess is None else guess


def _is_list(place: str) -> bool:
    parts = place.split(".")
    return parts[-1].casefold() in _LISTS and len(parts) <= _MAX_DEPTH and "item" not in parts


def _streamed(path: Path, encoding: str, prefix: str) -> Iterator[Object | Broken]:
    number = 0
    with _open(path, encoding) as file:
        try:
            items = cast("Iterator[object]", ijson.items(file, prefix))
            for number, item in enumerate(items, start=1):
                yield _object(item, number, None)
        except (ijson.JSONError, UnicodeError, ValueError) as error:
            if not number:
                raise MalformedSource(f"not JSON: {_said(error)}") from error
            yield Broken(number + 1, None, f"the file is no JSON from here on: {_said(error)}")


def _said(error: Exception) -> str:
    """Keep the first line of what the library says, which points at bytes below it."""
    said = error.args[0] if error.args else error
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    return text.strip().split("\n")[0]


def _parsed_lines(path: Path, encoding: str) -> Iterator[Object | Broken]:
    number = 0
    with path.open(encoding=encoding, errors="surrogateescape") as file:
        try:
            for line, text in enumerate(file, start=1):
                if text.strip():
                    number += 1
                    yield _parsed(text, number, line)
        except UnicodeError as error:
            yield Broken(number + 1, None, f"not readable in the file's encoding: {error}")


def _parsed(text: str, number: int, line: int) -> Object | Broken:
    try:
        if not text.isascii():
            text.encode()
        return _object(json.loads(text), number, line)
    except UnicodeEncodeError:
        return Broken(number, line, "holds bytes that are no characters in the file's encoding")
    except (ValueError, RecursionError) as error:
        return Broken(number, line, f"not JSON: {error}")


def _object(item: object, number: int, line: int | None) -> Object | Broken:
    if is_object(item):
        return item
    return Broken(number, line, f"expected an object, found {type(item).__name__}")


def _fetched(
    connection: "DuckDBPyConnection", rows: list[tuple[object, ...]]
) -> Iterator[Object | Broken]:
    import duckdb

    names = [name for name, *_ in connection.description]
    with connection:
        try:
            while rows:
                yield from (dict(zip(names, row, strict=True)) for row in rows)
                rows = connection.fetchmany(_BATCH)
        except duckdb.Error as error:
            yield Broken(0, None, f"the file is damaged from here on: {_said(error)}")


def _table(objects: Iterator[Object | Broken], encoding: str | None) -> Table:
    """Name the columns after the keys of the first objects; rarer keys are not looked at."""
    items = map(_flat, objects)
    first = list(islice(items, SAMPLE))
    keys = {key: None for item in first if isinstance(item, dict) for key in item}
    return Table(unique(keys), _rows(chain(first, items), tuple(keys)), encoding=encoding)


def _rows(
    items: Iterable[dict[str, str] | Broken], keys: tuple[str, ...]
) -> Iterator[Row | Broken]:
    for number, item in enumerate(items, start=1):
        if isinstance(item, Broken):
            yield item._replace(number=number)
        else:
            yield Row(number, None, [item.get(key, "") for key in keys])


def _flat(item: Object | Broken) -> dict[str, str] | Broken:
    if isinstance(item, Broken):
        return item
    try:
        return flat(item)
    except RecursionError:
        return Broken(0, None, "nested too deeply")
