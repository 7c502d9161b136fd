"""On a page that is not ours: when it invites, what it leaves alone, and how it is worked."""

import json

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.api.widget.conftest import Arrive
from tests.api.widget.hosting import Service, Shop, shop_for
from tests.api.widget.visiting import Visitor

CALL = 'data-trigger="call"'


@pytest.mark.parametrize(
    ("attributes", "path"),
    [
        ('data-trigger="purchase"', "/thanks"),
        ('data-trigger="purchase" data-purchase-page="/order/*/thanks"', "/order/7/thanks"),
        ('data-trigger="cancel" data-cancel-page="/account/cancel*"', "/account/cancel-plan"),
        ('data-trigger="delay:0.1"', "/thanks"),
        ('data-trigger="exit delay:0"', "/thanks"),
        ('data-trigger="delay:0" data-pages="/shop/* /thanks"', "/thanks"),
        ('data-trigger="delay:0" data-sample="1"', "/thanks"),
        ("", "/thanks"),
    ],
)
def test_invites(arrive: Arrive, attributes: str, path: str) -> None:
    visitor = arrive(attributes, path)

    expect(visitor.dialog).to_be_visible(timeout=8000)
    assert visitor.asked == ["widget.js"]


@pytest.mark.parametrize(
    ("attributes", "path"),
    [
        (CALL, "/thanks"),
        ('data-trigger="purchase" data-purchase-page="/order/*/thanks"', "/basket"),
        ('data-trigger="cancel" data-cancel-page="/account/cancel*"', "/account"),
        ('data-trigger="basket" data-basket-page="/basket"', "/basket"),
        ('data-trigger="delay:0" data-pages="/shop/*"', "/thanks"),
        ('data-trigger="delay:0" data-not-pages="/thanks"', "/thanks"),
        ('data-trigger="delay:0" data-sample="0"', "/thanks"),
        ('data-trigger="nonsense:x"', "/thanks"),
    ],
)
def test_does_not_invite(arrive: Arrive, attributes: str, path: str) -> None:
    visitor = arrive(attributes, path)

    visitor.page.wait_for_timeout(300)

    expect(visitor.dialog).to_have_count(0)


def test_invites_who_leaves_the_basket_for_another_page(arrive: Arrive, shop: Shop) -> None:
    leaving = 'data-trigger="basket" data-basket-page="/basket" data-purchase-page="/thanks"'
    visitor = arrive(leaving, "/basket")
    script = shop.pages["/basket"]
    shop.pages["/basket"] = script + "<a href=/help>Help</a><a href=/thanks>Buy</a>"
    shop.pages |= {"/help": script, "/thanks": script}

    visitor.page.reload()
    visitor.page.get_by_role("link", name="Buy").click()
    visitor.page.wait_for_timeout(200)
    expect(visitor.dialog).to_have_count(0)
    visitor.page.go_back()
    visitor.page.get_by_role("link", name="Help").click()

    expect(visitor.dialog).to_be_visible()


def test_invites_on_the_way_out(arrive: Arrive) -> None:
    visitor = arrive('data-trigger="exit"')
    visitor.page.wait_for_function("typeof journey === 'function'")

    visitor.page.evaluate(
        "document.dispatchEvent(new MouseEvent('mouseout', { clientY: -1, bubbles: true }))"
    )

    expect(visitor.dialog).to_be_visible()


def test_invites_after_so_much_was_seen(arrive: Arrive, shop: Shop, survey: str) -> None:
    visitor = arrive(CALL)
    long = "<p>More.</p>" * 200
    shop.put("/long", f'data-survey="{survey}" data-trigger="scroll:60"', long)
    visitor.page.goto(f"{shop.url}/long")
    visitor.page.wait_for_function("typeof journey === 'function'")
    expect(visitor.dialog).to_have_count(0)

    visitor.page.mouse.wheel(0, 5000)

    expect(visitor.dialog).to_be_visible()


