import datetime
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.behaviour import (
    Concept,
    Costs,
    Events,
    Step,
    Vocabulary,
    concept,
    concept_of,
    funnel,
    is_done,
)
from assistant.behaviour.stops import Stop, goal
from assistant.models import FunnelStep
from ingestion.models import Event, SourceId

START = datetime.datetime(2026, 3, 1, 8, tzinfo=datetime.UTC)


def event(session: str, name: str, page: str | None = None, *, who: str = "", at: int = 0) -> Event:
    return Event(
        source_id=SourceId("log.csv"),
        session=session,
        participant=who or None,
        at=START + datetime.timedelta(minutes=at),
        name=name,
        page=page,
    )


def log(*paths: tuple[str, Sequence[str]]) -> Events:
    """A log from "who: name page, name page": every path is one session."""
    return Events(
        event(f"s{n}", *step.split(), who=who, at=1000 * n + at)
        for n, (who, steps) in enumerate(paths)
        for at, step in enumerate(steps)
    )


SHOP = log(
    *[("", ["view /"])] * 4,
    ("ann", ["view /", "view /preise", "probe_start", "warenkorb", "kasse", "kauf"]),
    ("bea", ["view /", "view /preise", "probe_start"]),
    ("bea", ["view /konto", "warenkorb"]),
    ("cem", ["view /", "view /preise"]),
)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("add_to_cart", Concept.CART),
        ("remove_from_cart", Concept.REMOVE),
        ("inDenWarenkorb", Concept.CART),
        ("ajout_panier", Concept.CART),
        ("加入购物车", Concept.CART),
        ("begin_checkout", Concept.CHECKOUT),
        ("checkout_abandoned", Concept.ABANDON),
        ("logout_without_purchase", Concept.ABANDON),
        ("logout_with_purchase", Concept.PURCHASE),
        ("order_delivered", Concept.DELIVERED),
        ("order_cancelled", Concept.CANCEL),
        ("plan_stop", Concept.CANCEL),
        ("account_closed", Concept.CANCEL),
        ("left", Concept.CANCEL),
        ("left_open", None),
        ("invite_sent", Concept.REFERRAL),
        ("voucher_shared", Concept.REFERRAL),
        ("video_join", None),
        ("account_opened", Concept.SIGNUP),
        ("add_shipping_info", Concept.SHIPPING),
        ("add_payment_info", Concept.PAYMENT),
        ("trial_start", Concept.SIGNUP),
        ("регистрация", Concept.SIGNUP),
        ("email_open", Concept.MAIL),
        ("skip_week", Concept.SKIP),
        ("/tarifs", Concept.PRICE),
        ("/features/shared-inbox", Concept.PRODUCT),
        ("page_ping", Concept.NOISE),
        ("inbox", None),
        ("", None),
    ],
)
def test_knows_what_a_name_is_about(name: str, meant: Concept | None):
    assert concept_of(name) == meant


@pytest.mark.parametrize(
    ("step", "meant"),
    [
        (Step("page_view", "/pricing"), Concept.PRICE),
        (Step("page_view", "/"), Concept.VISIT),
        (Step("page_view", "/orders/buy-again"), Concept.VISIT),
        (Step("page_view", "/thank-you"), Concept.PURCHASE),
        (Step("import_start", "/onboarding/import"), Concept.SETUP),
        (Step("abandon", "/pricing"), Concept.ABANDON),
        (Step("purchase", "/checkout/payment"), Concept.PURCHASE),
    ],
)
def test_reads_the_page_only_where_the_name_says_no_more_than_seen(step: Step, meant: Concept):
    assert concept(step) == meant


@pytest.mark.parametrize(
    ("name", "done"),
    [("import_done", True), ("domain_verified", True), ("import_start", False), ("undone", False)],
)
def test_tells_an_end_from_a_beginning(name: str, done: bool):
    assert is_done(Step(name)) is done


def test_the_funnel_follows_the_way_people_walk():
    steps = funnel(SHOP)

    assert [step.step for step in steps] == [
        "view", "view /preise", "probe_start", "warenkorb", "kasse", "kauf",
    ]  # fmt: skip
    assert [step.sessions for step in steps] == [8, 3, 2, 2, 1, 1]


def test_a_session_reaches_what_its_visitor_reaches_on_another_day():
    steps = {step.step: step.drop_off for step in funnel(SHOP)}

    assert steps["probe_start"] == 0.0
    assert steps["warenkorb"] == 0.5
    assert steps["kauf"] is None


