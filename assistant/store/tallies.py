"""What the steps of a language model did with each source: counts, by step and outcome."""

from collections import Counter, defaultdict
from collections.abc import Mapping

from sqlalchemy import Connection, func, insert, select

from assistant.store.tables import tallies


def save(
    connection: Connection, study: str, source: str, counts: Mapping[str, Mapping[str, int]]
) -> None:
    """Keep the counts of a source."""
    rows = [
        {"study": study, "source": source, "step": step, "outcome": outcome, "n": n}
        for step, outcomes in counts.items()
        for outcome, n in outcomes.items()
    ]
    if rows:
        connection.execute(insert(tallies), rows)


def totals(connection: Connection, study: str) -> dict[str, Counter[str]]:
    """Add up the counts of the study's sources, by step."""
    total = func.sum(tallies.c.n)
    found = (
        select(tallies.c.step, tallies.c.outcome, total)
        .where(tallies.c.study == study)
        .group_by(tallies.c.step, tallies.c.outcome)
        .order_by(tallies.c.step, tallies.c.outcome)
    )
    counted = defaultdict[str, Counter[str]](Counter)
    for step, outcome, n in connection.execute(found):
        counted[step][outcome] = n
    return dict(counted)
