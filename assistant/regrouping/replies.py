"""What a model replies about groups, and how each reply changes them."""

import re
from collections import Counter
from collections.abc import Mapping

from assistant.asking import Terse
from assistant.models import Piece
from assistant.regrouping.groups import Group, Kind
from assistant.regrouping.sheet import Sheet
from assistant.themes.kinds import kind_of

_DIGITS = re.compile(r"\d+")
_LONGEST_TITLE = 90


class Merge(Terse):
    """Themes that are one."""

    theme_ids: list[str]
    title: str


class Move(Terse):
    """A sentence, and the theme it belongs to; "" for none of them."""

    quote_id: str
    theme_id: str


class Title(Terse):
    """A theme's better title."""

    theme_id: str
    title: str


class Regrouping(Terse):
    """What likeness got wrong."""

    merges: list[Merge]
    moves: list[Move]
    not_against_ids: list[str]
    titles: list[Title]


class Discovery(Terse):
    """Sentences that are a theme which nobody saw."""

    quote_ids: list[str]
    title: str


class Placing(Terse):
    """Where sentences go that were left over."""

    placed: list[Move]
    found: list[Discovery]


class Changes:
    """Changes groups as replies say, and counts what was done and what could not be followed.

    Attributes:
        groups: All groups, those that were added among them.
    """

    def __init__(self, groups: list[Group], pieces: Mapping[str, Piece]) -> None:
        self.groups, self.counts = groups, Counter[str]()
        self._pieces = pieces

    def regroup(self, reply: Regrouping, sheet: Sheet) -> None:
        """Follow a reply about groups: titles, then moves, then merges."""
        for title in reply.titles:
            self._count("titled", self._title(sheet.group(title.theme_id), title.title))
        for id in reply.not_against_ids:
            self._count("freed", self._free(id, sheet))
        for move in reply.moves:
            self._count("moved", self._move(move, sheet))
        for merge in reply.merges:
            self._count("merged", self._merge(merge, sheet))

    def place(self, reply: Placing, sheet: Sheet) -> set[str]:
        """Follow a reply about what was left over; give what is in a group now."""
        placed: set[str] = set()
        for move in reply.placed:
            id, group = sheet.piece(move.quote_id), sheet.group(move.theme_id)
            is_placed = id is not None and id not in placed and self._add(id, group)
            placed |= {id} if id and is_placed else set()
            self._count("placed", is_placed)
        for discovery in reply.found:
            found = self._discover(discovery, sheet, placed)
            placed |= found
            self._count("found", bool(found))
        return placed

    def _count(self, what: str, is_done: bool) -> None:
        self.counts[what if is_done else f"not {what}"] += 1

    def _title(self, group: Group | None, title: str) -> bool:
        if group is None or not group.ids or not self._is_title(title, group.ids):
            return False
        group.title = title.strip()
        return True

    def _is_title(self, title: str, ids: list[str]) -> bool:
        """Is it short, and is every number in it one that was said?"""
        said = {number for id in ids for number in _DIGITS.findall(self._pieces[id].quote)}
        named = set(_DIGITS.findall(title))
        return 0 < len(title.strip()) <= _LONGEST_TITLE and named <= said

    def _free(self, id: str, sheet: Sheet) -> bool:
        """Let a piece no longer count against a group."""
        group, piece = sheet.against(id) or (None, "")
        if group is None or piece not in group.counter:
            return False
        group.counter = tuple(each for each in group.counter if each != piece)
        return True

    def _move(self, move: Move, sheet: Sheet) -> bool:
        id = sheet.piece(move.quote_id)
        source = next((group for group in self.groups if id in group.ids), None)
        if id is None or source is None or len(source.ids) == 1:
            return False
        target = sheet.group(move.theme_id)
        if target is None and not move.theme_id.strip():
            target = Group(source.kind, self._pieces[id].quote[:_LONGEST_TITLE], [])
            self.groups.append(target)
        if (
            target is None
            or target is source
            or target.kind != source.kind
            or not self._holds(target)
        ):
            return False
        source.give(id, target)
        return True

    def _holds(self, group: Group) -> bool:
        return bool(group.ids) or group.theme is None

    def _merge(self, merge: Merge, sheet: Sheet) -> bool:
        named = [group for id in merge.theme_ids if (group := sheet.group(id)) and group.ids]
        different = list({id(group): group for group in named}.values())
        if len(different) < 2 or len({group.kind for group in different}) > 1:
            return False
        first, *others = sorted(different, key=lambda group: -len(group.ids))
        for other in others:
            first.take(other)
        self._title(first, merge.title)
        return True

    def _add(self, id: str, group: Group | None) -> bool:
        if group is None or not group.ids or kind_of(self._pieces[id]) != group.kind:
            return False
        group.ids.append(id)
        return True

    def _discover(self, discovery: Discovery, sheet: Sheet, placed: set[str]) -> set[str]:
        named = (sheet.piece(id) for id in discovery.quote_ids)
        new = dict.fromkeys(id for id in named if id and id not in placed)
        kinds: list[Kind | None] = [kind_of(self._pieces[id]) for id in new]
        kind = max(kinds, key=kinds.count, default=None)
        ids = [id for id in new if kind_of(self._pieces[id]) == kind]
        if kind is None or len(ids) < 2 or not self._is_title(discovery.title, ids):
            return set()
        self.groups.append(Group(kind, discovery.title.strip(), ids))
        return set(ids)
