"""At once, for good, for want of time, for a reason, after comparing."""

import pytest

from tests.assistant.claims.builders import HOME, claim, found, others, views, visit


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
    ("quote", "paid", "visits", "parts"),
    [
        ("I left because the payment failed again and again.", 0, 6, True),
        ("Me fui porque el pago fallaba.", 0, 6, True),
        ("I left because the payment failed again and again.", 1, 6, None),
        ("I left because the payment failed again and again.", 0, 2, None),
        ("I left because we moved house.", 0, 6, None),
        ("I left because support never answered.", 0, 6, None),
    ],
)
def test_a_reason_that_was_never_met_is_no_reason(
    quote: str, paid: int, visits: int, parts: bool | None
):
    usual = others({0: ("payment_started", "support_contact")})
    seen = views("view /berths", range(visits))
    held = found(claim("gave a reason", quote), usual, seen,
                 *[visit("ann", 8, "payment_started")] * paid)  # fmt: skip

    assert held.parts is parts
    if parts:
        assert (held.metric, held.value) == ("payment_started by ann", 0)
        assert "/berths 6 times" in held.told


def test_the_same_evening_weighs_by_the_days_it_was_and_a_sample_is_no_purchase():
    said = claim("did not compare", "I ordered it the same evening I found the site.")
    seen = [event for day in (1, 9, 23) for event in visit("ann", day, HOME)]
    held = found(
        said, visit("ann", 0, HOME, "sample_ordered"), seen, visit("ann", 24, "order_placed")
    )

    assert (held.parts, held.value, held.strength) == (True, 4, 24)


@pytest.mark.parametrize("signed", ["quote_signed", "offer_accepted", "deposit_paid"])
def test_signing_is_buying(signed: str):
    seen = [event for day in (0, 9, 23) for event in visit("ann", day, HOME)]
    said = claim("did not compare", "I signed it the same evening.")

    assert found(said, seen, visit("ann", 24, signed)).parts is True


def test_the_first_one_that_was_seen_is_not_the_tenth():
    said = claim("did not compare", "I took the first tutor I saw.")
    usual = others({0: (HOME, "open /tutors/1"), 1: ("trial_booked",)})
    many = views(HOME, [0]) + [e for n in range(11) for e in visit("ann", 1, f"open /tutors/{n}")]
    again = [e for n in range(11) for e in visit("ann", 1, f"open /tutors/{n % 3}")]

    held = found(said, usual, many, visit("ann", 2, "trial_booked"))
    assert (held.parts, held.metric, held.value) == (
        True, "views of /tutors by ann before deciding", 11,
    )  # fmt: skip
    assert found(said, usual, again, visit("ann", 2, "trial_booked")).parts is False
    careful = others({0: tuple(f"open /tutors/{n}" for n in range(6)), 1: ("trial_booked",)})
    assert found(said, careful, many, visit("ann", 2, "trial_booked")).parts is False


def test_what_else_is_done_on_the_same_day_is_no_decision():
    said = claim("did not compare", "I wrote to support that same evening.")
    seen = [event for day in (0, 9, 23) for event in visit("ann", day, HOME)]

    assert found(said, seen, visit("ann", 24, "order_placed")).parts is None


def test_what_somebody_else_called_off_is_no_leaving():
    said = claim("loyal", "They have me for life.")
    off = ["lesson_cancelled_by_tutor", "order_cancelled_by_seller"]

    assert found(said, others({5: ("cancel",)}), visit("ann", 0, HOME, *off)).parts is False
