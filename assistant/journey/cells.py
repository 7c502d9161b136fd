"""The rows of the map below a stage: what people want, what they do, where it happens."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from typing import Literal, NamedTuple

import numpy as np

from assistant.journey import wording
from assistant.models import Cell, EvidenceKind, Piece, Stage
from ingestion.embedding import Embed
from ingestion.models import DocumentKind

_CANDIDATES = 40
"""Sentences of a stage and row that are weighed against each other."""
_LINES = 3
_TOUCHPOINTS = 5
_CITED = 100
"""Evidence a line carries at most; its frequency counts everybody."""
_SAME = 0.62
"""Cosine from which two sentences tell of the same thing."""
_WORDS = (8, 28)
"""How long a sentence is that reads well on a map."""
_MIN_CONFIDENCE = 0.3

_Row = Literal["goals", "actions"]


class _Group(NamedTuple):
    lead: Piece
    pieces: list[Piece]

    @property
    def people(self) -> int:
        return len({piece.person for piece in self.pieces})


def fill(
    pieces: Sequence[Piece], stages: Sequence[Stage], language: str, embed: Embed | None = None
) -> tuple[Cell, ...]:
    """Fill the rows goals, actions and touchpoints, from evidence alone.

    A cell for which nothing speaks is left out; `gaps` says so.

    `embed` joins sentences that say the same; without it every sentence stands alone.

    Returns:
        By stage, then row, the most spoken of first. Goals and actions are verbatim quotes,
        touchpoints are named in `language`.
    """
    rows = _candidates(pieces)
    places = _touchpoints(pieces)
    return tuple(
        cell for stage in stages for cell in _of_stage(stage.id, rows, places, language, embed)
    )


def length_fit(quote: str) -> float:
    """Rate how well a quote's length reads on a map: 1 within bounds, falling to 0 outside."""
    words = len(quote.split()) if " " in quote else len(quote) // 2
    low, high = _WORDS
    return min(1.0, (words / low) ** 2, high / max(words, 1))


_Rows = dict[tuple[str, _Row], list[Piece]]
_Places = dict[str, dict[str, list[Piece]]]


def _of_stage(
    stage: str, rows: _Rows, places: _Places, language: str, embed: Embed | None
) -> Iterator[Cell]:
    told: tuple[_Row, _Row] = ("goals", "actions")
    for row in told:
        best = nlargest(_CANDIDATES, rows.get((stage, row), []), key=_telling)
        groups = sorted(_grouped(best, embed), key=lambda group: -group.people)
        yield from (_line(stage, row, group) for group in groups[:_LINES])
    named = sorted(places.get(stage, {}).values(), key=lambda found: -_people(found))
    yield from (_place(stage, found, language) for found in named[:_TOUCHPOINTS])


def _candidates(pieces: Iterable[Piece]) -> _Rows:
    rows: _Rows = defaultdict(list)
    for piece in pieces:
        if piece.confidence < _MIN_CONFIDENCE:
            continue
        if wording.tells_a_goal(piece.quote, piece.language) and not _only_asks(piece):
            rows[piece.stage, "goals"].append(piece)
        elif EvidenceKind.ACTION in piece.kinds:
            rows[piece.stage, "actions"].append(piece)
    return rows


def _only_asks(piece: Piece) -> bool:
    """Tell a wish to the company from what a person set out to do."""
    return piece.kinds == (EvidenceKind.OPPORTUNITY,)


def _telling(piece: Piece) -> tuple[float, str]:
    """Rate a sentence: best from who was asked, and when it tells of one thing alone."""
    asked = piece.document_kind in (DocumentKind.INTERVIEW, DocumentKind.SURVEY)
    weight = (1.2 if asked else 1.0) * (1.0 if len(piece.kinds) == 1 else 0.8)
    return piece.confidence * length_fit(piece.quote) * weight, piece.id


def _grouped(pieces: Sequence[Piece], embed: Embed | None) -> list[_Group]:
    """Join each sentence to the best one before it that says the same, best first."""
    if embed is None or not pieces:
        return [_Group(piece, [piece]) for piece in pieces]
    vectors = embed([piece.quote for piece in pieces])
    groups: list[_Group] = []
    leads: list[int] = []
    for at, piece in enumerate(pieces):
        near = vectors[leads] @ vectors[at] if leads else np.zeros(0)
        if len(near) and near.max() >= _SAME:
            groups[int(near.argmax())].pieces.append(piece)
        else:
            groups.append(_Group(piece, [piece]))
            leads.append(at)
    return groups


def _line(stage: str, row: _Row, group: _Group) -> Cell:
    return Cell(
        stage=stage,
        row=row,
        text=group.lead.quote,
        is_quote=True,
        evidence_ids=tuple(piece.id for piece in group.pieces),
        frequency=group.people,
    )


def _touchpoints(pieces: Iterable[Piece]) -> _Places:
    places: _Places = defaultdict(lambda: defaultdict(list))
    for piece in pieces:
        if piece.touchpoint:
            places[piece.stage][piece.touchpoint.casefold()].append(piece)
    return places


def _place(stage: str, pieces: Sequence[Piece], language: str) -> Cell:
    names = Counter(piece.touchpoint or "" for piece in pieces)
    cited = nlargest(_CITED, pieces, key=lambda piece: (piece.confidence, piece.id))
    return Cell(
        stage=stage,
        row="touchpoints",
        text=wording.touchpoint_name(language, names.most_common(1)[0][0]),
        is_quote=False,
        evidence_ids=tuple(piece.id for piece in cited),
        frequency=_people(pieces),
    )


def _people(pieces: Iterable[Piece]) -> int:
    return len({piece.person for piece in pieces})
