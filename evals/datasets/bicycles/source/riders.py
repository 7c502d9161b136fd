"""What the interviewees did: riders.yaml, played into the log."""

import datetime as dt
from typing import Annotated

from planted import Record, read
from pydantic import AwareDatetime, BeforeValidator, TypeAdapter
from visits import Job, Log, Order, after


def _listed(told: object) -> object:
    """One time as a list of one."""
    return [told] if isinstance(told, str) else told


Times = Annotated[
    list[AwareDatetime],
    BeforeValidator(_listed),
]


class Visit(Record):
    """Visits with the same steps; `within` draws a delay in minutes."""

    at: Times
    steps: list[str]
    device: str = ""
    within: tuple[int, int] | None = None

    def play(self, log: Log, user: str, _country: str) -> None:
        """Write the visits into the log."""
        for when in self.at:
            late = log.chance.randint(*self.within) if self.within else 0
            log.visit(user, when + dt.timedelta(minutes=late), self.steps, self.device)


class Mail(Record):
    """A mail, read at one or more times."""

    mail: str
    at: Times
    followed: bool = False

    def play(self, log: Log, user: str, _country: str) -> None:
        """Write the reading into the log."""
        for when in self.at:
            log.mail(user, when, self.mail, followed=self.followed)


class Purchase(Record):
    """An order of a bike, with the steps on the way to the basket."""

    order: str
    at: AwareDatetime
    promised: int
    actual: int
    before: tuple[str, ...] = ()

    def play(self, log: Log, user: str, country: str) -> None:
        """Write the order and its visit into the log."""
        order = Order(user, self.at, country, self.order, self.promised, self.actual)
        log.buy(order, self.before)


class Repair(Record):
    """A job at a partner workshop."""

    job: str
    at: AwareDatetime
    wait: int
    quoted: int
    actual: int

    def play(self, log: Log, user: str, _country: str) -> None:
        """Write the job and its visit into the log."""
        log.job(Job(user, self.at, self.wait, self.quoted, self.actual, self.job))


class Rides(Record):
    """Recorded rides on days from the first on."""

    rides: dt.date
    count: int = 1
    every: int = 1
    without: tuple[dt.date, ...] = ()

    def play(self, log: Log, user: str, _country: str) -> None:
        """Write the rides into the log."""
        first = dt.datetime.combine(self.rides, dt.time(), dt.UTC)
        for day in (after(first, self.every * k) for k in range(self.count)):
            if day.date() not in self.without:
                log.ride(user, day)


class Rider(Record):
    """An interviewee; who orders has a country."""

    country: str = ""
    acts: list[Visit | Mail | Purchase | Repair | Rides]


def play(log: Log) -> None:
    """Write what each interviewee did into the log."""
    for user, rider in TypeAdapter(dict[str, Rider]).validate_python(read("riders")).items():
        for act in rider.acts:
            act.play(log, user, rider.country)
