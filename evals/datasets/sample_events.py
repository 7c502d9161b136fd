"""Make the events of the sample study: `python -m evals.datasets.sample_events`.

What the interviewed and surveyed people did is written out below and agrees with what they say,
but where SOURCE.md says it does not. The crowd around them is drawn with a fixed seed.
"""

import csv
import datetime
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).parent / "sample_study" / "events.csv"
_SEED = 20
_CROWD = 170
_FIRST_DAY = datetime.datetime(2024, 7, 1, tzinfo=datetime.UTC)
_LAST_DAY = datetime.datetime(2026, 2, 28, tzinfo=datetime.UTC)
_MONTHLY, _YEARLY, _DEPOSIT = 18, 216, 150

_BROWSE = "page_view:/ page_view:/instruments"
_PRICE = "page_view:/pricing"
_SIZES = "page_view:/sizes"
_SOUNDS = "page_view:/sounds"
_BASKET = f"add_to_cart:/basket={_MONTHLY}"
_DETAILS = "checkout_step:/checkout/details"
_PAYMENT = "checkout_step:/checkout/payment"
_DEPOSIT_PAGE = f"checkout_step:/checkout/deposit={_MONTHLY + _DEPOSIT}"
_BUY = (
    f"{_BASKET} {_DETAILS} {_PAYMENT} {_DEPOSIT_PAGE} purchase:/checkout/done={_MONTHLY + _DEPOSIT}"
)
_TURN_BACK = f"{_BASKET} {_DETAILS} {_PAYMENT} {_DEPOSIT_PAGE} abandon:/checkout/deposit"
_TUNING = "page_view:/help/tuning"
_RENEWAL = f"renewal:/account={_YEARLY}"

_Visit = tuple[str, str, str]
"""When it began, through which channel, and its steps: `event:page=value`."""


class Row(NamedTuple):
    """A line of the file."""

    session_id: str
    customer_id: str
    timestamp: str
    channel: str
    event: str
    page: str
    value: str


