"""What a transcript is called: whose it is, of which day, under which title."""

import datetime
import re
from collections.abc import Iterator, Sequence

from ingestion.models import Role, Turn
from ingestion.speech.names import is_id

_APART = re.compile(r"[^\w]+|_")
_ID = re.compile(r"([^\W\d_]{1,14})(\d{1,8})")
_LONE_LETTER = re.compile(r"(?<!\w)([^\W\d_])[ _-](\d{1,4})(?!\w)")
_THINGS = """
v ver version q h mp final draft copy part teil session sitzung interview int rec recording audio
video track file doc document transcript zoom call meeting take day week wave round gmt sample test
note notes export page
"""
_NOT_PEOPLE = frozenset(_THINGS.split())
_DAY = re.compile(
    r"(?<!\d)(?:(?P<year>(?:19|20)\d\d)[-_./年]?(?P<month>\d{1,2})[-_./月]?(?P<day>\d{1,2})日?"
    r"|(?P<day2>\d{1,2})\.(?P<month2>\d{1,2})\.(?P<year2>(?:19|20)\d\d))(?!\d)"
)
_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS: Sequence[str] = _MONTH_NAMES.split()
_WRITTEN = re.compile(
    rf"(?P<day>\d{{1,2}})?(?:st|nd|rd|th)?\s*\b(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?\s*"
    r"(?:(?P<day2>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<year>(?:19|20)\d\d)",
    re.IGNORECASE,
)


def participant(source_id: str, turns: Sequence[Turn]) -> str:
    """Name the customer as the study's other files may: in lower case, "p03".

    Returns:
        The number by which the only customer is labelled; else the one in the file's or a folder's
        name; else the file's name without its ending and its date.
    """
    customers = {turn.speaker for turn in turns if turn.speaker and turn.role == Role.CUSTOMER}
    if len(customers) == 1 and is_id(label := customers.pop()):
        return re.sub(r"[-_ ]", "", label).lower()
    *folders, name = source_id.split("/")
    stem = re.sub(r"(?<=.)\.[^.]*$", "", name)
    for part in (stem, *reversed(folders)):
        if found := next(_ids(_DAY.sub(" ", part)), None):
            return found
    undated = _DAY.sub("", stem).strip(" _-.")
    return (undated or stem).lower()


def _ids(text: str) -> Iterator[str]:
    """What reads like a person's number in a name: letters, then digits."""
    for token in _APART.split(_LONE_LETTER.sub(r"\1\2", text.lower())):
        found = _ID.fullmatch(token)
        if found and found[1] not in _NOT_PEOPLE:
            yield token


def title(turns: Sequence[Turn]) -> str | None:
    """The heading before anybody speaks."""
    for turn in turns:
        if turn.field == "heading":
            return turn.text
        if turn.field is None:
            break
    return None


def date(source_id: str, turns: Sequence[Turn]) -> datetime.date | None:
    """The day in the file's name, else in what stands before the first words.

    A day and a month that could be each other are not read.
    """
    for text in (source_id.rsplit("/", 1)[-1], *_opening(turns)):
        for shape in (_DAY, _WRITTEN):
            for found in shape.finditer(text):
                if day := _date(found.groupdict()):
                    return day
    return None


def _opening(turns: Sequence[Turn]) -> Iterator[str]:
    for turn in turns:
        if turn.field is None:
            break
        yield turn.text


def _date(parts: dict[str, str | None]) -> datetime.date | None:
    year, month, day = (parts.get(key) or parts.get(f"{key}2") for key in ("year", "month", "day"))
    if not (year and month and day):
        return None
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    try:
        return datetime.date(int(year), number, int(day))
    except ValueError:
        return None
