"""JSON, JSON lines and Parquet: objects laid flat, so that they are rows like any other.

A key inside an object becomes `outer.inner`; a list of objects stays together as its JSON, because
a ticket's comments belong to the ticket.
"""

import json
import re
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Protocol, TextIO, TypeAlias, TypeGuard, cast

import ijson
import pyarrow as pa
import pyarrow.parquet as pq

from ingestion import decoding
from ingestion.errors import MalformedSource
from ingestion.mapping import Layout
from ingestion.records.tables import SAMPLE, Broken, Row, Table, unique
from ingestion.records.vocabulary import load

Object: TypeAlias = dict[str, object]
"""A JSON object, or a row of a Parquet file."""

_LISTS = frozenset(load("lists")["lists"])
_DAMAGED = cast("tuple[type[Exception], ...]", (pa.ArrowException, OSError))  # pyright: ignore[reportUnknownMemberType]
_HEAD = 262_144
_MAX_DEPTH = 4
_MAX_LOOKED_AT = 100_000
_BATCH = 1_000
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


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
    try:
        file = pq.ParquetFile(path)
    except _DAMAGED as error:
        raise MalformedSource(f"not a readable Parquet file: {error}") from error
    return _table(_batched(cast("_ParquetFile", file)), None)


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
        for line, text in enumerate(file, start=1):
            if text.strip():
                number += 1
                yield _parsed(text, number, line)


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


class _Batch(Protocol):
    """What is used of a batch of rows; the library has no types."""

    def to_pylist(self) -> list[Object]: ...


class _ParquetFile(Protocol):
    """What is used of a Parquet file; the library has no types."""

    def iter_batches(self, batch_size: int) -> Iterator[_Batch]: ...


def _batched(file: _ParquetFile) -> Iterator[Object | Broken]:
    try:
        for batch in file.iter_batches(batch_size=_BATCH):
            yield from batch.to_pylist()
    except _DAMAGED as error:
        yield Broken(0, None, f"the file is damaged from here on: {error}")


def _table(objects: Iterator[Object | Broken], encoding: str | None) -> Table:
    """Name the columns after the keys of the first objects; rarer keys are not looked at."""
    flat = map(_flat, objects)
    first = list(islice(flat, SAMPLE))
    keys = {key: None for item in first if isinstance(item, dict) for key in item}
    return Table(unique(keys), _rows(chain(first, flat), tuple(keys)), encoding=encoding)


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
    flat: dict[str, str] = {}
    try:
        _lay_flat(item, "", flat)
    except RecursionError:
        return Broken(0, None, "nested too deeply")
    return flat


def _lay_flat(item: Object, prefix: str, flat: dict[str, str]) -> None:
    for key, value in item.items():
        name = (prefix + str(key)).removesuffix(".label")
        if is_object(value) and prefix.count(".") < _MAX_DEPTH:
            _lay_flat(value, f"{name}.", flat)
        elif pairs := _pairs(value):
            _lay_flat(pairs, f"{name}.", flat)
        else:
            flat[name] = text_of(value)


def is_object(value: object) -> TypeGuard[Object]:
    """Tell a JSON object from any other value."""
    return isinstance(value, dict)


def is_list(value: object) -> TypeGuard[list[object]]:
    """Tell a JSON list from any other value."""
    return isinstance(value, list)


def _pairs(value: object) -> Object | None:
    """Make an object of the key and value pairs of an analytics export; None of anything else."""
    if not is_list(value) or not value:
        return None
    pairs = [pair for pair in value if is_object(pair) and {"key", "value"} >= set(pair)]
    if len(pairs) < len(value):
        return None
    return {str(pair.get("key")): _typed(pair.get("value")) for pair in pairs}


def _typed(value: object) -> object:
    """Take the one value that is set from {"string_value": …, "int_value": …}."""
    if not is_object(value):
        return value
    return next((v for v in value.values() if v is not None), None)


def text_of(value: object) -> str:
    """Write a JSON value as a cell."""
    if isinstance(value, str):
        return value if value.isascii() else _LONE_SURROGATE.sub("\ufffd", value)
    if value is None:
        return ""
    if is_object(value) or is_list(value):
        return _listed(value)
    return _scalar(value)


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal) and abs(value) < 1e15 and value == int(value):
        return str(int(value))
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def _listed(value: Object | list[object]) -> str:
    if isinstance(value, list) and not any(isinstance(part, dict | list) for part in value):
        return ", ".join(text_of(part) for part in value)
    written = json.dumps(value, ensure_ascii=False, default=text_of) if value else ""
    return _LONE_SURROGATE.sub("\ufffd", written)
