"""What tells of the same thing: meanings of one theme are drawn together, of others pushed apart.

So are those of sentences about one touchpoint, with the annotator's words for it among them: what
a sentence is about is then near to its name, in whatever language it is told.

Source: Khosla and others 2020, Supervised Contrastive Learning.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from random import Random
from typing import NamedTuple

from evals.training.labels import Labels
from evals.training.network import Tensor, torch
from evals.training.passages import Passage
from ingestion.models import digest

_TOLD = 64
"""From so many tellings on a group is drawn no more often than others."""
_OF_ONE = 6
_SHARPNESS = 10.0
_SMALL = 64
"""Industries with fewer sentences about a touchpoint are put together, in so many groups."""


class Telling(NamedTuple):
    """A sentence, and the theme it tells of."""

    text: str
    theme: str


Group = Sequence[Telling]
"""Tellings of one industry, some of one theme and some of others."""


def groups(passages: Iterable[Passage]) -> list[Group]:
    """Collect the tellings of each industry."""
    found = _tellings(passages, lambda told: told.theme)
    return [found[name] for name in sorted(found)]


def touchpoints(passages: Iterable[Passage]) -> list[Group]:
    """Collect what is said about each touchpoint, and the words for it, industry by industry."""
    found = _tellings(passages, lambda told: told.words)
    together: dict[str, list[Telling]] = defaultdict(list)
    for name, told in found.items():
        is_small = len(told) < _SMALL
        together[str(int(digest(name), 16) % _SMALL) if is_small else name].extend(told)
    return [_named(together[name]) for name in sorted(together)]


def _tellings(
    passages: Iterable[Passage], name: Callable[[Labels], str]
) -> dict[str, list[Telling]]:
    """Collect what each industry tells of something, by its name."""
    found: dict[str, list[Telling]] = defaultdict(list)
    for one in passages:
        for segment, told in zip(one.segments, one.labels, strict=True):
            if of := name(told):
                found[one.group].append(Telling(segment.text, of))
    return found


def _named(told: Group) -> list[Telling]:
    """Add the names to what is named."""
    names = sorted({one.theme for one in told})
    return [*(Telling(name, name) for name in names), *told]


def draws(among: Sequence[Group], count: int, seed: int) -> Iterator[Group]:
    """Draw `count` tellings without end: of a group chosen by its size, a few of each theme."""
    chance = Random(seed)  # noqa: S311 - a shuffle, no secret
    sizes = [min(len(group), _TOLD) for group in among]
    while among:
        group = chance.choices(among, sizes)[0]
        yield _drawn(chance.sample(group, len(group)))[:count]


def _drawn(shuffled: Group) -> list[Telling]:
    together: dict[str, list[Telling]] = defaultdict(list)
    for one in shuffled:
        together[one.theme].append(one)
    return [one for told in together.values() for one in sorted(told, key=_is_told)[:_OF_ONE]]


def _is_told(one: Telling) -> bool:
    """Tell a sentence from a name, which stands for itself and is never left out."""
    return one.text != one.theme


def apart(meanings: Tensor, themes: Sequence[str]) -> Tensor:
    """Say how badly meanings of length 1 tell themes apart: 0 where each finds only its own."""
    t = torch()
    places = {theme: place for place, theme in enumerate(sorted(set(themes)))}
    of = t.tensor([places[theme] for theme in themes])
    alike = (of[:, None] == of[None]).float()
    alike.fill_diagonal_(0)
    nearness = meanings @ meanings.T * _SHARPNESS
    nearness = nearness - t.eye(len(of)) * 1e4
    sure = nearness - nearness.logsumexp(1, keepdim=True)
    told = alike.sum(1)
    return -((sure * alike).sum(1) / told.clamp(min=1))[told > 0].mean()