def test_invites_on_a_page_that_is_shown_without_being_loaded(arrive: Arrive) -> None:
    visitor = arrive('data-trigger="purchase" data-purchase-page="/order/thanks"', "/order")
    visitor.page.wait_for_function("typeof journey === 'function'")

    visitor.page.evaluate("history.pushState(null, '', '/order/thanks')")

    expect(visitor.dialog).to_be_visible()


def test_a_call_of_the_page_opens_it_where_the_person_has_just_acted(
    arrive: Arrive, shop: Shop, survey: str
) -> None:
    visitor = arrive(CALL)
    button = f'<button data-journey-open="{survey}">Tell us</button>'
    visitor.page.goto(shop.put("/tell", f'data-survey="{survey}" {CALL}', button))
    visitor.page.wait_for_function("typeof journey === 'function'")

    visitor.page.get_by_role("button", name="Tell us").click()

    expect(visitor.dialog.get_by_role("button", name="Yes, start")).to_be_visible()


_CALLED_BEFORE = """
window.told = [];
document.addEventListener("journey", (event) => told.push(event.detail));
window.journey = () => {};
journey.q = [["open"]];
"""


def test_a_call_of_the_page_alone_only_invites(context: BrowserContext, arrive: Arrive) -> None:
    context.add_init_script(_CALLED_BEFORE)

    visitor = arrive(CALL)

    expect(visitor.dialog.get_by_role("button", name="Start")).to_be_visible()
    assert visitor.kept == {}


@pytest.mark.parametrize(("days", "invites"), [(2, True), (30, False)])
def test_invites_who_has_opened_it_once_in_so_many_days(
    arrive: Arrive, days: int, invites: bool
) -> None:
    visitor = arrive(CALL)
    week = 7 * 86_400_000
    visitor.page.evaluate(
        "([name, ago]) => localStorage.setItem(name, JSON.stringify({ at: Date.now() - ago }))",
        [f"throughline:{visitor.survey}", week],
    )

    again = arrive(f'data-trigger="delay:0" data-every="{days}"')

    again.page.wait_for_timeout(300)
    expect(again.dialog).to_have_count(int(invites))


def test_sends_what_is_known_of_the_visit(arrive: Arrive) -> None:
    known = 'data-visitor="v7" data-step="payment" data-order-value="749.5" data-plan="pro"'
    visitor = arrive(f'data-trigger="delay:0" {known} data-signature="ab" data-page="/x"')

    visitor.press("Start")
    expect(visitor.dialog.get_by_role("button", name="Yes, start")).to_be_visible()

    (opening,) = [each for each in visitor.requests if each.url.endswith("/conversations")]
    assert json.loads(opening.post_data or "") == {
        "survey": visitor.survey,
        "language": "en",
        "context": {
            "page": "/x",
            "step": "payment",
            "plan": "pro",
            "visitor": "v7",
            "order_value": 749.5,
        },
        "visitor_signature": "ab",
    }


def test_a_survey_is_not_asked_on_a_site_it_is_not_for(
    context: BrowserContext, service: Service, shop: Shop
) -> None:
    elsewhere = service.survey("https://other.example")["key"]
    visitor = Visitor(context.new_page(), elsewhere, shop.host)
    visitor.page.goto(shop.put("/else", f'data-survey="{elsewhere}" data-trigger="delay:0"'))

    visitor.press("Start")

    expect(visitor.dialog).to_contain_text("That did not work.")


def test_its_root_is_closed(browser: Browser, shop: Shop, survey: str) -> None:
    page = browser.new_page()
    page.goto(shop.put("/closed", f'data-survey="{survey}" data-trigger="delay:0"'))
    page.wait_for_selector("throughline-survey", state="attached")

    assert page.evaluate("document.querySelector('throughline-survey').shadowRoot") is None
    page.close()


