from collections.abc import Sequence

import pytest

from assistant.behaviour import Costs
from assistant.claims import Ranked
from assistant.claims.praise import Praised
from assistant.claims.praise import compare as compare_praise
from assistant.claims.scores import Scored, compare
from assistant.models import CountedClaim, FunnelStep
from ingestion.models import DocumentKind, Metric
from tests.assistant.claims.builders import log, visit


def ticket(n: int, good: bool, hours: float, priority: str = "normal") -> Scored:
    days, rest = divmod(int(hours), 24)
    return Scored(
        document=f"tickets.json#{n}",
        source="tickets.json",
        kind=DocumentKind.TICKET,
        metric=Metric.CSAT,
        value=float(good),
        normal=1.0 if good else -1.0,
        participant=None,
        attributes={
            "created_at": "2026-01-01T00:00:00Z",
            "solved_at": f"2026-01-{1 + days:02}T{rest:02}:00:00Z",
            "priority": priority,
        },
    )


def tickets(*groups: tuple[int, bool, float, str]) -> list[Scored]:
    return [
        ticket(n, good, hours, priority)
        for count, good, hours, priority in groups
        for n in range(count)
    ]


def metrics(found: Sequence[Ranked]) -> list[tuple[str, float, str, float, float | None]]:
    told = [each.contradiction for each in found]
    return [
        (c.claim.metric, c.claim.value, c.behaviour.metric, c.behaviour.value, c.behaviour.typical)
        for c in told
        if isinstance(c.claim, CountedClaim)
    ]


def test_good_ratings_hide_that_the_serious_tickets_took_days():
    rated = tickets((6, True, 100, "high"), (10, True, 10, "normal"), (2, False, 20, "normal"))

    assert metrics(compare(rated, None)) == [
        (
            "share of tickets rated good (csat) in tickets.json, percent",
            88.9,
            "median hours to solve, tickets rated good with priority high",
            100.0,
            10.0,
        )
    ]


@pytest.mark.parametrize(
    "rated",
    [
        pytest.param(tickets((6, True, 5, "high"), (10, True, 4, "normal")), id="fast"),
        pytest.param(tickets((6, True, 90, "high"), (9, False, 10, "low")), id="not rated good"),
        pytest.param(tickets((2, True, 90, "high"), (2, True, 9, "low")), id="too few"),
        pytest.param(tickets((6, True, 90, "high"), (9, True, 90, "low")), id="all as slow"),
        pytest.param([], id="no scores"),
    ],
)
def test_ratings_that_fit_the_clock_are_no_contradiction(rated: list[Scored]):
    assert compare(rated, None) == ()


def test_where_no_ticket_has_a_priority_all_good_ones_are_timed():
    (found,) = metrics(compare(tickets((9, True, 72, "")), None))

    assert found[2:] == ("median hours to solve, tickets rated good", 72.0, 72.0)


def test_a_time_that_cannot_be_read_is_left_out():
    broken = ticket(1, True, 10)._replace(attributes={"created_at": "soon", "solved_at": "later"})

    assert compare([broken] * 9, None) == ()


def answer(who: str, nps: int) -> Scored:
    return Scored(
        document=f"survey.csv#{who}",
        source="survey.csv",
        kind=DocumentKind.SURVEY,
        metric=Metric.NPS,
        value=nps,
        normal=nps / 5 - 1,
        participant=who,
        attributes={},
    )


FANS = [answer(f"p{n}", 9 + n % 2) for n in range(10)]
SEEN = [event for n in range(10) for event in visit(f"p{n}", 0, "view /")]


def did(step: str, people: int) -> list[Ranked]:
    rows = [event for n in range(people) for event in visit(f"p{n}", 1, step)]
    return list(compare(FANS, log(SEEN, rows, visit("other", 0, step))))


@pytest.mark.parametrize(("inviting", "told"), [(0, True), (2, True), (3, False), (10, False)])
def test_promoters_who_invite_nobody(inviting: int, told: bool):
    expected = [
        (
            "promoters: people with NPS 9 to 10 in survey.csv", 10,
            "of these, customers with at least one referral_invite", inviting, None,
        )
    ]  # fmt: skip

    assert metrics(did("referral_invite", inviting)) == (expected if told else [])


@pytest.mark.parametrize(
    ("step", "people", "told"),
    [("cancel", 5, True), ("cancel", 4, False), ("skip_week", 5, True), ("view /x", 9, False)],
)
def test_people_with_the_best_scores_who_leave_all_the_same(step: str, people: int, told: bool):
    assert len(did(step, people)) == told


def satisfied(csat: int) -> list[Scored]:
    one = answer("", 9)._replace(metric=Metric.CSAT, value=csat, normal=csat / 2 - 1.5)
    return [one._replace(participant=f"p{n}", document=f"survey.csv#p{n}") for n in range(10)]


@pytest.mark.parametrize(("csat", "told"), [(5, 1), (4, 1), (3, 0)])
def test_people_with_good_scores_who_leave_are_told_of_once(csat: int, told: int):
    left = [e for n in range(6) for step in ("refund", "cancel") for e in visit(f"p{n}", 1, step)]
    found = metrics(list(compare(satisfied(csat), log(SEEN, left))))

    assert [behaviour for _, _, behaviour, *_ in found] == [
        "of these, customers with at least one cancel"
    ] * told
    assert all(claim.startswith("satisfied: people with CSAT") for claim, *_ in found)


def test_lukewarm_scores_promise_nothing():
    lukewarm = [answer(f"p{n}", 7) for n in range(10)]

    assert compare(lukewarm, log(SEEN, visit("x", 0, "referral_invite"))) == ()


def test_scores_of_people_who_are_not_in_the_log_are_held_against_nothing():
    assert compare(FANS, log(visit("x", 0, "referral_invite"))) == ()


COSTS = Costs(
    [
        FunnelStep(step="page_view", sessions=900, drop_off=0.3),
        FunnelStep(step="add_to_cart", sessions=400, drop_off=0.2),
        FunnelStep(step="checkout_step", sessions=300, drop_off=0.6),
        FunnelStep(step="purchase", sessions=120, drop_off=None),
    ]
)


def test_a_praised_checkout_where_most_sessions_end():
    (found,) = metrics(compare_praise([Praised("checkout", 20, 3)], COSTS, "log.csv"))

    assert found == (
        "people who praise checkout",
        20,
        "share of sessions that go no further than checkout_step, percent",
        60.0,
        30.0,
    )


@pytest.mark.parametrize(
    "praised",
    [
        pytest.param(Praised("checkout", 3, 0), id="praised by few"),
        pytest.param(Praised("checkout", 20, 15), id="criticised as well"),
        pytest.param(Praised("basket", 20, 0), id="loses little"),
        pytest.param(Praised("the driver", 20, 0), id="no step of the funnel"),
    ],
)
def test_praise_that_fits_the_funnel_is_no_contradiction(praised: Praised):
    assert compare_praise([praised], COSTS, "log.csv") == ()
