"""Every sentence that training reads, to be read by weights that learn or that learn no more."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

import numpy as np

from assistant.embedded.context import Floats, lay_out
from evals.training.network import (
    NO_DROPOUT,
    Dropout,
    Sentences,
    Tensor,
    Values,
    Weights,
    encode,
    look,
    opened,
    tell,
    torch,
)
from evals.training.passages import Passage
from ingestion.embedding.encoder import batches, lay_side_by_side
from ingestion.embedding.words import Words


class Library:
    """Every sentence with its piece ids and the meaning it is taught, as training reads it often.

    Attributes:
        taught: The teacher's vector of each text that has one.
    """

    def __init__(self, words: Words, taught: Mapping[str, Floats]) -> None:
        self.taught = taught
        self._words = words
        self._ids: dict[str, list[int]] = {}

    def add(self, passages: Iterable[Passage]) -> None:
        """Take in what `passages` are made of, and the words for their touchpoints."""
        texts: dict[str, None] = {}
        for passage in passages:
            texts.update(dict.fromkeys(lay_out(passage.segments).texts))
            texts.update(dict.fromkeys(told.words for told in passage.labels if told.words))
        new = [text for text in texts if text not in self._ids]
        self._ids.update(zip(new, self._words.split(new), strict=True))

    @property
    def texts(self) -> list[str]:
        """Every text, in the order of the alphabet."""
        return sorted(self._ids)

    def open(self, texts: Sequence[str]) -> Iterator[tuple[list[int], Sentences]]:
        """Give the words of `texts`, those of like length together, with their places."""
        ids = [self._ids[text] for text in texts]
        for places in batches(ids):
            rows, mask = lay_side_by_side([ids[place] for place in places])
            yield places, Sentences(self._words.look_up(rows), mask)

    def read(self, weights: Weights, texts: Sequence[str], drop: Dropout) -> tuple[Tensor, Tensor]:
        """Give the meanings and marks of `texts`, in order."""
        return self.each(lambda sentences: encode(weights, sentences, drop), texts)

    def each(
        self, give: Callable[[Sentences], tuple[Tensor, Tensor]], texts: Sequence[str]
    ) -> tuple[Tensor, Tensor]:
        """Ask `give` for two rows a text, of texts of like length at once; give them in order."""
        t = torch()
        order: list[int] = []
        parts: list[tuple[Tensor, Tensor]] = []
        for places, sentences in self.open(texts):
            order.extend(places)
            parts.append(give(sentences))
        back = t.tensor(np.argsort(order))
        first, second = (t.cat(column)[back] for column in zip(*parts, strict=True))
        return first, second


class Looked:
    """Every sentence as an encoder that learns no more sees it: judging is learned by itself then.

    Attributes:
        taught: Nothing: meanings stay as they are.
    """

    taught: Mapping[str, Floats] = MappingProxyType({})

    def __init__(self, weights: Values, library: Library) -> None:
        t = torch()
        frozen = opened(weights)
        with t.no_grad(), t.autocast("cpu", dtype=t.bfloat16):
            mean, seen = library.each(lambda one: look(frozen, one, NO_DROPOUT), library.texts)
        self._mean, self._seen = mean.half(), seen.half()
        self._rows = {text: row for row, text in enumerate(library.texts)}

    def read(self, weights: Weights, texts: Sequence[str], drop: Dropout) -> tuple[Tensor, Tensor]:
        """Give the meanings and marks of `texts`, in order."""
        rows = [self._rows[text] for text in texts]
        return tell(weights, self._mean[rows].float(), self._seen[rows].float(), drop)
