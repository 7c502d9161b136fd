"""What a claim is held against: one person's rows, and what is usual in the study."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from functools import cache, cached_property
from statistics import median
from typing import NamedTuple

from assistant.behaviour import (
    Concept,
    EventLog,
    Lasted,
    Step,
    Unit,
    Vocabulary,
    distinct,
    matching,
    path,
    pattern,
    words,
)
from ingestion.models import Event

_FEW = 3
"""Fewer people than this have no typical value."""


class Found(NamedTuple):
    """What a person did, beside what they said.

    Attributes:
        parts: True where the two part, False where behaviour bears the claim out, None where
            the log cannot tell.
        metric: What was counted, in words.
        typical: The same for a typical person, None where too few have any.
        told: What was said and what was found, in a sentence or two.
        strength: How far it lies from what the claim lets expect, as a factor; for ranking.
        source: What it was counted in, where that is not the log with the most rows.
        stated: Whether the claim itself names the number that was counted.
    """

    parts: bool | None
    metric: str = ""
    value: float = 0.0
    typical: float | None = None
    told: str = ""
    strength: float = 1.0
    source: str | None = None
    stated: bool = False


UNKNOWN = Found(None)


class Study:
    """A log with its own names, and the values that are usual in it, each counted once."""

    def __init__(self, log: EventLog) -> None:
        self.log = log
        self.totals = log.totals()
        self.names = Vocabulary(log.steps())
        self.channels = log.channels()
        self._usual: dict[object, float | None] = {}

    def steps(self, *concepts: Concept) -> tuple[Step, ...]:
        """Find the kinds of row that are about any of the concepts."""
        return self.names.about(*concepts)

    def named(self, *concepts: Concept) -> tuple[Step, ...]:
        """Find the events that are called one of the concepts."""
        return self.names.named(*concepts)

    @cached_property
    def bought(self) -> tuple[Step, ...]:
        """What counts as having bought: the purchase, where there is none the sign-up."""
        return self.named(Concept.PURCHASE) or self.named(Concept.SIGNUP)

    @cached_property
    def folders(self) -> dict[str, frozenset[str]]:
        """The pages of the log by the folder that they lie in: "/guide" of "/guide/doors"."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for page in {path(count.step.page) for count in self.names.counts if count.step.page}:
            if within := folder(page):
                found[within].add(page)
        return {name: frozenset(pages) for name, pages in found.items()}

    def usual(
        self, steps: Collection[Step], unit: Unit = "events", before: Collection[Step] = ()
    ) -> float | None:
        """The median count over the people who have any, None where fewer than three do."""
        key = ("counts", frozenset(steps), unit, frozenset(before))
        return self._once(key, lambda: [float(n) for n in self.log.counts(steps, unit, before)])

    def usual_hours(self, start: Collection[Step], end: Collection[Step]) -> float | None:
        """The median of the hours from start to end, None where fewer than three have both."""
        key = ("hours", frozenset(start), frozenset(end))
        return self._once(key, lambda: list(self.log.hours(start, end)))

    def in_channel(self, text: str) -> tuple[Step, ...]:
        """Find the kinds of row that lie, by name or page, in a channel that a text names."""
        plain = words(text)
        named = [found for said in _CHANNELS if (found := pattern(said)).search(plain)]
        return tuple(
            count.step
            for count in self.names.counts
            if any(found.search(words(str(count.step))) for found in named)
        )

    def usual_days(self, channel: str, days: int) -> float | None:
        """The median of the days with a row of the channel in the log's last `days` days."""
        if self.totals.last is None:
            return None
        since = self.totals.last - timedelta(days=days)
        return self._once(
            ("days", channel, days), lambda: [float(n) for n in self.log.days(channel, since)]
        )

    def usual_job(self, name: str) -> float | None:
        """The median of the days that such a thing took, None for fewer than three."""
        return self._once(("took", name), lambda: [j.took for j in self._lasted if j.name == name])

    def usual_lateness(self, name: str) -> float | None:
        """The median of the days between what was promised and what it took."""
        return self._once(
            ("late", name),
            lambda: [
                job.took - job.promised
                for job in self._lasted
                if job.name == name and job.promised is not None
            ],
        )

    @cached_property
    def _lasted(self) -> tuple[Lasted, ...]:
        return tuple(self.log.lasted())

    def share(self, steps: Collection[Step], before: Collection[Step]) -> float | None:
        """The share of those who did `before` that had any of the steps earlier."""
        key = ("share", frozenset(steps), frozenset(before))
        if key not in self._usual:
            had = sum(1 for _ in self.log.counts(steps, before=before))
            everybody = sum(1 for _ in self.log.people(before))
            self._usual[key] = had / everybody if everybody >= _FEW else None
        return self._usual[key]

    def _once(self, key: object, count: Callable[[], Sequence[float]]) -> float | None:
        if key not in self._usual:
            values = count()
            self._usual[key] = round(median(values), 1) if len(values) >= _FEW else None
        return self._usual[key]

    def spoken(self, text: str) -> tuple[Step, ...]:
        """Find the kinds of row whose own words stand in a text."""
        return self.names.spoken(text)

    def channel_in(self, text: str) -> str | None:
        """Find the channel of the log that a text names; the rarest where it names several.

        One by its own name goes before one that is only called so: the "app" before "mobile_web".
        """
        plain = words(text)
        called = [name for name in self.channels if _called(name).search(plain)]
        named = called or [name for name in self.channels if _channel(name).search(plain)]
        return min(named, key=lambda name: (self.channels[name], name), default=None)