_TOLD: dict[str, Sequence[_Visit]] = {
    "p01": (
        ("2024-09-29T20:40", "web", f"{_BROWSE} {_SIZES} {_SOUNDS} {_PRICE} {_SIZES}"),
        ("2024-10-02T21:15", "web", f"{_PRICE} {_SIZES} {_PRICE}"),
        ("2024-10-05T20:05", "web", f"{_SOUNDS} {_PRICE} page_view:/help/cover {_PRICE}"),
        ("2024-10-08T21:30", "web", f"{_PRICE} {_SIZES} {_TURN_BACK} {_PRICE}"),
        ("2024-10-11T22:02", "web", f"{_PRICE} page_view:/buy-out {_PRICE} {_BUY}"),
        ("2024-10-16T18:10", "email", "email_open:/mail/missed-you"),
        ("2024-10-17T19:20", "web", f"{_TUNING} {_TUNING} chat_open:/help/chat"),
        ("2025-01-20T18:00", "app", "practice_saved:/practice"),
        ("2025-03-12T19:44", "web", "swap_request:/swap chat_open:/help/chat"),
        ("2025-03-30T20:10", "web", "page_view:/swap chat_open:/help/chat"),
        ("2025-04-19T16:30", "web", "swap_done:/swap"),
        ("2025-03-02T21:00", "web", "referral_invite:/friends referral_invite:/friends"),
        ("2025-05-30T21:05", "web", "page_view:/friends page_view:/friends"),
    ),
    "p02": (
        ("2024-06-24T20:30", "web", f"{_BROWSE} {_SOUNDS} page_view:/help/cover {_PRICE}"),
        ("2024-07-03T20:10", "web", f"page_view:/help/cover {_PRICE} {_TURN_BACK}"),
        ("2024-07-08T19:30", "web", f"page_view:/buy-out {_BUY}"),
        *(
            (f"{day}T18:50", "app", "practice_start:/practice practice_saved:/practice")
            for day in ("2024-07-14", "2024-07-20", "2024-08-11", "2024-09-07", "2024-10-19",
                        "2024-12-01", "2025-01-11", "2025-02-23", "2025-04-05")
        ),
        ("2025-04-12T19:00", "app", "practice_start:/practice app_crash:/practice"),
        ("2025-04-13T19:10", "app", "practice_start:/practice app_crash:/practice"),
        ("2025-04-13T19:40", "app", "chat_open:/help/chat chat_open:/help/chat"),
        ("2025-07-08T06:00", "web", _RENEWAL),
        ("2025-07-09T17:20", "web", "page_view:/account page_view:/account/renewal"),
        ("2025-07-21T20:00", "web", "referral_invite:/friends"),
    ),
    "p03": (
        ("2024-12-14T02:20", "web", f"{_BROWSE} {_SIZES} {_SIZES} {_PRICE}"),
        ("2024-12-20T03:05", "app", f"{_SIZES} chat_open:/help/chat {_SIZES}"),
        ("2025-01-05T03:40", "app", f"{_PRICE} {_TURN_BACK}"),
        ("2025-01-08T02:50", "app", _BUY),
        ("2025-01-10T17:05", "web", f"{_TUNING} {_TUNING} page_view:/help/bridge {_TUNING}"),
        ("2025-01-10T18:45", "web", f"{_TUNING} page_view:/help/bridge {_TUNING}"),
        ("2025-01-11T10:30", "web", f"{_TUNING} {_TUNING} page_view:/help/rosin {_TUNING}"),
        ("2025-01-12T11:00", "web", f"{_TUNING} {_TUNING}"),
        ("2025-02-10T20:10", "web", "swap_request:/swap"),
        ("2025-02-24T20:15", "web", "page_view:/swap chat_open:/help/chat"),
        ("2025-03-17T12:00", "web", "swap_done:/swap"),
        ("2025-09-12T21:00", "web", "referral_invite:/friends referral_invite:/friends"),
        ("2026-01-08T06:00", "web", _RENEWAL),
        ("2026-01-08T20:50", "web", "page_view:/account/renewal page_view:/account/cancel"),
    ),
    "p04": (
        ("2025-01-30T15:10", "web", f"{_BROWSE} page_view:/help/cover page_view:/terms"),
        ("2025-02-02T14:20", "web", f"page_view:/terms {_PRICE} {_BUY}"),
        ("2025-12-08T16:00", "web", " ".join(["chat_open:/help/chat"] * 5)),
        ("2026-01-12T13:10", "web", "page_view:/help/repair chat_open:/help/chat"),
        ("2026-02-02T06:00", "web", _RENEWAL),
        ("2026-02-02T07:40", "web", "page_view:/account/renewal chat_open:/help/chat"),
        ("2026-02-16T10:00", "mail", "cancel:/account"),
    ),
    "p05": (
        ("2025-09-21T13:15", "web", f"{_BROWSE} {_SOUNDS} {_SOUNDS} {_SOUNDS}"),
        ("2025-09-26T17:40", "web", f"{_SOUNDS} page_view:/help/payment"),
        ("2025-10-19T19:05", "web", f"{_PRICE} {_TURN_BACK}"),
        ("2025-10-20T12:20", "web", f"page_view:/help/payment {_PRICE} page_view:/terms"),
        ("2025-10-23T12:25", "web", f"{_PRICE} page_view:/help/payment"),
        ("2025-10-27T18:10", "web", f"{_PRICE} page_view:/help"),
    ),
    "p06": (
        ("2025-09-22T16:00", "web", f"{_BROWSE} page_view:/help/cover page_view:/terms {_PRICE}"),
        ("2025-10-06T16:30", "web", f"page_view:/help/cover {_SOUNDS} {_BUY}"),
        ("2025-10-13T17:00", "app", "practice_start:/practice app_crash:/practice"),
        ("2025-10-20T17:00", "app", "practice_start:/practice app_crash:/practice"),
        ("2025-11-04T17:10", "app", "practice_start:/practice practice_saved:/practice"),
        ("2025-11-10T20:00", "web", " ".join(["referral_invite:/friends"] * 11)),
        ("2026-01-19T20:00", "web", "page_view:/friends"),
    ),
}  # fmt: skip

_LOST_AT_DEPOSIT = ("s06",)
_LOST_BEFORE = ("s08", "s12", "s16")
_LOST = (*_LOST_AT_DEPOSIT, *_LOST_BEFORE)
_BOUGHT = tuple(who for number in range(1, 21) if (who := f"s{number:02}") not in _LOST)
_RENEWED = ("s02", "s17")


def main() -> None:
    """Write the file, sorted by time."""
    rng = random.Random(_SEED)  # noqa: S311 a made data set, not a secret
    rows = [row for who, visits in _people(rng) for row in _rows(who, visits, rng)]
    rows.sort(key=lambda row: (row.timestamp, row.session_id))
    with _FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(Row._fields)
        writer.writerows(rows)


def _people(rng: random.Random) -> Iterator[tuple[str, Sequence[_Visit]]]:
    yield from _TOLD.items()
    for who in (*_BOUGHT, *_LOST):
        yield who, _surveyed(who, rng)
    for number in range(_CROWD):
        yield f"c{300 + number:04}", _stranger(rng)


