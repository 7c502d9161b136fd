"""The page in a browser: opened from a file, worked by keyboard, in the dark, on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from api.export import html
from api.export.study import facts
from api.export.words import ROWS
from assistant.models import Draft, Evidence
from tests.api.browser.conftest import Open
from tests.api.test_html import HOSTILE, QUOTES, VOICES, everything
from tests.builders import draft, evidence, theme, voice

INK = "rgb(27, 33, 30)"
KNOWN = {quote.id: quote for quote in QUOTES}
WHOLE = html.write(everything(), KNOWN, {one.id: one for one in VOICES}, facts=facts(VOICES))


def written(drawn: Draft, *quotes: Evidence) -> str:
    voices = {quote.document: voice(quote.document) for quote in quotes}
    return html.write(drawn, {quote.id: quote for quote in quotes}, voices)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def focus_grid(page: Page) -> None:
    page.locator("#grid [tabindex='0']").first.focus()


def test_opens_a_claims_quotes_in_their_context(open_page: Open) -> None:
    quote = evidence(
        "It came late.", id="e1", before="I took Friday off.", after="No call.", asked="And then?"
    )
    page = open_page(written(draft(themes=(theme(),)), quote))

    page.locator("#grid .pc").click()

    drawer = page.locator("#evidence")
    expect(drawer.locator("mark")).to_have_text("It came late.")
    expect(drawer.locator("blockquote")).to_have_text("I took Friday off. It came late. No call.")
    expect(drawer.locator(".asked")).to_have_text("Asked (not the customer’s words)And then?")
    expect(drawer.locator(".qc-h")).to_contain_text("interviews/p01.vtt")
    expect(page.locator("#grid .pc")).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize(
    ("row", "title"), [("pains", "Delivery takes weeks"), ("delights", "The driver calls")]
)
def test_opens_a_theme_by_keyboard_and_gives_the_focus_back(
    open_page: Open, row: str, title: str
) -> None:
    page = open_page(WHOLE)
    cell = page.locator(f"#grid .{row} .c").nth(1)
    focus_grid(page)

    press(page, "Control+Home", "ArrowRight", *["ArrowDown"] * (list(ROWS).index(row) + 1), "Enter")

    expect(page.locator("#claim-title")).to_have_text(title)
    expect(page.locator("#claim-title")).to_be_focused()
    press(page, "Escape")
    expect(page.locator("#evidence")).to_be_hidden()
    expect(cell.locator("button")).to_be_focused()
    press(page, "Escape")
    expect(cell).to_be_focused()


def test_has_one_tab_stop_for_the_map(open_page: Open) -> None:
    page = open_page(WHOLE)

    assert page.locator("#grid [tabindex='0']").count() == 1
    assert page.locator("#grid button:not([tabindex='-1']):visible").count() == 0


def test_goes_from_quote_to_quote_with_j_and_k(open_page: Open) -> None:
    page = open_page(WHOLE, hash="#t=t1")
    articles = page.locator("#evidence article")

    press(page, "j", "j")
    expect(articles.nth(1)).to_be_focused()
    press(page, "k")
    expect(articles.nth(0)).to_be_focused()


def test_goes_into_a_cell_of_several_cards_and_out_again(open_page: Open) -> None:
    themes = tuple(theme(f"Pain {at}", evidence_ids=(f"e{at}",)) for at in range(4))
    quotes = tuple(evidence(f"It hurts {at}.", id=f"e{at}") for at in range(4))
    page = open_page(written(draft(themes=themes), *quotes))
    cell = page.locator("#grid .pains [data-stage=experience]")
    cell.focus()

    press(page, "Enter", "Tab")
    expect(cell.locator(".pc").nth(1)).to_be_focused()
    press(page, "Tab", "Enter")
    expect(cell.locator(".pc:visible")).to_have_count(4)
    press(page, "Escape")
    expect(cell).to_be_focused()


def test_opens_what_a_link_points_to(open_page: Open) -> None:
    page = open_page(WHOLE, hash="#t=c1")

    expect(page.locator("#claim-kind")).to_have_text("Say vs do")
    expect(page.locator("#evidence mark")).to_have_text("Price was never an issue.")
    expect(page.locator("#evidence .counted")).to_have_text(
        "views of /pricing: 7 (typical: 1.8) Counted, not quoted."
    )


def test_shows_counter_evidence_in_the_same_list(open_page: Open) -> None:
    page = open_page(WHOLE, hash="#t=t1")

    against = page.locator("#evidence article.against")
    expect(against).to_contain_text("The driver called ahead.")
    expect(against).to_contain_text("Says otherwise")
    expect(page.locator("#evidence .note")).to_have_text("1 quote says otherwise")


def test_says_how_many_quotes_it_shows_of_how_many(open_page: Open) -> None:
    many = theme(id="t1", evidence_ids=tuple(f"e{at}" for at in range(812)))
    quotes = tuple(evidence(f"Late, {at}.", id=f"e{at}") for at in range(40))
    page = open_page(written(draft(themes=(many,)), *quotes), hash="#t=t1")

    expect(page.locator("#evidence .note")).to_have_text(
        "40 of 812 quotes shown; all are in map.json."
    )
    page.get_by_role("button", name="Show 20 more quotes").click()
    expect(page.locator("#evidence article")).to_have_count(40)


def test_shows_a_hostile_quote_verbatim_and_runs_nothing(open_page: Open) -> None:
    quote = evidence(HOSTILE, id="e1", before=HOSTILE, asked=HOSTILE)
    page = open_page(written(draft(themes=(theme(title=HOSTILE),)), quote))

    page.locator("#grid .pc").click()

    assert page.locator("#evidence mark").text_content() == HOSTILE
    assert page.locator("#claim-title").text_content() == HOSTILE
    assert page.title() == "A small shop · Journey map"
    assert page.evaluate("document.scripts.length") == 2


def test_serif_and_yellow_are_for_customers_words_alone(open_page: Open) -> None:
    page = open_page(WHOLE, hash="#t=t1")

    said = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((one) => getComputedStyle(one).fontFamily.startsWith("Charter"))
            .filter((one) => one.offsetParent && !one.closest("blockquote,.verb"))
            .map((one) => one.outerHTML)"""
    )

    assert said == []
    assert page.locator("mark:visible").all_text_contents()
    spoken = {quote.quote for quote in QUOTES}
    for text in page.locator("mark:visible").all_text_contents():
        assert text.replace("…", "") in spoken


