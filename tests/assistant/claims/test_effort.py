"""It was quick, it is always on time."""

import pytest

from assistant.claims.study import UNKNOWN
from ingestion.models import Event
from tests.assistant.claims.builders import claim, found, job, others, views, visit


@pytest.mark.parametrize(("days", "parts"), [(1, False), (16, True)])
def test_from_one_event_to_another_that_the_claim_names(days: int, parts: bool):
    quote = "I had it in the post the very next morning after I'd registered it."
    said = claim("quick", quote, hours="24")
    held = found(said, visit("ann", 0, "kit_registered"), visit("ann", days, "sample_posted"))

    assert held.parts is parts
    assert held.metric == "hours from kit_registered to sample_posted for ann"


def test_ten_minutes_that_took_nine_days_and_many_visits():
    said = claim("quick", "It took me ten minutes.", asked="And set-up?", hours="0.1667")
    setup = [event for day in range(1, 9) for event in visit("ann", day, "view /setup/dns")]
    held = found(said, visit("ann", 0, "trial_start"), setup, visit("ann", 9, "domain_verified"))

    assert held.parts is True
    assert (held.metric, held.value) == ("hours from trial_start to domain_verified for ann", 216)
    assert "10 minutes" in held.told


@pytest.mark.parametrize(
    ("visits", "parts"),
    [
        pytest.param([visit("ann", 0, "trial_start", "setup_done")], False, id="it was quick"),
        pytest.param(
            [visit("ann", 0, "trial_start"), visit("ann", 30, "setup_done")], None,
            id="put off, not slow",
        ),
        pytest.param([visit("ann", 0, "trial_start")], None, id="no end and no visit"),
        pytest.param([], None, id="not in the log"),
    ],
)  # fmt: skip
def test_ten_minutes_may_well_be_true(visits: list[list[Event]], parts: bool | None):
    said = claim("quick", "The set-up took ten minutes.", hours="0.1667")

    assert found(said, visit("bo", 0, "trial_start", "setup_done"), *visits).parts is parts


def test_a_set_up_without_an_end_is_judged_by_the_days_people_came_back():
    said = claim("quick", "Zusammengebaut war das in einer halben Stunde.", hours="0.5")
    held = found(said, others({0: ("view /montage",)}), views("view /montage", range(6)))

    assert (held.parts, held.metric, held.value) == (True, "days with /montage by ann", 6)


@pytest.mark.parametrize(
    ("arrives", "hours", "parts"),
    [(20, "48", True), (3, "48", False), (4.5, "48", None), (20, None, True), (1, None, False)],
)
def test_a_delivery_is_as_fast_as_the_log_says(
    arrives: float, hours: str | None, parts: bool | None
):
    said = claim("quick", "The delivery was really fast.", **({"hours": hours} if hours else {}))
    usual = others({0: ("purchase",), 6: ("order_delivered",)})
    visits = [visit("ann", 0, "purchase"), visit("ann", arrives, "order_delivered")]

    assert found(said, usual, *visits).parts is parts


def test_quick_without_saying_what_is_held_against_nothing():
    said = claim("quick", "It survived four minutes.", hours="0.07")

    assert found(said, visit("ann", 0, "trial_start"), visit("ann", 9, "setup_done")).parts is None


@pytest.mark.parametrize(("late", "parts"), [(0, False), (1, None), (3, True)])
def test_always_on_time_is_held_against_the_deliveries_called_late(late: int, parts: bool | None):
    said = claim("always on time", "The box always arrives on time.")
    came = [event for week in range(6) for event in visit("ann", 7 * week, "order_delivered")]
    missed = [event for week in range(late) for event in visit("ann", 7 * week, "delivery_late")]

    assert found(said, others({1: ("delivery_late",)}), came, missed).parts is parts


REFUND = ("refund_requested", "refund_paid")


@pytest.mark.parametrize(("days", "parts"), [(9, True), (50, None), (85, False)])
@pytest.mark.parametrize("quote", ["I waited three months for my money.",
                                   "Ik heb drie maanden op de terugbetaling gewacht."])  # fmt: skip
def test_three_months_of_waiting_are_held_against_the_days_that_it_took(
    quote: str, days: int, parts: bool | None
):
    asked, paid = REFUND
    held = found(claim("took long", quote, hours="2160"), visit("ann", 3, asked),
                 visit("ann", 3 + days, paid))  # fmt: skip

    assert (held.parts, held.value) == (parts, days)
    assert held.metric == "days from refund_requested to refund_paid for ann"


@pytest.mark.parametrize(
    ("quote", "visits"),
    [
        pytest.param("I waited three months for my money.",
                     [visit("ann", 0, *REFUND), visit("ann", 5, *REFUND)], id="of two, which"),
        pytest.param("I waited three months for my money.", [visit("ann", 0, "refund_requested")],
                     id="without an end"),
        pytest.param("It took me three months to buy it.",
                     [visit("ann", 0, "checkout_step", "purchase")], id="thinking leaves no row"),
    ],
)  # fmt: skip
def test_waiting_that_the_log_does_not_hold_is_not_judged(quote: str, visits: list[list[Event]]):
    assert found(claim("took long", quote, hours="2160"), *visits).parts is None


def test_a_few_hours_more_or_less_are_not_told():
    said = claim("took long", "I waited three days for my money.", hours="72")

    assert found(said, visit("ann", 0, REFUND[0]), visit("ann", 1, REFUND[1])).parts is None


@pytest.mark.parametrize(("took", "parts"), [(4, True), (80, False)])
def test_waiting_is_held_against_a_table_of_what_took_how_long(took: float, parts: bool):
    said = claim("took long", "I waited three months for my order.", hours="2160")
    held = found(said, [job("ann", took)])

    assert (held.parts, held.value, held.source) == (parts, took, "orders.csv")
    assert found(said, [job("ann", took), job("ann", took)]).parts is None


@pytest.mark.parametrize(("days", "parts"), [(1, False), (2, None), (5, True)])
def test_all_on_one_day_is_held_against_the_days_with_it(days: int, parts: bool | None):
    said = claim("quick", "Ik heb alle documenten op één dag geüpload.", hours="24")
    held = found(said, views("document_upload /files", range(days)))

    assert (held.parts, held.value) == (parts, days)
    assert found(
        claim("quick", "I uploaded all documents."), views("document_upload", range(5))
    ) == (UNKNOWN)
