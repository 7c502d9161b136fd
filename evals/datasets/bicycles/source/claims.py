"""Claims of what somebody did, against what the tables hold: claims.yaml, its figures counted."""

import datetime as dt
import statistics
from typing import Any, Literal

from planted import Record, read
from pydantic import Field, TypeAdapter
from tables import Line, Tables, days_late


class Count(Record):
    """Rows, visits or days of a user's event."""

    count: Literal["rows", "visits", "days"]
    user: str
    event: str
    path: str | None = None
    between: tuple[str, str] | None = None
    before: str | None = None

    def figure(self, tables: Tables) -> int:
        """The count, in the tables."""
        rows = [row for row in tables.rows(self.event, self.user, self.path) if self._in_time(row)]
        if self.before:
            until = tables.first(self.before, self.user)
            rows = [row for row in rows if row["event_time"] < until]
        distinct = {
            "rows": len(rows),
            "visits": len({row["visit_id"] for row in rows}),
            "days": len({row["event_time"][:10] for row in rows}),
        }
        return distinct[self.count]

    def _in_time(self, row: Line) -> bool:
        """Whether a row falls on one of the days, both ends included."""
        return not self.between or self.between[0] <= row["event_time"][:10] <= self.between[1]


class Hours(Record):
    """Hours from the first of one event of a user's to the first of another."""

    hours: str
    to: str
    user: str

    def figure(self, tables: Tables) -> float:
        """The hours, in the tables, to a tenth."""
        start, end = (
            dt.datetime.fromisoformat(tables.first(event, self.user))
            for event in (self.hours, self.to)
        )
        return round((end - start).total_seconds() / 3600, 1)


class Ordered(Record):
    """Days of a user's order, or the median of everybody's."""

    order: str
    of: Literal["late", "promised_days", "actual_days"]

    def figure(self, tables: Tables) -> float:
        """The days, in the tables."""
        if self.order == "everybody":
            return statistics.median(map(self._days, tables.orders))
        return self._days(tables.order(self.order))

    def _days(self, order: Line) -> int:
        """The days of one order."""
        return days_late(order) if self.of == "late" else int(order[self.of])


class Buyers(Record):
    """Buyers but one: all, or those who saw a path before they bought."""

    buyers: Literal["all", "viewers"]
    without: str
    path: str | None = None

    def figure(self, tables: Tables) -> int:
        """How many, in the tables."""
        others = [user for user in tables.buyers() if user != self.without]
        if self.buyers == "all":
            return len(others)
        return sum(self._saw(user, tables) for user in others)

    def _saw(self, user: str, tables: Tables) -> bool:
        """Whether a buyer saw the path before the first order."""
        until = tables.first("order_placed", user)
        return any(row["event_time"] < until for row in tables.rows("viewed", user, self.path))


Figure = Count | Hours | Ordered | Buyers


class Claim(Record):
    """A claim, the figure that denies it or bears it out, and how that is counted."""

    id: str
    kind: str
    file: str
    metric: str
    value: Figure
    typical: Figure | None = None
    figures: dict[str, Figure] = Field(default_factory=dict[str, Figure])
    how: str
    why: str


Claims = TypeAdapter(dict[Literal["contradictions", "consistent"], list[Claim]])


def told(tables: Tables, said: dict[str, Line]) -> dict[str, list[dict[str, Any]]]:
    """Contradictions and consistent claims as truth.json has them; `said` is where each is made."""
    return {
        part: [_told(claim, tables, said[claim.id]) for claim in claims]
        for part, claims in Claims.validate_python(read("claims")).items()
    }


def _told(claim: Claim, tables: Tables, said: Line) -> dict[str, Any]:
    """One claim with its figures."""
    figures = {name: figure.figure(tables) for name, figure in claim.figures.items()}
    behaviour: dict[str, Any] = {
        "file": claim.file,
        "metric": claim.metric.format(asker=tables.asker),
        "value": claim.value.figure(tables),
    }
    if claim.typical:
        behaviour["typical"] = claim.typical.figure(tables)
    behaviour["how"] = claim.how.format(asker=tables.asker, **figures)
    return {
        "id": claim.id,
        "kind": claim.kind,
        "claim": said,
        "behaviour": behaviour,
        "explanation": claim.why.format(**figures),
    }
