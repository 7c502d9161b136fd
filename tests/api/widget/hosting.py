"""A service on one origin and a shop on another, both on this machine."""

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx2
import uvicorn

from api.service import create_app
from assistant.settings import Settings
from assistant.store import access
from assistant.store.access import Role
from assistant.store.session import service_at


@dataclass(frozen=True)
class Service:
    """The real service, with its own questionnaires and its own reader.

    Attributes:
        home: The folder in which it keeps everything.
    """

    url: str
    access_key: str
    home: Path

    def survey(self, origin: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 - as JSON has it
        """Put a survey on a site."""
        wanted = {"study": "shop", "questionnaire": "post-purchase", "asker": "Kestrel"}
        wanted |= {"origins": [origin], **fields}
        headers = {"Authorization": f"Bearer {self.access_key}"}
        return httpx2.post(f"{self.url}/v1/surveys", json=wanted, headers=headers).json()

    def read(self, path: str) -> dict[str, Any]:
        """Read what the company may read."""
        headers = {"Authorization": f"Bearer {self.access_key}"}
        return httpx2.get(f"{self.url}{path}", headers=headers).raise_for_status().json()

    def conversation(self, token: str) -> dict[str, Any]:
        """Give a conversation as it stands."""
        headers = {"Authorization": f"Bearer {token}"}
        return httpx2.get(f"{self.url}/v1/public/conversations/current", headers=headers).json()


@contextmanager
def serving(home: Path) -> Generator[Service]:
    """Run the service for as long as it is needed."""
    settings = Settings(home=home, workers=0, rate_address=1_000_000)
    engine = service_at(settings.database)
    with engine.begin() as connection:
        secret, _ = access.make(connection, "ours", Role.OWNER)
    engine.dispose()
    config = uvicorn.Config(create_app(settings), port=0, log_level="error", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield Service(f"http://127.0.0.1:{port}", secret, home)
    server.should_exit = True
    thread.join()


@dataclass
class Shop:
    """A site of another origin: pages by path, each under a strict policy but for /open.

    Attributes:
        url: Its origin.
        host: The service's origin, which the policy names.
        pages: Each page by its path.
    """

    url: str
    host: str
    pages: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def policy(self) -> str:
        """The Content-Security-Policy of every page."""
        return (
            f"default-src 'none'; script-src {self.host}; connect-src {self.host}; "
            f"img-src {self.host}; style-src 'none'; require-trusted-types-for 'script'"
        )

    def put(self, path: str, attributes: str, body: str = "<h1>Thank you, Ana.</h1>") -> str:
        """Put up a page with the widget on it, and give its address."""
        script = f'<script async src="{self.host}/widget.js" {attributes}></script>'
        view = '<meta name=viewport content="width=device-width">'
        head = f"<meta charset=utf-8>{view}<title>Shop</title>"
        self.pages[path] = f"<!doctype html><html lang=en><head>{head}{script}</head><body>{body}"
        return self.url + path


@contextmanager
def shop_for(service: str) -> Generator[Shop]:
    """Run a shop's site whose pages may load from `service` alone."""
    shop = Shop("", service)

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            page = shop.pages.get(self.path.partition("?")[0])
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if not self.path.startswith("/open"):
                self.send_header("Content-Security-Policy", shop.policy)
            self.end_headers()
            self.wfile.write((page or "").encode())

        def log_message(self, format: str, *args: object) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    shop.url = f"http://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield shop
    server.shutdown()
    server.server_close()
    thread.join()
