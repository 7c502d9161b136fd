"""What a model made of a sentence, kept by all that it was shown of it.

Kept by sentence and not by call: a sentence that is known costs nothing, whatever stands beside it
in the next call.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol


class Notes(Protocol):
    """Where the answers about sentences are kept."""

    def find(self, keys: Sequence[str]) -> dict[str, str]:
        """Give what is kept under those of the keys that are known."""
        ...

    def keep(self, notes: Mapping[str, str]) -> None:
        """Keep notes; when this returns, they outlive the process."""
        ...
