"""The behaviour of Larkspoke's customers, seeded: events.csv, orders.csv and workshop.csv."""

import datetime as dt

import others
import riders
from documents import Person
from tables import write as write_table
from visits import Job, Log, Order, Row, after

END = dt.datetime(2026, 2, 28, 23, 59, 59, tzinfo=dt.UTC)
EVENTS = ["visit_id", "user_id", "event_time", "device", "event_name", "path", "amount"]
ORDERS = ["order_id", "user_id", "ordered_on", "country", "model", "promised_days", "actual_days"]
ORDER_DATES = ["promised_on", "delivered_on"]
JOBS = ["job_id", "user_id", "asked_on", "slot_on", "shop", "quoted_days", "actual_days"]


def write(people: list[Person], seed: int = 20260301, strangers: int = 205) -> None:
    """Write the three tables; the same people and seed give the same bytes."""
    log = Log(seed)
    riders.play(log)
    others.answer(log, people)
    others.wander(log, strangers)
    rows = sorted(log.rows, key=lambda row: (row.when, row.visit))
    orders = sorted(log.orders, key=lambda order: order.when)
    jobs = sorted(log.jobs, key=lambda job: job.asked)
    write_table("events", EVENTS, (_event(row) for row in rows if row.when <= END))
    write_table("orders", ORDERS + ORDER_DATES, (_order(k, o) for k, o in enumerate(orders)))
    write_table("workshop", JOBS, (_job(k, job) for k, job in enumerate(jobs)))


def _event(row: Row) -> list[object]:
    """One line of events.csv."""
    return [*row[:2], row.when.strftime("%Y-%m-%dT%H:%M:%SZ"), *row[3:]]


def _order(number: int, order: Order) -> list[object]:
    """One line of orders.csv."""
    user, when, *rest = order
    days = [after(when, order.promised).date(), after(when, order.actual).date()]
    return [f"LS-{20400 + 3 * number}", user, when.date(), *rest, *days]


def _job(number: int, job: Job) -> list[object]:
    """One line of workshop.csv."""
    days = [job.asked.date(), after(job.asked, job.wait).date()]
    return [f"W{510 + number}", job.user, *days, job.shop, job.quoted, job.actual]
