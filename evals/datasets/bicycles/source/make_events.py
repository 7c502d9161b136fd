#!/usr/bin/env python3
# ruff: noqa: C408, C901, D101, D103, DTZ001, E501, PLR0912, PLR0913, PLR0915, S311
# pyright: basic
"""The behaviour of Larkspoke's customers: events.csv, orders.csv and workshop.csv, seeded.

python make_events.py            (build.py calls it; standard library only)
"""

import csv
import datetime as dt
import pathlib
import random

HERE = pathlib.Path(__file__).parent
CORPUS = HERE.parent / "corpus"
DAY0, DAY1 = dt.datetime(2025, 1, 1), dt.datetime(2026, 2, 28, 23, 0)
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


HOME = dict(
    rider01="IE",
    rider04="DE",
    rider05="FR",
    rider06="ES",
    rider07="NL",
    rider08="PT",
    rider09="LV",
    rider10="SG",
)


class Log:
    def __init__(self, seed):
        self.r, self.rows, self.orders, self.jobs, self.n = random.Random(seed), [], [], [], 0

    def visit(self, user, when, steps, device=None):
        """One visit: steps are (event, path) or (event, path, value), some seconds to minutes apart."""
        self.n += 1
        visit, device = (
            f"v{self.n:05d}",
            device or self.r.choice(["phone", "phone", "laptop", "tablet"]),
        )
        for step in steps:
            event, path, value = (*step, "")[:3]
            self.rows.append((visit, user, when, device, event, path, value))
            when += dt.timedelta(seconds=self.r.randint(14, 170))
        return when

    def mail(self, user, when, name, followed=False):
        self.visit(
            user,
            when,
            [("mail_read", f"mail/{name}")]
            + ([("mail_link_followed", f"mail/{name}")] if followed else []),
            "mailbox",
        )

    def ride(self, user, day):
        self.visit(
            user,
            day + dt.timedelta(hours=self.r.randint(6, 18), minutes=self.r.randint(0, 59)),
            [("ride_recorded", "app/rides", f"{self.r.uniform(2, 24):.1f}")],
            "app",
        )

    def order(self, user, when, lang, promised, actual, bike=None):
        bike = bike or self.r.choice(list(BIKES))
        self.orders.append(
            (user, when, HOME.get(user) or self.r.choice(COUNTRIES[lang]), bike, promised, actual)
        )
        return bike, BIKES[bike] + 65

    def job(self, user, asked, wait, quoted, actual, shop):
        self.visit(
            user,
            asked,
            [
                ("viewed", "/workshop"),
                ("viewed", "/workshop/slots"),
                ("workshop_booked", "/workshop/slots"),
            ],
        )
        self.jobs.append((user, asked, asked + dt.timedelta(days=wait), quoted, actual, shop))


def at(text):
    return dt.datetime.fromisoformat(text)


BUY = [
    ("viewed", "/basket"),
    ("checkout_opened", "/order/address"),
    ("checkout_moved", "/order/freight"),
    ("checkout_moved", "/order/pay"),
]


def buy(log, user, when, lang, promised, actual, before=(), refused=0, bike=None):
    bike, total = log.order(user, when, lang, promised, actual, bike)
    steps = [
        ("viewed", "/"),
        ("viewed", f"/bikes/{bike}"),
        *before,
        ("basket_filled", f"/bikes/{bike}", BIKES[bike]),
        *BUY,
    ]
    steps += [("payment_refused", "/order/pay")] * refused + [
        ("order_placed", "/order/thanks", total)
    ]
    log.visit(user, when, steps)


