"""How well pieces are grouped, on public sets whose groups are known.

Run it with the folder of the sets: `python -m evals.clusters --data ../shared/data`. Each text is a
piece of evidence with nothing around it, so this measures what the words alone give. KMeans is told
the true number of clusters; the peer's figures are read from `clusters.json`, which says how they
were made.
"""

import argparse
import csv
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from assistant.models import About, Emotion, EvidenceKind, Piece
from assistant.themes import group
from ingestion.embedding import Embedder, Vectors, load
from ingestion.models import DocumentKind

Labels = NDArray[np.intp]
Counts = NDArray[np.float64]

_SAMPLE, _SEED = 2_000, 0
_PEER = Path(__file__).with_name("clusters.json")


class GoldSet(NamedTuple):
    """Texts, the group each belongs to, and the language each is in."""

    name: str
    texts: list[str]
    groups: list[str]
    languages: list[str]


class Figures(NamedTuple):
    """How near a grouping is to the gold one, 1 for the same."""

    nmi: float
    ari: float
    b3: float
    clusters: float


def gold_sets(data: Path) -> Iterator[GoldSet]:
    """Read the sets that are there, each with its groups."""
    for path in sorted((data / "rev_minibar_apps/for_clustering/labelled").glob("*/*.csv")):
        rows = _rows(path)
        columns = [[row[name] for row in rows] for name in ("data", "ground_truth", "ori_lang")]
        yield GoldSet(f"minibar {path.parent.name}/{path.stem}", *columns)
    rows = [row for part in ("test", "train") for row in _rows(data / f"lab_banking77/{part}.csv")]
    rows = random.Random(_SEED).sample(rows, min(_SAMPLE, len(rows)))  # noqa: S311  a sample, no secret
    yield _english("banking77", [(row["text"], row["category"]) for row in rows])
    for path in sorted((data / "lab_dstc11_intent_clusters").glob("*.jsonl")):
        said = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        name = f"dstc11 {said[0]['utterance_id'].split('_')[0]}"
        yield _english(name, [(each["utterance"], each["intent"]) for each in said])


def measure(gold: GoldSet, labels: Labels) -> Figures:
    """Compare a grouping with the gold one."""
    shared = _shared(gold.groups, labels.tolist())
    found = int((shared.sum(axis=0) > 0).sum())
    return Figures(_nmi(shared), _ari(shared), _b_cubed(shared), found)


def b_cubed(gold: Sequence[str], found: Sequence[int]) -> float:
    """Give the B-cubed F1: for each item, how alike its found and its gold group are, on the mean.

    Source: Bagga and Baldwin 1998, Algorithms for scoring coreference chains.

    Example:
        >>> b_cubed(["a", "a", "b"], [0, 0, 1]), round(b_cubed(["a", "a", "b"], [0, 0, 0]), 3)
        (1.0, 0.714)
    """
    return _b_cubed(_shared(gold, found))


def _shared(gold: Sequence[str], found: Sequence[int]) -> Counts:
    """Count the items of each gold group, as rows, in each found one, as columns."""
    rows, columns = (np.unique(labels, return_inverse=True)[1] for labels in (gold, found))
    shared = np.zeros((rows.max() + 1, columns.max() + 1))
    np.add.at(shared, (rows, columns), 1)
    return shared


def _b_cubed(shared: Counts) -> float:
    count = shared.sum()
    precision = float((shared**2 / shared.sum(axis=0)).sum() / count)
    recall = float((shared**2 / shared.sum(axis=1, keepdims=True)).sum() / count)
    return 2 * precision * recall / (precision + recall)


def _nmi(shared: Counts) -> float:
    """Give the mutual information as a share of the mean of both entropies."""
    gold, found, both = (_entropy(shares) for shares in (shared.sum(1), shared.sum(0), shared))
    return 2 * (gold + found - both) / (gold + found) if gold + found else 1.0


def _entropy(counts: Counts) -> float:
    shares = counts[counts > 0] / counts.sum()
    return float(-(shares * np.log(shares)).sum())


def _ari(shared: Counts) -> float:
    """Give the share of pairs in which both agree, adjusted for chance: 0 for a random grouping."""
    together, gold, found = (_pairs(counts) for counts in (shared, shared.sum(1), shared.sum(0)))
    by_chance = gold * found / _pairs(shared.sum(keepdims=True))
    most = (gold + found) / 2
    return (together - by_chance) / (most - by_chance) if most != by_chance else 1.0


def _pairs(counts: Counts) -> float:
    return float((counts * (counts - 1) / 2).sum())


def ours(gold: GoldSet, embedder: Embedder, vectors: Vectors) -> Labels:
    """Group the texts as the product does; what is left over is alone."""
    pieces = [
        _piece(f"e{at:06d}", text, language)
        for at, (text, language) in enumerate(zip(gold.texts, gold.languages, strict=True))
    ]
    themes = group(pieces, np.hstack([vectors, vectors]), embedder=embedder).themes
    theme_of = {id: at for at, theme in enumerate(themes) for id in theme.evidence_ids}
    return np.array([theme_of.get(piece.id, -at) for at, piece in enumerate(pieces, 1)], np.intp)


def k_means(gold: GoldSet, vectors: Vectors) -> Labels:
    """Group the texts by KMeans, told how many groups there are."""
    from scipy.cluster import vq

    count = len(set(gold.groups))
    found = cast(Any, vq).kmeans2(vectors, count, iter=100, minit="++", rng=_SEED, missing="warn")
    return cast(Labels, found[1])


def report(sets: Iterator[GoldSet], embedder: Embedder) -> Iterator[str]:
    """Give the lines of a Markdown table: NMI, ARI, B-cubed and clusters, for each way."""
    peer = peers()
    yield "| set | texts, groups | ours | KMeans, told the number | BERTopic's defaults |"
    yield "|---|---|---|---|---|"
    for gold in sets:
        vectors = embedder.embed(gold.texts)
        found = (ours(gold, embedder, vectors), k_means(gold, vectors))
        told = [_told(measure(gold, labels)) for labels in found]
        known = peer.get(gold.name)
        told.append(_told(Figures(*list(known.values())[:4])) if known else "")
        size = f"{len(gold.texts)}, {len(set(gold.groups))}"
        yield f"| {gold.name} | {size} | {' | '.join(told)} |"


def peers() -> dict[str, dict[str, float]]:
    """Give what BERTopic's defaults reach on the same vectors, by set."""
    return json.loads(_PEER.read_text("utf-8"))["figures"]


def _told(figures: Figures) -> str:
    return f"{figures.nmi:.3f} {figures.ari:.3f} {figures.b3:.3f} ({figures.clusters:.0f})"


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _english(name: str, labelled: Sequence[tuple[str, str]]) -> GoldSet:
    texts, groups = [text for text, _ in labelled], [group for _, group in labelled]
    return GoldSet(name, texts, groups, ["en"] * len(texts))


def _piece(id: str, text: str, language: str) -> Piece:
    return Piece(
        id=id,
        document=id,
        source="gold",
        participant=None,
        document_kind=DocumentKind.REVIEW,
        language=language,
        kinds=(EvidenceKind.PAIN,),
        stage="experience",
        touchpoint=None,
        channel=None,
        emotion=Emotion.NEUTRAL,
        valence=-1.0,
        confidence=1.0,
        about=About.OWN,
        quote=text,
        position=0,
    )


def main() -> None:
    """Print the table for the sets in a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder of the public sets")
    for line in report(gold_sets(parser.parse_args().data), load()):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
