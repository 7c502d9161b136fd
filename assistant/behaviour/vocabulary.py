"""One log's own names, by what they are about, and how people speak of them."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import cast

import yaml

from assistant.behaviour.concepts import (
    Concept,
    concept,
    concept_of,
    is_done,
    path,
    pattern,
    words,
)
from assistant.behaviour.steps import Step, StepCount

_SHORT = 3
_PLAIN = frozenset(
    [
        "page",
        "view",
        "start",
        "step",
        "done",
        "open",
        "event",
        "screen",
        "click",
        "complete",
        "completed",
    ]
)
"""Words of names that say nothing about what a step is about."""

_ACTS = frozenset([Concept.CANCEL, Concept.RETURN, Concept.SKIP])
_SEEN = re.compile(r"\b(?:view\w*|page|screen|seen|open|opened|click\w*)$")
"""The end of a name that says that somebody saw where something can be done."""
_STOP = re.compile(r" (?:stop|stopped|end|ended|quit|left)$")


def _stopped(names: Sequence[str]) -> frozenset[str]:
    """Find the events that end something which can also be skipped: what comes again and again."""
    skipped = {
        word for name in names if concept_of(name) == Concept.SKIP for word in words(name).split()
    }
    return frozenset(
        name
        for name in names
        if concept_of(name) is None
        and _STOP.search(plain := words(name))
        and skipped.issuperset(_STOP.sub("", plain).split())
    )


MOST_STEPS = 2000
"""So many kinds of row are asked for in one question; the rarest beyond them are left out."""

_NONE = StepCount(Step(""), 0, 0)


class Vocabulary:
    """One log's own names, by what they are about."""

    def __init__(self, counts: tuple[StepCount, ...]) -> None:
        self.counts = counts
        self._about: defaultdict[Concept | None, list[StepCount]] = defaultdict(list)
        self._named: defaultdict[Concept | None, list[StepCount]] = defaultdict(list)
        stopped = _stopped([count.step.name for count in counts])
        for count in counts:
            name, is_stopped = count.step.name, count.step.name in stopped
            own = Concept.CANCEL if is_stopped else concept_of(name)
            about = Concept.CANCEL if is_stopped else concept(count.step)
            self._about[about].append(count)
            if own == about and not (own in _ACTS and _SEEN.search(words(name))):
                self._named[own].append(count)

    def about(self, *concepts: Concept) -> tuple[Step, ...]:
        """Find the kinds of row that are about any of the concepts, in the log's order."""
        found = [count for each in sorted(set(concepts)) for count in self._about[each]]
        return _most(found)

    def named(self, *concepts: Concept) -> tuple[Step, ...]:
        """Find the events that are one of the concepts by their name, not by their page.

        To have seen where one can cancel is not to cancel.
        """
        return _most([count for each in sorted(set(concepts)) for count in self._named[each]])

    def commonest(self, meant: Concept) -> str:
        """Name the event that is most often one of the concept, for telling; "" for none."""
        return max(self._named[meant], key=lambda count: count.events, default=_NONE).step.name

    def done(self, *concepts: Concept) -> tuple[Step, ...]:
        """Find the events that end something about the concepts."""
        return tuple(step for step in self.about(*concepts) if is_done(step))

    def spoken(self, text: str) -> tuple[Step, ...]:
        """Find the kinds of row whose own words stand in a text: "import" in "the import took"."""
        said = [word for word in words(text).split() if word in self._words]
        return _most([count for word in dict.fromkeys(said) for count in self._words[word]])

    def told(self, text: str) -> tuple[Step, ...]:
        """Find the events all of whose own words, two or more, stand in a text in some form.

        "room_booked" is told by "I never booked a meeting room", and by "Je n'ai jamais réservé
        de salle"; "sample_posted" is not.
        """
        said = words(text).split()
        return tuple(
            Step(name)
            for name, own in self._own_words.items()
            if len(own) > 1 and all(is_said(word, said) for word in own)
        )

    def told_by_a_word(self, text: str) -> tuple[Step, ...]:
        """Find the events that a text names by a word, in some form, that no other event has."""
        said = words(text).split()
        events = Counter(word for own in self._own_words.values() for word in own)
        return tuple(
            Step(name)
            for name, own in self._own_words.items()
            if any(events[word] == 1 and is_said(word, said) for word in own)
        )

    def mentioned(self, text: str) -> tuple[Step, ...]:
        """Find the events that a text names by a word, in some form, alone or with others."""
        said = words(text).split()
        return tuple(
            Step(name)
            for name, own in self._own_words.items()
            if any(is_said(word, said) for word in own)
        )

    @property
    def names(self) -> tuple[str, ...]:
        """The event names of the log."""
        return tuple(dict.fromkeys(count.step.name for count in self.counts))

    @cached_property
    def _own_words(self) -> dict[str, frozenset[str]]:
        return {name: frozenset(_telling(name)) for name in self.names}

    @cached_property
    def _words(self) -> dict[str, list[StepCount]]:
        found: defaultdict[str, list[StepCount]] = defaultdict(list)
        for count in self.counts:
            for word in set(_telling(f"{count.step.name} {path(count.step.page or '')}")):
                found[word].append(count)
        return dict(found)


def _telling(name: str) -> list[str]:
    """The words of a name that say what it is about."""
    return [word for word in words(name).split() if len(word) > _SHORT and word not in _PLAIN]


def is_said(word: str, said: Sequence[str]) -> bool:
    """Tell whether a word stands among others, in some form or by what it is called elsewhere.

    Example:
        >>> is_said("booked", ["never", "book"]), is_said("sample", ["jamais", "échantillons"])
        (True, True)
    """
    things = _things(word)
    return any(_is_form(word, one) or not things.isdisjoint(_things(one)) for one in said)


@cache
def _terms() -> tuple[re.Pattern[str], ...]:
    told = files("assistant.behaviour").joinpath("terms.yaml").read_text("utf-8")
    return tuple(map(pattern, cast(list[str], yaml.safe_load(told))))


@lru_cache(maxsize=100_000)
def _things(word: str) -> frozenset[int]:
    """What a word of any of nine languages is a name of, by the entries of `terms.yaml`."""
    return frozenset(n for n, term in enumerate(_terms()) if term.search(word))


def _is_form(word: str, other: str) -> bool:
    """Tell whether two words are forms of one: they begin alike for two thirds of the longer.

    Example:
        >>> _is_form("booked", "book"), _is_form("renewal", "renewed"), _is_form("sample", "same")
        (True, True, False)
    """
    ends = (at for at, (one, two) in enumerate(zip(word, other, strict=False)) if one != two)
    alike = next(ends, min(len(word), len(other)))
    return alike > _SHORT and 3 * alike >= 2 * max(len(word), len(other))


def _most(counts: list[StepCount]) -> tuple[Step, ...]:
    counts = list(dict.fromkeys(counts))
    if len(counts) > MOST_STEPS:
        counts = sorted(counts, key=lambda count: -count.events)[:MOST_STEPS]
    return tuple(sorted((count.step for count in counts), key=str))
