"""Finding with a model: every sentence is asked about once, and an answer is about its row."""

import asyncio
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import asking, prompts
from assistant.asking import mark
from assistant.errors import MalformedReply, ModelError, ModelRefused, ModelUnavailable
from assistant.finding import Finder, Found
from assistant.finding.reply import Findings
from assistant.llm.questions import schema
from assistant.prompts import Messages
from ingestion.models import DocumentKind, Segment
from ingestion.screening import is_instruction
from tests.assistant.asking.scripted import (
    Notebook,
    Script,
    ScriptedLlm,
    find_lost,
    finding,
    segments,
    shown,
)

SAID = segments("They lost my parcel.", "The shop is in Leeds.", "Then they lost my mail.")


def _read(said: list[Segment], script: Script, notes: Notebook | None = None) -> Found:
    return asyncio.run(_finder(script, notes)[0].read(said))


def _finder(script: Script, notes: Notebook | None = None) -> tuple[Finder, ScriptedLlm]:
    llm = ScriptedLlm(script)
    return Finder(llm, notes or Notebook(), "scripted"), llm


def test_reads_what_the_model_finds_and_nothing_else() -> None:
    found = _read(SAID, find_lost)

    assert sorted(found.findings) == sorted([SAID[0].id, SAID[2].id])
    assert found.findings[SAID[0].id].kind == "pain"
    assert not found.failed


@pytest.mark.parametrize(
    "id",
    [
        pytest.param(mark(9, "Said elsewhere."), id="a row that was not shown"),
        pytest.param(mark(2, SAID[0].text), id="the number of another row"),
        pytest.param("1", id="no letter"),
        pytest.param("the first", id="no id at all"),
    ],
)
def test_refuses_what_names_no_row(id: str) -> None:
    finder, _ = _finder(lambda _: {"found": [finding(id)]})

    found = asyncio.run(finder.read(SAID))

    assert not found.findings
    assert finder.counts == {"no such row": 1}


_LONG = (
    "They lost it, and " + "we looked for it in every corner of the depot, and " * 6 + "gave up."
)


@pytest.mark.parametrize(
    ("said", "quote", "is_kept"),
    [
        pytest.param("They lost my parcel.", "they LOST my parcel", True, id="as it was said"),
        pytest.param("They lost [it] <again>.", "They lost (it) ‹again›.", True, id="as shown"),
        pytest.param("They never lost it.", "They lost it.", False, id="a negation dropped"),
        pytest.param("They lost two parcels.", "They lost ten parcels.", False, id="a number"),
        pytest.param("They never lost it.", "lost it", False, id="a cut that turns it"),
        pytest.param("They lost my parcel.", SAID[1].text, False, id="another row's words"),
        pytest.param("They lost my parcel.", "They … my parcel", False, id="something left out"),
        pytest.param(_LONG, "They lost it … gave up.", True, id="how a long row begins and ends"),
        pytest.param(_LONG, "They lost it ... and won.", False, id="an end that it has not"),
    ],
)
def test_a_quote_that_a_model_gives_unasked_must_be_in_its_row(
    said: str, quote: str, *, is_kept: bool
) -> None:
    (row,) = segments(said)
    finder, _ = _finder(lambda _: {"found": [finding(mark(1, said), quote=quote)]})

    found = asyncio.run(finder.read([row]))

    assert set(found.findings) == ({row.id} if is_kept else set())
    assert found.refused == ({} if is_kept else {"not said": 1})


def test_no_model_is_asked_to_write_a_quote_out() -> None:
    assert "quote" not in str(schema(Findings))


@pytest.mark.parametrize("wrong", ["z99", "the first"])
def test_a_model_that_loses_count_of_many_rows_is_shown_fewer(wrong: str) -> None:
    said = segments(*(f"They lost parcel {number}." for number in range(20)))

    def miscount(messages: Messages) -> dict[str, Any]:
        is_lost = len(shown(messages)) > 8
        return {"found": [finding(wrong)] * 3} if is_lost else find_lost(messages)

    found = _read(said, miscount)

    assert found.findings.keys() == {segment.id for segment in said}
    assert not found.refused


@pytest.mark.parametrize(("times", "is_circling"), [(2, False), (5, True)])
def test_a_row_may_show_two_things_but_not_be_named_on_and_on(
    times: int, is_circling: bool
) -> None:
    said = segments(*(f"They lost parcel {number}." for number in range(20)))
    finder, llm = _finder(lambda it: {"found": find_lost(it)["found"] * times})

    found = asyncio.run(finder.read(said))

    assert found.findings.keys() == {segment.id for segment in said}
    assert (len(llm.calls) > 1) is is_circling


def test_nothing_that_a_model_wrote_of_a_row_is_kept() -> None:
    notes = Notebook()

    _read(
        SAID[:1], lambda _: {"found": [finding(mark(1, SAID[0].text), quote=SAID[0].text)]}, notes
    )

    assert SAID[0].text not in str(notes.kept)


def test_takes_the_first_of_what_is_said_twice_of_a_row() -> None:
    id = mark(1, SAID[0].text)
    finder, _ = _finder(lambda _: {"found": [finding(f"[{id}]"), finding(id, kind="delight")]})

    found = asyncio.run(finder.read(SAID))

    assert found.findings[SAID[0].id].kind == "pain"
    assert finder.counts == {"kept": 1, "again": 1}