def test_the_pages_rules_do_not_reach_in(context: BrowserContext, shop: Shop, survey: str) -> None:
    page = context.new_page()
    page.goto(shop.put("/styled", f'data-survey="{survey}" data-trigger="delay:0"'))
    page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`body ~ * { display: none !important; --w-bg: red !important }
            throughline-survey { opacity: 0 !important; transform: scale(2) !important }
            button { background: red !important }`);
          document.adoptedStyleSheets = [sheet];
        }"""
    )
    dialog = page.get_by_role("dialog")

    start = dialog.get_by_role("button", name="Start")
    expect(start).to_have_css("background-color", "rgb(122, 59, 29)")
    expect(dialog).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(dialog).to_have_css("color", "rgb(29, 26, 23)")
    assert page.evaluate(_HOST_STYLE) == ["1", "none"]


_HOST_STYLE = """() => {
  const style = getComputedStyle(document.querySelector("throughline-survey"));
  return [style.opacity, style.transform];
}"""


@pytest.mark.parametrize(
    ("attributes", "background"),
    [
        ('data-bg="#123456"', "rgb(18, 52, 86)"),
        ('data-bg="teal"', "rgb(0, 128, 128)"),
        ('data-bg="red;}*{display:none"', "rgb(255, 255, 255)"),
        ('data-bg="url(https://evil.example/x)"', "rgb(255, 255, 255)"),
        ('data-theme="dark"', "rgb(29, 25, 23)"),
    ],
)
def test_takes_colours_and_nothing_else(arrive: Arrive, attributes: str, background: str) -> None:
    visitor = arrive(f'data-trigger="delay:0" {attributes}')

    expect(visitor.dialog).to_have_css("background-color", background)


def test_takes_colours_and_font_from_the_survey(
    context: BrowserContext, service: Service, shop: Shop
) -> None:
    look = {"bg": "#101820", "ink": "#f0f0f0", "font": "Georgia, serif"}
    key = service.survey(shop.url, appearance=look)["key"]
    visitor = Visitor(context.new_page(), key, shop.host)
    visitor.page.goto(shop.put("/look", f'data-survey="{key}" data-trigger="delay:0"'))

    visitor.press("Start")

    expect(visitor.dialog).to_have_css("background-color", "rgb(16, 24, 32)")
    expect(visitor.dialog).to_have_css("font-family", "Georgia, serif")


def test_never_takes_the_focus_by_itself(arrive: Arrive) -> None:
    visitor = arrive()

    visitor.dialog.wait_for()

    assert visitor.page.evaluate("document.activeElement === document.body")
    expect(visitor.page.get_by_role("status").first).to_have_text("May we ask you a few questions?")


def test_is_worked_by_keyboard_alone(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.dialog.wait_for()
    keyboard = visitor.page.keyboard

    keyboard.press("Tab")
    keyboard.press("Enter")
    expect(visitor.dialog.get_by_role("button", name="Yes, start")).to_be_focused()
    keyboard.press("Enter")
    expect(visitor.words).to_be_focused()
    keyboard.type("Slow.")
    keyboard.press("Shift+Enter")
    keyboard.type("Very.")
    keyboard.press("Enter")

    expect(visitor.log.locator(".me")).to_contain_text("Slow.\nVery.")
    expect(visitor.words).to_be_focused()


def test_escape_puts_it_away_and_gives_the_focus_back(
    context: BrowserContext, shop: Shop, survey: str
) -> None:
    body = "<button data-journey-open>Tell us</button>"
    visitor = Visitor(context.new_page(), survey, shop.host)
    visitor.page.goto(shop.put("/tell", f'data-survey="{survey}" {CALL}', body))
    opener = visitor.page.get_by_role("button", name="Tell us")
    visitor.page.wait_for_function("typeof journey === 'function'")
    opener.click()
    visitor.press("Yes, start")
    visitor.words.wait_for()

    visitor.page.keyboard.press("Escape")
    expect(visitor.dialog).to_have_count(0)
    expect(opener).to_be_focused()
    visitor.page.get_by_role("button", name="Go on").click()

    expect(visitor.words).to_be_focused()


def test_tab_stays_in_the_sheet_on_a_phone(arrive: Arrive) -> None:
    visitor = arrive()
    visitor.page.set_viewport_size({"width": 390, "height": 844})
    visitor.start()
    last = visitor.dialog.get_by_role("button", name="Delete my answers")
    last.focus()

    visitor.page.keyboard.press("Tab")
    expect(visitor.dialog.get_by_role("button", name="Close")).to_be_focused()
    visitor.page.keyboard.press("Shift+Tab")

    expect(last).to_be_focused()


@pytest.mark.parametrize("width", [390, 1280])
def test_every_button_is_large_enough_to_touch(arrive: Arrive, width: int) -> None:
    visitor = arrive()
    visitor.page.set_viewport_size({"width": width, "height": 844})
    visitor.start()

    sizes = visitor.dialog.get_by_role("button").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect().height)"
    )

    assert min(sizes) >= 40


def test_tells_the_page_what_it_comes_to_and_nothing_that_was_said(
    context: BrowserContext, arrive: Arrive
) -> None:
    context.add_init_script(_CALLED_BEFORE)
    visitor = arrive(CALL)

    visitor.press("Not now")

    assert visitor.page.evaluate("told") == [
        {"survey": visitor.survey, "phase": "invited"},
        {"survey": visitor.survey, "phase": "away"},
    ]


def test_a_browser_without_storage_still_talks(context: BrowserContext, arrive: Arrive) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })"
    )
    visitor = arrive()

    visitor.start()

    visitor.say("Slow.")


@pytest.mark.parametrize(
    "broken",
    ["delete window.customElements.__proto__.define", "Element.prototype.attachShadow = undefined",
     "window.CSSStyleSheet = undefined", "window.matchMedia = undefined"],
)  # fmt: skip
def test_a_browser_that_lacks_something_breaks_nothing(
    context: BrowserContext, arrive: Arrive, broken: str
) -> None:
    context.add_init_script(broken)

    visitor = arrive()

    visitor.page.wait_for_timeout(200)
    expect(visitor.page.get_by_role("heading", name="Thank you, Ana.")).to_be_visible()


def test_works_in_a_frame_on_another_site(context: BrowserContext, shop: Shop, survey: str) -> None:
    inside = shop.put("/inside", f'data-survey="{survey}" data-trigger="delay:0"')
    page = context.new_page()
    with shop_for(shop.host) as outside:
        outside.pages["/open"] = f"<iframe src='{inside}' width=600 height=700></iframe>"
        page.goto(f"{outside.url}/open")
    frame = page.frame_locator("iframe")

    frame.get_by_role("button", name="Start").click()
    frame.get_by_role("button", name="Yes, start").click()

    expect(frame.get_by_role("textbox")).to_be_visible()


def test_the_page_of_a_link_is_the_survey(
    context: BrowserContext, service: Service, survey: str
) -> None:
    page = context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(f"{message.text} {message.location}"))

    page.goto(f"{service.url}/s/{survey}")
    page.get_by_role("button", name="Yes, start").click()

    expect(page.get_by_role("textbox")).to_be_visible()
    assert [error for error in errors if "favicon.ico" not in error] == []


def test_is_mirrored_where_one_writes_from_right_to_left(arrive: Arrive) -> None:
    visitor = arrive(
        'data-trigger="delay:0" data-language="ar" data-title="سؤال" data-start="ابدأ"'
    )

    box = visitor.dialog.bounding_box()
    logo = visitor.dialog.locator(".lo").bounding_box()

    assert box
    assert logo
    assert box["x"] == pytest.approx(24, abs=2)
    assert logo["x"] > box["x"] + box["width"] / 2


def test_moves_for_who_wants_it_and_for_nobody_else(arrive: Arrive) -> None:
    visitor = arrive()
    expect(visitor.dialog).to_have_css("animation-name", "none")

    visitor.page.emulate_media(reduced_motion="no-preference")

    expect(visitor.dialog).to_have_css("animation-name", "in")