def test_pages_are_steps_where_the_log_has_only_pages():
    pages = ["hit /shoes/product-7", "hit /basket", "hit /checkout", "hit /thank-you"]
    steps = funnel(log(*[("", pages)] * 3, *[("", ["hit /", "hit /shoes/product-7"])] * 3))

    assert [(step.step, step.sessions) for step in steps] == [
        ("hit", 6),
        ("hit /shoes/product-7", 6),
        ("hit /basket", 3),
        ("hit /checkout", 3),
        ("hit /thank-you", 3),
    ]


def test_an_event_with_many_pages_is_no_visit_where_another_says_that_it_is_one():
    visits = [("", [f"page_view /{n}"]) for n in range(6)]
    prints = [("", [f"print_start model-{n % 6}"]) for n in range(30)]

    assert funnel(log(*visits, *prints))[0].step == "page_view"
    assert funnel(log(*prints))[0].step == "print_start"


def test_many_pages_of_one_folder_are_one_step():
    visits = [("", ["page_view /", f"page_view /product/{n}", "purchase"]) for n in range(9)]

    assert [(step.step, step.sessions) for step in funnel(log(*visits))] == [
        ("page_view", 9),
        ("page_view /product", 9),
        ("purchase", 9),
    ]


def test_one_page_under_many_addresses_is_one_step():
    visits = [("", ["page_view /", f"page_view /pricing?from=mail{n}", "buy"]) for n in range(3)]

    assert [(step.step, step.sessions) for step in funnel(log(*visits))] == [
        ("page_view", 3),
        ("page_view /pricing", 3),
        ("buy", 3),
    ]


def test_reads_the_names_of_a_common_analytics_tool():
    names = ["session_start", "page_view /", "view_item", "add_to_cart", "begin_checkout",
             "add_shipping_info", "add_payment_info", "purchase"]  # fmt: skip
    steps = funnel(log(*[("", [*names, "scroll"])] * 2, ("", names[:3])))

    assert [step.step for step in steps] == ["page_view", *names[2:]]
    assert [step.sessions for step in steps] == [3, 3, 2, 2, 2, 2, 2]


def test_a_checkout_is_told_page_by_page_where_the_pages_differ():
    whole = ["page_view /", "checkout_step /address", "checkout_step /shipping", "purchase"]
    steps = funnel(log(*[("", whole)] * 2, *[("", whole[:2])] * 2))

    assert [(step.step, step.sessions) for step in steps] == [
        ("page_view", 4),
        ("checkout_step", 4),
        ("checkout_step /shipping", 2),
        ("purchase", 2),
    ]


def test_what_happens_aside_is_no_step():
    steps = funnel(log(*[("", ["page_view /", "email_open", "chat_start", "purchase"])] * 3))

    assert [step.step for step in steps] == ["page_view", "purchase"]


def test_an_unknown_event_is_a_step_where_most_buyers_did_it_first():
    buyer = ["page_view /", "fabric_sample", "purchase", "photo_upload"]

    assert [step.step for step in funnel(log(*[("", buyer)] * 3))] == [
        "page_view",
        "fabric_sample",
        "purchase",
    ]


def test_the_products_put_into_a_basket_are_a_choice_and_no_steps():
    carts = [(f"s{n}", ["view /", f"cart /p{n % 3}", "purchase"]) for n in range(9)]

    assert [step.step for step in funnel(log(*carts))] == ["view", "cart", "purchase"]


def test_an_appointment_is_a_step_where_it_does_not_follow_the_goal():
    tried = [(f"t{n}", ["view /", "lesson_booked /slots"]) for n in range(3)]
    bought = [(f"b{n}", ["view /", "cart", "purchase", "repair_booked /desk"]) for n in range(3)]

    steps = {step.step for step in funnel(log(*tried, *bought))}

    assert "lesson_booked" in steps
    assert "repair_booked" not in steps


def test_an_empty_log_has_no_funnel():
    assert funnel(Events([])) == ()


NAMES = st.sampled_from(["view /", "view /pricing", "signup", "cart", "purchase", "cancel", "x"])
PATHS = st.lists(st.tuples(st.sampled_from(["", "ann", "bo"]), st.lists(NAMES, max_size=6)))


