"""Group pieces of evidence into themes, weigh them, and name them."""

from collections.abc import Sequence
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from assistant.models import Piece, Theme
from assistant.themes import meanings, weighing
from assistant.themes.clustering import SMALL, centre, cluster, cluster_many
from assistant.themes.kinds import KINDS, Kind, kind_of
from assistant.themes.likeness import AnyRows, Likeness, Rows, learn
from assistant.themes.titles import titles
from assistant.themes.weighing import Costs
from ingestion.embedding import Embedder
from ingestion.models import digest

Places = NDArray[np.intp]

_OPPOSITE: dict[Kind, Kind] = {"pain": "delight", "delight": "pain"}
_LEARNED_FROM = 5_000
_BLOCK = 4_096
_TITLED_FROM = 200
_COUNTER_LIKENESS = 0.35
_COUNTER_SHOWN = 8


class Themes(NamedTuple):
    """The themes of a study, the weightiest first, and the evidence that is in none.

    Attributes:
        left_over: Ids of pieces that could be grouped and are like nothing else in a large study;
            in a small one such a piece is a theme of one voice, and none is left over.
    """

    themes: tuple[Theme, ...]
    left_over: tuple[str, ...]


class _Cluster(NamedTuple):
    """Where the pieces of a theme stand, the most central first, and their middle."""

    kind: Kind
    places: Places
    middle: Rows


class _Study(NamedTuple):
    """Everything there is to group."""

    pieces: Sequence[Piece]
    vectors: AnyRows
    likeness: Likeness

    def read(self, places: Places) -> Rows:
        return self.likeness.read(self.at(places), self.vectors[places])

    def at(self, places: Places) -> list[Piece]:
        return _at(self.pieces, places)


def _at(pieces: Sequence[Piece], places: Places) -> list[Piece]:
    return [pieces[place] for place in cast(list[int], places.tolist())]


def group(
    pieces: Sequence[Piece],
    vectors: AnyRows,
    *,
    language: str = "en",
    costs: Costs | None = None,
    embedder: Embedder | None = None,
) -> Themes:
    """Group what tells of the same thing, whatever the words and the language.

    Each piece that is a pain, a delight or an opportunity ends in one theme or among the left
    over. The result does not depend on the order of the pieces.

    Args:
        pieces: Of all kinds, in any order.
        vectors: A row a piece: its own vector, then that of what stands around it. It may lie in
            a file: it is never read whole.
        language: In which the titles are, where anybody speaks it: the study's main language.
        costs: What behaviour says is lost at a moment.
        embedder: What the vectors came from: it says in which space they lie, and titles are
            chosen by meaning. Without it, likeness is learned from the study alone, and titles
            are chosen by the words that a theme's pieces share.
    """
    order = sorted(range(len(pieces)), key=lambda place: pieces[place].id)
    places = np.array([place for place in order if kind_of(pieces[place])], np.intp)
    if not len(places):
        return Themes((), ())
    learned = _sampled(pieces, places)[:_LEARNED_FROM]
    space = embedder.space if embedder else None
    likeness = learn(_at(pieces, learned), vectors[learned], space)
    study = _Study(pieces, vectors, likeness)
    clusters = [found for kind in KINDS for found in _clusters(study, places, kind)]
    names = _names(study, clusters, language, embedder)
    themes = _themes(study, clusters, names, costs)
    held = {id for theme in themes for id in theme.evidence_ids}
    left_over = tuple(piece.id for piece in study.at(places) if piece.id not in held)
    return Themes(tuple(sorted(themes, key=lambda theme: (-theme.priority, theme.id))), left_over)


def _sampled(pieces: Sequence[Piece], places: Places) -> Places:
    """Order places so that any beginning of them is a fair sample, by what they are, not where.

    Kinds of documents and languages take turns, the rarer a little more often than their share.
    """
    strata = dict[tuple[str, str], list[tuple[str, int]]]()
    for place in cast(list[int], places.tolist()):
        piece = pieces[place]
        key = (piece.document_kind, piece.language)
        strata.setdefault(key, []).append((digest(piece.id), place))
    turns = [
        ((rank + 1) / len(members) ** 0.5, code, place)
        for members in strata.values()
        for rank, (code, place) in enumerate(sorted(members))
    ]
    return np.array([place for _, _, place in sorted(turns)], np.intp)


def _clusters(study: _Study, places: Places, kind: Kind) -> list[_Cluster]:
    """Cluster the pieces of a kind; those that a large study leaves alone are in none."""
    of_kind = [
        place for place in cast(list[int], places.tolist()) if kind_of(study.pieces[place]) == kind
    ]
    mine = np.array(of_kind, np.intp)
    documents = [piece.document for piece in study.at(mine)]
    if len(mine) <= SMALL:
        labels = cluster(study.read(mine), documents) if len(mine) else mine
    else:
        rank = {place: at for at, place in enumerate(mine.tolist())}
        order = [rank[place] for place in _sampled(study.pieces, mine).tolist()]
        labels = cluster_many(lambda at: study.read(mine[at]), documents, order)
    grouped = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.diff(labels[grouped], prepend=-1))
    parts = np.split(mine[grouped], starts)[1:]
    return [_central(study, kind, part) for part in parts]


