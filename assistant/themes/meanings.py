"""Rate wordings by what they mean: how much of their theme they say, and of nothing else."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ingestion.embedding import Embed, Vectors

_ITS_KIND = 0.5
"""What it counts, beside nearness to the theme, that a wording is like others of its kind."""


class Meanings(NamedTuple):
    """Where themes lie, a row a theme, as seen from the middle of all of them.

    Attributes:
        embed: Gives the vectors of wordings.
        origin: The middle of all themes.
        themes: Which way each theme lies.
        kinds: Which way the sentences of each theme's kind lie: complaints one way, praise the
            other, whatever they speak of.
    """

    embed: Embed
    origin: Vectors
    themes: Vectors
    kinds: Vectors

    def rate(self, wordings: Sequence[Sequence[str]]) -> list[list[float]]:
        """Rate the wordings of each theme, higher for better; asks for all vectors at once."""
        texts = sorted({text for mine in wordings for text in mine})
        if not texts:
            return [[] for _ in wordings]
        ways = _ways(self.embed(texts) - self.origin)
        row_of = {text: row for row, text in enumerate(texts)}
        wanted = self.themes + _ITS_KIND * self.kinds
        return [
            [float(ways[row_of[text]] @ way) for text in mine]
            for mine, way in zip(wordings, wanted, strict=True)
        ]


def learn(sentences: Sequence[Vectors], kinds: Sequence[str], embed: Embed) -> Meanings:
    """Learn where themes lie from the vectors of their sentences, in the space of `embed`."""
    middles = np.stack([rows.mean(axis=0) for rows in sentences])
    origin = middles.mean(axis=0)
    of_kind = {
        kind: middles[[own == kind for own in kinds]].mean(axis=0) - origin for kind in set(kinds)
    }
    towards = np.stack([of_kind[kind] for kind in kinds])
    return Meanings(embed, origin, _ways(middles - origin), _ways(towards))


def _ways(rows: Vectors) -> Vectors:
    """Bring rows to length 1; what lies in the middle of everything has no way to go."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.where(lengths > 1e-3, rows / np.maximum(lengths, 1e-3), 0).astype(np.float32)
