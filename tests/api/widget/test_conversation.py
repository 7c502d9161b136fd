"""A whole conversation in a real browser, against the real service, on a page of another origin."""

import re

import pytest
from playwright.sync_api import BrowserContext, Route, expect

from tests.api.widget.conftest import Arrive
from tests.api.widget.hosting import Service
from tests.api.widget.visiting import Visitor

SAID = "It was fine, but the delivery was slow."
MEANT = "The courier came on the wrong day."


def test_invites_asks_probes_and_closes_with_a_corrected_summary(
    arrive: Arrive, context: BrowserContext, service: Service
) -> None:
    visitor = arrive()
    visitor.start()
    visitor.say(SAID)
    expect(visitor.asks.last).to_have_text("What do you mean by “fine”?")

    visitor.page.reload()
    expect(visitor.asks.last).to_have_text("What do you mean by “fine”?")
    expect(visitor.log.locator(".me")).to_have_text(f"You: {SAID}")

    context.set_offline(True)
    visitor.words.fill("It took three weeks.")
    visitor.words.press("Enter")
    expect(visitor.dialog.get_by_text("You are offline")).to_be_visible()
    before = visitor.asks.count()
    context.set_offline(False)
    visitor.asks.nth(before).wait_for()

    visitor.skip_to("This is what I take from it")
    visitor.say(MEANT)
    expect(visitor.asks.last).to_contain_text(f"Now it reads: “{MEANT[:-1]}”")
    visitor.press("That is right")
    visitor.press("5, Completely")
    expect(visitor.dialog).to_contain_text("Thank you, that was all.")
    ended = service.conversation(visitor.kept["token"])
    assert ended["status"] == "finished"
    assert [turn["text"] for turn in ended["turns"] if turn["speaker"] == "person"][1:3] == [
        SAID,
        "It took three weeks.",
    ]


def test_asks_for_nothing_and_keeps_nothing_before_it_is_opened(
    arrive: Arrive, context: BrowserContext
) -> None:
    visitor = arrive()

    visitor.dialog.wait_for()

    assert visitor.asked == ["widget.js"]
    assert visitor.kept == {}
    assert context.cookies() == []
    assert visitor.page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_keeps_nothing_of_who_says_not_now(arrive: Arrive) -> None:
    visitor = arrive()

    visitor.press("Not now")

    expect(visitor.dialog).to_have_count(0)
    assert visitor.kept == {}
    assert visitor.asked == ["widget.js"]


def test_keeps_only_the_day_of_who_declines(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.press("Start")

    visitor.press("No, thank you")

    expect(visitor.dialog).to_contain_text("Nothing has been kept.")
    assert list(visitor.kept) == ["at"]


def test_an_answer_that_is_lost_on_the_way_back_counts_once(
    arrive: Arrive, service: Service
) -> None:
    visitor = arrive()
    visitor.start()
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.request.headers["idempotency-key"])
        route.fetch()
        route.abort()

    visitor.page.route("**/replies", lose, times=2)  # streamed, and then as a whole
    visitor.say(SAID)

    turns = service.conversation(visitor.kept["token"])["turns"]
    assert [turn["text"] for turn in turns if turn["text"] == SAID] == [SAID]
    assert len(lost) == 2
    assert {*lost} == {visitor.requests[-1].headers["idempotency-key"]}


def test_an_answer_waits_through_a_reload(arrive: Arrive, service: Service) -> None:
    visitor = arrive()
    visitor.start()
    visitor.page.route("**/replies", lambda route: route.abort())
    visitor.words.fill(SAID)
    visitor.words.press("Enter")
    expect(visitor.dialog.get_by_text("That could not be sent")).to_be_visible()

    visitor.page.unroute("**/replies")
    visitor.page.reload()
    expect(visitor.asks.last).to_have_text("What do you mean by “fine”?")

    turns = service.conversation(visitor.kept["token"])["turns"]
    assert [turn["text"] for turn in turns if turn["text"] == SAID] == [SAID]
    assert visitor.kept["outbox"] == []


def test_goes_on_without_streaming(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.start()

    def plain(route: Route) -> None:
        route.continue_(headers=route.request.headers | {"accept": "application/json"})

    visitor.page.route("**/replies", plain)
    visitor.say(SAID)

    expect(visitor.asks.last).to_have_text("What do you mean by “fine”?")


def test_says_what_was_said_in_the_order_it_was_said(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.start()

    visitor.say(SAID)

    said = visitor.log.locator(".bt, .me").all_inner_texts()
    assert [text.removeprefix("You:").strip() for text in said[-2:]] == [
        SAID,
        "What do you mean by “fine”?",
    ]


def test_two_tabs_do_not_tangle(arrive: Arrive, context: BrowserContext, service: Service) -> None:
    first = arrive()
    first.start()
    second = Visitor(context.new_page(), "", "")
    second.page.goto(first.page.url)
    second.words.wait_for()

    first.say(SAID)
    expect(second.asks.last).to_have_text("What do you mean by “fine”?")
    second.say("It took three weeks.")
    expect(first.asks.last).to_have_text(second.asks.last.inner_text())

    turns = service.conversation(first.kept["token"])["turns"]
    assert [turn["id"] for turn in turns] == [f"t{at}" for at in range(1, len(turns) + 1)]


def test_pauses_and_goes_on(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.start()
    question = visitor.asks.last.inner_text()

    visitor.press("Pause")
    expect(visitor.asks.last).to_contain_text("We pause here.")
    visitor.press("Go on")

    expect(visitor.asks.last).to_contain_text(question)


def test_stops_at_once(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.start()

    visitor.press("Stop")

    expect(visitor.dialog).to_contain_text("Then we stop here.")


def test_deletes_everything_when_asked_twice(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.start()
    visitor.say(SAID)

    visitor.press("Delete my answers")
    expect(visitor.dialog).to_contain_text("Do you want to delete everything you said?")
    visitor.press("Delete my answers")

    expect(visitor.dialog).to_contain_text("Your answers have been deleted.")
    assert list(visitor.kept) == ["at"]


def test_deletes_by_its_code_after_the_end(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.start()
    visitor.say(SAID)
    visitor.press("Stop")
    expect(visitor.dialog).to_contain_text(re.compile(r"[A-Z2-7]{4}(-[A-Z2-7]{4}){3}"))

    visitor.press("Delete my answers")
    visitor.press("Delete my answers")

    expect(visitor.dialog).to_contain_text("Your answers have been deleted.")
    assert visitor.requests[-1].method == "DELETE"
    assert list(visitor.kept) == ["at"]


def test_speaks_the_language_that_is_chosen(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.press("Start")

    visitor.dialog.get_by_label("Language").select_option("de")

    expect(visitor.asks.first).to_contain_text("Ich bin eine KI")
    expect(visitor.dialog.get_by_role("button", name="Ja, anfangen")).to_be_visible()


def test_a_service_that_is_down_breaks_nothing_and_can_be_tried_again(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.page.route("**/v1/**", lambda route: route.abort())
    visitor.press("Start")
    expect(visitor.dialog).to_contain_text("That did not work.")

    visitor.page.unroute("**/v1/**")
    visitor.press("Try again")

    visitor.press("Yes, start")
    expect(visitor.words).to_be_visible()


@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_service_is_asked_again(arrive: Arrive, status: int) -> None:
    visitor = arrive()
    visitor.start()
    visitor.page.route("**/replies", lambda route: route.fulfill(status=status, body="{}"), times=1)

    visitor.say(SAID)

    expect(visitor.asks.last).to_have_text("What do you mean by “fine”?")
