"""The stored event log answers every question as the one in memory does."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from assistant.behaviour.log import EventLog, Events
from assistant.behaviour.steps import Step
from assistant.store import events
from assistant.store.events import StoredLog
from assistant.store.session import connect
from ingestion.models import Event, SourceId
from tests.databases import BACKENDS, database

LOOK, PRICE, BUY = Step("view"), Step("view", "/pricing"), Step("buy")
START = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)

happened = st.builds(
    Event,
    source_id=st.just(SourceId("events.csv")),
    session=st.sampled_from(["s1", "s2", "s3"]),
    participant=st.sampled_from([None, "p1", "p2"]),
    at=st.integers(0, 400).map(lambda hours: START + datetime.timedelta(hours=hours)),
    name=st.sampled_from(["view", "buy", "leave"]),
    page=st.sampled_from([None, "/", "/pricing"]),
    channel=st.sampled_from([None, "web", "app"]),
    value=st.none(),
    took=st.sampled_from([None, None, 2.5]),
    promised=st.sampled_from([None, 1.0]),
)
logs = st.lists(happened, max_size=12, unique_by=lambda event: event.at)


@pytest.fixture(scope="module", params=BACKENDS)
def connection(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Connection]:
    with database(request.param, tmp_path_factory.mktemp("events")) as url:
        engine = connect(url)
        with engine.connect() as connection:
            yield connection
        engine.dispose()


QUESTIONS: dict[str, Callable[[EventLog], Any]] = {
    "totals": lambda log: log.totals(),
    "steps": lambda log: log.steps(),
    "channels": lambda log: log.channels(),
    "sessions": lambda log: log.sessions([PRICE, BUY]),
    "sessions of no steps": lambda log: log.sessions([]),
    "reaching": lambda log: log.reaching([LOOK], [BUY]),
    "paths": lambda log: list(log.paths(2)),
    "one person": lambda log: list(log.of("p1")),
    "one person's jobs": lambda log: list(log.jobs("p1")),
    "lasted": lambda log: sorted(log.lasted(), key=str),
    "people": lambda log: sorted(log.people([PRICE])),
    "counts": lambda log: sorted(log.counts([LOOK])),
    "sessions each": lambda log: sorted(log.counts([], "sessions")),
    "days before": lambda log: sorted(log.counts([LOOK], "days", before=[BUY])),
    "hours": lambda log: sorted(log.hours([LOOK], [BUY])),
    "days of a channel": lambda log: sorted(log.days("app", START + datetime.timedelta(days=3))),
}


@pytest.mark.parametrize("question", QUESTIONS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=logs)
def test_answers_as_the_log_in_memory(
    connection: Connection, question: str, rows: list[Event]
) -> None:
    with connection.begin_nested() as kept:
        events.save(connection, "a", rows)
        events.save(connection, "b", rows[:3])
        stored = QUESTIONS[question](StoredLog(connection, "a"))
        kept.rollback()

    assert stored == QUESTIONS[question](Events(rows))
