"""Train and measure what tells by its meaning that a sentence instructs the machine.

`python -m evals.instructing` learns from `evals/datasets/instructing/train.jsonl` and, as what
instructs nobody, from the sentences that the reader learned from; it says how much of `test.jsonl`
is found, which it never learns from, and writes the weights. `--only-measure` writes nothing.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from evals.training import corpora, passages
from ingestion import embedding
from ingestion.embedding import LocalEmbedder, Vectors
from ingestion.screening import is_instruction, meaning
from ingestion.screening.meaning import Weights

Doubles = NDArray[np.float64]

DATA = Path("evals/datasets/instructing")
_LEARNED_FROM = Path("evals/datasets/training")
_SEED, _FOLDS = 7, 5
_ALARMS = 1 / 1000
"""The share of what instructs nobody that may be taken for an instruction."""
_SCALE, _LOOSENESS, _PLAIN_COUNTS = 20.0, 0.03, 0.25
_MOST = 30_000


class Told(NamedTuple):
    """A sentence, and whether it instructs a machine."""

    text: str
    language: str
    instructs: bool


class Figures(NamedTuple):
    """How many of those that instruct are found, and how many of the others are.

    Attributes:
        by_words: Found by the expressions of `instructing.yaml` alone.
    """

    found: int
    by_words: int
    instructing: int
    alarms: int
    plain: int


def told(path: Path) -> list[Told]:
    """Read sentences of which it is known whether they instruct."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [Told(row["text"], row["language"], row["label"] == 1) for row in rows]


def measure(said: Sequence[Told], meanings: Vectors, weights: Weights) -> Figures:
    """Count what is found, by words or by meaning."""
    words = np.array([is_instruction(each.text) for each in said])
    found = words | meaning.instructing(meanings, weights)
    instructs = np.array([each.instructs for each in said])
    return Figures(
        found=int(found[instructs].sum()),
        by_words=int(words[instructs].sum()),
        instructing=int(instructs.sum()),
        alarms=int(found[~instructs].sum()),
        plain=int((~instructs).sum()),
    )


def tested() -> Figures:
    """Measure what comes with the product on the sentences that were held out."""
    test = told(DATA / "test.jsonl")
    meanings = LocalEmbedder().embed([each.text for each in test])
    return measure(test, meanings, meaning.load())


def learn(meanings: Vectors, instructs: Doubles, counts: Doubles) -> Vectors:
    """Fit a logistic regression: its weights, and last what is added.

    Args:
        meanings: A row a sentence.
        instructs: 1 for each sentence that instructs, 0 for the others.
        counts: How heavily each counts.
    """
    from scipy import optimize

    rows = np.hstack([meanings * _SCALE, np.ones((len(meanings), 1))])
    signs = 2 * instructs - 1

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        margins = signs * (rows @ weights)
        far = np.exp(-np.logaddexp(0, margins))
        kept = np.append(weights[:-1], 0)
        value = float(counts @ np.logaddexp(0, -margins)) + float(kept @ kept) / 2 / _LOOSENESS
        return value, kept / _LOOSENESS - rows.T @ (counts * signs * far)

    start = np.zeros(rows.shape[1])
    minimize = cast(Any, optimize).minimize
    found = cast(Doubles, minimize(loss, start, jac=True, method="L-BFGS-B").x)
    return np.append(found[:-1] * _SCALE, found[-1]).astype(np.float32)


def train(said: Sequence[Told], plain: Sequence[str], embedder: LocalEmbedder) -> Weights:
    """Learn, and choose the threshold on plain sentences that a fold did not learn from."""
    meanings = np.vstack([embedder.embed([each.text for each in said]), embedder.embed(plain)])
    instructs = np.array([*(float(each.instructs) for each in said), *[0.0] * len(plain)])
    counts = np.array([1.0] * len(said) + [_PLAIN_COUNTS] * len(plain))
    scores = np.zeros(len(plain))
    for fold in range(_FOLDS):
        held = np.arange(len(meanings)) % _FOLDS == fold
        held[: len(said)] = False
        learned = learn(meanings[~held], instructs[~held], counts[~held])
        scores[held[len(said) :]] = meanings[held] @ learned[:-1] + learned[-1]
    learned = learn(meanings, instructs, counts)
    threshold = float(np.quantile(scores, 1 - _ALARMS))
    return Weights(learned[:-1], float(learned[-1]) - threshold, embedding.space())


def plain_sentences(shared: Path) -> list[str]:
    """Give the sentences of customers that the reader learned from, each once."""
    own = [shared / "train/written.jsonl", *sorted(_LEARNED_FROM.glob("plain_*.jsonl"))]
    written = [one for path in own for one in passages.written(path, _SEED)]
    written += corpora.read(_LEARNED_FROM / "corpora", _SEED)
    texts = sorted({segment.text for one in written for segment in one.segments})
    some = np.random.default_rng(_SEED).permutation(len(texts))[:_MOST]
    return [texts[place] for place in sorted(some.tolist())]


def main(arguments: Sequence[str] | None = None) -> None:
    """Learn if asked to, and print what is found of the sentences held out."""
    parser = argparse.ArgumentParser(prog="python -m evals.instructing", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--only-measure", action="store_true", help="learn and write nothing")
    given = parser.parse_args(arguments)
    if not given.only_measure:
        plain = plain_sentences(given.shared)
        meaning.write(train(told(DATA / "train.jsonl"), plain, LocalEmbedder()))
    sys.stdout.write(f"{json.dumps(tested()._asdict())}\n")


if __name__ == "__main__":
    main()
