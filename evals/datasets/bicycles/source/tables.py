"""The tables of the corpus: written, read, and what can be counted in them."""

import csv
import pathlib
import statistics
from collections.abc import Iterable

CORPUS = pathlib.Path(__file__).parent.parent / "corpus"

Line = dict[str, str]


def days_late(order: Line) -> int:
    """Days from the promised date to the delivery; fewer than none is early."""
    return int(order["actual_days"]) - int(order["promised_days"])


def read(name: str) -> list[Line]:
    """The lines of one CSV file of the corpus."""
    with (CORPUS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(name: str, head: list[str], rows: Iterable[Iterable[object]]) -> None:
    """Write one CSV file of the corpus."""
    with (CORPUS / f"{name}.csv").open("w", encoding="utf-8", newline="") as target:
        out = csv.writer(target, lineterminator="\n")
        out.writerow(head)
        out.writerows(rows)


class Tables:
    """Events, orders and workshop jobs; the user `asker` is whoever made claim c3 in the survey."""

    def __init__(self, asker: str) -> None:
        self.asker = asker
        self.events, self.orders, self.jobs = read("events"), read("orders"), read("workshop")

    def rows(self, event: str, user: str | None = None, path: str | None = None) -> list[Line]:
        """Events of a name, where wanted of one user and on one path, in order of time."""
        user = self.asker if user == "asker" else user
        wanted = {"event_name": event, "user_id": user, "path": path}
        asked = [(key, value) for key, value in wanted.items() if value is not None]
        return [row for row in self.events if all(row[key] == value for key, value in asked)]

    def first(self, event: str, user: str) -> str:
        """When a user's first event of a name happened, as the table writes it."""
        return self.rows(event, user)[0]["event_time"]

    def buyers(self) -> list[str]:
        """Who placed an order in the log."""
        return list(dict.fromkeys(row["user_id"] for row in self.rows("order_placed")))

    def order(self, user: str) -> Line:
        """A user's first order."""
        return next(order for order in self.orders if order["user_id"] == user)

    def visits(self, event: str, path: str | None = None) -> int:
        """Distinct visits with such an event."""
        return len({row["visit_id"] for row in self.rows(event, path=path)})

    def funnel(self) -> list[dict[str, object]]:
        """Visits that came as far as each step."""
        steps: list[tuple[str, str | None]] = [
            ("viewed", None),
            ("viewed", "/what-it-costs"),
            ("van_ride_booked", None),
            ("basket_filled", None),
            ("checkout_opened", None),
            ("order_placed", None),
        ]
        return [
            {"step": f"{event} {path}" if path else event, "sessions": self.visits(event, path)}
            for event, path in steps
        ]

    def process(self) -> dict[str, float]:
        """Totals of the tables."""
        late = [days for days in map(days_late, self.orders) if days > 0]
        return {
            "events": len(self.events),
            "orders": len(self.orders),
            "orders_late": len(late),
            "median_days_late_of_late": statistics.median(late),
            "workshop_jobs": len(self.jobs),
            "workshop_median_quoted_days": _median(self.jobs, "quoted_days"),
            "workshop_median_actual_days": _median(self.jobs, "actual_days"),
            "visits": len({row["visit_id"] for row in self.events}),
            "users": len({row["user_id"] for row in self.events}),
        }


def _median(lines: list[Line], column: str) -> float:
    """The median of a column of whole numbers."""
    return statistics.median(int(line[column]) for line in lines)
