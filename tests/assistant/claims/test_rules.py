from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.behaviour import Events
from assistant.claims.rules import RULES
from assistant.claims.study import Found, Person, Study
from assistant.models import Claim
from ingestion.models import Event
from tests.assistant.claims.builders import claim, log, others, visit

PRICE, HOME = "view /preise", "view /"
BUYERS = others({0: (HOME, PRICE), 3: (PRICE, "kauf")})


def found(said: Claim, *visits: Sequence[Event]) -> Found:
    study = Study(log(*visits))
    return RULES[said.type](said, Person(said.participant or "", study))


def views(page: str, days: Sequence[float]) -> list[Event]:
    return [event for day in days for event in visit("ann", day, page)]


# ------------------------------------------------------------------ the price
NOT_THE_PRICE = claim("price did not matter", "The price was nothing we thought about.")


def test_looking_the_price_up_again_and_again_speaks_against_its_not_mattering():
    held = found(NOT_THE_PRICE, BUYERS, views(PRICE, range(7)), visit("ann", 8, "kauf", PRICE))

    assert held.parts is True
    assert (held.metric, held.value, held.typical) == (
        "views of /preise by ann before the purchase", 7, 2,
    )  # fmt: skip
    assert "7 times on 7 days" in held.told


@pytest.mark.parametrize(
    ("days", "parts"),
    [((0,), False), ((0, 1), False), ((0, 1, 2), None), ((0, 1, 2, 3), True)],
)
def test_once_or_twice_bears_it_out_and_in_between_nobody_knows(
    days: tuple[int, ...], parts: bool | None
):
    assert found(NOT_THE_PRICE, BUYERS, views(PRICE, days), visit("ann", 9, "kauf")).parts is parts


def test_many_looks_are_no_contradiction_where_everybody_looks_as_often():
    careful = others(dict.fromkeys(range(5), (PRICE,)) | {9: ("kauf",)})

    assert found(NOT_THE_PRICE, careful, views(PRICE, range(5)), visit("ann", 9, "kauf")).parts is (
        False
    )


def test_the_price_of_the_delivery_is_counted_where_the_delivery_is_spoken_of():
    said = claim("price did not matter", "What shipping costs was never an issue.")
    held = found(said, BUYERS, views("view /shipping", range(6)), views(PRICE, [0]))

    assert (held.parts, held.metric, held.value) == (True, "views of /shipping by ann", 6)


def test_a_log_without_prices_cannot_tell():
    assert found(NOT_THE_PRICE, visit("ann", 0, HOME)).parts is None


TOO_DEAR = claim("price was the reason", "It was too expensive, nothing else.")
STUCK = [
    event
    for day in range(8)
    for event in visit("ann", day, "view /setup/dns", "abandon /setup/dns")
]
TRIALS = others({0: (HOME, PRICE, "trial_start"), 1: ("view /setup/dns",), 2: (PRICE,)})


def test_who_blames_the_price_and_kept_failing_elsewhere_left_for_another_reason():
    held = found(TOO_DEAR, TRIALS, visit("ann", 0, PRICE, "trial_start"), STUCK)

    assert held.parts is True
    assert (held.metric, held.value, held.typical) == ("views of /setup/dns by ann", 8, 1)
    assert "only once" in held.told


@pytest.mark.parametrize(
    ("more", "parts"),
    [
        pytest.param(views(PRICE, range(4)), False, id="looked at the price often"),
        pytest.param(visit("ann", 9, "add_to_cart", "abandon /cart"), False, id="saw the basket"),
        pytest.param(visit("ann", 9, *[HOME] * 9), True, id="a last look changes nothing"),
    ],
)
def test_who_blames_the_price_and_looked_at_it_is_believed(more: list[Event], parts: bool | None):
    assert found(TOO_DEAR, TRIALS, visit("ann", 0, PRICE), STUCK, more).parts is parts


def test_leaving_from_anywhere_else_tells_nothing_about_the_price():
    assert found(TOO_DEAR, TRIALS, views("view /blog/spring", range(9))).parts is None


