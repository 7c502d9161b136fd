"""The service with the interviewer that ships: one conversation from consent to its end."""

import hashlib
import hmac
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.service import create_app
from api.service.doors import Doors
from assistant import questionnaires
from assistant.settings import Settings
from assistant.store import access, events
from assistant.store.access import Role
from assistant.store.session import connect
from assistant.workflows import study
from tests.api.service.visiting import Site
from tests.assistant.claims.builders import others, visit

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


CLAIM = "The price did not matter to me at all."
RETRACED = questionnaires.bank().variants("probe.retrace", "en")
PRICE = "view /pricing"


def _signed(secret: str, visitor: str) -> str:
    """Sign a visitor as the shop's server does."""
    return hmac.new(secret.encode(), visitor.encode(), hashlib.sha256).hexdigest()


def _log_what_p03_did(settings: Settings) -> None:
    """Have the study's log say that p03 looked at the price on eight days, and others once."""
    engine = connect(settings.database)
    looked = [event for day in range(8) for event in visit("p03", day, PRICE)]
    with engine.begin() as connection:
        id = study.named([settings.home / "studies" / "shop"])
        events.save(connection, id, [*looked, *others({0: (PRICE,), 3: ("purchase",)}, n=9)])
    engine.dispose()


@pytest.mark.parametrize(
    ("visitor", "is_signed", "is_asked"),
    [
        pytest.param("p03", True, True, id="vouched for"),
        pytest.param("p03", False, False, id="merely named by the page"),
        pytest.param("p04", True, False, id="somebody else"),
    ],
)
def test_asks_openly_about_a_claim_that_the_study_s_log_speaks_against(
    tmp_path: Path, visitor: str, is_signed: bool, is_asked: bool
) -> None:
    settings = Settings(home=tmp_path, workers=0)
    _log_what_p03_did(settings)
    app = create_app(settings)
    doors: Doors = app.state.doors
    with doors.engine.begin() as connection:
        secret, _ = access.make(connection, "ours", Role.OWNER)
    with TestClient(app) as client:
        site = Site(client, secret)
        signature = _signed(site.survey["visitor_secret"], visitor) if is_signed else None
        came = site.visitor(context={"visitor": visitor}, visitor_signature=signature)
        came.say(CLAIM)

    said = came.view["turns"][-1]["text"]
    assert (said in RETRACED) == is_asked
    assert "pric" not in said.lower()
