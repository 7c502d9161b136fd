"""What the survey's people did, as their answers tell, and what strangers did."""

import datetime as dt

from documents import Person
from visits import BIKES, COUNTRIES, FULL_VANS, MODELS, PROMISES, REFUSED, Job, Log, after

FIRST = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
LAST = dt.datetime(2026, 2, 28, 23, tzinfo=dt.UTC)
SURVEYED_FROM = dt.datetime(2025, 2, 15, 9, tzinfo=dt.UTC)
RIDES_FROM = dt.datetime(2025, 11, 1, tzinfo=dt.UTC)
LEFT_FROM = dt.datetime(2025, 11, 10, 19, 5, tzinfo=dt.UTC)
CHARGED_BY = dt.datetime(2025, 12, 10, 0, 5, tzinfo=dt.UTC)
# What some answers say in numbers: days late; days to the slot, quoted, actual, and the shop.
LATE = {"u2014": 11, "u2448": 21}
JOBS = {
    "u2063": (42, 1, 2, "Reading"),
    "u2203": (14, 2, 11, "Kassel"),
    "u2490": (9, 2, 14, "Riga"),
}
LANGUAGES = list(COUNTRIES)
ACCOUNT = "viewed /account/plan"
BY_FORM, BY_PHONE = "help_requested /help/form", "help_requested /help/phone"
SIZED = "size_tool_used /size-finder"
PLAN_ENDED = "plan_ended /account/plan"


def answer(log: Log, people: list[Person]) -> None:
    """Write what the survey's people did into the log."""
    for person in people:
        if person.claims or (person.group == "left" and 10 in person.pains):
            _charged(log, person)  # owners since before the log begins
        else:
            _answered(log, person)


def _charged(log: Log, person: Person) -> None:
    """The plan renews; only the one of c3 has renewal mails, and read them before."""
    user, end = person.user, CHARGED_BY
    if person.claims:
        for k, days in enumerate((30, 14, 3)):
            log.mail(user, after(end, -days, 8 + k), "plan-renewal", followed=k == 1)
    else:
        end = after(end, -log.chance.randint(1, 50))
    log.visit(user, end, ["plan_renewed /account/plan 139"], "server")
    log.visit(user, after(end, 2, 19), [ACCOUNT, BY_FORM])
    log.visit(user, after(end, log.chance.randint(9, 16), 10), [PLAN_ENDED], "server")


def _answered(log: Log, person: Person) -> None:
    """The way of somebody who looked, and perhaps bought."""
    days, minutes = log.chance.randint(0, 240), log.chance.randint(0, 700)
    day = SURVEYED_FROM + dt.timedelta(days=days, minutes=minutes)
    _looked(log, person, day)
    if person.group != "looked":
        _owned(log, person, day)
    elif person.pains & {3, 4}:
        pays = 4 in person.pains
        left = ["checkout 4", *[REFUSED] * 4] if pays else ["checkout 3"]
        log.visit(person.user, day, ["basket_filled /bikes/plover 690", *left])


def _looked(log: Log, person: Person, day: dt.datetime) -> None:
    """A look around some days before, and three at the vans for whoever found them full."""
    chance, pains = log.chance, person.pains
    bike = chance.choice(MODELS)
    early = ["viewed /", "viewed /bikes", f"viewed /bikes/{bike}", "viewed /ratings"]
    if chance.random() < 0.5 or 1 in pains:
        early += [SIZED] * (3 if 1 in pains else 1)
    if chance.random() < 0.6 or 3 in pains:
        early.append("viewed /what-it-costs")
    log.visit(person.user, after(day, -chance.randint(1, 8)), early)
    for k in range(3 if 2 in pains else 0):
        log.visit(person.user, after(day, 2 * k), FULL_VANS)


def _owned(log: Log, person: Person, day: dt.datetime) -> None:
    """The order and what came after it."""
    user, chance = person.user, log.chance
    promised = chance.choice(PROMISES)
    days = promised, promised + _days_late(log, person)
    log.buy(log.drawn(user, day, person.language, days))
    log.track(user, after(day, promised), 6 if 5 in person.pains else 0)
    if user in JOBS:
        log.job(Job(user, after(day, 30), *JOBS[user]))
    if person.group == "left":
        _left(log, person)
    if 7 in person.pains or chance.random() < 0.25:
        log.visit(user, after(day, promised + 12), ["viewed /help", BY_FORM])
    for k in range(chance.choice([0, 0, 2, 5])):
        log.ride(user, after(RIDES_FROM, 3 * k + chance.randint(0, 2)))


