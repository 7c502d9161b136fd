"""Put things into as few calls as a token budget allows, all calls about the same size.

Calls of one size end together: no model waits for the longest, and none carries a few rows alone.
"""

from collections.abc import Sequence
from math import ceil
from typing import TypeVar

_Thing = TypeVar("_Thing")


SIDE_BY_SIDE = 8
"""Calls that are under way at the same time, usually."""
_STRETCH = 1.25
"""How far a budget may be overstepped to spare a round of calls that would be nearly empty."""


def rounded(total: int, budget: int) -> int:
    """Give a budget with which the last round of calls is not nearly empty.

    Nine calls take as long as sixteen where eight go side by side: eight larger ones take half.

    Example:
        >>> rounded(17_700, 2_000)
        2301
        >>> rounded(24_000, 2_000)
        2000
    """
    rounds = ceil(total / budget) // SIDE_BY_SIDE
    share = total / (rounds * SIDE_BY_SIDE) if rounds else 0.0
    return ceil(share * 1.04) if budget < share <= budget * _STRETCH else budget


def pack(things: Sequence[_Thing], sizes: Sequence[int], budget: int) -> list[Sequence[_Thing]]:
    """Split `things`, in order, into runs as even as their sizes allow.

    Args:
        things: What goes into calls; neighbours stay neighbours.
        sizes: How much each takes, in tokens.
        budget: How much a run takes at most; a thing that takes more stands alone.

    Example:
        >>> pack("abcdef", [4, 4, 4, 4, 4, 4], 10)
        ['ab', 'cd', 'ef']
    """
    n = ceil(sum(sizes) / budget)
    share = sum(sizes) / n if n else 0
    packs: list[Sequence[_Thing]] = []
    start, held, filled = 0, 0, 0.0
    for at, size in enumerate(sizes):
        overshoots = filled + held + size / 2 > share * (len(packs) + 1)
        if held and (held + size > budget or overshoots):
            packs.append(things[start:at])
            start, filled, held = at, filled + held, 0
        held += size
    return [*packs, things[start:]] if things else []
