"""The service with the interviewer that ships: one conversation from consent to its end."""

from pathlib import Path

from fastapi.testclient import TestClient

from api.service import create_app
from api.service.doors import Doors
from assistant.settings import Settings
from assistant.store import access
from assistant.store.access import Role
from tests.api.service.visiting import Site

SAID = "In March the old machine broke, so I had to find another one before the weekend."


def test_asks_in_the_visitors_language_until_it_is_over(tmp_path: Path) -> None:
    app = create_app(Settings(home=tmp_path, workers=0))
    doors: Doors = app.state.doors
    with doors.engine.begin() as connection:
        secret, _ = access.make(connection, "ours", Role.OWNER)
    with TestClient(app) as client:
        site = Site(client, secret)
        visitor = site.visitor(language="de-AT", context={"visitor": "p03"})
        first = visitor.view
        visitor.say(SAID)
        heard = visitor.view
        while visitor.view["open"] and len(visitor.view["turns"]) < 60:
            visitor.say(kind="skip")

    assert "Kestrel" in first["turns"][0]["text"]
    assert first["language"] == "de"
    assert first["status"] == "asking"
    assert SAID in [turn["text"] for turn in heard["turns"]]
    assert visitor.view["status"] == "finished"
