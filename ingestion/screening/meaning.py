"""Tell by its meaning whether a sentence instructs the machine that reads it.

Expressions find what was thought of; who is sly finds another way to say it. So each sentence's
vector is judged as well, by a logistic regression over sentences that were written for this in
nine languages (`evals/instructing.py`). About one plain sentence of a thousand is lost by it.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ingestion.embedding.words import Vectors

WEIGHTS = Path(__file__).parent / "weights" / "instructing.npz"


class Weights(NamedTuple):
    """What a meaning is judged by: it instructs where the product and `added` come to more than 0.

    Attributes:
        space: Names the space of the vectors that it was learned from.
    """

    weights: Vectors
    added: float
    space: str


def instructing(meanings: Vectors, weights: Weights | None = None) -> NDArray[np.bool_]:
    """Tell of each sentence whether it instructs.

    Args:
        meanings: The local encoder's vectors, a row a sentence.
        weights: Others than those that come with the product.
    """
    judged = weights or load()
    return meanings @ judged.weights + judged.added > 0


@cache
def load() -> Weights:
    """Load what comes with the product."""
    with np.load(WEIGHTS, allow_pickle=False) as kept:
        return Weights(kept["weights"], float(kept["added"]), str(kept["space"]))


def write(weights: Weights) -> None:
    """Keep what was learned as what comes with the product."""
    load.cache_clear()
    np.savez(WEIGHTS, **weights._asdict())