def _central(study: _Study, kind: Kind, places: Places) -> _Cluster:
    """Put the pieces in order, the most central first."""
    middle = centre(study.read(places[:_BLOCK]))
    nearness = np.zeros(len(places), np.float32)
    for at in range(0, len(places), _BLOCK):
        nearness[at : at + _BLOCK] = study.read(places[at : at + _BLOCK]) @ middle
    return _Cluster(kind, places[np.argsort(-nearness, kind="stable")], middle)


def _names(
    study: _Study, clusters: Sequence[_Cluster], language: str, embedder: Embedder | None
) -> list[str]:
    central = [each.places[:_TITLED_FROM] for each in clusters]
    learned = None
    if embedder and clusters:
        own = [np.split(study.vectors[at].astype(np.float32), 2, axis=1)[0] for at in central]
        learned = meanings.learn(own, [each.kind for each in clusters], embedder.embed)
    return titles([study.at(places) for places in central], language, learned)


def _themes(
    study: _Study, clusters: Sequence[_Cluster], names: Sequence[str], costs: Costs | None
) -> list[Theme]:
    themes = [
        _theme(study.at(each.places), each.kind, name, costs)
        for each, name in zip(clusters, names, strict=True)
    ]
    ranked = _ranked(themes, [weighing.dip(study.at(each.places)) for each in clusters])
    against = _counter(study, clusters)
    return [
        _answered(theme, study.at(each.places), study.at(counter))
        for theme, each, counter in zip(ranked, clusters, against, strict=True)
    ]


def _theme(pieces: Sequence[Piece], kind: Kind, title: str, costs: Costs | None) -> Theme:
    stage, touchpoint = weighing.stage(pieces), weighing.touchpoint(pieces)
    return Theme(
        id=f"t_{digest(kind, *sorted(piece.id for piece in pieces))}",
        kind=kind,
        title=title,
        stage=stage,
        touchpoint=touchpoint,
        severity=weighing.severity(pieces),
        frequency=weighing.frequency(pieces),
        priority=0,
        evidence_ids=tuple(piece.id for piece in pieces),
        cost=weighing.cost(costs, stage, touchpoint),
        sources=weighing.sources(pieces),
    )


def _ranked(themes: Sequence[Theme], dips: Sequence[float]) -> list[Theme]:
    """Give each theme its priority among the themes of its kind."""
    ranked = list(themes)
    for kind in KINDS:
        of_kind = [at for at, theme in enumerate(themes) if theme.kind == kind]
        priorities = weighing.priorities(
            [dips[at] for at in of_kind],
            [themes[at].frequency for at in of_kind],
            [themes[at].cost for at in of_kind],
        )
        for at, priority in zip(of_kind, priorities, strict=True):
            ranked[at] = themes[at].model_copy(update={"priority": priority})
    return ranked


def _counter(study: _Study, clusters: Sequence[_Cluster]) -> list[Places]:
    """Find for each theme the evidence of the opposite about the same moment, nearest first."""
    found: list[list[tuple[float, int]]] = [[] for _ in clusters]
    for kind, other in _OPPOSITE.items():
        mine = [at for at, each in enumerate(clusters) if each.kind == kind]
        theirs = [each.places for each in clusters if each.kind == other]
        if not mine or not theirs:
            continue
        middles = np.stack([clusters[at].middle for at in mine])
        places = np.concatenate(theirs)
        for at in range(0, len(places), _BLOCK):
            block = places[at : at + _BLOCK]
            likeness = study.read(block) @ middles.T
            for row, column in np.argwhere(likeness >= _COUNTER_LIKENESS).tolist():
                found[mine[column]].append((-float(likeness[row, column]), int(block[row])))
    return [np.array([place for _, place in sorted(each)], np.intp) for each in found]


def _answered(theme: Theme, pieces: Sequence[Piece], near: Sequence[Piece]) -> Theme:
    """Add what speaks against the theme at the same stage or touchpoint, and its standing."""
    counter = [
        piece
        for piece in near
        if piece.stage == theme.stage or (piece.touchpoint and piece.touchpoint == theme.touchpoint)
    ]
    shown = tuple(piece.id for piece in counter[:_COUNTER_SHOWN])
    standing = weighing.standing(pieces, counter)
    return theme.model_copy(update={"counter_evidence_ids": shown, "standing": standing})
