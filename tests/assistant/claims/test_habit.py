"""Always, and never."""

from collections.abc import Sequence

import pytest

from tests.assistant.claims.builders import HOME, claim, found, others, views, visit


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


@pytest.mark.parametrize(
    "quote",
    [
        "Cold every time, even the week it stood by the boiler.",
        "Bei denen ist Mittwoch Schluss, da bin ich jedes Mal zu spät.",
        "Consegnata mercoledì mattina, come sempre.",
    ],
)
def test_what_happens_each_time_is_not_taken_every_week(quote: str):
    skipped = [event for week in range(6) for event in visit("ann", 7 * week, "skip_week")]

    assert found(claim("always", quote), skipped).parts is None


@pytest.mark.parametrize(("after", "parts"), [(5, True), (1, None)])
def test_who_cancelled_an_extra_and_still_comes_is_not_gone(after: int, parts: bool | None):
    said = claim("always", "I look in every day.")
    came = [event for n in range(after) for event in visit("ann", 5 + 8 * n, HOME)]
    here = [*visit("ann", 0, HOME), *visit("ann", 1, "pass_stopped"), *came]

    assert found(said, here, visit("bo", 59, HOME)).parts is parts


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
        ("I've never missed a session, not a single one.", "session_no_show", 4, True),
        ("I've never missed a session, not a single one.", "session_end", 4, None),
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


@pytest.mark.parametrize(
    ("days", "parts"),
    [(range(0, 180), False), (range(0, 60), True), (range(150, 180), None)],
)
def test_every_day_in_an_app_is_held_against_its_last_months(days: range, parts: bool | None):
    said = claim("always", "The app? I log every run in it, every day.")
    uses = [event for day in days for event in visit("ann", day, "run_saved app/runs", channel="")]

    assert found(said, uses, visit("bo", 180, HOME)).parts is parts


@pytest.mark.parametrize(("days", "parts"), [((1, 9, 30, 40, 50), True), ((1, 9, 30), None)])
def test_who_is_known_in_the_app_and_seldom_there_is_not_there_every_day(
    days: Sequence[int], parts: bool | None
):
    said = claim("always", "I am in the app every day.")
    app = [event for day in days for event in visit("ann", day, "view /x", channel="app")]

    assert found(said, app, visit("ann", 51, HOME), visit("bo", 300, HOME)).parts is parts


def test_an_app_that_the_log_knows_by_an_event_is_opened_every_day_or_not():
    said = claim("always", "J'ouvre l'appli tous les matins.")
    opened = [event for day in range(0, 40, 8) for event in visit("ann", day, "app_opened")]
    web = [event for day in range(30) for event in visit("ann", day, HOME)]

    assert found(said, opened, web).parts is True
    assert found(said, opened[:4], web).parts is None


@pytest.mark.parametrize(
    "quote",
    [
        "I have never ordered a swatch.",
        "Ein Muster habe ich nie bestellt.",
        "Des échantillons, je n'en ai jamais commandé.",
        "Nunca he pedido una muestra.",
        "Non ho mai ordinato un campione.",
        "Ik heb nog nooit een staaltje besteld.",
        "Nunca encomendei uma amostra.",
        "Я ни разу не заказывал образец.",
        "我从来没订过样品。",
    ],
)
def test_an_english_event_is_told_of_in_nine_languages(quote: str):
    held = found(claim("never did it", quote), views("sample_ordered", range(6)))

    assert (held.parts, held.metric) == (True, "sample_ordered by ann")
    assert found(claim("never did it", quote), views("invoice_ordered", range(6))).parts is None


@pytest.mark.parametrize(
    ("quote", "days", "parts"),
    [
        ("I do the homework every single night.", range(0, 60, 10), True),
        ("I do the homework every single night.", range(60), False),
        ("I do the homework every single night.", range(0, 40, 10), None),
        ("Les devoirs, je les fais tous les soirs.", range(0, 60, 10), None),
    ],
)
def test_every_night_is_held_against_what_an_event_is_called_by(
    quote: str, days: Sequence[int], parts: bool | None
):
    done = [event for day in days for event in visit("ann", day, "homework_opened")]

    assert found(claim("always", quote), done, visit("ann", 59, "door_rang")).parts is parts


def test_to_open_something_is_no_name_of_an_event():
    done = [event for day in range(0, 60, 10) for event in visit("ann", day, "homework_opened")]
    held = found(claim("always", "I open it every single night."), done)

    assert held.metric == "days with a visit by ann in the last 60 days"


def test_the_app_is_the_channel_of_that_name():
    said = claim("always", "I open the app every day.")
    app = [event for day in range(50) for event in visit("ann", day, "view /x", channel="app")]
    mobile = visit("bo", 1, HOME, channel="mobile_web")

    held = found(said, app, mobile, visit("ann", 51, HOME))
    assert (held.parts, held.value) == (False, 50)


@pytest.mark.parametrize(("others_too", "parts"), [(range(20, 24), None), (range(20, 30), True)])
def test_two_nights_tell_only_of_who_is_known_to_the_log(
    others_too: Sequence[int], parts: bool | None
):
    done = [event for day in (0, 10) for event in visit("ann", day, "homework_done")]

    assert found(claim("always", "I do the homework every night."), done,
                 views(HOME, others_too)).parts is parts  # fmt: skip