_CHANNELS = (
    "app / apps / mobile / appli / application / aplicación / aplicativo / applicazione"
    " / приложени* / 应用 / 手机端",
    "email* / mail* / newsletter* / correo* / courriel* / письм* / 邮件",
    "web / website / site / webseite / sito / сайт* / 网站 / 网页",
    "shop / store / showroom / laden / filiale / magasin / boutique / tienda / negozio / winkel"
    " / loja / магазин* / 门店",
    "chat",
    "phone / telefon* / téléphone / teléfono / telefoon / телефон* / 电话",
)


@cache
def _called(name: str) -> re.Pattern[str]:
    """What finds a channel in a text by its whole name."""
    return pattern(words(name) or "=")


@cache
def _channel(name: str) -> re.Pattern[str]:
    """What finds a channel in a text: a word of its name, and what else people call it."""
    own = " / ".join(words(name).split())
    known = next((said for said in _CHANNELS if pattern(said).search(words(name))), "")
    return pattern(f"{own} / {known}" if known else own or "=")


class Person:
    """One person's rows, in time order."""

    def __init__(self, name: str, study: Study) -> None:
        self.name = name
        self.study = study
        self.rows: tuple[Event, ...] = tuple(study.log.of(name))
        self.jobs: tuple[Event, ...] = tuple(study.log.jobs(name))

    @cached_property
    def source(self) -> str:
        """The log that the person's rows come from."""
        known = self.rows or self.jobs
        return str(known[0].source_id) if known else self.study.totals.source

    def has(self, steps: Collection[Step]) -> bool:
        """Tell whether the person has any of the steps."""
        return bool(matching(self.rows, steps))

    def count(
        self, steps: Collection[Step], unit: Unit = "events", before: Collection[Step] = ()
    ) -> int:
        """Count the person's rows of the steps, before their first of `before` if they have it."""
        return distinct(matching(self.until(before), steps), unit)

    def since(self, at: datetime) -> tuple[Event, ...]:
        """Give the rows from a time on."""
        return tuple(row for row in self.rows if row.at >= at)

    def until(self, steps: Collection[Step]) -> tuple[Event, ...]:
        """Give the rows before the first of the steps; all rows where there is none."""
        end = next(iter(matching(self.rows, steps)), None)
        return self.rows if end is None else tuple(row for row in self.rows if row.at < end.at)


def folder(page: str) -> str:
    """Name the folder that a page lies in; "" where it lies in none, and for what is no page.

    Example:
        >>> folder("/guide/doors?from=mail"), folder("/pricing"), folder("purchase")
        ('/guide', '', '')
    """
    return path(page).rpartition("/")[0]


def factor(value: float, other: float | None) -> float:
    """How many times larger the one is than the other, between 1 and 100, whichever it is.

    Example:
        >>> factor(9, 3), factor(0, 4)
        (3.0, 8.0)
    """
    one, two = max(value, 0.5), max(1.0 if other is None else other, 0.5)
    return min(max(one / two, two / one), 100.0)


def number(value: float) -> str:
    """Write a number as people do: no decimals that say nothing.

    Example:
        >>> number(214.0), number(1.8)
        ('214', '1.8')
    """
    return f"{value:.0f}" if value == round(value) or abs(value) >= 10 else f"{value:.1f}"
