"""Fit the reader's weights to passages."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from assistant.embedded.context import Floats, Ints, lay_out
from assistant.embedded.encoder import Encoder, Words, batches
from evals.training.labels import Labels
from evals.training.network import Dropout, Tensor, Weights, encode, judge, torch
from evals.training.passages import Passage

_LOSS_SHARE = {
    "kinds": 2.0,
    "stage": 1.0,
    "emotion": 0.7,
    "valence": 0.5,
    "sign": 0.5,
    "about": 0.2,
    "touchpoint": 0.3,
    "channel": 0.2,
}
_SMOOTHING = 0.05


class Plan(NamedTuple):
    """How to fit: what an epoch sees, and how fast it learns."""

    epochs: float
    rate: float = 1e-3
    tuning: float = 2e-4
    decay: float = 0.02
    batch: int = 32
    seed: int = 7
    drop: Dropout = Dropout()


class Library:
    """Every sentence with its token ids and its meaning, found once, as training reads it often."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self._ids: dict[str, list[int]] = {}
        self._meanings: dict[str, NDArray[np.float16]] = {}

    def add(self, passages: Iterable[Passage]) -> None:
        """Take in what `passages` are made of."""
        texts: dict[str, None] = {}
        for passage in passages:
            texts.update(dict.fromkeys(lay_out(passage.segments).texts))
        new = [text for text in texts if text not in self._ids]
        ids = [self.encoder.split(text) for text in new]
        self._ids.update(zip(new, ids, strict=True))
        for batch in batches(ids):
            words = self.encoder.look_up([ids[place] for place in batch])
            halves = self.encoder.meanings(words).astype(np.float16)
            self._meanings.update(zip([new[place] for place in batch], halves, strict=True))

    def open(self, texts: Sequence[str]) -> tuple[Words, Floats]:
        """Give the words of `texts` and their meanings."""
        words = self.encoder.look_up([self._ids[text] for text in texts])
        meanings = np.stack([self._meanings[text] for text in texts])
        return words, meanings.astype(np.float32)


@dataclass(frozen=True)
class Targets:
    """Labels as arrays, a row a segment."""

    kinds: Floats
    valence: Floats
    classes: dict[str, Ints]


def targets(told: Sequence[Labels]) -> Targets:
    """Turn labels into arrays; the sign of the valence becomes a class of its own."""
    valence = np.array([one.valence for one in told], np.float32)
    known = ~np.isnan(valence)
    sign = np.where(known, np.sign(np.nan_to_num(valence)) + 1, -1).astype(np.int64)
    classes = {
        name: np.array([getattr(one, name) for one in told], np.int64)
        for name in ("stage", "emotion", "about", "touchpoint", "channel")
    }
    return Targets(
        np.array([one.kinds for one in told], np.float32), valence, {**classes, "sign": sign}
    )


def fit(
    weights: Weights,
    passages: Sequence[Passage],
    library: Library,
    plan: Plan,
    report: Callable[[str], None] = print,
) -> Weights:
    """Fit `weights`, in place, and give them back."""
    t = torch()
    t.manual_seed(plan.seed)
    steps = max(1, int(plan.epochs * len(passages) / plan.batch))
    optimiser = t.optim.AdamW(_groups(weights, library.encoder.layers, plan), fused=True)
    schedule = t.optim.lr_scheduler.LambdaLR(optimiser, _pace(steps))
    total = 0.0
    for step, batch in zip(range(steps), _batches(passages, plan), strict=False):
        loss = _loss(weights, batch, library, plan.drop)
        optimiser.zero_grad()
        loss.backward()
        t.nn.utils.clip_grad_norm_(list(weights.values()), 1.0)
        optimiser.step()
        schedule.step()
        total += float(loss.detach())
        if (step + 1) % max(1, steps // 10) == 0:
            report(f"  step {step + 1} of {steps}: loss {total / max(1, steps // 10):.3f}")
            total = 0.0
    return weights


def _groups(weights: Weights, tuned: Iterable[str], plan: Plan) -> list[dict[str, Any]]:
    """Let the encoder's layers learn slowly, as they know much already."""
    names = set(tuned)
    known = [value for name, value in weights.items() if name in names]
    new = [value for name, value in weights.items() if name not in names]
    return [
        {"params": known, "lr": plan.tuning, "weight_decay": 0.0},
        {"params": new, "lr": plan.rate, "weight_decay": plan.decay},
    ]


def _pace(steps: int) -> Callable[[int], float]:
    """Warm up, then slow down evenly to nothing."""

    def pace(step: int) -> float:
        return min(1.0, (step + 1) / (0.06 * steps + 1)) * (1 - step / (steps + 1))

    return pace


def _batches(passages: Sequence[Passage], plan: Plan) -> Iterator[list[Passage]]:
    chance = Random(plan.seed)  # noqa: S311 - a shuffle, no secret
    order = list(passages)
    while True:
        chance.shuffle(order)
        for at in range(0, len(order) - plan.batch + 1, plan.batch):
            yield order[at : at + plan.batch]


def _loss(weights: Weights, batch: Sequence[Passage], library: Library, drop: Dropout) -> Tensor:
    layout = lay_out([segment for passage in batch for segment in passage.segments])
    told = targets([one for passage in batch for one in passage.labels])
    words, meanings = library.open(layout.texts)
    with torch().autocast("cpu", dtype=torch().bfloat16):
        outputs = judge(weights, encode(weights, words, meanings, drop), layout, drop)
    return compare({name: said.float() for name, said in outputs.items()}, told)


def compare(outputs: dict[str, Tensor], told: Targets) -> Tensor:
    """Add up how far every head is from what is known."""
    functions = torch().nn.functional
    loss = _of_kinds(outputs["kinds"], told.kinds) * _LOSS_SHARE["kinds"]
    loss = loss + _of_valence(outputs["valence"], told.valence) * _LOSS_SHARE["valence"]
    for name, classes in told.classes.items():
        if (classes >= 0).any():
            goal = torch().tensor(classes)
            off = functions.cross_entropy(
                outputs[name], goal, ignore_index=-1, label_smoothing=_SMOOTHING
            )
            loss = loss + off * _LOSS_SHARE[name] * math.sqrt(float((classes >= 0).mean()))
    return loss


def _of_kinds(output: Tensor, kinds: Floats) -> Tensor:
    t = torch()
    known = t.tensor(~np.isnan(kinds))
    goal = t.tensor(np.nan_to_num(kinds)) * (1 - _SMOOTHING) + _SMOOTHING / 2
    off = t.nn.functional.binary_cross_entropy_with_logits(output, goal, reduction="none")
    return (off * known).sum() / max(1, int(known.sum())) if known.any() else output.sum() * 0


def _of_valence(output: Tensor, valence: Floats) -> Tensor:
    t = torch()
    known = t.tensor(~np.isnan(valence))
    if not known.any():
        return output.sum() * 0
    off = t.nn.functional.smooth_l1_loss(
        output[:, 0], t.tensor(np.nan_to_num(valence)), reduction="none"
    )
    return (off * known).sum() / known.sum()
