"""Ids of people and records, without the names and addresses some exports use as ids."""

import re
from array import array
from hashlib import sha256

_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
_NAME = r"[^\W\d_](?:[^\W\d_]|['’.-])*"
_FULL_NAME = re.compile(rf"{_NAME}(?:,? {_NAME}){{1,3}}")
_DEVICE = re.compile(
    r"\$device:.*|[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|[0-9a-f]{24,}", re.I
)
_FIRST_SLOTS = 1_024


def person(value: str, is_name: bool = False) -> str | None:
    """Give the id of a person, the same wherever the study names that person.

    Args:
        value: As the file gives it. An e-mail address or a full name becomes a digest.
        is_name: Whether the column holds names, so that one word is a name too.

    Example:
        >>> person("c0273"), person(""), person("Ada@Example.org") == person("ada@example.org ")
        ('c0273', None, True)
    """
    text = " ".join(value.split())
    if not text:
        return None
    if is_name or _is_personal(text):
        return f"person-{sha256(text.casefold().encode()).hexdigest()[:8]}"
    return text


def _is_personal(text: str) -> bool:
    is_titled = text[0].isupper() and not text.isupper() and " " in text
    return bool(_ADDRESS.search(text)) or (is_titled and bool(_FULL_NAME.fullmatch(text)))


def is_device(value: str) -> bool:
    """Tell the id of a browser or a device from that of a customer."""
    return bool(_DEVICE.fullmatch(value))


class Ids:
    """The ids a source has used so far, so that no two records share one.

    It keeps 64 bits an id, in a table that doubles: 16 to 32 bytes a record, a tenth of a set's.
    """

    def __init__(self) -> None:
        self._slots = array("Q", bytes(8 * _FIRST_SLOTS))
        self._used = 0
        self._repeats: dict[str, int] = {}

    def unique(self, wanted: str) -> str:
        """Use an id, with "~2", "~3", … behind it where it was used before."""
        if self._add(wanted):
            return wanted
        while True:
            count = self._repeats.get(wanted, 1) + 1
            self._repeats[wanted] = count
            if self._add(f"{wanted}~{count}"):
                return f"{wanted}~{count}"

    def _add(self, name: str) -> bool:
        if 2 * self._used >= len(self._slots):
            self._grow()
        key = hash(name) & 0xFFFF_FFFF_FFFF_FFFF or 1
        at = self._slot(key)
        if self._slots[at] == key:
            return False
        self._slots[at] = key
        self._used += 1
        return True

    def _slot(self, key: int) -> int:
        slots, mask = self._slots, len(self._slots) - 1
        at = key & mask
        while slots[at] not in (0, key):
            at = (at + 1) & mask
        return at

    def _grow(self) -> None:
        old = self._slots
        self._slots = array("Q", bytes(16 * len(old)))
        for key in old:
            if key:
                self._slots[self._slot(key)] = key
