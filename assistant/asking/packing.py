"""Put things into as few calls as a token budget allows, all calls about the same size.

Calls of one size end together: no model waits for the longest, and none carries a few rows alone.
"""

from collections.abc import Sequence
from math import ceil
from typing import TypeVar

_Thing = TypeVar("_Thing")


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
