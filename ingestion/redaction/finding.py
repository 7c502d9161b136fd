"""What a search for personal data gives."""

from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """The kinds of personal data that are masked; the value is the word in the placeholder.

    The surer stand first: where two overlap, the first counts.
    """

    EMAIL = "email"
    CARD = "card"
    IBAN = "iban"
    ORDER = "order number"
    ACCOUNT = "account number"
    PHONE = "phone"
    ADDRESS = "address"
    NAME = "name"


class Finding(NamedTuple):
    """A stretch of text that is personal data: `text[start:end]`."""

    start: int
    end: int
    kind: Kind
