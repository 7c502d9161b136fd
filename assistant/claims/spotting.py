"""Find the sentences that claim what behaviour can be held against, by meaning and by words.

Meaning alone cannot tell "the price did not matter" from "the price did matter": sentence
vectors hardly see a negation. Words alone miss every way of saying it that nobody thought of.
So a sentence, or one clause of it, has to be near to one that claims it, hardly nearer to those
that only sound alike, and have the words that such a claim needs.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from assistant.claims.durations import spoken_hours
from assistant.claims.kinds import ClaimKind, kinds
from assistant.models import Claim
from ingestion.embedding import Embed, Vectors
from ingestion.models import Segment

NEAR = 0.6
"""The least cosine to a sentence that makes the claim."""
MARGIN = -0.02
"""How much nearer than to any sentence that only sounds alike, or how little further: what
is said about one touchpoint lies near together, whatever it says, and words decide between them."""
SURE = 0.95
"""What the cosine and the margin come to together at least."""
FAINT_NEAR = 0.55
FAINT_SURE = 0.6
"""A sentence between these and those above may claim it: only what was done can tell."""
_WORTH_CUTTING = 0.25
"""A sentence nearer than this may hold the claim in one of its clauses."""
_CLAUSES = re.compile(r"[,;:،，；：。—–]\s*|\s-\s")
_SHORTEST = 8
_REPORTED = re.compile(
    r"\W*(?:(?:and|but|so|und|aber|et|mais|y|pero|e|ma|en|maar|mas|и|а|но)\s+)?(?:"
    r"(?:s?he|they)\s+(?:said|says|told)|(?:sie|er|man)\s+(?:sagten?|meinten?|hat\s+gesagt)"
    r"|(?:elle|ils?|on)\s+m['’]?\s?(?:a|ont)\s+dit|me\s+(?:dijo|dijeron|dice)"
    r"|mi\s+ha(?:nno)?\s+detto|(?:hij|zij|ze)\s+(?:zei|zeiden)|(?:me\s+)?(?:disse|disseram)\b"
    r"|(?:он|она|они|мне)\s+сказал[аи]?|(?:她|他|他们|她们)(?:说|告诉))",
    re.IGNORECASE,
)
"""Who tells what somebody else said claims nothing."""


class Prototypes(NamedTuple):
    """The kinds of claim with the vectors of their sentences, made once for a study."""

    kinds: tuple[ClaimKind, ...]
    says: tuple[Vectors, ...]
    unlike: tuple[Vectors, ...]


class _Hit(NamedTuple):
    is_plain: bool
    near: float
    kind: ClaimKind


def prepare(embed: Embed) -> Prototypes:
    """Embed the sentences that the kinds of claim are told by."""
    return Prototypes(
        kinds=kinds(),
        says=tuple(embed(kind.says) for kind in kinds()),
        unlike=tuple(embed(kind.unlike) for kind in kinds()),
    )


def spot(
    segments: Sequence[Segment], vectors: Vectors, prototypes: Prototypes, embed: Embed
) -> tuple[Claim, ...]:
    """Find the claims in customers' sentences.

    A sentence whose speaker is not known is passed over: there is nothing to hold it against.

    Args:
        segments: Of any documents, in any order.
        vectors: One row a segment: its text alone, by the same model as the prototypes.
        prototypes: From `prepare`.
        embed: The same model, for the clauses of the few sentences that are worth it.

    Returns:
        In the order of the segments; a sentence makes one claim at most, the nearest. A claim
        that is only faintly made says so in its detail: `check` asks more of it.
    """
    may = [
        at
        for at, segment in enumerate(segments)
        if segment.participant and not _is_asked(segment) and not _REPORTED.match(segment.text)
    ]
    hits: dict[int, list[_Hit]] = {at: [] for at in may}
    for at, hit in _whole([segments[at].text for at in may], vectors[may], prototypes):
        hits[may[at]].append(hit)
    cut = _clauses(segments, vectors, may, prototypes)
    texts = [text for _, text in cut]
    for at, hit in _whole(texts, embed(texts), prototypes) if texts else ():
        hits[cut[at][0]].append(hit)
    return tuple(
        _told(segments[at], max(found, key=lambda hit: (hit.is_plain, hit.near)))
        for at, found in hits.items()
        if found
    )


def _is_asked(segment: Segment) -> bool:
    return segment.text.rstrip().endswith(("?", "？"))


def _whole(
    texts: Sequence[str], vectors: Vectors, prototypes: Prototypes
) -> Iterable[tuple[int, _Hit]]:
    """Every claim that a text makes, with the place of the text."""
    if not texts:
        return
    rows = zip(prototypes.kinds, prototypes.says, prototypes.unlike, strict=True)
    for kind, says, unlike in rows:
        near, margin = nearness(vectors, says, unlike)
        faint = (near >= FAINT_NEAR) & (margin >= MARGIN) & (near + margin >= FAINT_SURE)
        plain = (near >= NEAR) & (near + margin >= SURE)
        for at in np.flatnonzero(faint):
            if kind.has_cues(texts[int(at)]):
                yield int(at), _Hit(bool(plain[at]), float(near[at]), kind)


def nearness(vectors: Vectors, says: Vectors, unlike: Vectors) -> tuple[Vectors, Vectors]:
    """Give each row's cosine to the nearest of `says`, and how far it is above that to `unlike`."""
    near = (vectors @ says.T).max(axis=1)
    return near, near - (vectors @ unlike.T).max(axis=1)


def _clauses(
    segments: Sequence[Segment], vectors: Vectors, may: Sequence[int], prototypes: Prototypes
) -> list[tuple[int, str]]:
    """The clauses of sentences that may hold a claim in a part, with the sentence's place."""
    if not may:
        return []
    near = np.stack([(vectors[may] @ says.T).max(axis=1) for says in prototypes.says], axis=1)
    found: list[tuple[int, str]] = []
    for at, row in zip(may, near, strict=True):
        text = segments[at].text
        kinds_near = [
            kind
            for kind, value in zip(prototypes.kinds, row, strict=True)
            if value > _WORTH_CUTTING
        ]
        if any(kind.has_cues(text) for kind in kinds_near):
            found.extend((at, clause) for clause in cut(text))
    return found


def cut(sentence: str) -> list[str]:
    """Cut a sentence at its commas, and join each clause with the next as well.

    Example:
        >>> cut("Well, it took ten minutes.")
        ['it took ten minutes.']
    """
    parts = [part.strip() for part in _CLAUSES.split(sentence)]
    if len(parts) < 2:
        return []
    pairs = [f"{one}, {other}" for one, other in pairwise(parts)]
    both = [text for pair in zip(parts, [*pairs, ""], strict=True) for text in pair]
    return [text for text in both if len(text) >= _SHORTEST and text.strip() != sentence.strip()]


def _told(segment: Segment, hit: _Hit) -> Claim:
    hours = spoken_hours(segment.text)
    detail = {"asked": segment.asked, "before": segment.before, "near": f"{hit.near:.2f}"}
    if not hit.is_plain:
        detail["faint"] = "yes"
    if hours is not None:
        detail["hours"] = f"{hours:g}"
    return Claim(
        document=str(segment.document_id),
        participant=segment.participant,
        quote=segment.text,
        start=segment.span.start,
        end=segment.span.end,
        type=hit.kind.name,
        detail={name: value for name, value in detail.items() if value},
    )