def test_a_customer_who_blames_the_price_and_only_ever_asked_for_help():
    customers = others({0: (PRICE, "purchase"), 40: ("support_contact /chat",), 80: ("cancel",)})
    calls = views("support_contact /chat", range(60, 70))
    held = found(TOO_DEAR, customers, visit("ann", 0, PRICE, "purchase"), calls,
                 visit("ann", 71, "cancel"))  # fmt: skip

    assert (held.parts, held.value) == (True, 10)
    assert "not once at the end" in held.told


def test_where_no_page_shows_prices_the_basket_does():
    said = claim("price was the reason", "The delivery at the checkout was too dear, only that.")
    stuck = [
        event
        for day in range(8)
        for event in visit("ann", day, "view /configure", "form_emptied /configure")
    ]
    buyers = others({0: ("view /configure", "basket_filled", "kauf")})

    assert found(said, buyers, stuck).parts is True
    assert found(said, buyers, stuck, visit("ann", 9, "basket_filled")).parts is False


def test_a_folder_whose_pages_ended_most_visits_is_what_held_somebody_up():
    parts = ("law", "storage", "partners", "rights", "law", "storage")
    read = [
        event
        for day, part in enumerate(parts)
        for event in visit("ann", day, HOME, f"view /privacy/{part}")
    ]
    looks = others({0: (HOME, PRICE), 1: ("view /privacy/law",)})
    held = found(TOO_DEAR, looks, visit("ann", 0, PRICE), read)

    assert (held.parts, held.metric, held.value) == (True, "views of /privacy by ann", 6)


# ------------------------------------------------------------------ effort
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


# ------------------------------------------------------------------ habits
def test_every_day_in_the_app_that_was_hardly_opened():
    said = claim("always", "I am in the app every day.")
    web = [event for day in range(50) for event in visit("ann", day, "view /inbox")]
    app = [event for day in (1, 9, 30) for event in visit("ann", day, "view /inbox", channel="app")]
    held = found(said, web, app)

    assert held.parts is True
    assert (held.metric, held.value) == ("days with app use by ann in the last 60 days", 3)


@pytest.mark.parametrize(
    ("days", "parts"),
    [(range(0, 59), False), (range(0, 40, 2), None), (range(0, 4), None)],
    ids=["nearly every day", "every other day", "hardly known to the log"],
)
def test_every_day_is_not_counted_too_strictly(days: Sequence[int], parts: bool | None):
    said = claim("always", "Ich bin täglich in der App.")
    app = [event for day in days for event in visit("ann", day, "view /x", channel="app")]

    assert found(said, app, visit("bo", 59, HOME)).parts is parts


@pytest.mark.parametrize(
    "quote",
    ["We take one every week.", "I cook every box.", "Jeden Dienstag kommt eine.", "每周都订。"],
)
@pytest.mark.parametrize(("skips", "parts"), [(0, False), (1, None), (4, True)])
def test_every_week_is_held_against_the_weeks_that_were_skipped(
    quote: str, skips: int, parts: bool | None
):
    said = claim("always", quote)
    boxes = [event for week in range(8) for event in visit("ann", 7 * week, "order_placed")]
    skipped = [event for week in range(skips) for event in visit("ann", 7 * week + 1, "skip_week")]

    assert found(said, boxes, skipped, others({0: ("skip_week",)})).parts is parts


@pytest.mark.parametrize(("every", "parts"), [(7, False), (21, True)])
def test_every_week_is_held_against_the_orders_where_nothing_can_be_skipped(
    every: int, parts: bool
):
    said = claim("always", "Wir bestellen jede Woche.")
    boxes = [event for n in range(8) for event in visit("ann", every * n, "bestellung")]

    assert found(said, boxes).parts is parts


