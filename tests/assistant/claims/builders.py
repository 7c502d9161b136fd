"""A log told in one line a visit, and a claim from the one thing a test is about."""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from assistant.behaviour import Events
from assistant.claims.rules import RULES
from assistant.claims.study import Found, Person, Study
from assistant.models import Claim
from ingestion.models import DocumentId as Id
from ingestion.models import DocumentKind, Event, Segment, SegmentId, SourceId, Span

START = datetime.datetime(2026, 1, 1, 9, tzinfo=datetime.UTC)


def visit(who: str, day: float, *steps: str, channel: str = "web") -> list[Event]:
    """One visit: each step is "name" or "name /page", a minute apart."""
    return [
        Event(
            source_id=SourceId("log.csv"),
            session=f"{who}-{day}-{channel}",
            participant=who,
            at=START + datetime.timedelta(days=day, minutes=minute),
            name=step.split()[0],
            page=step.split()[1] if " " in step else None,
            channel=channel,
        )
        for minute, step in enumerate(steps)
    ]


def log(*visits: Iterable[Event]) -> Events:
    return Events(event for each in visits for event in each)


def others(days: Mapping[int, tuple[str, ...]], n: int = 4) -> list[Event]:
    """Several people who all do the same: what is typical."""
    return [
        event
        for who in range(n)
        for day, steps in days.items()
        for event in visit(f"other{who}", day, *steps)
    ]


def job(who: str, took: float, promised: float | None = None, name: str = "orders") -> Event:
    """Something that was carried out for a person: one row of a table of such."""
    return Event(
        source_id=SourceId(f"{name}.csv"),
        session=f"{name}.csv#{who}",
        participant=who,
        at=START,
        name=f"{name}, ended_on",
        took=took,
        promised=promised,
    )


def claim(kind: str, quote: str, *, who: str = "ann", **detail: str) -> Claim:
    return Claim(f"interviews/{who}.vtt", who, quote, 0, len(quote), kind, detail)


def segment(text: str, *, who: str | None = "ann", asked: str = "", at: int = 0) -> Segment:
    return Segment(
        id=SegmentId(f"{who}-{at}"),
        document_id=Id(f"interviews/{who}.vtt"),
        turn=0,
        span=Span(start=at, end=at + len(text)),
        text=text,
        kind=DocumentKind.INTERVIEW,
        participant=who,
        asked=asked,
    )


PRICE, HOME = "view /preise", "view /"
BUYERS = others({0: (HOME, PRICE), 3: (PRICE, "kauf")})


def found(said: Claim, *visits: Sequence[Event]) -> Found:
    """Hold a claim against a log of these visits."""
    study = Study(log(*visits))
    return RULES[said.type](said, Person(said.participant or "", study))


def views(page: str, days: Sequence[float]) -> list[Event]:
    """A row a day of one page, or of any event."""
    return [event for day in days for event in visit("ann", day, page)]