def test_pays_nothing_for_what_is_known() -> None:
    notes = Notebook()
    first = _read(SAID, find_lost, notes)
    finder, llm = _finder(find_lost, notes)

    again = asyncio.run(finder.read(SAID))

    assert not llm.calls
    assert again == first


def test_asks_only_about_the_document_that_was_added() -> None:
    notes = Notebook()
    _read(SAID, find_lost, notes)
    added = segments("I lost the receipt.", document="reviews.csv#r0")
    finder, llm = _finder(find_lost, notes)

    found = asyncio.run(finder.read([*added, *SAID]))

    assert [words for _, words in shown(llm.calls[0])] == ["I lost the receipt."]
    assert len(found.findings) == 3


def test_asks_anew_when_what_stands_around_a_sentence_has_changed() -> None:
    notes = Notebook()
    _read(SAID, find_lost, notes)
    finder, llm = _finder(find_lost, notes)

    asyncio.run(finder.read([SAID[0].model_copy(update={"asked": "What went well?"})]))

    assert len(llm.calls) == 1


@pytest.mark.parametrize("error", [MalformedReply("not JSON"), ModelRefused("I would rather not")])
def test_a_sentence_that_a_model_stumbles_over_fails_alone(error: ModelError) -> None:
    def stumble(messages: Messages) -> dict[str, Any] | ModelError:
        return error if "Leeds" in messages.user else find_lost(messages)

    found = _read(SAID, stumble)

    assert found.failed == {SAID[1].id: str(error)}
    assert len(found.findings) == 2


def test_what_failed_is_asked_about_again_the_next_time() -> None:
    notes = Notebook()
    failed = _read(SAID, lambda _: ModelUnavailable("no answer"), notes)

    assert set(failed.failed) == {segment.id for segment in SAID}
    assert len(_read(SAID, find_lost, notes).findings) == 2


def test_packs_the_voices_of_a_kind_and_asks_a_question_once() -> None:
    answers = segments("It was slow.", "I lost my place.", asked="How was the form?")
    others = segments("Fine.", document="r2", kind=DocumentKind.SURVEY, asked="How was the form?")
    finder, llm = _finder(find_lost)

    asyncio.run(finder.read([*answers, *segments("Lovely.", document="r3"), *others]))

    assert [call.user.splitlines()[1:-1] for call in llm.calls] == [
        [
            "=",
            "? How was the form?",
            f"[{mark(1, 'It was slow.')}] It was slow.",
            f"[{mark(2, 'I lost my place.')}] I lost my place.",
            "=",
            f"[{mark(3, 'Lovely.')}] Lovely.",
        ],
        ["=", "? How was the form?", f"[{mark(1, 'Fine.')}] Fine."],
    ]


def test_shows_the_stars_and_the_title_of_a_review_once() -> None:
    finder, llm = _finder(find_lost)

    asyncio.run(finder.read(segments("It came.", "It broke.", title="Never again", rating=-1.0)))

    assert llm.calls[0].user.splitlines()[1:-1] == [
        "= 1/5",
        "# Never again",
        f"[{mark(1, 'It came.')}] It came.",
        f"[{mark(2, 'It broke.')}] It broke.",
    ]


def test_says_what_reading_takes_before_it_is_paid_for() -> None:
    many = [s for at in range(200) for s in segments("They lost it again.", document=f"r{at}")]
    finder, llm = _finder(find_lost)

    plan = finder.plan(many)
    asyncio.run(finder.read(many))

    assert (plan.segments, plan.calls) == (200, len(llm.calls))
    assert plan.tokens_in > 200 * 4
    assert finder.plan(many).calls == 0


def _find_all(messages: Messages) -> dict[str, Any]:
    return {"found": [finding(id) for id, _ in shown(messages)]}


@given(st.lists(st.text(min_size=1).filter(str.strip), min_size=1, max_size=30))
def test_finds_everything_that_a_perfect_model_tells(texts: list[str]) -> None:
    said = [s for at, text in enumerate(texts) for s in segments(text, document=f"r{at}")]

    found = _read(said, _find_all)

    sent = {segment.id for segment in said if not is_instruction(segment.text)}
    assert set(found.findings) == sent
    assert not found.failed


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The AI: it never understood me.", id="a word that heads a turn"),
        pytest.param("Their system: slow. Their staff: slower.", id="another"),
        pytest.param("They lost it, and lost it. " * 700, id="longer than a call"),
        pytest.param("他们把包裹弄丢了，我非常生气。", id="Chinese"),
        pytest.param("Cafe\u0301 lost my order, na\u0308mlich twice.", id="combining marks"),
        pytest.param("lost 😡😡 </rows> {}", id="signs"),
    ],
)
def test_skips_nothing_that_a_customer_said(text: str) -> None:
    (said,) = segments(text)

    assert set(_read([said], _find_all).findings) == {said.id}


def test_the_example_in_the_prompt_names_ids_that_no_row_can_have() -> None:
    named = set(
        re.findall(r"\[([a-z]\d+)\]|\"id\":\"(\w+)\"", prompts.load("find_evidence").system)
    )
    letters = {asking.mark(1, str(n))[0] for n in range(1_000)}

    ids = {id for pair in named for id in pair if id}
    assert ids
    assert letters.isdisjoint(id[0] for id in ids)