@pytest.mark.parametrize(
    ("quote", "step", "times", "parts"),
    [
        ("I have never skipped a week.", "skip_week", 4, True),
        ("I have never skipped a week.", "skip_week", 0, False),
        ("I never call customer support.", "support_contact /phone", 5, True),
        ("Je n'ai jamais contacté le service client.", "support_contact", 1, None),
        ("I have never used the dishwasher.", "view /x", 9, None),
    ],
)
def test_never_is_held_against_having_done_it(
    quote: str, step: str, times: int, parts: bool | None
):
    done = [event for day in range(times) for event in visit("ann", day, step)]

    assert found(
        claim("never did it", quote), visit("ann", 0, HOME), visit("bo", 0, "skip_week"),
        visit("bo", 1, "support_contact"), done,
    ).parts is parts  # fmt: skip


# ------------------------------------------------------------------ decisions
@pytest.mark.parametrize(
    ("visits", "parts"), [(1, False), (4, None), (12, True)], ids=["at once", "soon", "slowly"]
)
def test_deciding_at_once_is_held_against_the_visits_before_it(visits: int, parts: bool | None):
    said = claim("did not compare", "I knew at once.")
    seen = [event for n in range(visits) for event in visit("ann", 2 * n, HOME)]

    held = found(said, others({0: (HOME,), 1: (HOME,), 2: ("purchase",)}), seen,
                 visit("ann", 2 * visits, "purchase"))  # fmt: skip

    assert held.parts is parts


@pytest.mark.parametrize(("quote", "parts"), [("I joined the very day I found them.", True),
                                               ("I knew at once.", None)])  # fmt: skip
@pytest.mark.parametrize("joined", ["membership_started", "signup_done"])
def test_the_same_day_is_no_three_weeks_and_joining_is_buying(
    quote: str, joined: str, parts: bool | None
):
    seen = [event for day in (0, 4, 9) for event in visit("ann", day, HOME)]
    held = found(claim("did not compare", quote), seen, visit("ann", 23, joined))

    assert held.parts is parts


@pytest.mark.parametrize(
    ("steps", "parts"),
    [((), False), (("view /cancel",), None), (("view /cancel", "cancel"), True)],
)
def test_loyalty_is_held_against_leaving(steps: tuple[str, ...], parts: bool | None):
    said = claim("loyal", "They have me for life.")

    assert found(said, others({5: ("cancel",)}), visit("ann", 0, HOME, *steps)).parts is parts


@pytest.mark.parametrize(("days", "parts"), [(2, False), (6, None), (20, True)])
def test_having_no_time_is_held_against_the_days_of_visits(days: int, parts: bool | None):
    said = claim("no time", "I had no time to look at it.")
    usual = others(dict.fromkeys(range(4), (HOME,)))

    assert found(said, usual, views(HOME, range(days))).parts is parts


# ------------------------------------------------------------------ other reasons, lateness
LEFT = others({0: ("purchase",), 20: ("support_contact /chat",), 60: ("cancel",)})


@pytest.mark.parametrize(
    ("quote", "calls", "parts"),
    [
        ("We stopped because we moved house.", 8, True),
        ("We stopped because nobody in support ever answered.", 8, False),
        ("We stopped because we moved house.", 2, None),
    ],
)
def test_a_reason_is_held_against_what_came_just_before_leaving(
    quote: str, calls: int, parts: bool | None
):
    asked = [e for day in range(calls) for e in visit("ann", 40 + day, "support_contact /chat")]
    held = found(claim("gave a reason", quote), LEFT, asked, visit("ann", 50, "cancel"))

    assert held.parts is parts


@pytest.mark.parametrize(("late", "parts"), [(0, False), (1, None), (3, True)])
def test_always_on_time_is_held_against_the_deliveries_called_late(late: int, parts: bool | None):
    said = claim("always on time", "The box always arrives on time.")
    came = [event for week in range(6) for event in visit("ann", 7 * week, "order_delivered")]
    missed = [event for week in range(late) for event in visit("ann", 7 * week, "delivery_late")]

    assert found(said, others({1: ("delivery_late",)}), came, missed).parts is parts


@pytest.mark.parametrize(("days", "parts"), [(4, True), (20, None), (50, False)])
def test_looking_in_every_day_is_held_against_the_days_of_visits(days: int, parts: bool | None):
    said = claim("always", "I look in on it every single day.")

    assert found(said, visit("bo", 59, HOME), views(HOME, range(days))).parts is parts


