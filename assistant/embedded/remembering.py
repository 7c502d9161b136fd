"""Remember what was asked: the same question stands before the answers of many people."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from threading import Lock

import numpy as np

from ingestion.embedding.encoder import Encoded

_QUESTIONS = 512
"""So many are remembered; the one that was asked longest ago is forgotten first."""


class Remembering:
    """Encodes texts, those that come again and again only once."""

    def __init__(self, encode: Callable[[Sequence[str]], Encoded]) -> None:
        self._encode = encode
        self._known: OrderedDict[str, Encoded] = OrderedDict()
        self._lock = Lock()

    def __call__(self, texts: Sequence[str], again: Collection[int]) -> Encoded:
        """Encode each text, in order.

        Args:
            texts: Any texts, each once.
            again: The positions of those that are remembered, and may be known already.
        """
        known = {place: found for place in again if (found := self._recall(texts[place]))}
        if not known:
            encoded = self._encode(texts)
        else:
            new = [place for place in range(len(texts)) if place not in known]
            encoded = _put_together(self._encode([texts[place] for place in new]), new, known)
        for place in again:
            self._keep(texts[place], Encoded(*(rows[place].copy() for rows in encoded)))
        return encoded

    def _recall(self, text: str) -> Encoded | None:
        with self._lock:
            return self._known.get(text)

    def _keep(self, text: str, encoded: Encoded) -> None:
        with self._lock:
            self._known[text] = encoded
            self._known.move_to_end(text)
            while len(self._known) > _QUESTIONS:
                self._known.popitem(last=False)


def _put_together(fresh: Encoded, new: Sequence[int], known: dict[int, Encoded]) -> Encoded:
    """Lay rows that are new and rows that were known in the order of their texts."""
    order = np.argsort([*new, *known])
    parts = zip(fresh, *known.values(), strict=True)
    return Encoded(*(np.vstack(rows)[order] for rows in parts))
