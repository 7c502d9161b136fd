"""The ledger: what went in equals what was used, empty, duplicate, masked, excluded or failed.

What goes in is counted where it arrives and each outcome where it is decided, so that the sum is a
check and not a definition.
"""

from collections import Counter
from collections.abc import Mapping

from ingestion.models import Level, State

IN = "in"


class Ledger:
    """Counts for each level: what went in, and how it ended."""

    def __init__(self, counts: Mapping[str, Mapping[str, int]] | None = None) -> None:
        self._counts: dict[str, Counter[str]] = {
            level: Counter(states) for level, states in (counts or {}).items()
        }

    def arrive(self, level: Level, n: int = 1) -> None:
        """Count `n` things that went in."""
        self._level(level)[IN] += n

    def end(self, level: Level, state: State, n: int = 1) -> None:
        """Count `n` things that ended in `state`."""
        self._level(level)[state] += n

    def move(self, level: Level, before: State, after: State, n: int) -> None:
        """Count `n` things that had ended in one state as ended in another."""
        self.end(level, before, -n)
        self.end(level, after, n)

    def add(self, other: "Ledger") -> None:
        """Add the counts of another ledger."""
        for level, states in other.counts().items():
            self._counts.setdefault(level, Counter()).update(states)

    def counts(self) -> dict[str, dict[str, int]]:
        """Give the counts by level, in the levels' order, "in" first, without zeros."""
        return {
            level: {
                state: self._counts[level][state]
                for state in (IN, *State)
                if state == IN or self._counts[level][state]
            }
            for level in Level
            if level in self._counts
        }

    def unbalanced(self) -> dict[str, int]:
        """Give each level whose outcomes do not add up to what went in, with the difference.

        Example:
            >>> ledger = Ledger()
            >>> ledger.arrive(Level.FILES, 2)
            >>> ledger.end(Level.FILES, State.USED)
            >>> ledger.unbalanced()
            {'files': 1}
        """
        differences = {
            level: 2 * states[IN] - sum(states.values()) for level, states in self._counts.items()
        }
        return {str(level): lost for level, lost in differences.items() if lost}

    def _level(self, level: Level) -> Counter[str]:
        return self._counts.setdefault(level, Counter())
