"""Hold all of it, and write docs/conversations.md."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from importlib.resources import files
from statistics import median, quantiles
from typing import NamedTuple

from jinja2 import Template

from assistant.interviewing import Attentive, BankWording, Listening, LlmWording
from evals.conversations import figures, held_out, misbehaving, respondents, telling
from evals.conversations.figures import Figure
from evals.conversations.holding import ASKER, Held, hold
from evals.conversations.misbehaving import Misbehaving, Tried


class Run(NamedTuple):
    """Everything that was held and tried.

    Attributes:
        tempted: The same conversations, with a model that words each probe as it must not.
        tried: What the guard was shown by itself.
    """

    held: Sequence[Held]
    tempted: Sequence[Held]
    tried: Sequence[Tried]
    seconds: float

    @property
    def figures(self) -> list[Figure]:
        """What it comes to."""
        return figures.measure(self.held, self.tempted, self.tried)


class Row(NamedTuple):
    """Conversations that have something in common.

    Attributes:
        facts: Told per person; `form`: written into the form per person.
        minutes: Median, and what nineteen of twenty stay below.
    """

    name: str
    n: int
    facts: float
    form: float
    minutes: tuple[float, float]

    @property
    def ratio(self) -> float:
        """How many times what the form was told."""
        return self.facts / self.form if self.form else 0.0


def run(n: int = 300, seed: int = 1, listening: Listening | None = None) -> Run:
    """Hold `n` conversations, twice, and put the guard on trial."""
    begun = time.perf_counter()
    people = respondents.some(n, seed)
    held, tempted = asyncio.run(_hold(people, listening or Attentive()))
    tried = [*misbehaving.bad(), *misbehaving.unseen(), *misbehaving.good()]
    return Run(held, tempted, tried, time.perf_counter() - begun)


async def _hold(
    people: Sequence[respondents.Respondent], listening: Listening
) -> tuple[list[Held], list[Held]]:
    wording = LlmWording(Misbehaving(), BankWording(ASKER))
    held = [await hold(person, listening) for person in people]
    return held, [await hold(person, listening, wording) for person in people]


def page(done: Run) -> str:
    """Write the page about a run."""
    template = files("evals").joinpath("templates/conversations.md.j2").read_text("utf-8")
    known = {
        "figures": done.figures,
        "tables": {
            "disposition": _rows(done.held, "disposition"),
            "questionnaire": _rows(done.held, "questionnaire"),
            "language": _rows(done.held, "language"),
        },
        "n": len(done.held),
        "knows": respondents.KNOWS,
        "tried": _categories(done.tried),
        "vetoed": [each for each in done.tried if each.category in _GOOD and each.rule],
        "missed": [each for each in done.tried if each.category not in _GOOD and not each.rule],
        "held_out": held_out.section(),
        "told": telling,
    }
    return Template(template, keep_trailing_newline=True).render(known)


_GOOD = ("good", "shipped")


def _rows(held: Sequence[Held], by: str) -> list[Row]:
    names = dict.fromkeys(getattr(each.respondent, by) for each in held)
    return [
        _row(str(name), [each for each in held if getattr(each.respondent, by) == name])
        for name in names
    ]


def _row(name: str, held: Sequence[Held]) -> Row:
    minutes = sorted(each.seconds / 60 for each in held)
    slowest = quantiles(minutes, n=20)[-1] if len(minutes) > 1 else minutes[0]
    told = _mean(len(each.facts) for each in held)
    written = _mean(len(figures.form.fill(each.respondent)) for each in held)
    return Row(name, len(held), told, written, (median(minutes), slowest))


def _mean(counts: Iterable[int]) -> float:
    found = list(counts)
    return sum(found) / len(found)


def _categories(tried: Sequence[Tried]) -> list[tuple[str, int, int]]:
    """Each category, how many messages of it there are, and how many were stopped."""
    names = dict.fromkeys(each.category for each in tried)
    return [
        (
            name,
            sum(each.category == name for each in tried),
            sum(each.category == name and bool(each.rule) for each in tried),
        )
        for name in names
    ]
