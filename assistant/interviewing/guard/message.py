"""A message taken apart: its sentences, what it quotes, how long it is."""

import re
from typing import NamedTuple
from unicodedata import normalize

QUOTED = "□"
"""What stands for a quotation while the rest is looked at."""

_QUOTE = re.compile(
    r"\"([^\"]+)\"|“([^”“]+)[”“]|„([^“”„]+)[“”]|«([^»]+)»|»([^«]+)«|「([^」]+)」|『([^』]+)』"
)
_SINGLE = re.compile(r"(?<!\w)[‘'‚]([^‘’'‚]+(?:['’]\w+[^‘’'‚]*)*)[’'‘](?!\w)")
_END = re.compile(r"(?<=[.!?。！？…])[\"”»」']*\s*")
_QUESTION = re.compile(r"[?？]")


class Message(NamedTuple):
    """A message, folded: quotes are cut out of it and listed apart. `raw` is as it came."""

    raw: str
    text: str
    quotes: tuple[str, ...]

    @property
    def sentences(self) -> list[str]:
        """Its sentences, in order, with the marks that end them."""
        return [part.strip() for part in _END.split(self.text) if part.strip(" .…□!\"'")]

    @property
    def n_questions(self) -> int:
        """How many question marks it holds, outside of quotes."""
        return len(_QUESTION.findall(self.text))


def take(text: str) -> Message:
    """Fold a message and cut the quotes out of it."""
    quotes: list[str] = []

    def cut(found: re.Match[str]) -> str:
        quotes.append(next(group for group in found.groups() if group))
        return QUOTED

    rest = _SINGLE.sub(cut, _QUOTE.sub(cut, normalize("NFC", text)))
    return Message(text, fold(rest), tuple(quotes))


def fold(text: str) -> str:
    """Bring words to one form: composed, lower case, straight apostrophes, single spaces."""
    return " ".join(normalize("NFC", text).lower().replace("’", "'").split())
