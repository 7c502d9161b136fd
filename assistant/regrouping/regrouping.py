"""Ask a model to merge, mend and title themes, and then to look at what is in none."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from assistant import asking, prompts
from assistant.llm import Llm
from assistant.models import Piece, Theme
from assistant.regrouping import groups as grouped
from assistant.regrouping.groups import Group
from assistant.regrouping.replies import Changes, Placing, Regrouping
from assistant.regrouping.sheet import with_left_over, with_quotes
from assistant.themes import KINDS, Themes
from assistant.themes.kinds import kind_of
from assistant.themes.weighing import Costs

_AT_ONCE = 40
"""Themes that a model is shown together."""
_LEFT_OVER = 120
"""Sentences in no theme that are looked at again, of each kind; the surest."""
_WIDESPREAD = 3
"""Documents from which a topic without a theme is one that was overlooked."""


class Regrouped(NamedTuple):
    """Themes put right. Every piece that was in a theme or left over is in a theme or left over.

    Attributes:
        overlooked: Titles of new themes that three documents or more speak of.
        counts: What was done: seen, themes that a model was shown; titled, moved, merged, placed,
            found, and freed: no longer counted against a theme; with "not" before it, what a reply
            asked for and could not be done; failed, calls that came to nothing.
    """

    themes: tuple[Theme, ...]
    left_over: tuple[str, ...]
    overlooked: tuple[str, ...]
    counts: Counter[str]


class Editor(NamedTuple):
    """Who regroups: a model, the language of its titles, and what behaviour says moments cost."""

    llm: Llm
    language: str = "en"
    costs: Costs | None = None


async def regroup(found: Themes, pieces: Mapping[str, Piece], editor: Editor) -> Regrouped:
    """Have a model put themes right that were grouped by likeness.

    What a call does not say, or what fails, leaves things as they were grouped.

    Args:
        found: As `themes.group` gives it.
        pieces: The evidence by id.
        editor: Who regroups.

    Raises:
        WrongEndpoint: No call to the endpoint would succeed.
    """
    changes = Changes(grouped.of(found.themes), pieces)
    parts = [part for kind in KINDS for part in _parts(changes.groups, kind)]
    await asyncio.gather(*(_regroup(part, changes, pieces, editor) for part in parts))
    known = len(changes.groups)
    left_over = await _place(found.left_over, changes, pieces, editor)
    new = [group for group in changes.groups[known:] if group.theme is None]
    overlooked = tuple(group.title for group in new if _documents(group, pieces) >= _WIDESPREAD)
    themes = grouped.themes(changes.groups, pieces, editor.costs)
    return Regrouped(themes, left_over, overlooked, changes.counts)


def _parts(groups: Sequence[Group], kind: str) -> Iterator[Sequence[Group]]:
    """Give the groups of a kind, so many at once, those of the same moment together."""
    mine = [group for group in groups if group.kind == kind]
    mine.sort(key=_moment)
    sizes = [1] * len(mine)
    return iter(asking.pack(mine, sizes, _AT_ONCE))


def _moment(group: Group) -> tuple[str, str, str]:
    theme = group.theme
    return (theme.stage, theme.touchpoint or "", theme.id) if theme else ("", "", group.title)


async def _regroup(
    part: Sequence[Group], changes: Changes, pieces: Mapping[str, Piece], editor: Editor
) -> None:
    prompt = prompts.load("group_themes")

    async def ask(some: Sequence[Group]) -> None:
        sheet = with_quotes(some, pieces)
        inputs = {"kind": some[0].kind, "language": editor.language, "rows": sheet.text}
        answer = await editor.llm.ask(prompt, Regrouping, **inputs)
        changes.regroup(answer.value, sheet)
        changes.counts["seen"] += len(some)

    asked = await asking.ask(part, ask)
    changes.counts["failed"] += len(asked.failed)


async def _place(
    left_over: Sequence[str], changes: Changes, pieces: Mapping[str, Piece], editor: Editor
) -> tuple[str, ...]:
    """Place what is in no theme; give what is in none still."""
    prompt = prompts.load("place_left_over")
    placed: set[str] = set()
    for kind in KINDS:
        groups = [group for group in changes.groups if group.kind == kind and group.ids]
        mine = [pieces[id] for id in left_over if kind_of(pieces[id]) == kind]
        surest = sorted(mine, key=lambda piece: (-piece.confidence, piece.id))[:_LEFT_OVER]

        async def ask(
            some: Sequence[Piece], groups: Sequence[Group] = groups, kind: str = kind
        ) -> None:
            sheet = with_left_over(groups, some)
            inputs = {"kind": kind, "language": editor.language, "rows": sheet.text}
            answer = await editor.llm.ask(prompt, Placing, **inputs)
            placed.update(changes.place(answer.value, sheet))

        if surest:
            asked = await asking.ask(surest, ask)
            changes.counts["failed"] += len(asked.failed)
    return tuple(id for id in left_over if id not in placed)


def _documents(group: Group, pieces: Mapping[str, Piece]) -> int:
    return len({pieces[id].document for id in group.ids})
