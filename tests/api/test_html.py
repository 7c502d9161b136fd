"""The page: one file that asks for nothing, says only what it can show, and runs nobody's text."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag

from api.export import html
from api.export.study import facts
from assistant.models import (
    Behaviour,
    Cell,
    Contradiction,
    CurvePoint,
    Draft,
    Evidence,
    FunnelStep,
    Gap,
    Opportunity,
    Persona,
    SpokenClaim,
    StageCount,
    Voice,
)
from ingestion.models import DocumentKind, Level, Refusal, State
from tests.builders import draft, evidence, theme, voice

HOSTILE = (
    "</script><script>document.title='gone'</script><!-- \"quoted\" & 'so' &lt;b&gt; {{ 7*7 }}"
)


def page(drawn: Draft, *quotes: Evidence, voices: tuple[Voice, ...] = (voice(),)) -> BeautifulSoup:
    known = {one.id: one for one in voices}
    text = html.write(drawn, {one.id: one for one in quotes}, known, facts=facts(voices))
    return BeautifulSoup(text, "html.parser")


def data(read: BeautifulSoup) -> dict[str, Any]:
    return json.loads(found(read, "#data").text)


def found(read: BeautifulSoup, selector: str) -> Tag:
    tag = read.select_one(selector)
    assert tag is not None, f"no {selector} on the page"
    return tag


def words(read: BeautifulSoup, selector: str) -> str:
    return " ".join(found(read, selector).get_text(" ").split())


def test_names_its_own_style_and_script_by_their_hashes_and_allows_nothing_else() -> None:
    read = page(draft())

    policy = str(found(read, "meta[http-equiv=Content-Security-Policy]")["content"])

    for tag in (found(read, "style"), found(read, "script:not([type])")):
        digest = b64encode(sha256(tag.decode_contents().encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert not re.search(r"unsafe|https?:|\*", policy)


def test_refers_to_nothing_outside_itself_and_has_no_inline_style_or_handler() -> None:
    read = page(draft(themes=(theme(),)), evidence(id="e1"))

    for tag in read.find_all(True):
        for name, value in tag.attrs.items():
            assert name not in {"src", "srcset", "style", "action"}
            assert not name.startswith("on")
            assert name != "href" or str(value).startswith(("#", "data:,"))
    assert not re.search(r"url\(|@import", found(read, "style").text)


def test_keeps_a_hostile_quote_as_it_is_and_inert() -> None:
    quote = evidence(HOSTILE, id="e1", before=HOSTILE, asked=HOSTILE)
    named = voice(quote.document, participant=HOSTILE)

    read = page(draft(themes=(theme(title=HOSTILE),)), quote, voices=(named,))

    assert data(read)["quotes"][0]["q"] == HOSTILE
    assert found(read, ".map .pc")["title"] == HOSTILE
    assert len(read.find_all("script")) == 2


def test_says_how_many_of_a_themes_quotes_it_holds() -> None:
    drawn = draft(themes=(theme(id="t1", evidence_ids=tuple(f"e{at}" for at in range(812))),))

    claim = data(page(drawn, evidence(id="e3"), evidence("Again.", id="e5")))["claims"]["t1"]

    assert (len(claim["quotes"]), claim["total"]) == (2, 812)


def test_gives_every_claim_something_to_open() -> None:
    read = page(everything(), *QUOTES, voices=VOICES)

    claims = data(read)["claims"]
    opened = {str(button["data-open"]) for button in read.select("[data-open]")}

    assert opened <= claims.keys()
    assert opened >= {"t1", "t2", "o1", "c1", "emotion:experience", "cell:0", "pe1"}
    assert all(claims[one]["quotes"] or claims[one]["kind"] == "unknown" for one in opened)


def test_says_what_it_does_not_know_and_what_to_ask() -> None:
    gap = Gap(stage="advocacy", row="goals", why="no evidence", question="What did you hope for?")

    read = page(draft(gaps=(gap,)))

    assert words(read, ".map .goals [data-stage=advocacy]") == "We do not know yet What to ask"
    assert data(read)["claims"]["unknown:advocacy:goals"]["question"] == gap.question
    assert gap.question in words(read, "#questions")


def test_says_that_no_events_are_linked_rather_than_that_no_gap_was_found() -> None:
    silent, counted = draft(), draft(funnel=(FunnelStep(step="home", sessions=9, drop_off=None),))

    assert words(page(silent), ".map .say_vs_do .c") == "No events linked"
    assert words(page(counted), ".map .say_vs_do .c") == "No gap found"


def test_gives_shares_with_their_base_and_none_where_the_base_is_not_known() -> None:
    drawn = draft(themes=(theme(id="t1", frequency=3),))
    heard = tuple(voice(f"r#{at}", kind="review") for at in range(12))

    known = page(drawn, evidence(id="e1"), voices=heard)
    unknown = BeautifulSoup(html.write(drawn, {}, {}), "html.parser")

    assert "25%" in words(known, ".map .pc")
    assert data(known)["claims"]["t1"]["facts"][0] == "3 of 12 voices (25%)"
    assert "%" not in words(unknown, ".map .pc")


def test_marks_a_line_as_an_assumption_where_nothing_was_said() -> None:
    persona = Persona(
        id="pe1",
        name="Beginners",
        role=None,
        goals=("It took three weeks.", "Save money"),
        pains=(),
        triggers=(),
        objections=(),
        channels=(),
        participants=("interviews/p01.vtt",),
    )

    read = page(draft(personas=(persona,)), evidence(id="e1"))

    first, second = (item.get_text(" ", strip=True) for item in read.select("#personas li"))
    assert (first, second) == ("It took three weeks.", "Save money assumption")
    assert len(read.select("#personas li mark")) == 1


def test_shows_the_ledger_and_why_something_was_not_used() -> None:
    refusal = Refusal(
        level=Level.FILES, state=State.FAILED, where="p11.vtt", reason="no cue timing", line=4
    )
    ledger = {"files": {"in": 1402, "used": 1401, "failed": 1}}

    read = page(draft(ledger=ledger, refusals=(refusal,), masked={"name": 14}, is_partial=True))

    said = words(read, "#sources")
    assert "files 1,402 1,401 0 0 0 0 1" in said
    assert "p11.vtt:4 failed no cue timing" in said.replace(" :4", ":4")
    assert "name 14" in said
    assert "Partial draft" in words(read, ".bar")


def test_keeps_all_it_cannot_show_at_once_behind_a_button() -> None:
    themes = tuple(theme(f"Pain {at}", evidence_ids=(f"e{at}",)) for at in range(5))

    read = page(draft(themes=themes))

    cell = found(read, ".map .pains [data-stage=experience]")
    assert len(cell.select(".pc")) == 5
    assert len(cell.select(".rest[hidden] .pc")) == 3
    assert words(read, ".map .pains .more .plus") == "+3 more"


def test_puts_a_real_quote_of_each_stage_on_the_poster_or_says_that_there_is_none() -> None:
    read = page(draft(themes=(theme(),)), evidence("It came a week late.", id="e1"))

    stages = [cell.get_text(" ", strip=True) for cell in read.select(".poster .words .c")]
    assert stages[3].startswith("It came a week late.")
    assert set(stages[:3]) == {"No quote of this stage can be shown."}


@pytest.mark.parametrize("direction", ["ltr", "rtl", "auto"])
def test_runs_as_it_is_told(direction: html.Direction) -> None:
    read = BeautifulSoup(html.write(draft(), {}, {}, direction), "html.parser")

    assert found(read, "html")["dir"] == direction


def test_is_the_same_for_the_same_map() -> None:
    known = {quote.id: quote for quote in QUOTES}

    assert html.write(everything(), known, {}) == html.write(everything(), known, {})


def test_stays_under_three_megabytes_with_two_thousand_quotes() -> None:
    said = "Nobody told me, and I found out by refreshing the page for the third time. " * 3
    quotes = {
        f"e{at}": evidence(f"{at} {said}", id=f"e{at}", document=f"r.csv#{at}", before=said)
        for at in range(2000)
    }
    drawn = draft(themes=tuple(theme(f"Pain {at}", evidence_ids=tuple(quotes)) for at in range(20)))

    written = html.write(drawn, quotes, {f"r.csv#{at}": voice(f"r.csv#{at}") for at in range(2000)})

    assert len(written.encode()) < 3_000_000


QUOTES = (
    evidence("Delivery took three weeks.", id="e1", document="r.csv#1", language="en"),
    evidence("The driver called ahead.", id="e2", document="r.csv#2", valence=1.5),
    evidence("Tell me the day.", id="e3", document="t.json#3", asked="What would help?"),
    evidence("Price was never an issue.", id="e4", document="i/p07.vtt", stage="decision"),
)
VOICES = (
    voice("r.csv#1", kind="review"),
    voice("r.csv#2", kind="review"),
    voice("t.json#3", kind="ticket"),
    voice("i/p07.vtt", participant="p07"),
    voice("events.csv", kind="events", language="und"),
)


def everything() -> Draft:
    """Make a small map that has one of everything."""
    late = theme("Delivery takes weeks", id="t1", counter_evidence_ids=("e2",), cost=0.38)
    return draft(
        themes=(late, theme("The driver calls", id="t2", kind="delight", evidence_ids=("e2",))),
        opportunities=(
            Opportunity(
                id="o1",
                title="Promise a day",
                stage="experience",
                theme_ids=("t1",),
                evidence_ids=("e3",),
                impact=4,
                effort=2,
            ),
        ),
        emotion_curve=(
            CurvePoint(stage="decision", valence=-0.6, low=-1, high=0, n=31),
            CurvePoint(stage="experience", valence=0.2, low=-1.5, high=1.5, n=12),
        ),
        stages=({"id": "decision", "name": "Decision"}, {"id": "experience", "name": "Experience"}),
        contradictions=(
            Contradiction(
                id="c1",
                claim=SpokenClaim(document="i/p07.vtt", quote="Price was never an issue."),
                behaviour=Behaviour(
                    document="events.csv", metric="views of /pricing", value=7, typical=1.8
                ),
                explanation="Says price did not matter, and looked at it seven times.",
                stage="decision",
            ),
        ),
        personas=(
            Persona(
                id="pe1",
                name="Waiters",
                role="customers",
                goals=("Tell me the day.",),
                pains=(late.title,),
                triggers=(),
                objections=(),
                channels=("email",),
                participants=("r.csv#1", "p07"),
            ),
        ),
        funnel=(
            FunnelStep(step="home", sessions=412, drop_off=0.38),
            FunnelStep(step="cart", sessions=255, drop_off=None),
        ),
        cells=(
            Cell(
                stage="experience",
                row="goals",
                text="Tell me the day.",
                is_quote=True,
                evidence_ids=("e3",),
                frequency=1,
            ),
        ),
        stage_counts=(StageCount(stage="experience", voices=3, kinds=(DocumentKind.REVIEW,)),),
        gaps=(Gap(stage="decision", row="stage", why="no evidence", question="What happened?"),),
    )
