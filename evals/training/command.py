"""The training command: from labelled sentences to weights and their card."""

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np

from assistant.embedded.context import Floats, lay_out
from assistant.embedded.decoding import LANGUAGES
from assistant.embedded.encoder import MEANING_LENGTH, WIDTH, Encoder, marks
from assistant.embedded.heads import Outputs, judge
from evals.training import passages, public
from evals.training.card import Training, card, table
from evals.training.export import export
from evals.training.figures import Calibration, Judged, by, calibrate, judged
from evals.training.fitting import Library, Plan, fit
from evals.training.network import Weights, initial, opened, torch
from evals.training.passages import Passage

_FOLDS = 5
_HELD = 2
_LEAK = 0.18
_REAL_COUNTS = 2
_AT_ONCE = 64
_ROUNDS = 4
_AGAIN = 0.35
_GROUND = Plan(epochs=1, rate=1e-3, tuning=3e-4, batch=56)
_PLAN = Plan(epochs=1, rate=8e-4, tuning=2e-4, batch=40)


class Options(NamedTuple):
    """What the command is told.

    Attributes:
        held: How many of the five folds are held out, one after the other, to measure.
    """

    shared: Path
    out: Path
    seed: int
    held: int


class Material(NamedTuple):
    """What is learned from: public sets first, then what was labelled for this."""

    public: Sequence[Passage]
    written: Sequence[Passage]
    real: Sequence[Passage]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, measure on held-out folds, and write weights and card."""
    options = _options(arguments)
    torch().set_num_threads(1)
    material = _gather(options)
    library = Library(Encoder())
    library.add([*material.written, *material.real, *material.public])
    ground = _ground(material, library, options.seed)
    held_out = _held_out(ground, material, library, options)
    calibration = calibrate(held_out, _LEAK)
    labelled = [*material.written, *material.real]
    final = _learn(ground, labelled, material.public, library)
    version = export(options.out / "reader.npz", {**final, **calibration.weights()})
    text = card(_told(version, options, material, _slices(held_out, calibration)), options.out)
    (options.out / "CARD.md").write_text(text, encoding="utf-8")


def _options(arguments: Sequence[str] | None) -> Options:
    parser = argparse.ArgumentParser(prog="python -m evals.training", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=Path("assistant/embedded/weights"))
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--held", type=int, default=_HELD, choices=range(1, _FOLDS + 1))
    given = parser.parse_args(arguments)
    return Options(given.shared, given.out, given.seed, given.held)


def _gather(options: Options) -> Material:
    written = list(passages.written(options.shared / "train/written.jsonl", options.seed))
    real = list(passages.real(options.shared / "train/real.jsonl"))
    known = {segment.text for passage in real for segment in passage.segments}
    others = public.some(public.read(options.shared / "data"), options.seed)
    return Material(
        [one for one in others if not known.intersection(s.text for s in one.segments)],
        written,
        real,
    )


def _ground(material: Material, library: Library, seed: int) -> dict[str, Floats]:
    """Learn from the public sets, once, how a thing felt: what every fold begins with."""
    _say(f"{len(material.public):,} passages of public sets")
    weights = initial(library.encoder.layers, seed)
    return _values(fit(weights, material.public, library, _GROUND, _say))


def _learn(
    ground: Mapping[str, Floats],
    labelled: Iterable[Passage],
    others: Sequence[Passage],
    library: Library,
) -> dict[str, Floats]:
    """Learn from what was labelled for this, over and over, and from some public ones again."""
    counted = [one for one in labelled for _ in range(_REAL_COUNTS if one.origin == "real" else 1)]
    together = [*counted * _ROUNDS, *others[: int(len(counted) * _ROUNDS * _AGAIN)]]
    _say(f"{len(together):,} passages, the labelled ones {_ROUNDS} times")
    return _values(fit(opened(ground), together, library, _PLAN, _say))


def _held_out(
    ground: Mapping[str, Floats], material: Material, library: Library, options: Options
) -> Judged:
    """Hold out folds in turn, and put what readers that never saw them say side by side."""
    folds = passages.grouped([*material.written, *material.real], _FOLDS)
    said: list[Outputs] = []
    for place in range(options.held):
        rest = [one for other in range(_FOLDS) if other != place for one in folds[other]]
        weights = _learn(ground, rest, material.public, library)
        said.append(predict(weights, folds[place], library))
    together = [one for fold in folds[: options.held] for one in fold]
    return judged(together, joined(said))


def predict(weights: dict[str, Floats], read: Sequence[Passage], library: Library) -> Outputs:
    """Read passages as the product does, but for its half precision."""
    said: list[Outputs] = []
    for at in range(0, len(read), _AT_ONCE):
        segments = [segment for one in read[at : at + _AT_ONCE] for segment in one.segments]
        layout = lay_out(segments)
        words, meanings = library.open(layout.texts)
        known = meanings * np.float32(MEANING_LENGTH)
        sentences = np.concatenate([known, marks(weights, words)], axis=1)
        nothing = np.zeros((1, WIDTH + len(weights["pool_b"])), np.float32)
        said.append(judge(weights, np.concatenate([sentences, nothing]), layout))
    return joined(said)


def joined(said: Sequence[Outputs]) -> Outputs:
    """Put outputs below each other."""
    return Outputs(*(np.concatenate(column) for column in zip(*said, strict=True)))


def _values(weights: Weights) -> dict[str, Floats]:
    return {name: value.detach().numpy() for name, value in weights.items()}


def _slices(held_out: Judged, calibration: Calibration) -> dict[str, dict[str, dict[str, float]]]:
    names = {
        "all": ["all"] * len(held_out.languages),
        "language": held_out.languages,
        "source": held_out.sources,
        "origin": held_out.origins,
    }
    tables = {name: by(held_out, calibration, of) for name, of in names.items()}
    for name, rows in tables.items():
        _say(table(name, rows))
    return tables


def _told(
    version: str,
    options: Options,
    material: Material,
    slices: dict[str, dict[str, dict[str, float]]],
) -> Training:
    sets = Counter(one.origin for part in material for one in part for _ in one.segments)
    files = [options.shared / "train" / name for name in ("written.jsonl", "real.jsonl")]
    return Training(
        version=version,
        command=f"python -m evals.training --seed {options.seed} --held {options.held}",
        held=options.held,
        sets=dict(sets.most_common()),
        manifest={path.name: sha256(path.read_bytes()).hexdigest() for path in files}
        | public.manifest(options.shared / "data"),
        slices=slices,
        languages=LANGUAGES,
    )


def _say(line: str) -> None:
    print(line, flush=True)
