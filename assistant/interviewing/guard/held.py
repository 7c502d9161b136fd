"""What the person said, and so may be said again: all else would be put into their mouth."""

from collections.abc import Iterable
from typing import NamedTuple

from assistant.interviewing.guard.message import fold
from assistant.interviewing.guard.rules import UNSPACED
from assistant.interviewing.models import Conversation
from assistant.interviewing.words import words

_STEM = 5
"""Letters by which a word and its forms are taken for the same."""
_ENOUGH = 0.75
"""The share of a claim's words that have to be the person's own."""


class Held(NamedTuple):
    """The words that were really said."""

    text: str
    stems: frozenset[str]
    language: str

    def has_quote(self, quote: str) -> bool:
        """Whether the person said exactly this, but for letter case and the mark at its end."""
        return fold(quote).strip(" .,;:!?…。，！？") in self.text

    def has_word(self, word: str) -> bool:
        """Whether they used this word, or a form of it."""
        if self.language in UNSPACED:
            return word in self.text
        return all(part[:_STEM] in self.stems for part in word.split())

    def has_claim(self, claim: Iterable[str]) -> bool:
        """Whether these are mostly their words."""
        said = [word in self.text or self.has_word(word) for word in claim]
        return sum(said) >= _ENOUGH * len(said)


def by(conversation: Conversation, question: str) -> Held:
    """Gather what the person said, and the words of the question itself."""
    said = [turn.text for turn in conversation.turns if turn.speaker == "person"]
    text = fold("\n".join([*said, question]))
    stems = (word[:end] for word in words(text) for end in range(2, _STEM + 1))
    return Held(text, frozenset(stems), conversation.language)
