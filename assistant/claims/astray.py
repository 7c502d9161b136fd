"""Find what was written by somebody who had come to the wrong place, and says so."""

from collections import defaultdict
from collections.abc import Iterable

from assistant.claims.kinds import wrong_place
from assistant.claims.spotting import nearness
from ingestion.embedding import Embed

_NEAR = 0.68
"""The least cosine to a sentence that says so."""
_MARGIN = 0.0
"""How much nearer than to any sentence that only sounds alike."""


def astray(said: Iterable[tuple[str, str]], embed: Embed) -> frozenset[str]:
    """Name the documents that say they were meant for others, or are about something else.

    "Wrong app", "I could not find their page, so it goes here", in nine languages: a sentence
    that claims it has the words, and is nearer to what says so than to "you sent me the wrong
    size".

    Args:
        said: A document's id and a sentence or title of it, of any documents in any order.
        embed: Turns texts into vectors; asked for nothing where no sentence has the words.
    """
    kind = wrong_place()
    documents = defaultdict[str, set[str]](set)
    for document, sentence in said:
        if kind.has_cues(sentence):
            documents[sentence].add(document)
    if not documents:
        return frozenset()
    near, margin = nearness(embed(list(documents)), embed(kind.says), embed(kind.unlike))
    plain = (near >= _NEAR) & (margin >= _MARGIN)
    found = [ids for ids, is_plain in zip(documents.values(), plain, strict=True) if is_plain]
    return frozenset[str]().union(*found)
