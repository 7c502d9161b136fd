"""The kinds of claim and how they sound, as `claims.yaml` and `astray.yaml` tell them."""

import re
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple, cast

import yaml

from assistant.behaviour import pattern, words


class ClaimKind(NamedTuple):
    """One kind of claim, and how it sounds.

    Attributes:
        says: Sentences that claim it.
        unlike: Sentences that sound alike and claim something else.
        cues: A sentence that claims it has a word of every group.
        never: A sentence with one of these words claims something else.
    """

    name: str
    says: tuple[str, ...]
    unlike: tuple[str, ...]
    cues: tuple[re.Pattern[str], ...]
    never: re.Pattern[str] | None

    def has_cues(self, sentence: str) -> bool:
        """Tell whether the sentence has the words that such a claim needs, and no other."""
        plain = words(sentence)
        if not all(cue.search(plain) for cue in self.cues):
            return False
        return self.never is None or not self.never.search(plain)


def kinds() -> tuple[ClaimKind, ...]:
    """Give the kinds that behaviour can bear out or contradict, in the order they are told in."""
    return _read("claims.yaml")


def wrong_place() -> ClaimKind:
    """Give the kind that needs no behaviour: to have come to the wrong place."""
    return _read("astray.yaml")[0]


def sent_away() -> ClaimKind:
    """Give the kind that is an agent's answer: that somebody came to the wrong place."""
    return _read("astray.yaml")[1]


@cache
def _read(name: str) -> tuple[ClaimKind, ...]:
    told = files("assistant.claims").joinpath(name).read_text("utf-8")
    entries = cast(dict[str, dict[str, Any]], yaml.safe_load(told))
    return tuple(_kind(name, entry) for name, entry in entries.items())


def _kind(name: str, entry: dict[str, Any]) -> ClaimKind:
    return ClaimKind(
        name=name,
        says=tuple(entry["says"]),
        unlike=tuple(entry["not"]),
        cues=tuple(pattern(group) for group in entry["cues"]),
        never=pattern(entry["never"]) if "never" in entry else None,
    )
