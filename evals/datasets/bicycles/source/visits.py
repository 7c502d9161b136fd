"""The log of visits, orders and workshop jobs while it is made, and the seed that it draws from."""

import datetime as dt
import random
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

COUNTRIES = {
    "en": ["GB", "GB", "GB", "IE"],
    "de": ["DE", "AT"],
    "fr": ["FR", "BE"],
    "es": ["ES"],
    "it": ["IT"],
    "nl": ["NL", "BE"],
    "pt": ["PT"],
    "ru": ["LV", "EE"],
    "zh": ["SG", "GB"],
}
BIKES = {"heron-7": 799, "swift-e": 1890, "wagtail": 980, "plover": 690}
MODELS = list(BIKES)
PROMISES = [8, 9, 10, 12, 14]
FREIGHT = 65
CHECKOUT = [
    "viewed /basket",
    "checkout_opened /order/address",
    "checkout_moved /order/freight",
    "checkout_moved /order/pay",
]
FULL_VANS = ["viewed /vans/slots", "no_slot_left /vans/slots"]
REFUSED = "payment_refused /order/pay"
DEVICES = ["phone", "phone", "laptop", "tablet"]

_TIMES = re.compile(r"(.+?)(?: x(\d+))?")


class Row(NamedTuple):
    """One event."""

    visit: str
    user: str
    when: dt.datetime
    device: str
    event: str
    path: str
    amount: str


class Order(NamedTuple):
    """One order; days count from when it was placed."""

    user: str
    when: dt.datetime
    country: str
    bike: str
    promised: int
    actual: int


class Job(NamedTuple):
    """One workshop job: days from asking to the slot, days quoted and taken."""

    user: str
    asked: dt.datetime
    wait: int
    quoted: int
    actual: int
    shop: str


def after(when: dt.datetime, days: float, hours: float = 0) -> dt.datetime:
    """The moment so many days and hours later."""
    return when + dt.timedelta(days=days, hours=hours)


def steps(told: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """(event, path, amount) of each step; riders.yaml says how steps are told."""
    for step in told:
        found = _TIMES.fullmatch(step)
        if found is None:
            raise ValueError(f"{step!r} is no step: write an event and a path, as riders.yaml does")
        for _ in range(int(found[2] or 1)):
            yield from _expanded(found[1])


def _expanded(step: str) -> Iterator[tuple[str, str, str]]:
    """The steps that one step stands for."""
    word, *rest = step.split()
    if word == "checkout":
        yield from steps(CHECKOUT[: int(rest[0])])
    elif word == "full_vans":
        yield from steps(FULL_VANS)
    else:
        path, amount = (*rest, "")[:2]
        yield word, path, amount


class Log:
    """What has happened so far. Each call draws from the seed, so the order of calls matters."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 -- the seed makes the same bytes each time
        self.rows: list[Row] = []
        self.orders: list[Order] = []
        self.jobs: list[Job] = []
        self._visits = 0

    def visit(self, user: str, when: dt.datetime, told: Iterable[str], device: str = "") -> None:
        """One visit, its steps some seconds to minutes apart."""
        self._visits += 1
        device = device or self.chance.choice(DEVICES)
        for step in steps(told):
            self.rows.append(Row(f"v{self._visits:05d}", user, when, device, *step))
            when += dt.timedelta(seconds=self.chance.randint(14, 170))

    def mail(self, user: str, when: dt.datetime, name: str, *, followed: bool = False) -> None:
        """One mail that is read, and whose link may be followed."""
        link = [f"mail_link_followed mail/{name}"] if followed else []
        self.visit(user, when, [f"mail_read mail/{name}", *link], "mailbox")

    def ride(self, user: str, day: dt.datetime) -> None:
        """One ride by daylight, which the app records."""
        hours, minutes = self.chance.randint(6, 18), self.chance.randint(0, 59)
        told = f"ride_recorded app/rides {self.chance.uniform(2, 24):.1f}"
        self.visit(user, day + dt.timedelta(hours=hours, minutes=minutes), [told], "app")

    def drawn(self, user: str, when: dt.datetime, language: str, days: tuple[int, int]) -> Order:
        """An order of any bike, from a country of the language; days promised and actual."""
        bike = self.chance.choice(MODELS)
        return Order(user, when, self.chance.choice(COUNTRIES[language]), bike, *days)

    def buy(self, order: Order, before: Iterable[str] = (), refused: int = 0) -> None:
        """The visit that ends in an order."""
        self.orders.append(order)
        page, price = f"/bikes/{order.bike}", BIKES[order.bike]
        look = ["viewed /", f"viewed {page}", *before, f"basket_filled {page} {price}"]
        pay = [*[REFUSED] * refused, f"order_placed /order/thanks {price + FREIGHT}"]
        self.visit(order.user, order.when, [*look, *CHECKOUT, *pay])

    def job(self, job: Job) -> None:
        """The visit that books a workshop job."""
        told = ["viewed /workshop", "viewed /workshop/slots", "workshop_booked /workshop/slots"]
        self.visit(job.user, job.asked, told)
        self.jobs.append(job)

    def track(self, user: str, since: dt.datetime, times: int) -> None:
        """Looks at the tracking page, every other day."""
        for k in range(times):
            self.visit(user, after(since, 2 * k), ["viewed /track"])
