"""What event logs are counted by: the kinds of row, and what was carried out."""

import datetime
from typing import NamedTuple

from ingestion.models import Event


class Step(NamedTuple):
    """A kind of row: an event name on a page; a page of None stands for every page."""

    name: str
    page: str | None = None

    def holds(self, event: Event) -> bool:
        """Tell whether the event is of this kind."""
        return event.name == self.name and self.page in (None, event.page)

    def __str__(self) -> str:
        return f"{self.name} {self.page}" if self.page else self.name


class StepCount(NamedTuple):
    """How often a kind of row occurs: rows, and distinct sessions with at least one."""

    step: Step
    events: int
    sessions: int


class Lasted(NamedTuple):
    """How long something took that was carried out for a person, and was to take, in days."""

    name: str
    took: float
    promised: float | None


class Totals(NamedTuple):
    """The log as a whole.

    Attributes:
        source: The source with the most rows, for citing; "" for an empty log.
        people: Distinct known participants.
        first: The time of the earliest row, None for an empty log.
    """

    source: str
    sessions: int
    people: int
    first: datetime.datetime | None
    last: datetime.datetime | None
