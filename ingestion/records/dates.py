"""Dates as exports write them, in the order of day, month and year each column uses."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from itertools import pairwise
from unicodedata import normalize

_NUMBERS = re.compile(r"\D*?(\d{1,4})[-/.年 ]\s?(\d{1,2})[-/.月 ]\s?(\d{1,4})(?:日|\b)")
_CLOCK = re.compile(
    r"(?:^|[\sT,])(\d{1,2})[:h.](\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([aApP]\.?[mM]\b)?"
)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})$")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_DAY = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|er|\.|º)?(?![\d:h])")
_YEAR = re.compile(r"\b((?:19|20)\d{2})\b")
_EPOCH_UNITS = ((1e8, 1e10, 1.0), (1e11, 1e13, 1e3), (1e14, 1e16, 1e6), (1e17, 1e19, 1e9))
_MONTHS = (
    "jan ene gen янв janv",
    "feb fev fév fevr févr фев",
    "mar maa mrt mär märz mars мар",
    "apr avr abr апр",
    "may mai maj mag mei май мая",
    "jun juin giu июн",
    "jul juil lug июл",
    "aug aou aoû ago авг",
    "sep set сен",
    "oct okt ott out окт",
    "nov ноя",
    "dec dez dic déc дек",
)
_MONTH = {word: n for n, words in enumerate(_MONTHS, start=1) for word in words.split()}


class Order(StrEnum):
    """Which of day, month and year comes first; or that a date is written another way."""

    ISO = "iso"
    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"
    NAMED = "named"
    EPOCH = "epoch"


def recognise(values: Sequence[str]) -> Order | None:
    """Tell how a column writes its dates.

    Returns:
        None where fewer than nine in ten values are dates. Where every value could be read day
        first or month first, the order in which they follow each other better; day first, where
        that does not tell either.
    """
    if not values:
        return None
    best = max(Order, key=lambda order: _n_read(values, order))
    if _n_read(values, best) < 0.9 * len(values):
        return None
    is_open = best is Order.DMY and _n_read(values, Order.MDY) == _n_read(values, Order.DMY)
    return Order.MDY if is_open and _steps(values, Order.MDY) < _steps(values, best) else best


def _n_read(values: Sequence[str], order: Order) -> int:
    return sum(read(value, order) is not None for value in values)


def _steps(values: Sequence[str], order: Order) -> int:
    """Count how often a column goes back in time, or forward where that is rarer."""
    read_values = [moment for value in values if (moment := read(value, order))]
    back = sum(a > b for a, b in pairwise(read_values))
    forth = sum(a < b for a, b in pairwise(read_values))
    return min(back, forth)


def is_ambiguous(values: Sequence[str]) -> bool:
    """Tell whether every value could be read day first as well as month first."""
    n_read = {_n_read(values, order) for order in (Order.DMY, Order.MDY)}
    n_iso = _n_read(values, Order.ISO) + _n_read(values, Order.NAMED)
    return n_read == {len(values)} and not n_iso


def read(value: str, order: Order) -> datetime | None:
    """Read one date, in UTC; a date without a zone is taken to be in UTC already.

    Returns:
        None where it is not a date in that order.

    Example:
        >>> read("31.12.2024 14:05", Order.DMY)
        datetime.datetime(2024, 12, 31, 14, 5, tzinfo=datetime.timezone.utc)
    """
    try:
        return _READERS[order](value)
    except (ValueError, OverflowError):
        return None


def _iso(value: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return _loose_iso(value)
    if len(value) < 10:
        return None  # 20240302 is as good as any number
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _loose_iso(value: str) -> datetime | None:
    if not re.match(r"(19|20)\d{2}-\d{2}-\d{2}(?!\d)", value):
        return None
    day = datetime.fromisoformat(value[:10]).replace(tzinfo=UTC)
    return _with_clock(day, value[10:])


def _numeric(value: str, order: Order) -> datetime | None:
    found = _NUMBERS.match(value)
    if not found or found.start(1) > 5:
        return None
    first, second, third = found.groups()
    if (order is Order.YMD) != (len(first) == 4) or (order is Order.YMD and len(third) > 2):
        return None
    parts = {Order.DMY: (third, second, first), Order.MDY: (third, first, second)}
    year, month, day = map(int, parts.get(order, (first, second, third)))
    if len(third) in (1, 3) and order is not Order.YMD:
        return None
    if year >= 100 and not 1900 <= year <= 2100:
        return None
    century = 0 if year >= 100 else 1900 if year > 70 else 2000
    moment = datetime(year + century, month, day, tzinfo=UTC)
    return _with_clock(moment, value[found.end() :])


def _named(value: str) -> datetime | None:
    year, day, month = _YEAR.search(value), _DAY.search(value), _month(value)
    if len(value) > 60 or not (year and day and month):
        return None
    moment = datetime(int(year[1]), month, int(day[1]), tzinfo=UTC)
    return _with_clock(moment, value.replace(year[1], "", 1).replace(day[0], "", 1))


def _month(value: str) -> int | None:
    for word in _LETTERS.findall(normalize("NFC", value).casefold()):
        for length in (4, 3):
            if month := _MONTH.get(word[:length]):
                return month
    return None


def _epoch(value: str) -> datetime | None:
    if not _DIGITS.fullmatch(value):
        return None
    number = float(value)
    for low, high, per_second in _EPOCH_UNITS:
        if low <= number < high:
            return datetime.fromtimestamp(number / per_second, UTC)
    return None


def _with_clock(day: datetime, rest: str) -> datetime:
    found = _CLOCK.search(rest)
    if not found:
        return day
    hours, minutes, seconds, half = found.groups()
    hour = int(hours) % 12 + 12 * (half[0] in "pP") if half else int(hours)
    moment = day.replace(hour=hour, minute=int(minutes), second=int(seconds or 0))
    offset = _OFFSET.search(rest)
    if not offset:
        return moment
    sign, by_hours, by_minutes = offset.groups()
    shift = timedelta(hours=int(by_hours), minutes=int(by_minutes))
    return moment.replace(tzinfo=timezone(-shift if sign == "-" else shift)).astimezone(UTC)


_READERS: dict[Order, Callable[[str], datetime | None]] = {
    Order.ISO: _iso,
    Order.DMY: lambda value: _numeric(value, Order.DMY),
    Order.MDY: lambda value: _numeric(value, Order.MDY),
    Order.YMD: lambda value: _numeric(value, Order.YMD),
    Order.NAMED: _named,
    Order.EPOCH: _epoch,
}
