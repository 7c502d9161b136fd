"""Gather a study's evidence for drawing: light pieces in memory, their vectors in a file."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant import claims, themes
from assistant.journey import stages
from assistant.journey.stages import OwnStage
from assistant.models import Piece, Theme
from assistant.store import documents, evidence
from assistant.store.session import Connection
from assistant.workflows.study import Study
from ingestion import embedding
from ingestion.models import DocumentKind

Rows = NDArray[np.float16]

_STRANGE = "speaks of something else than the rest of the study"
_ASTRAY = "says that it came to the wrong place"
_SENT_ON = "was answered that it came to the wrong place"

_BLOCK = 4_096
"""Rows that are copied at once where documents are left out."""
_MIDDLE = 30
"""Pieces of a theme that tell where its middle is."""


class Gathered(NamedTuple):
    """The evidence of a study that may be cited, by document and position.

    Attributes:
        vectors: A row a piece, own and context side by side, in a file.
        off_topic: Documents that speak of something else than the study, and how that is known.
        n_off_topic: Pieces of evidence in those documents.
    """

    pieces: list[Piece]
    vectors: Rows
    off_topic: dict[str, str]
    n_off_topic: int


@contextmanager
def gathered(
    connection: Connection, study: Study, own_stages: Sequence[OwnStage]
) -> Generator[Gathered]:
    """Read the evidence back, its vectors into a file that lasts as long as they are needed."""
    off_topic = _off_topic(connection, study)
    assign = _assigner(study, own_stages)
    with TemporaryFile() as every, TemporaryFile() as kept:
        pieces: list[Piece] = []
        n_off_topic = 0
        blocks = evidence.blocks(connection, study.id)
        for found, scores, rows in blocks:
            cited = [at for at, piece in enumerate(found) if piece.document not in off_topic]
            n_off_topic += len(found) - len(cited)
            pieces += assign([found[at] for at in cited], scores[cited], rows[cited])
            every.write(rows[cited].tobytes())
        vectors = _mapped(every, len(pieces))
        strays = _strays(study, pieces, vectors)
        cited = [at for at, piece in enumerate(pieces) if piece.document not in strays]
        if strays:
            for at in range(0, len(cited), _BLOCK):
                kept.write(vectors[cited[at : at + _BLOCK]].tobytes())
            vectors = _mapped(kept, len(cited))
        n_off_topic += len(pieces) - len(cited)
        yield Gathered([pieces[at] for at in cited], vectors, strays | off_topic, n_off_topic)


def _strays(study: Study, pieces: Sequence[Piece], vectors: Rows) -> dict[str, str]:
    """Name the documents whose evidence is like nobody's, as the local encoder sees it."""
    if not pieces or study.desk.space != embedding.space():
        return {}
    return dict.fromkeys(sorted(themes.unlike_others(pieces, vectors)), _STRANGE)


def _off_topic(connection: Connection, study: Study) -> dict[str, str]:
    """Name the documents that speak of something else; who is interviewed is always meant."""
    voices, vectors = documents.vectors(connection, study.id)
    asked = [at for at, voice in enumerate(voices) if voice.kind is not DocumentKind.INTERVIEW]
    strange = themes.off_topic([voices[at].id for at in asked], vectors[asked].astype(np.float32))
    astray = claims.astray(evidence.said(connection, study.id), study.desk.embed)
    sent_on = claims.sent_on(documents.replied(connection, study.id), study.desk.embed)
    named = ((strange, _STRANGE), (sent_on, _SENT_ON), (astray, _ASTRAY))
    return {id: reason for ids, reason in named for id in sorted(ids)}


_Assign = Callable[[list[Piece], Rows, Rows], list[Piece]]


def _assigner(study: Study, own_stages: Sequence[OwnStage]) -> _Assign:
    """Give the function that puts pieces into a company's own stages, or leaves them."""
    if not own_stages:
        return lambda pieces, _scores, _rows: pieces
    prototypes = stages.prototypes(own_stages, study.desk.embed)

    def assign(pieces: list[Piece], scores: Rows, rows: Rows) -> list[Piece]:
        own, context = np.split(rows.astype(np.float32), 2, axis=1)
        nearness = (own + context) @ prototypes.T / 2
        chosen = [
            stages.assign(own_stages, list(score), list(near))
            for score, near in zip(scores.astype(float), nearness.astype(float), strict=True)
        ]
        return [piece._replace(stage=stage) for piece, stage in zip(pieces, chosen, strict=True)]

    return assign


def _mapped(file: IO[bytes], n: int) -> Rows:
    file.flush()
    size = file.tell()
    if not n:
        return np.empty((0, 0), np.float16)
    width = size // (n * np.dtype(np.float16).itemsize)
    return np.memmap(file, np.float16, "r", shape=(n, width))


def nearness(found: Gathered) -> Callable[[Theme, Theme], float]:
    """Tell how near two themes are: the cosine of the middles of their evidence."""
    row_of = {piece.id: row for row, piece in enumerate(found.pieces)}
    middles: dict[str, NDArray[np.float32]] = {}

    def middle(theme: Theme) -> NDArray[np.float32]:
        if theme.id not in middles:
            rows = [row_of[id] for id in theme.evidence_ids[:_MIDDLE]]
            mean = found.vectors[rows].astype(np.float32).mean(axis=0)
            middles[theme.id] = mean / max(float(np.linalg.norm(mean)), 1e-6)
        return middles[theme.id]

    return lambda first, second: float(middle(first) @ middle(second))
