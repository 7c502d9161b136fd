"""The price did not matter, or was the reason."""

import pytest

from ingestion.models import Event
from tests.assistant.claims.builders import BUYERS, HOME, PRICE, claim, found, others, views, visit

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


@pytest.mark.parametrize("page", ["fare_calendar_open /f", "quote_made /q"])
def test_prices_are_called_fares_and_quotes_too(page: str):
    assert found(NOT_THE_PRICE, views(page, range(7))).parts is True


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
