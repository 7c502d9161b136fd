"""What a model is shown of groups: a heading a group, and some of its sentences below it."""

from collections.abc import Mapping, Sequence

from assistant import asking
from assistant.models import Piece
from assistant.regrouping.groups import Group
from ingestion.screening import is_instruction

_QUOTES = 4
_COUNTER = 3
_LONGEST_QUOTE = 160


class Sheet:
    """Groups and sentences, written down, each with the id it is answered by.

    Attributes:
        text: What the model is shown.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._groups: dict[str, Group] = {}
        self._pieces: dict[str, str] = {}
        self._counter: dict[str, tuple[Group, str]] = {}

    @property
    def text(self) -> str:
        """What the model is shown."""
        return "\n".join(self._lines)

    def head(self, group: Group, people: int | None = None) -> None:
        """Write down a group's heading."""
        mark = self._mark(group.title)
        counted = "" if people is None else f" ({people})"
        self._lines.append(f"= [{mark}] {asking.line(group.title)}{counted}")
        self._groups[mark] = group

    def quote(self, piece: Piece) -> None:
        """Write down a sentence, shortened; what instructs its reader is left out."""
        if is_instruction(piece.quote):
            return
        short = _short(piece.quote)
        mark = self._mark(short)
        self._lines.append(f"[{mark}] {short}")
        self._pieces[mark] = piece.id

    def counter(self, group: Group, piece: Piece) -> None:
        """Write down a sentence that seems to speak against a group."""
        if is_instruction(piece.quote):
            return
        short = _short(piece.quote)
        mark = self._mark(short)
        self._lines.append(f"! [{mark}] {short}")
        self._counter[mark] = (group, piece.id)

    def against(self, id: str) -> tuple[Group, str] | None:
        """Give the piece that an id names, and the group that it seems to speak against."""
        return self._counter.get(asking.named(id))

    def group(self, id: str) -> Group | None:
        """Give the group that an id names."""
        return self._groups.get(asking.named(id))

    def piece(self, id: str) -> str | None:
        """Give the piece that an id names."""
        return self._pieces.get(asking.named(id))

    def _mark(self, text: str) -> str:
        return asking.mark(len(self._lines) + 1, text)


def _short(quote: str) -> str:
    said = asking.line(quote)
    return said if len(said) <= _LONGEST_QUOTE else said[:_LONGEST_QUOTE] + "…"


def with_quotes(groups: Sequence[Group], pieces: Mapping[str, Piece]) -> Sheet:
    """Write down groups with the sentences that are most central to them."""
    sheet = Sheet()
    for group in groups:
        sheet.head(group, len({pieces[id].person for id in group.ids}))
        for id in group.ids[:_QUOTES]:
            sheet.quote(pieces[id])
        for id in group.counter[:_COUNTER]:
            if id in pieces:
                sheet.counter(group, pieces[id])
    return sheet


def with_left_over(groups: Sequence[Group], left_over: Sequence[Piece]) -> Sheet:
    """Write down groups by their titles, and the sentences that are in none."""
    sheet = Sheet()
    for group in groups:
        sheet.head(group)
    for piece in left_over:
        sheet.quote(piece)
    return sheet
