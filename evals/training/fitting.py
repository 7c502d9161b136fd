"""Fit the reader's weights to passages."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, NamedTuple

import numpy as np

from assistant.embedded.context import Floats, Ints, lay_out
from assistant.models import About
from evals.training import labels
from evals.training.labels import Labels
from evals.training.library import Library, Looked
from evals.training.network import (
    Dropout,
    Tensor,
    Weights,
    beside,
    judge,
    torch,
)
from evals.training.passages import Passage
from evals.training.themes import Group, apart, draws

_LOSS_SHARE = {
    "kinds": 2.0,
    "stage": 1.0,
    "emotion": 0.7,
    "valence": 0.5,
    "sign": 0.5,
    "about": 0.4,
    "touchpoint": 0.6,
    "channel": 0.2,
    "meaning": 3.0,
    "theme": 1.0,
}
_SMOOTHING = 0.05
_HEAVIER: Mapping[str, Sequence[float]] = {
    "about": [5.0 if about is About.RIVAL else 1.0 for about in labels.ABOUTS]
}
"""How heavily classes count that are too rare to be learned otherwise."""


class Plan(NamedTuple):
    """How to fit: what an epoch sees, and how fast it learns.

    Attributes:
        told: So many tellings of one industry are compared at each step.
    """

    epochs: float
    rate: float = 1e-3
    tuning: float = 5e-5
    decay: float = 0.02
    batch: int = 32
    told: int = 32
    seed: int = 7
    drop: Dropout = Dropout()


class Lessons(NamedTuple):
    """What is learned from: passages, and groups of tellings, of which each step sees one."""

    passages: Sequence[Passage]
    groups: Sequence[Group] = ()


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
    lessons: Lessons,
    library: Library | Looked,
    plan: Plan,
    report: Callable[[str], None] = print,
) -> Weights:
    """Fit `weights`, in place, and give them back."""
    t = torch()
    t.manual_seed(plan.seed)
    steps = max(1, int(plan.epochs * len(lessons.passages) / plan.batch))
    optimiser = t.optim.AdamW(_groups(weights, plan), fused=True)
    schedule = t.optim.lr_scheduler.LambdaLR(optimiser, _pace(steps))
    total = 0.0
    groups = draws(lessons.groups, plan.told, plan.seed)
    for step, batch in zip(range(steps), _batches(lessons.passages, plan), strict=False):
        loss = _loss(weights, batch, library, plan.drop)
        loss = loss + _of_themes(weights, next(groups, ()), library, plan.drop)
        optimiser.zero_grad()
        loss.backward()
        t.nn.utils.clip_grad_norm_([w for w in weights.values() if w.requires_grad], 1.0)
        optimiser.step()
        schedule.step()
        total += float(loss.detach())
        if (step + 1) % max(1, steps // 10) == 0:
            report(f"  step {step + 1} of {steps}: loss {total / max(1, steps // 10):.3f}")
            total = 0.0
    return weights


def _groups(weights: Weights, plan: Plan) -> list[dict[str, Any]]:
    """Let the base model's layers learn slowly, as they know much already."""
    free = {name: value for name, value in weights.items() if value.requires_grad}
    known = [value for name, value in free.items() if _is_base(name)]
    new = [value for name, value in free.items() if not _is_base(name)]
    return [
        {"params": known, "lr": plan.tuning, "weight_decay": 0.0},
        {"params": new, "lr": plan.rate, "weight_decay": plan.decay},
    ]


def _is_base(name: str) -> bool:
    return "." in name or name.startswith(("places", "start_"))


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


def _loss(
    weights: Weights, batch: Sequence[Passage], library: Library | Looked, drop: Dropout
) -> Tensor:
    layout = lay_out([segment for passage in batch for segment in passage.segments])
    told = targets([one for passage in batch for one in passage.labels])
    with torch().autocast("cpu", dtype=torch().bfloat16):
        meanings, marks = library.read(weights, layout.texts, drop)
        outputs = judge(weights, beside(meanings.detach(), marks, drop), layout, drop)
    loss = compare({name: said.float() for name, said in outputs.items()}, told)
    return loss + _of_meanings(meanings, layout.texts, library.taught) * _LOSS_SHARE["meaning"]


def _of_meanings(meanings: Tensor, texts: Sequence[str], taught: Mapping[str, Floats]) -> Tensor:
    """Say how far meanings lie from the teacher's, where it has said something."""
    known = [place for place, text in enumerate(texts) if text in taught]
    if not known:
        return meanings.sum() * 0
    goal = torch().tensor(np.stack([taught[texts[place]] for place in known]).astype(np.float32))
    return 1 - (meanings[known] * goal).sum(1).mean()


def _of_themes(
    weights: Weights, group: Group, library: Library | Looked, drop: Dropout
) -> Tensor | float:
    """Say how badly the tellings of a group are told apart by their themes."""
    if not group:
        return 0.0
    with torch().autocast("cpu", dtype=torch().bfloat16):
        meanings, _ = library.read(weights, [one.text for one in group], drop)
    return apart(meanings.float(), [one.theme for one in group]) * _LOSS_SHARE["theme"]


def compare(outputs: dict[str, Tensor], told: Targets) -> Tensor:
    """Add up how far every head is from what is known."""
    functions = torch().nn.functional
    loss = _of_kinds(outputs["kinds"], told.kinds) * _LOSS_SHARE["kinds"]
    loss = loss + _of_valence(outputs["valence"], told.valence) * _LOSS_SHARE["valence"]
    for name, classes in told.classes.items():
        if (classes >= 0).any():
            goal = torch().tensor(classes)
            heavier = torch().tensor(_HEAVIER[name]) if name in _HEAVIER else None
            off = functions.cross_entropy(
                outputs[name], goal, heavier, ignore_index=-1, label_smoothing=_SMOOTHING
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