def _days_late(log: Log, person: Person) -> int:
    """Days from the promised date to the delivery."""
    if 5 in person.pains:
        return LATE.get(person.user) or log.chance.choice([12, 15, 19])
    return log.chance.choice([-2, -1, 0, 0, 0, 0, 2, 3, 6])


def _left(log: Log, person: Person) -> None:
    """The end of the plan, after three calls for whoever found it hard."""
    end = after(LEFT_FROM, log.chance.randint(0, 30))
    for k in range(3 if 11 in person.pains else 1):
        log.visit(person.user, after(end, -9 * k), [ACCOUNT, BY_PHONE])
    log.visit(person.user, after(end, log.chance.randint(9, 16)), [PLAN_ENDED], "server")


def wander(log: Log, count: int) -> None:
    """Write what so many strangers did into the log."""
    latest = int((LAST - FIRST).total_seconds() // 60) - 60000
    for number in range(1, count + 1):
        day = FIRST + dt.timedelta(minutes=log.chance.randint(0, latest))
        _stranger(log, f"g{number:04d}", day)


def _stranger(log: Log, user: str, day: dt.datetime) -> None:
    """One stranger: a look around, then a van, a basket or an order as fate has it, and mails."""
    chance = log.chance
    fate, bike = chance.random(), chance.choice(MODELS)
    walk = _walk(log, bike)
    log.visit(user, day, walk[: chance.choice([1, 2, 3, 6])] if fate < 0.4 else walk)
    if 0.4 <= fate < 0.6:
        _try(log, user, day)
    if 0.55 <= fate < 0.78:
        page, far = f"/bikes/{bike}", chance.choice([1, 3, 3, 4])
        told = [f"viewed {page}", f"basket_filled {page} {BIKES[bike]}", f"checkout {far}"]
        log.visit(user, after(day, 4), told)
    if fate >= 0.78:
        _order(log, user, after(day, 6))
    if chance.random() < 0.12:
        log.mail(user, after(day, 20), "sunday-letter", followed=chance.random() < 0.3)
    if fate >= 0.78 and chance.random() < 0.12:
        log.mail(user, after(day, 25), "plan-renewal")


def _walk(log: Log, bike: str) -> list[str]:
    """A look around the site."""
    chance = log.chance
    landing = chance.choice(["/", "/", "/lp/meadow", "/plover-from-690"])
    walk = [f"viewed {landing}", "viewed /bikes", f"viewed /bikes/{bike}"]
    maybe = [("viewed /what-it-costs", 0.45), ("viewed /ratings", 0.35), (SIZED, 0.4)]
    return walk + [step for step, odds in maybe if chance.random() < odds]


def _try(log: Log, user: str, day: dt.datetime) -> None:
    """A look for a van, and the test ride if there is one."""
    found = log.chance.random() < 0.45
    end = ("van_ride_booked" if found else "no_slot_left") + " /vans/slots"
    log.visit(user, after(day, 2), ["viewed /vans", "viewed /vans/slots", end])
    if found and log.chance.random() < 0.7:
        log.visit(user, after(day, 11), ["van_ride_done /vans"], "van")


def _order(log: Log, user: str, day: dt.datetime) -> None:
    """An order, looks at the tracking page, and perhaps a job at the workshop."""
    chance = log.chance
    promised = chance.choice(PROMISES)
    late = chance.choice([-2, -1, 0, 0, 0, 3, 5, 8, 12, 17])
    language, refused = chance.choice(LANGUAGES), chance.choice([0, 0, 0, 1, 2])
    order = log.drawn(user, day, language, (promised, promised + late))
    log.buy(order, refused=refused)
    log.track(user, after(day, promised), 1 if late <= 0 else 3)
    if chance.random() < 0.65:
        wait, quoted = chance.randint(10, 40), chance.choice([1, 2, 3])
        actual = chance.choice([1, 3, 6, 9, 12, 16])
        shop = chance.choice(["Reading", "Kassel", "Nantes", "Zwolle", "Bath"])
        log.job(Job(user, after(day, 26), wait, quoted, actual, shop))