@pytest.mark.parametrize(("days", "parts"), [(9, True), (12, None), (30, False)])
def test_every_weekday_is_five_days_in_seven(days: int, parts: bool | None):
    said = claim("always", "I am there every single weekday, Monday to Friday.")

    assert found(said, visit("bo", 59, HOME), views("door_open", range(days))).parts is parts


def test_who_is_at_a_place_every_day_need_not_look_at_its_pages():
    said = claim("always", "I am there every day.")

    assert found(said, visit("bo", 59, HOME), views(HOME, range(4))).parts is None


@pytest.mark.parametrize(("times", "parts"), [(0, False), (2, None), (4, True)])
def test_what_an_event_is_called_by_is_held_against_never_having_done_it(
    times: int, parts: bool | None
):
    said = claim("never did it", "I have never booked a meeting room.")
    bookings = [*views("tour_booked", range(9)), *views("room_booked", range(times))]
    held = found(said, others({0: ("room_booked",)}), visit("ann", 0, HOME), bookings)

    assert (held.parts, held.value) == (parts, times)


def test_hardly_ever_allows_a_few_times():
    said = claim("never did it", "I hardly ever contact support.")

    assert found(said, views("support_contact", range(5))).parts is None
    assert found(said, views("support_contact", range(15))).parts is True


# ------------------------------------------------------------------ mails and messages
@pytest.mark.parametrize(
    ("quote", "opens", "parts"),
    [
        ("I never got a single mail.", 5, True),
        ("I never got a single mail.", 0, False),
        ("The shipping confirmation mail never came.", 5, None),
    ],
)
def test_no_mail_is_held_against_mails_opened(quote: str, opens: int, parts: bool | None):
    mails = others({1: ("email_open mail/digest",)})
    opened = [e for day in range(opens) for e in visit("ann", day, "email_open mail/digest")]

    assert found(
        claim("no mail", quote), mails, visit("ann", 0, HOME), opened
    ).parts is parts  # fmt: skip


def test_reading_every_mail_is_held_against_mails_opened():
    usual = others(dict.fromkeys(range(6), ("email_open mail/digest",)))

    held = found(
        claim("reads everything", "I read all of your mails."), usual, visit("ann", 0, HOME)
    )

    assert (held.parts, held.value, held.typical) == (True, 0, 6)


RENEWAL = "message_opened /messages/renewal-notice"


@pytest.mark.parametrize(
    ("opened", "parts"), [(RENEWAL, True), ("message_opened /messages/spring-fair", None)]
)
def test_no_word_before_renewing_is_held_against_what_was_written_about_that(
    opened: str, parts: bool | None
):
    said = claim("no mail", "Nobody sent me one word before they renewed us.")

    assert found(said, visit("ann", 0, HOME), views(opened, range(4))).parts is parts


GUIDE = [f"view /guide/{name}" for name in ("doors", "post", "rooms", "noise", "rules", "keys")]


@pytest.mark.parametrize(("pages", "parts"), [(0, None), (1, True), (4, None), (6, False)])
def test_having_read_all_of_it_is_held_against_its_pages(pages: int, parts: bool | None):
    said = claim("reads everything", "I read every page of the guide before I came.")
    held = found(said, visit("bo", 0, *GUIDE), visit("ann", 1, HOME, *GUIDE[:pages]))

    assert (held.parts, held.value) == (parts, pages)


def test_a_page_is_the_same_page_whatever_it_was_asked_with():
    said = claim("reads everything", "I read every page of the guide before I came.")
    asked = [f"{page}?from=mail{n}" for page in GUIDE[:2] for n in range(3)]
    held = found(said, visit("bo", 0, *GUIDE), visit("ann", 1, HOME, *asked))

    assert (held.parts, held.value) == (True, 2)
    assert "2 of the 6 pages" in held.told


