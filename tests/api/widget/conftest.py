"""A visitor in a real browser, on a shop's page under a strict policy, and the real service."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.api.browser.conftest import browser as browser
from tests.api.widget.hosting import Service, Shop, serving, shop_for
from tests.api.widget.visiting import Visitor

_LOOK_INSIDE = """
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (init) {
  return attach.call(this, { ...init, mode: "open" });
};
"""
"""The root is closed, to tests too: they open it, and nothing else is changed."""

Arrive = Callable[..., Visitor]


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Give the running service."""
    with serving(tmp_path_factory.mktemp("service")) as running:
        yield running


@pytest.fixture(scope="session")
def shop(service: Service) -> Iterator[Shop]:
    """Give the shop's site."""
    with shop_for(service.url) as running:
        yield running


@pytest.fixture
def survey(service: Service, shop: Shop) -> str:
    """Give the key of a survey of the shop's."""
    return service.survey(shop.url)["key"]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a fresh browser, of a visitor who wants no motion."""
    opened = browser.new_context(
        viewport={"width": 1280, "height": 800}, reduced_motion="reduce", locale="en-GB"
    )
    opened.add_init_script(_LOOK_INSIDE)
    yield opened
    opened.close()


@pytest.fixture
def arrive(context: BrowserContext, shop: Shop, survey: str) -> Iterator[Arrive]:
    """Have a visitor arrive on a page that has the widget on it.

    At the end it is an error if the page heard of an error, or the policy stopped anything.
    """
    heard: list[str] = []

    def arrive(attributes: str = 'data-trigger="delay:0"', path: str = "/thanks") -> Visitor:
        address = shop.put(path, f'data-survey="{survey}" {attributes}')
        page: Page = context.new_page()
        visitor = Visitor(page, survey, shop.host)
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto(address)
        return visitor

    yield arrive
    cut = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "status of 4", "status of 5")
    assert [text for text in heard if not any(known in text for known in cut)] == []
