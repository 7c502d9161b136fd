"""What a visitor sees of the widget, and does with it."""

import json
from typing import Any

from playwright.sync_api import Locator, Page, Request, expect


class Visitor:
    """Somebody on a page of the shop."""

    def __init__(self, page: Page, survey: str, host: str) -> None:
        self.page, self.survey = page, survey
        self.requests: list[Request] = []
        page.on("request", lambda request: self._note(request, host))

    def _note(self, request: Request, host: str) -> None:
        if request.url.startswith(host) and request.method != "OPTIONS":
            self.requests.append(request)

    @property
    def asked(self) -> list[str]:
        """The paths that the widget asked the service for, the script's own included."""
        return [request.url.split("/", 3)[3] for request in self.requests]

    @property
    def kept(self) -> dict[str, Any]:
        """What the browser keeps of the survey."""
        text = self.page.evaluate(
            "name => localStorage.getItem(name)", f"throughline:{self.survey}"
        )
        return json.loads(text or "{}")

    @property
    def dialog(self) -> Locator:
        """The card that is shown."""
        return self.page.get_by_role("dialog")

    @property
    def log(self) -> Locator:
        """The conversation."""
        return self.page.get_by_role("log")

    @property
    def asks(self) -> Locator:
        """All that the bot said."""
        return self.log.locator(".bt:not(.dots)")

    @property
    def words(self) -> Locator:
        """The field for words."""
        return self.page.get_by_role("textbox", name="Your answer")

    def press(self, name: str) -> None:
        """Press a button of the widget."""
        self.dialog.get_by_role("button", name=name, exact=True).click()

    def start(self) -> None:
        """Take the invitation, and consent."""
        self.press("Start")
        self.press("Yes, start")
        self.words.wait_for()

    def say(self, text: str) -> None:
        """Answer in words once the bot has finished, and wait for what it says to them."""
        expect(self.dialog.get_by_role("button", name="Send", exact=True)).to_be_enabled()
        before = self.asks.count()
        self.words.fill(text)
        self.words.press("Enter")
        self.asks.nth(before).wait_for()

    def skip_to(self, text: str) -> None:
        """Leave out questions until the bot says this."""
        while text not in self.asks.last.inner_text():
            before = self.asks.count()
            self.press("Skip this question")
            self.asks.nth(before).wait_for()
            self.log.locator(".dots").wait_for(state="detached")
