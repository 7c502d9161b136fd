"""Find what was written by somebody who had come to the wrong place, by what is said about it."""

from collections import defaultdict
from collections.abc import Iterable

from assistant.claims.kinds import ClaimKind, sent_away, wrong_place
from assistant.claims.spotting import nearness
from ingestion.embedding import Embed

_NEAR, _NEAR_REPLY = 0.68, 0.64
"""The least cosine to a sentence that says so, by who wrote and by who answers."""
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
    return _found(said, wrong_place(), _NEAR, embed)


def sent_on(replied: Iterable[tuple[str, str]], embed: Embed) -> frozenset[str]:
    """Name the documents that were answered with "you have reached the wrong company".

    Args:
        replied: A document's id and a sentence that an agent answered it with.
        embed: As for `astray`.
    """
    return _found(replied, sent_away(), _NEAR_REPLY, embed)


def may_send_on(sentence: str) -> bool:
    """Tell whether an agent's sentence has the words of one that `sent_on` looks for."""
    return sent_away().has_cues(sentence)


def _found(
    told: Iterable[tuple[str, str]], kind: ClaimKind, least: float, embed: Embed
) -> frozenset[str]:
    documents = defaultdict[str, set[str]](set)
    for document, sentence in told:
        if kind.has_cues(sentence):
            documents[sentence].add(document)
    if not documents:
        return frozenset()
    near, margin = nearness(embed(list(documents)), embed(kind.says), embed(kind.unlike))
    plain = (near >= least) & (margin >= _MARGIN)
    found = [ids for ids, is_plain in zip(documents.values(), plain, strict=True) if is_plain]
    return frozenset[str]().union(*found)