def test_filters_counts_and_quotes_by_persona(open_page: Open) -> None:
    page = open_page(WHOLE)
    page.locator("#grid .dc").click()

    page.get_by_role("radio", name=re.compile("Waiters")).click()

    expect(page.locator("#grid .pc [data-voices]")).to_have_text("1")
    expect(page.locator("#grid .dc")).to_have_class(re.compile(r"\boff\b"))
    expect(page.locator("#claim-body")).to_contain_text("Nothing from these people")
    expect(page.locator("#said")).to_contain_text("Waiters")
    page.get_by_role("radio", name=re.compile("Everyone")).click()
    expect(page.locator("#evidence mark")).to_have_text("The driver called ahead.")


def test_shows_one_view_at_a_time_and_opens_evidence_from_each(open_page: Open) -> None:
    page = open_page(WHOLE)

    page.get_by_role("link", name="Priorities").click()
    expect(page.locator("#map")).to_be_hidden()
    page.get_by_role("button", name="Delivery takes weeks").click()

    expect(page.locator("#evidence mark").first).to_have_text("Delivery took three weeks.")


def test_shows_one_stage_at_a_time_on_a_phone(open_page: Open) -> None:
    page = open_page(WHOLE, width=390, height=844)
    expect(page.locator("#stage-name")).to_have_text("Experience")

    page.get_by_role("button", name="Decision", exact=True).click()

    expect(page.locator("#stage-name")).to_have_text("Decision")
    expect(page.locator("#grid .say_vs_do .gp")).to_be_visible()
    expect(page.locator("#grid .pc")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_prints_one_light_page_that_holds_everything(open_page: Open) -> None:
    page = open_page(WHOLE)

    page.emulate_media(media="print", color_scheme="dark")

    expect(page.locator(".app")).to_be_hidden()
    assert page.locator(".poster .map").evaluate(
        "(map) => map.scrollHeight <= map.clientHeight + 1"
    )
    assert page.locator(".poster h1").evaluate("(h) => getComputedStyle(h).color") == INK
    assert page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n") == 1


@pytest.mark.parametrize("how", ["light", "dark", "forced"])
def test_draws_in_every_colour_scheme(open_page: Open, how: str) -> None:
    page = open_page(WHOLE, hash="#t=t1")

    page.emulate_media(
        color_scheme="dark" if how == "dark" else "light",
        forced_colors="active" if how == "forced" else "none",
    )

    assert len(page.screenshot()) > 20_000


def test_mirrors_from_right_to_left(open_page: Open) -> None:
    page = open_page(html.write(everything(), KNOWN, {}, "rtl"))
    left = "(selector) => document.querySelector(selector).getBoundingClientRect().left"

    assert page.evaluate(left, ".st[data-stage=decision]") > page.evaluate(
        left, ".st[data-stage=experience]"
    )
    page.locator("#grid .goals [data-stage=decision]").focus()
    press(page, "ArrowLeft")
    expect(page.locator("#grid .goals [data-stage=experience]")).to_be_focused()


def test_shows_what_was_masked_as_masked_and_other_brackets_as_words(open_page: Open) -> None:
    quote = evidence("Dear [name], I said [sic] so.", id="e1", before="[name] called.")
    page = open_page(written(draft(themes=(theme(id="t1"),), masked={"name": 2}), quote), "#t=t1")

    expect(page.locator("#evidence blockquote .tag")).to_have_text(["[name]", "[name]"])
    expect(page.locator("#evidence mark")).to_have_text("Dear [name], I said [sic] so.")
