"""How near themes come to known groups, and whether they stay when a few documents go."""

import csv
import json
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, cast

import numpy as np

from evals.clusters import gold_sets, ours, peers
from evals.drafting import draft
from evals.suites.measures import Question
from ingestion.embedding import load

_TAKEN_OUT, _TIMES = 0.05, 4
_LISTS = {".json", ".csv"}


def clusters(data: Path) -> list[Question]:
    """Group the texts of each gold set as the product does, beside BERTopic's defaults."""
    embedder, peer = load(), peers()
    asked: list[Question] = []
    for gold in gold_sets(data):
        found = ours(gold, embedder, embedder.embed(gold.texts)).astype(np.float64)
        told = np.unique(gold.groups, return_inverse=True)[1].astype(np.float64)
        ids = tuple(f"{gold.name}:{at}" for at in range(len(told)))
        for name in ("NMI", "ARI"):
            beside = peer.get(gold.name, {}).get(name.lower())
            of = (f"{gold.name}, {name}", name, ids, told, found, None, "BERTopic's defaults")
            asked.append(Question(*of, beside=beside))
    return asked


def stability(corpus: Path) -> list[Question]:
    """Draft a corpus, and again without one document in twenty: do the same quotes stay together?

    The figure is the adjusted Rand index over the quotes that both maps cite.
    """
    with TemporaryDirectory() as scratch:
        whole = _themes(corpus.resolve(strict=True), Path(scratch) / "whole")
        return [_without(corpus, Path(scratch), whole, time) for time in range(_TIMES)]


def _without(corpus: Path, scratch: Path, whole: dict[str, str], time: int) -> Question:
    thinned = scratch / f"corpus {time}"
    thin(corpus, thinned, seed=time)
    fewer = _themes(thinned, scratch / f"map {time}")
    both = sorted(whole.keys() & fewer.keys())
    told, said = (
        np.unique([of[key] for key in both], return_inverse=True)[1].astype(np.float64)
        for of in (whole, fewer)
    )
    return Question(f"stability, draw {time + 1}", "ARI", tuple(both), told, said)


def _themes(corpus: Path, scratch: Path) -> dict[str, str]:
    """Draft a map, and give the theme of each quote that it cites in one."""
    scratch.mkdir(parents=True)
    draft(corpus, scratch)
    drafted: dict[str, Any] = json.loads((scratch / "map.json").read_text(encoding="utf-8"))
    theme_of = {id: theme["id"] for theme in drafted["themes"] for id in theme["evidence_ids"]}
    return {
        f"{one['document']}: {one['quote']}": theme_of[one["id"]]
        for one in drafted["evidence"]
        if one["id"] in theme_of
    }


def thin(corpus: Path, out: Path, seed: int) -> None:
    """Copy a corpus without one document in twenty: files of their own, rows, tickets.

    Event logs are kept whole: they are no documents.
    """
    chance = Random(seed)  # noqa: S311  a sample, no secret
    for path in sorted(path for path in corpus.rglob("*") if path.is_file()):
        copy = out / path.relative_to(corpus)
        copy.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix not in _LISTS:
            if chance.random() >= _TAKEN_OUT:
                shutil.copy(path, copy)
        elif path.stem.startswith("event"):
            shutil.copy(path, copy)
        else:
            text = path.read_text(encoding="utf-8-sig")
            copy.write_text(_THINNED[path.suffix](text, chance), encoding="utf-8")


def _rows(text: str, chance: Random) -> str:
    head, *rows = list(csv.reader(StringIO(text)))
    kept = StringIO()
    csv.writer(kept).writerows([head, *_some(rows, chance)])
    return kept.getvalue()


def _tickets(text: str, chance: Random) -> str:
    found: Any = json.loads(text)
    if isinstance(found, list):
        return json.dumps(list(_some(cast(list[Any], found), chance)))
    return json.dumps({name: list(_some(rows, chance)) for name, rows in found.items()})


def _some(rows: list[Any], chance: Random) -> Iterator[Any]:
    return (row for row in rows if chance.random() >= _TAKEN_OUT)


_THINNED = {".csv": _rows, ".json": _tickets}