def _surveyed(who: str, rng: random.Random) -> list[_Visit]:
    first = datetime.datetime(2025, 1, 12, 19, tzinfo=datetime.UTC)
    day = first + datetime.timedelta(days=0 if who in _RENEWED else rng.randint(20, 250))
    look = f"{_BROWSE} {_SIZES} {_PRICE}"
    if who in _LOST_BEFORE:
        return [_visit(day, "web", f"{look} page_view:/terms")]
    if who in _LOST_AT_DEPOSIT:
        return [_visit(day, "web", look), _visit(_later(day, 2), "web", f"{_PRICE} {_TURN_BACK}")]
    bought = _later(day, 4)
    renewed = [_visit(_later(day, 361), "web", _RENEWAL)] if who in _RENEWED else []
    return [_visit(day, "web", look), _visit(bought, "web", _BUY), *_use(bought, rng), *renewed]


def _stranger(rng: random.Random) -> list[_Visit]:
    """Somebody who looks around; about one in three comes to the deposit, half of those pay it."""
    span = (_LAST_DAY - _FIRST_DAY).days - 20
    day = _FIRST_DAY + datetime.timedelta(days=rng.randrange(span), hours=rng.randint(7, 22))
    channel = rng.choices(("web", "app", "email", "social"), (70, 15, 8, 7))[0]
    first = _visit(day, channel, _look(rng))
    kind = rng.choices(("leaves", "basket", "turns back", "buys"), (46, 16, 20, 18))[0]
    again = _later(day, rng.randint(0, 9))
    if kind == "leaves":
        return [first]
    if kind == "basket":
        return [first, _visit(again, "web", f"{_BROWSE} {_BASKET} {rng.choice(('', _DETAILS))}")]
    if kind == "turns back":
        return [first, _visit(again, "web", f"{_PRICE} {_TURN_BACK}")]
    return [first, _visit(again, "web", _BUY), *_use(again, rng), *_year_after(again, rng)]


def _look(rng: random.Random) -> str:
    seen = [
        _BROWSE,
        *rng.sample((_SIZES, _SOUNDS, _PRICE, "page_view:/help/cover"), rng.randint(0, 3)),
    ]
    return " ".join(seen)


def _use(bought: datetime.datetime, rng: random.Random) -> list[_Visit]:
    """What happens with an instrument at home: help, practice, crashes, swaps, friends told."""
    visits = [_visit(_later(bought, 4), "web", " ".join([_TUNING] * rng.randint(0, 2)))]
    for _ in range(rng.randint(0, 3)):
        ended = rng.choices(("practice_saved:/practice", "app_crash:/practice"), (6, 4))[0]
        at = _later(bought, rng.randint(6, 200))
        visits.append(_visit(at, "app", f"practice_start:/practice {ended}"))
    if rng.random() < 0.25:
        asked = _later(bought, rng.randint(60, 150))
        visits.append(_visit(asked, "web", "swap_request:/swap"))
        visits.append(_visit(_later(asked, rng.randint(24, 52)), "web", "swap_done:/swap"))
    if rng.random() < 0.3:
        visits.append(
            _visit(_later(bought, rng.randint(30, 120)), "web", "referral_invite:/friends")
        )
    return visits


def _year_after(bought: datetime.datetime, rng: random.Random) -> list[_Visit]:
    """The renewal nobody was told of: almost half leave within two weeks of the charge."""
    charged = _later(bought, 365)
    visits = [_visit(charged, "web", _RENEWAL)]
    if rng.random() < 0.45:
        looked = "page_view:/account/renewal page_view:/account/cancel chat_open:/help/chat"
        visits.append(_visit(_later(charged, 1), "web", looked))
        visits.append(_visit(_later(charged, rng.randint(2, 14)), "web", "cancel:/account"))
    return visits


def _later(moment: datetime.datetime, days: int) -> datetime.datetime:
    return moment + datetime.timedelta(days=days)


def _visit(at: datetime.datetime, channel: str, steps: str) -> _Visit:
    return at.strftime("%Y-%m-%dT%H:%M"), channel, steps


def _rows(who: str, visits: Sequence[_Visit], rng: random.Random) -> Iterator[Row]:
    for number, (began, channel, steps) in enumerate(visits, start=1):
        at = datetime.datetime.fromisoformat(f"{began}+00:00")
        for step in steps.split():
            event, _, rest = step.partition(":")
            page, _, value = rest.partition("=")
            if at <= _LAST_DAY:
                stamp = at.strftime("%Y-%m-%dT%H:%M:%SZ")
                yield Row(f"{who}-{number:02}", who, stamp, channel, event, page, value)
            at += datetime.timedelta(seconds=rng.randint(8, 190))


if __name__ == "__main__":
    main()
