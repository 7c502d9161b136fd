"""JSON objects laid flat: a key inside an object becomes `outer.inner`, a list stays its JSON."""

import json
import re
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias, TypeGuard

Object: TypeAlias = dict[str, object]
"""A JSON object, or a row of a Parquet file."""

_MAX_DEPTH = 4
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def flat(item: Object) -> dict[str, str]:
    """Lay an object flat; every value becomes the text of a cell.

    Raises:
        RecursionError: It is nested too deeply to be written down.

    Example:
        >>> flat({"id": 7, "author": {"name": "Ada"}, "tags": ["a", "b"]})
        {'id': '7', 'author.name': 'Ada', 'tags': 'a, b'}
    """
    laid: dict[str, str] = {}
    _lay_flat(item, "", laid)
    return laid


def _lay_flat(item: Object, prefix: str, laid: dict[str, str]) -> None:
    for key, value in item.items():
        name = text_of(prefix + str(key)).removesuffix(".label")
        if is_object(value) and prefix.count(".") < _MAX_DEPTH:
            _lay_flat(value, f"{name}.", laid)
        elif pairs := _pairs(value):
            _lay_flat(pairs, f"{name}.", laid)
        else:
            laid[name] = text_of(value)


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