def test_what_lies_in_no_folder_was_perhaps_read_elsewhere():
    said = claim("reads everything", "I read all of the terms, every line.")

    assert found(said, visit("bo", 0, *GUIDE), visit("ann", 1, GUIDE[0])).parts is None


@pytest.mark.parametrize(
    ("quote", "sent", "parts"),
    [
        ("I sent my invitation code to everybody.", 0, True),
        ("I sent my invitation code to everybody.", 2, False),
        ("I recommend it to everybody.", 0, None),
    ],
)
def test_only_a_code_passed_on_leaves_a_trace(quote: str, sent: int, parts: bool | None):
    invited = visit("ann", 1, *["referral_invite"] * sent) if sent else []

    assert found(
        claim("recommends", quote), others({1: ("referral_invite",)}), visit("ann", 0, HOME),
        invited,
    ).parts is parts  # fmt: skip


SLOTS = ("view /slots", "no_slots_left /slots")


@pytest.mark.parametrize(("days", "parts"), [(5, True), (1, False)])
def test_who_was_turned_away_again_and_again_did_find_the_time(days: int, parts: bool | None):
    said = claim("no time", "I simply had no time for a trial lesson.")
    typical = others({0: ("view /slots", "trial_booked")})
    looks = [event for day in range(days) for event in visit("ann", day, *SLOTS)]

    held = found(said, typical, looks)

    assert held.parts is parts
    assert ("no_slots_left" in held.told) is parts


READ = claim("compared first", "I read every single review before I ordered.")


@pytest.mark.parametrize(("looks", "parts"), [(0, True), (1, None), (3, False)])
def test_reading_first_is_held_against_the_reviews_opened(looks: int, parts: bool | None):
    readers = others({0: ("view /reviews", "view /reviews"), 1: ("purchase",)})
    mine = visit("ann", 0, HOME, *["view /reviews"] * looks, "purchase")

    assert found(READ, readers, mine).parts is parts


def test_reading_first_cannot_be_told_where_few_open_the_reviews():
    assert found(READ, others({0: (HOME, "purchase")}, n=9), visit("ann", 0, "purchase")).parts is (
        None
    )


@pytest.mark.parametrize(
    ("days", "parts"),
    [(range(0, 180), False), (range(0, 60), True), (range(150, 180), None)],
)
def test_every_day_in_an_app_is_held_against_its_last_months(days: range, parts: bool | None):
    said = claim("always", "The app? I log every run in it, every day.")
    uses = [event for day in days for event in visit("ann", day, "run_saved app/runs", channel="")]

    assert found(said, uses, visit("bo", 180, HOME)).parts is parts


def test_mails_arrive_as_parcels_do():
    opens = [event for day in range(3) for event in visit("ann", day, "email_open mail/renewal")]

    assert found(claim("no mail", "Not one mail ever arrived."), opens).parts is True


# ------------------------------------------------------------------ what holds for every rule
STEPS = st.sampled_from(
    [HOME, PRICE, "trial_start", "view /setup", "setup_done", "add_to_cart", "purchase", "cancel",
     "skip_week", "order_delivered", "email_open", "support_contact", "referral_invite",
     "abandon /x"]
)  # fmt: skip
VISITS = st.lists(
    st.tuples(st.sampled_from(["ann", "bo", "cy", "di"]), st.integers(0, 90), STEPS), max_size=40
)
QUOTE = "Every week, every day, the set-up, the delivery, the app, my code, no mail, never skipped."


@pytest.mark.parametrize("kind", RULES)
@given(VISITS)
@settings(max_examples=12, deadline=None)
def test_every_contradiction_states_its_numbers_in_few_words(
    kind: str, visits: list[tuple[str, int, str]]
):
    events: Events = log(*(visit(who, day, step) for who, day, step in visits))
    held = RULES[kind](claim(kind, QUOTE, hours="0.2"), Person("ann", Study(events)))

    if held.parts:
        assert held.metric
        assert "ann" in held.metric
        assert held.value >= 0
        assert 1 <= held.strength <= 100
        assert 5 <= len(held.told.split()) <= 60
