"""A shop's site with a survey, and what its visitors do there."""

from typing import Any
from uuid import uuid4

from fastapi.testclient import TestClient
from httpx2 import Response

ORIGIN = "https://shop.example"


class Site:
    """A survey, put to the visitors of one site."""

    def __init__(self, client: TestClient, access_key: str) -> None:
        self.client, self.access_key = client, access_key
        self.survey = self.put_up()

    def put_up(self, **fields: object) -> dict[str, Any]:
        """Make a survey."""
        wanted = {"study": "shop", "questionnaire": "post-purchase", "asker": "Kestrel"}
        wanted |= {"origins": [ORIGIN], **fields}
        return self.private("POST", "/v1/surveys", json=wanted).json()

    def private(self, method: str, path: str, **more: Any) -> Response:  # noqa: ANN401 as httpx takes
        """Send a private request with the owner's key."""
        headers = {"Authorization": f"Bearer {self.access_key}"}
        return self.client.request(method, path, headers=headers, **more)

    def begin(self, key: str | None = None, **fields: object) -> Response:
        """Open a conversation."""
        headers = {"Idempotency-Key": key or str(uuid4()), "Origin": ORIGIN}
        opening = {"survey": self.survey["key"], **fields}
        return self.client.post("/v1/public/conversations", json=opening, headers=headers)

    def visitor(self, **fields: object) -> "Visitor":
        """Open a conversation and consent to it."""
        visitor = Visitor(self.client, self.begin(None, **fields).json())
        visitor.say(kind="consent")
        return visitor


class Visitor:
    """Somebody in a conversation."""

    def __init__(self, client: TestClient, opened: dict[str, Any]) -> None:
        self.client = client
        self.token: str = opened["token"]
        self.code: str = opened["withdrawal_code"]
        self.view: dict[str, Any] = opened["conversation"]

    @property
    def headers(self) -> dict[str, str]:
        """What each request of theirs carries."""
        return {"Authorization": f"Bearer {self.token}", "Origin": ORIGIN}

    def send(self, key: str | None = None, *, to: str | None, **reply: object) -> Response:
        """Send a reply to a turn."""
        headers = self.headers | {"Idempotency-Key": key or str(uuid4())}
        sent = {"to": to, "reply": reply}
        return self.client.post(
            "/v1/public/conversations/current/replies", json=sent, headers=headers
        )

    def say(self, text: str = "", kind: str = "text") -> dict[str, Any]:
        """Reply to what is open, and hear what is said to it."""
        answer = self.send(to=self.view["open"], kind=kind, text=text)
        assert answer.status_code == 200, answer.text
        self.view = answer.json()
        return self.view

    def reload(self) -> Response:
        """Ask for the conversation as it stands."""
        return self.client.get("/v1/public/conversations/current", headers=self.headers)
