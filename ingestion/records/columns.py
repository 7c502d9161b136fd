"""A column of a table: its name taken apart, and what its sampled values look like."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from unicodedata import category, normalize

from ingestion.records import dates, scores
from ingestion.records.vocabulary import load

_CAMEL = re.compile(r"(?<=[a-zа-я\d])(?=[A-ZА-Я])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[^\W_]+")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_LINK = re.compile(r"(?:https?://|www\.|/)\S*$", re.IGNORECASE)
_SCORED = re.compile(r"\d+ ?\D{0,3}$")
NOTHING = frozenset(load("nothing")["nothing"])
"""What stands in a cell nobody filled in, in small letters."""


def plain(name: str) -> str:
    """Write a column name as small words without accents, so that spellings meet.

    Example:
        >>> plain("Étoile_Count (total)"), plain("thumbsUpCount"), plain("customer.userID")
        ('etoile count total', 'thumbs up count', 'customer user id')
    """
    split = normalize("NFKD", _CAMEL.sub(" ", name)).casefold()
    bare = "".join(letter for letter in split if category(letter) != "Mn")
    return " ".join(_WORD.findall(bare)) or name.strip()


def is_nothing(cell: str) -> bool:
    """Tell whether a cell holds no more than a sign that nobody filled it in."""
    text = cell.strip()
    return not text or (len(text) < 20 and text.casefold() in NOTHING)


def n_words(text: str) -> float:
    """Count words; two characters of a script without spaces count as one."""
    return len(text.split()) + len(_WIDE.findall(text)) / 2


class Column:
    """One column of a sample of rows; cells nobody filled in are left out of `values`.

    Attributes:
        name: As the file writes it.
        plain: The name in small words.
        question: What a second header row asks there, "" where there is none.
        n: How many rows the sample has.
        cells: The cell of every row, filled in or not.
    """

    def __init__(self, index: int, name: str, cells: Sequence[str], question: str = "") -> None:
        self.index = index
        self.question = question
        self.name = name
        self.plain = plain(name)
        self.n = len(cells)
        self.cells = ["" if is_nothing(cell) else cell.strip() for cell in cells]
        self.values = [cell for cell in self.cells if cell]

    @cached_property
    def counts(self) -> Counter[str]:
        """How often each value occurs."""
        return Counter(self.values)

    @cached_property
    def variety(self) -> float:
        """Distinct values as a share of all: 1 where none repeats."""
        return len(self.counts) / max(1, len(self.values))

    @cached_property
    def numbers(self) -> list[float]:
        """The values that are plain numbers."""
        found = (scores.number(value) for value in self.values)
        return [value for value in found if value is not None]

    @cached_property
    def is_number(self) -> bool:
        """Nearly every value is a plain number."""
        return bool(self.values) and len(self.numbers) >= 0.9 * len(self.values)

    @cached_property
    def order(self) -> dates.Order | None:
        """How the dates in it are written, None where it holds no dates."""
        return dates.recognise(self.values)

    @cached_property
    def words(self) -> float:
        """Words of an average value."""
        return sum(map(n_words, self.values)) / max(1, len(self.values))

    @cached_property
    def is_address(self) -> bool:
        """Most values are e-mail addresses."""
        return self._mostly(lambda value: bool(_ADDRESS.fullmatch(value)))

    @cached_property
    def is_link(self) -> bool:
        """Most values are addresses or paths of pages."""
        return self._mostly(lambda value: bool(_LINK.match(value)))

    @cached_property
    def is_nested(self) -> bool:
        """Most values are JSON lists or objects."""
        return self._mostly(lambda value: value[0] in "[{" and value[-1] in "]}")

    @cached_property
    def is_code(self) -> bool:
        """Its values are short and come back: names of things, not free text."""
        return bool(self.values) and self.words <= 4 and (self.variety < 0.5 or self.words < 1.3)

    @cached_property
    def is_prose(self) -> bool:
        """Its values are what people wrote in their own words."""
        if not self.values or self.is_number or self.is_address or self.is_link or self.is_nested:
            return False
        if self.order is not None or self.variety < 0.25:
            return False
        longest = max(map(n_words, self.values))
        letters = sum(letter.isalpha() for value in self.values for letter in value)
        spelled = letters >= 0.6 * sum(map(len, self.values))
        return spelled and (self.words >= 3 or longest >= 8)

    def _mostly(self, fits: Callable[[str], bool]) -> bool:
        return bool(self.values) and sum(map(fits, self.values)) >= 0.8 * len(self.values)
