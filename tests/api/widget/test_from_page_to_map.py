"""All the way: from an invitation on a shop's page to the person's words, cited on the team's map.

Nothing is stood in for: the page is of another origin under the strict policy, the service runs
with its questionnaires, its reader and its own sweep, and the map is drawn as a team draws it, by
`journey draft` over the study's folder, in a process of its own.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from assistant.models import JourneyMap
from tests.api.widget.conftest import Arrive
from tests.api.widget.hosting import Service, Shop
from tests.api.widget.visiting import Visitor

STUDY = "from-page-to-map"
TOLD = "The courier lost my parcel and nobody answered my calls."
UNPACKED = "I was furious, because the tracking page showed nothing for three weeks."
OFFLINE = "The checkout kept rejecting my card, so I had to pay by bank transfer."
MEANT = "The support chat never replied to me, and that annoyed me most."
SAID = (TOLD, UNPACKED, OFFLINE, MEANT)
_FILED_WITHIN_S = 60
_DRAW = "from api.cli import app; app()"


@pytest.fixture
def survey(service: Service, shop: Shop) -> str:
    """Give the key of a survey whose answers go to a study of their own."""
    return service.survey(shop.url, study=STUDY)["key"]


def test_what_a_visitor_says_is_cited_word_for_word_on_the_map(
    arrive: Arrive, context: BrowserContext, service: Service, tmp_path: Path
) -> None:
    visitor = arrive()
    expect(visitor.dialog).to_contain_text("May we ask you a few questions?")
    assert visitor.asked == ["widget.js"]
    visitor.start()

    visitor.say(TOLD)
    probe = visitor.asks.last.inner_text()
    visitor.page.reload()
    expect(visitor.asks.last).to_have_text(probe)
    visitor.say(UNPACKED)
    _say_without_a_network(visitor, context)
    visitor.skip_to("This is what I take from it")
    visitor.say(MEANT)
    expect(visitor.asks.last).to_contain_text(f"Now it reads: “{MEANT[:-1]}”")
    visitor.press("That is right")
    visitor.press("5, Completely")
    expect(visitor.dialog).to_contain_text("Thank you, that was all.")

    document, transcript = _filed(service)
    assert [turn["text"] for turn in transcript["turns"] if turn["role"] == "customer"] == [*SAID]
    assert [turn["probe"] for turn in transcript["log"] if turn["kind"] == "probe"]
    drawn = _drawn(service.home, tmp_path / "map.json")
    cited = {each.quote for each in drawn.evidence if each.document == document}
    assert cited == {*SAID}
    assert _on_themes(drawn) >= {TOLD, UNPACKED}


def _say_without_a_network(visitor: Visitor, context: BrowserContext) -> None:
    """Answer while the network is cut; the answer waits, and goes out when it is back."""
    before = visitor.asks.count()
    context.set_offline(True)
    visitor.words.fill(OFFLINE)
    visitor.words.press("Enter")
    expect(visitor.dialog.get_by_text("You are offline")).to_be_visible()
    context.set_offline(False)
    visitor.asks.nth(before).wait_for()


def _filed(service: Service) -> tuple[str, dict[str, Any]]:
    """Wait for the service to file the conversation; give its document and its transcript."""
    for _ in range(10 * _FILED_WITHIN_S):
        filed = service.read(f"/v1/conversations?study={STUDY}&is_filed=true")["items"]
        if filed:
            (found,) = filed
            transcript = service.read(f"/v1/transcripts/{found['id']}")
            return f"interviews/{found['id']}.json", transcript
        time.sleep(0.1)
    pytest.fail(f"not filed within {_FILED_WITHIN_S} s")


def _drawn(home: Path, out: Path) -> JourneyMap:
    """Draw the study's map as a team does, by the command."""
    command = [sys.executable, "-c", _DRAW, "draft", str(home / "studies" / STUDY)]
    run = subprocess.run(
        [*command, "--out", str(out)],
        env=os.environ | {"JOURNEY_HOME": str(home), "JOURNEY_WORKERS": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return JourneyMap.model_validate_json(out.read_text("utf-8"))


def _on_themes(drawn: JourneyMap) -> set[str]:
    """The quotes that themes rest on."""
    ids = {id for theme in drawn.themes for id in theme.evidence_ids}
    return {each.quote for each in drawn.evidence if each.id in ids}
