"""A real browser for the page, which may ask for nothing and must not complain."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

Open = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Open a browser for a module: while it is open, its event loop runs and no other may."""
    program = os.environ.get("JOURNEY_CHROMIUM", "/usr/bin/chromium")
    if not Path(program).exists():
        raise FileNotFoundError(
            f"The page's tests need Chromium, and {program} is not there. Install it "
            "(apt-get install chromium), or set JOURNEY_CHROMIUM to where it is."
        )
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=list(_FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open a page from a file, as somebody would who was sent it.

    At the end, it is an error if the page asked for anything or wrote to the console.
    """
    heard: list[str] = []
    opened: list[Page] = []

    def refuse(route: Route, request: Request) -> None:
        if request.url == (tmp_path / "map.html").as_uri() or request.url.startswith("data:"):
            route.continue_()
        else:
            heard.append(f"request for {request.url}")
            route.abort()

    def show(text: str, hash: str = "", width: int = 1440, height: int = 900) -> Page:
        (tmp_path / "map.html").write_text(text, encoding="utf-8")
        context = browser.new_context(
            viewport={"width": width, "height": height}, reduced_motion="reduce"
        )
        page = context.new_page()
        page.route("**/*", refuse)
        page.on("console", lambda message: heard.append(message.text))
        page.on("pageerror", lambda error: heard.append(str(error)))
        page.goto((tmp_path / "map.html").as_uri() + hash)
        opened.append(page)
        return page

    yield show
    for page in opened:
        page.context.close()
    assert heard == []