@given(PATHS)
@settings(max_examples=60, deadline=None)
def test_shares_are_shares_and_no_step_has_more_sessions_than_the_log(
    paths: list[tuple[str, list[str]]],
):
    events = log(*paths)
    steps = funnel(events)

    assert all(1 <= step.sessions <= events.totals().sessions for step in steps)
    assert all(step.drop_off is None or 0 <= step.drop_off <= 1 for step in steps)
    assert steps == funnel(events)


COSTS = Costs(
    [
        FunnelStep(step="page_view /pricing", sessions=90, drop_off=0.6),
        FunnelStep(step="checkout_step", sessions=40, drop_off=0.2),
        FunnelStep(step="checkout_step /checkout/shipping", sessions=30, drop_off=0.3),
        FunnelStep(step="fabric_sample", sessions=20, drop_off=0.1),
        FunnelStep(step="purchase", sessions=9, drop_off=None),
    ]
)


@pytest.mark.parametrize(
    ("touchpoint", "cost"),
    [
        ("price page", 0.6),
        ("Preisliste", 0.6),
        ("checkout", 0.3),
        ("кассе, оформление", 0.3),
        ("fabric samples", 0.1),
        ("fabric", 0.1),
        ("purchase", None),
        ("delivery driver", None),
        (None, None),
    ],
)
def test_a_touchpoint_costs_what_its_step_loses(touchpoint: str | None, cost: float | None):
    assert COSTS.at(touchpoint) == cost


def test_counts_only_what_came_before():
    events = log(("ann", ["view /pricing", "view /pricing", "buy", "view /pricing"]), ("bo", ["x"]))
    price = [Step("view", "/pricing")]

    assert list(events.counts(price)) == [3]
    assert list(events.counts(price, before=[Step("buy")])) == [2]
    assert list(events.counts(price, "sessions")) == [1]
    assert sorted(events.counts(())) == [1, 4]


def test_measures_from_the_first_start_to_the_first_end_after_it():
    events = Events(
        [
            event("a", "done", who="ann", at=0),
            event("a", "start", who="ann", at=60),
            event("b", "done", who="ann", at=240),
            event("c", "start", who="bo", at=0),
        ]
    )

    assert list(events.hours([Step("start")], [Step("done")])) == [3.0]


def test_gives_a_persons_rows_in_time_order_and_nobody_elses():
    events = Events([event("a", "second", who="ann", at=9), event("a", "first", who="ann"),
                     event("b", "other", who="bo")])  # fmt: skip

    assert [row.name for row in events.of("ann")] == ["first", "second"]
    assert list(events.of("nobody")) == []


def test_a_vocabulary_finds_a_logs_own_names():
    own = Vocabulary(SHOP.steps())

    assert own.about(Concept.PRICE) == (Step("view", "/preise"),)
    assert own.named(Concept.PRICE) == ()
    assert own.named(Concept.PURCHASE) == (Step("kauf"),)


def test_what_can_be_skipped_can_be_stopped_and_seeing_where_is_not_doing_it():
    steps = ["spool_skip", "spool_stop", "print_stop", "cancel_view", "cancel_view", "cancel_sent"]
    own = Vocabulary(log(("ann", steps)).steps())

    assert own.named(Concept.CANCEL) == (Step("cancel_sent"), Step("spool_stop"))
    assert Step("cancel_view") in own.about(Concept.CANCEL)
    assert Vocabulary(log(("ann", steps[1:3])).steps()).named(Concept.CANCEL) == ()


def test_an_event_is_told_by_its_commonest_name():
    own = Vocabulary(log(("ann", ["pause_end", "skip_week", "skip_week"])).steps())

    assert own.commonest(Concept.SKIP) == "skip_week"
    assert own.commonest(Concept.RETURN) == ""


def test_a_sample_is_a_step_unless_most_buyers_order_it_only_afterwards():
    before = ["view /", "sample_ordered", "purchase"]
    after = ["view /", "purchase", "sample_ordered"]
    plain = ["view /", "purchase"]

    steps = funnel(log(*[("", before)] * 2, *[("", plain)] * 6))
    assert [step.step for step in steps] == ["view", "sample_ordered", "purchase"]
    steps = funnel(log(*[("", after)] * 2, *[("", plain)] * 6))
    assert [step.step for step in steps] == ["view", "purchase"]


def test_a_sample_is_never_the_goal():
    stop = Stop("sample_ordered", (Step("sample_ordered"),), 9, Concept.SAMPLE)

    assert goal([stop]) is None