def riders(log):
    # rider01 (c6): says that he read every review first; two short visits and never /ratings before the order
    log.visit(
        "rider01", at("2025-05-17T21:02:00"), [("viewed", "/plover-from-690"), ("viewed", "/bikes")]
    )
    buy(
        log,
        "rider01",
        at("2025-05-20T20:11:00"),
        "en",
        10,
        31,
        [("size_tool_used", "/size-finder")],
        bike="heron-7",
    )
    log.mail("rider01", at("2025-05-29T08:10:00"), "dispatch-news")
    for day in ("2025-05-29", "2025-06-05", "2025-06-06", "2025-06-12", "2025-06-19"):
        log.visit("rider01", at(day + "T07:40:00"), [("viewed", "/track")])
    log.visit(
        "rider01",
        at("2025-07-02T12:31:00"),
        [("viewed", "/help"), ("help_requested", "/help/phone")],
    )
    log.visit(
        "rider01",
        at("2025-08-11T13:05:00"),
        [("viewed", "/ratings"), ("friend_code_shared", "/friends")],
    )
    log.visit("rider01", at("2025-11-03T12:20:00"), [("viewed", "/tailwind")])
    for when in ("2025-09-22T13:10:00", "2025-10-14T13:02:00"):
        log.visit("rider01", at(when), [("viewed", "/friends"), ("help_requested", "/help/form")])
    # rider02 (c4): says that she had no time; came for a van slot again and again, found none, and the one she had was called off
    for day, looks in (
        ("2025-06-04", 2),
        ("2025-06-07", 1),
        ("2025-06-11", 3),
        ("2025-06-15", 1),
        ("2025-06-19", 2),
        ("2025-06-26", 1),
        ("2025-07-01", 2),
    ):
        steps = [("viewed", "/bikes/wagtail")] + [
            x
            for _ in range(looks)
            for x in (("viewed", "/vans/slots"), ("no_slot_left", "/vans/slots"))
        ]
        log.visit("rider02", at(f"{day}T03:{log.r.randint(10, 50)}:00"), steps, "phone")
    log.visit(
        "rider02",
        at("2025-07-03T03:22:00"),
        [("viewed", "/vans/slots"), ("van_ride_booked", "/vans/slots")],
        "phone",
    )
    log.visit(
        "rider02", at("2025-07-12T07:02:00"), [("van_ride_called_off", "/vans/slots")], "mailbox"
    )
    log.visit(
        "rider02",
        at("2025-07-12T07:31:00"),
        [("viewed", "/vans/slots"), ("no_slot_left", "/vans/slots")],
        "phone",
    )
    for day in ("2025-09-14", "2025-10-12", "2025-11-23"):
        log.mail("rider02", at(day + "T10:05:00"), "sunday-letter")
    log.visit("rider02", at("2025-06-05T03:40:00"), [("viewed", "/ratings")] * 6, "phone")
    log.visit("rider02", at("2025-06-05T03:58:00"), [("size_tool_used", "/size-finder")], "phone")
    # rider03 (k1, consistent): opened the renewal mail three times
    for when in ("2025-04-29T09:14:00", "2025-05-03T10:02:00", "2025-05-21T08:47:00"):
        log.mail("rider03", at(when), "plan-renewal", when.startswith("2025-05-03"))
    log.visit(
        "rider03", at("2025-05-28T00:05:00"), [("plan_renewed", "/account/plan", 139)], "server"
    )
    for when in ("2025-05-30T10:12:00", "2025-06-02T11:00:00", "2025-09-18T10:40:00"):
        log.visit(
            "rider03", at(when), [("viewed", "/account/plan"), ("help_requested", "/help/phone")]
        )
    log.job("rider03", at("2025-10-06T10:30:00"), 19, 3, 11, "Newcastle")
    # rider04 (c1): says that ordering took five minutes; six checkouts over nine days, four refusals
    log.visit(
        "rider04",
        at("2025-04-06T21:15:00"),
        [
            ("viewed", "/"),
            ("viewed", "/bikes/swift-e"),
            ("size_tool_used", "/size-finder"),
            ("viewed", "/ratings"),
        ],
    )
    for k, when in enumerate(
        (
            "2025-04-10T20:44:00",
            "2025-04-12T06:20:00",
            "2025-04-13T21:51:00",
            "2025-04-15T13:07:00",
            "2025-04-17T22:30:00",
        )
    ):
        steps = [("basket_filled", "/bikes/swift-e", 1890), *BUY] if k == 0 else BUY[:]
        log.visit(
            "rider04", at(when), steps + ([("payment_refused", "/order/pay")] if k != 2 else [])
        )
    buy(log, "rider04", at("2025-04-19T15:20:00"), "de", 8, 7, bike="swift-e")
    log.job("rider04", at("2025-06-02T12:00:00"), 98, 1, 3, "Göttingen")
    # rider05: bank codes, then a transfer
    log.visit("rider05", at("2025-01-12T15:00:00"), [("van_ride_done", "/vans")], "van")
    log.visit(
        "rider05",
        at("2025-01-28T20:05:00"),
        [("viewed", "/bikes/heron-7"), ("basket_filled", "/bikes/heron-7", 799), *BUY]
        + [("payment_refused", "/order/pay")] * 5,
    )
    buy(log, "rider05", at("2025-01-30T12:40:00"), "fr", 12, 11, bike="heron-7")
    log.visit(
        "rider05", at("2026-02-10T00:04:00"), [("plan_renewed", "/account/plan", 160)], "server"
    )
    for when in ("2026-02-12T18:20:00", "2026-02-16T18:02:00", "2026-02-23T19:15:00"):
        log.visit(
            "rider05", at(when), [("viewed", "/account/plan"), ("help_requested", "/help/form")]
        )
    log.job("rider05", at("2025-06-10T17:00:00"), 6, 1, 11, "Nantes")
    # rider06 (k2, consistent): delivered two days early
    log.visit(
        "rider06",
        at("2025-08-30T22:00:00"),
        [
            ("viewed", "/wagtail-cargo"),
            ("viewed", "/bikes"),
            ("viewed", "/what-it-costs"),
            ("size_tool_used", "/size-finder"),
        ],
    )
    log.visit(
        "rider06",
        at("2025-09-03T22:10:00"),
        [
            ("viewed", "/bikes/wagtail"),
            ("viewed", "/what-it-costs"),
            ("basket_filled", "/bikes/wagtail", 980),
            *BUY[:3],
        ],
    )
    buy(log, "rider06", at("2025-09-05T21:40:00"), "es", 12, 10, bike="wagtail")
    for when in ("2026-01-09T10:00:00", "2026-01-26T10:10:00"):
        log.visit("rider06", at(when), [("viewed", "/parts"), ("help_requested", "/help/form")])
    for k in range(18):
        log.ride("rider06", at("2025-10-06") + dt.timedelta(days=3 * k))
    # rider07 (c2): says that he records each ride, daily; autumn yes, the last 90 days hardly
    log.visit("rider07", at("2025-06-21T10:00:00"), [("van_ride_done", "/vans")], "van")
    log.visit(
        "rider07",
        at("2025-06-24T19:30:00"),
        [("viewed", "/bikes/heron-7"), ("basket_filled", "/bikes/heron-7", 799), *BUY]
        + [("payment_refused", "/order/pay")] * 3,
    )
    buy(log, "rider07", at("2025-06-30T19:42:00"), "nl", 12, 12, bike="heron-7")
    for k in range(34):
        log.ride("rider07", at("2025-09-01") + dt.timedelta(days=k))
    for day in ("2025-12-02", "2025-12-03", "2025-12-19", "2026-01-13", "2026-02-05"):
        log.ride("rider07", at(day))
    log.job("rider07", at("2025-11-04T12:10:00"), 9, 2, 13, "Zwolle")
    log.visit("rider07", at("2026-01-20T16:30:00"), [("friend_code_shared", "/friends")])
    for day in ("2025-10-02", "2025-11-12"):
        log.visit("rider07", at(day + "T16:20:00"), [("friend_code_shared", "/friends")])
    # rider08 (k3, consistent): ten looks at the prices before the order
    for k, looks in enumerate((1, 1, 2, 1, 1, 2, 1, 1)):
        log.visit(
            "rider08",
            at("2025-08-20T22:30:00") + dt.timedelta(days=2 * k),
            [("viewed", "/bikes/swift-e")] + [("viewed", "/what-it-costs")] * looks,
            "tablet",
        )
    log.visit(
        "rider08",
        at("2025-09-08T18:00:00"),
        [
            ("viewed", "/vans/slots"),
            ("no_slot_left", "/vans/slots"),
            ("help_requested", "/help/phone"),
        ],
    )
    log.visit(
        "rider08",
        at("2025-09-12T19:00:00"),
        [("basket_filled", "/bikes/swift-e", 1890), *BUY, ("payment_refused", "/order/pay")],
    )
    buy(log, "rider08", at("2025-09-13T19:12:00"), "pt", 9, 25, bike="swift-e")
    for k in range(9):
        log.visit(
            "rider08",
            at("2025-09-22T08:15:00") + dt.timedelta(days=k + k // 2),
            [("viewed", "/track")],
        )
    for day in ("2025-09-24", "2025-09-27", "2025-10-01", "2025-10-04"):
        log.visit("rider08", at(day + "T09:05:00"), [("help_requested", "/help/phone")])
    # rider09 (c5): says that it came on the very day promised
    log.visit(
        "rider09",
        at("2025-01-14T20:00:00"),
        [("viewed", "/lp/meadow"), ("viewed", "/bikes"), ("help_requested", "/help/form")],
    )
    buy(
        log,
        "rider09",
        at("2025-01-21T20:25:00"),
        "ru",
        14,
        26,
        [("size_tool_used", "/size-finder"), ("viewed", "/what-it-costs")],
        bike="plover",
    )
    for k in range(11):
        log.visit(
            "rider09",
            at("2025-02-01T12:15:00") + dt.timedelta(days=k + k // 3),
            [("viewed", "/track")],
        )
    log.visit(
        "rider09", at("2026-02-16T00:03:00"), [("plan_renewed", "/account/plan", 130)], "server"
    )
    log.visit(
        "rider09",
        at("2026-02-17T20:10:00"),
        [("viewed", "/account/plan"), ("help_requested", "/help/form")],
    )
    log.visit("rider09", at("2025-10-12T20:10:00"), [("friend_code_shared", "/friends")])
    for day in ("2025-07-03", "2025-08-14"):
        log.visit("rider09", at(day + "T20:10:00"), [("friend_code_shared", "/friends")])
    # rider10 (k4, consistent): records nearly each day
    for k in range(3):
        log.visit(
            "rider10",
            at("2025-01-06T23:30:00") + dt.timedelta(days=k),
            [
                ("viewed", "/bikes/swift-e"),
                ("viewed", "/ratings"),
                ("size_tool_used", "/size-finder"),
            ],
        )
    log.visit(
        "rider10",
        at("2025-01-10T02:10:00"),
        [
            ("basket_filled", "/bikes/swift-e", 1890),
            *BUY,
            ("payment_refused", "/order/pay"),
            ("payment_refused", "/order/pay"),
        ],
    )
    buy(log, "rider10", at("2025-01-10T02:40:00"), "zh", 14, 22, bike="swift-e")
    for k in range(90):
        if k not in (6, 13, 25, 31, 48, 60, 61, 76):
            log.ride("rider10", at("2025-12-01") + dt.timedelta(days=k))
    log.job("rider10", at("2025-11-10T09:00:00"), 5, 1, 9, "Singapore")
    log.visit(
        "rider10", at("2026-02-01T00:02:00"), [("plan_renewed", "/account/plan", 129)], "server"
    )
    log.visit("rider10", at("2026-02-02T09:10:00"), [("help_requested", "/help/phone")])
    for day in ("2025-04-02", "2025-04-20", "2025-06-11", "2025-09-08"):
        log.visit("rider10", at(day + "T12:30:00"), [("friend_code_shared", "/friends")])


# what some of the survey's answers say in numbers: days late; (days to the slot, quoted, actual, shop)
LATE = {"u2014": 11, "u2448": 21}
JOBS = {
    "u2063": (42, 1, 2, "Reading"),
    "u2203": (14, 2, 11, "Kassel"),
    "u2490": (9, 2, 14, "Riga"),
}


def charged(log, user, special):
    """The plan renews; only the one of c3 has renewal mails, and read them before."""
    end = at("2025-12-10T00:05:00") - dt.timedelta(days=0 if special else log.r.randint(1, 50))
    if special:
        for k, days in enumerate((30, 14, 3)):
            log.mail(user, end - dt.timedelta(days=days, hours=-8 - k), "plan-renewal", k == 1)
    log.visit(user, end, [("plan_renewed", "/account/plan", 139)], "server")
    log.visit(
        user,
        end + dt.timedelta(days=2, hours=19),
        [("viewed", "/account/plan"), ("help_requested", "/help/form")],
    )
    log.visit(
        user,
        end + dt.timedelta(days=log.r.randint(9, 16), hours=10),
        [("plan_ended", "/account/plan")],
        "server",
    )


def answered(log, survey):
    """The survey's people: (user, group, lang, pains, is_c3)."""
    for user, group, lang, pains, special in survey:
        r = log.r
        if special or (group == "left" and 10 in pains):  # owners since before the log begins
            charged(log, user, special)
            continue
        day = at("2025-02-15T09:00:00") + dt.timedelta(
            days=r.randint(0, 240), minutes=r.randint(0, 700)
        )
        early = [
            ("viewed", "/"),
            ("viewed", "/bikes"),
            ("viewed", f"/bikes/{r.choice(list(BIKES))}"),
            ("viewed", "/ratings"),
        ]
        if r.random() < 0.5 or 1 in pains:
            early += [("size_tool_used", "/size-finder")] * (3 if 1 in pains else 1)
        if r.random() < 0.6 or 3 in pains:
            early.append(("viewed", "/what-it-costs"))
        log.visit(user, day - dt.timedelta(days=r.randint(1, 8)), early)
        if 2 in pains:
            for k in range(3):
                log.visit(
                    user,
                    day + dt.timedelta(days=2 * k),
                    [("viewed", "/vans/slots"), ("no_slot_left", "/vans/slots")],
                )
        if group == "looked":
            if pains & {3, 4}:
                log.visit(
                    user,
                    day,
                    [("basket_filled", "/bikes/plover", 690), *BUY[: 4 if 4 in pains else 3]]
                    + [("payment_refused", "/order/pay")] * (4 if 4 in pains else 0),
                )
            continue
        promised = r.choice([8, 9, 10, 12, 14])
        actual = promised + (
            LATE.get(user) or r.choice([12, 15, 19])
            if 5 in pains
            else r.choice([-2, -1, 0, 0, 0, 0, 2, 3, 6])
        )
        buy(log, user, day, lang, promised, actual)
        if 5 in pains:
            for k in range(6):
                log.visit(user, day + dt.timedelta(days=promised + 2 * k), [("viewed", "/track")])
        if user in JOBS:
            log.job(user, day + dt.timedelta(days=30), *JOBS[user])
        if group == "left":
            end = at("2025-11-10T19:05:00") + dt.timedelta(days=r.randint(0, 30))
            for k in range(3 if 11 in pains else 1):
                log.visit(
                    user,
                    end - dt.timedelta(days=9 * k),
                    [("viewed", "/account/plan"), ("help_requested", "/help/phone")],
                )
            log.visit(
                user,
                end + dt.timedelta(days=r.randint(9, 16)),
                [("plan_ended", "/account/plan")],
                "server",
            )
        if 7 in (pains or {0}) or r.random() < 0.25:
            log.visit(
                user,
                day + dt.timedelta(days=promised + 12),
                [("viewed", "/help"), ("help_requested", "/help/form")],
            )
        for k in range(r.choice([0, 0, 2, 5])):
            log.ride(user, at("2025-11-01") + dt.timedelta(days=3 * k + r.randint(0, 2)))


def strangers(log, count):
    for k in range(count):
        r, user = log.r, f"g{k + 1:04d}"
        day = DAY0 + dt.timedelta(
            minutes=r.randint(0, int((DAY1 - DAY0).total_seconds() // 60) - 60000)
        )
        fate, bike = r.random(), r.choice(list(BIKES))
        walk = [
            ("viewed", r.choice(["/", "/", "/lp/meadow", "/plover-from-690"])),
            ("viewed", "/bikes"),
            ("viewed", f"/bikes/{bike}"),
        ]
        walk += [("viewed", "/what-it-costs")] if r.random() < 0.45 else []
        walk += [("viewed", "/ratings")] * (r.random() < 0.35) + [
            ("size_tool_used", "/size-finder")
        ] * (r.random() < 0.4)
        log.visit(user, day, walk[: r.choice([1, 2, 3, 6])] if fate < 0.4 else walk)
        if 0.4 <= fate < 0.6:
            found = r.random() < 0.45
            log.visit(
                user,
                day + dt.timedelta(days=2),
                [
                    ("viewed", "/vans"),
                    ("viewed", "/vans/slots"),
                    ("van_ride_booked" if found else "no_slot_left", "/vans/slots"),
                ],
            )
            if found and r.random() < 0.7:
                log.visit(user, day + dt.timedelta(days=11), [("van_ride_done", "/vans")], "van")
        if 0.55 <= fate < 0.78:
            log.visit(
                user,
                day + dt.timedelta(days=4),
                [
                    ("viewed", f"/bikes/{bike}"),
                    ("basket_filled", f"/bikes/{bike}", BIKES[bike]),
                    *BUY[: r.choice([1, 3, 3, 4])],
                ],
            )
        if fate >= 0.78:
            promised = r.choice([8, 9, 10, 12, 14])
            late = r.choice([-2, -1, 0, 0, 0, 3, 5, 8, 12, 17])
            buy(
                log,
                user,
                day + dt.timedelta(days=6),
                r.choice(list(COUNTRIES)),
                promised,
                promised + late,
                refused=r.choice([0, 0, 0, 1, 2]),
            )
            for j in range(1 if late <= 0 else 3):
                log.visit(
                    user, day + dt.timedelta(days=6 + promised + 2 * j), [("viewed", "/track")]
                )
            if r.random() < 0.65:
                log.job(
                    user,
                    day + dt.timedelta(days=32),
                    r.randint(10, 40),
                    r.choice([1, 2, 3]),
                    r.choice([1, 3, 6, 9, 12, 16]),
                    r.choice(["Reading", "Kassel", "Nantes", "Zwolle", "Bath"]),
                )
        if r.random() < 0.12:
            log.mail(user, day + dt.timedelta(days=20), "sunday-letter", r.random() < 0.3)
        if fate >= 0.78 and r.random() < 0.12:
            log.mail(user, day + dt.timedelta(days=25), "plan-renewal")


def write(survey, seed=20260301, count=205):
    log = Log(seed)
    riders(log)
    answered(log, survey)
    strangers(log, count)
    log.rows.sort(key=lambda row: (row[2], row[0]))
    last = [row for row in log.rows if row[2] <= at("2026-02-28T23:59:59")]

    def table(name, head, rows):
        with open(CORPUS / name, "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file, lineterminator="\n")
            out.writerow(head)
            out.writerows(rows)

    table(
        "events.csv",
        ["visit_id", "user_id", "event_time", "device", "event_name", "path", "amount"],
        [(v, u, t.strftime("%Y-%m-%dT%H:%M:%SZ"), d, e, p, a) for v, u, t, d, e, p, a in last],
    )
    log.orders.sort(key=lambda o: o[1])
    table(
        "orders.csv",
        [
            "order_id",
            "user_id",
            "ordered_on",
            "country",
            "model",
            "promised_days",
            "actual_days",
            "promised_on",
            "delivered_on",
        ],
        [
            (
                f"LS-{20400 + 3 * k}",
                u,
                t.date(),
                c,
                b,
                p,
                a,
                t.date() + dt.timedelta(days=p),
                t.date() + dt.timedelta(days=a),
            )
            for k, (u, t, c, b, p, a) in enumerate(log.orders)
        ],
    )
    log.jobs.sort(key=lambda j: j[1])
    table(
        "workshop.csv",
        ["job_id", "user_id", "asked_on", "slot_on", "shop", "quoted_days", "actual_days"],
        [
            (f"W{510 + k}", u, a.date(), s.date(), shop, q, n)
            for k, (u, a, s, q, n, shop) in enumerate(log.jobs)
        ],
    )
