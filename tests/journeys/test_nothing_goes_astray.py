"""From a file to findings with a model: five ways in which words go astray unseen, none of ours."""

import asyncio
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from assistant import evidence, prompts
from assistant.asking import LoopThread, mark
from assistant.errors import AssistantError, ModelRefused
from assistant.finding import Finder, Found, LlmDesk, Models, Reads
from assistant.grounding import ground
from assistant.prompts import Messages
from ingestion import parsing
from ingestion.intake import Prepared, prepare
from ingestion.models import Document, Segment, State
from ingestion.screening import Duplicates
from ingestion.sources import gather
from tests.assistant.asking.scripted import (
    Notebook,
    ScriptedLlm,
    find_lost,
    finding,
    segments,
    shown,
)
from tests.fakes import FakeDesk

Prepare = Callable[..., list[Prepared]]


@pytest.fixture
def prepared(tmp_path: Path) -> Prepare:
    """Read texts as the rows of a file of reviews."""

    def read(*texts: str) -> list[Prepared]:
        rows = [json.dumps({"id": f"r{at}", "rating": 1, "text": t}) for at, t in enumerate(texts)]
        (tmp_path / "reviews.jsonl").write_text("\n".join(rows), encoding="utf-8")
        (source,) = gather([tmp_path]).sources
        known = Duplicates()
        items = [each for each in parsing.read(source, None).items if isinstance(each, Document)]
        return [each for item in items if isinstance(each := prepare(item, known), Prepared)]

    return read


def _found(said: list[Segment], reply: Callable[[Messages], Any]) -> Found:
    return asyncio.run(Finder(ScriptedLlm(reply), Notebook(), "scripted").read(said))


def _find_all(messages: Messages) -> dict[str, Any]:
    return {"found": [finding(id) for id, _ in shown(messages)]}


def test_a_call_that_fails_is_known_to_have_failed() -> None:
    def refuse(messages: Messages) -> dict[str, Any] | AssistantError:
        return ModelRefused("no") if "Leeds" in messages.user else find_lost(messages)

    said = segments("They lost my parcel.", "The shop is in Leeds.", "It rained.")
    with LoopThread() as loop:
        finder = Finder(ScriptedLlm(refuse), Notebook(), "scripted")
        batch = LlmDesk(FakeDesk(), Models(finder), loop, Reads.ALL).read(said).result()

    states = evidence.find(said, batch, {}).states

    assert states == {State.USED: 1, State.FAILED: 1, State.EMPTY: 1}
    assert sum(states.values()) == len(said)
    assert batch.failed == {said[1].id: "no"}


def test_what_is_longer_than_a_call_is_asked_about_all_the_same(prepared: Prepare) -> None:
    long = "They lost it, then found it, and " * 900 + "lost it."
    read = prepared(long, "It came late.", "They lost it again.")
    said = [segment for each in read for segment in each.segments]

    found = _found(said, _find_all)

    assert set(found.findings) == {segment.id for segment in said}
    assert sum(len(segment.text) for segment in said) > len(long) - len(said)


def test_no_comment_is_dropped_for_a_word_that_heads_a_turn(prepared: Prepare) -> None:
    comments = [
        "AI: it never understood me.",
        "system: slow, and down again.",
        "Assistant: rude to my mother.",
        "User: me, for nine years.",
        "Human: none to be had.",
    ]

    read = prepared(*comments)
    found = _found([segment for each in read for segment in each.segments], _find_all)

    assert [each.document.text for each in read] == comments
    assert len(found.findings) == len(comments)


def test_the_words_of_the_prompts_own_example_lead_to_nothing() -> None:
    system = prompts.load("find_evidence").system
    told = json.loads(re.findall(r"\{\"found\".+\}", system)[0])
    rows = re.findall(r"^\[\w+\] (.+)$", system, re.MULTILINE)
    (said,) = segments("It rained in Leeds.")
    quoting = [finding(mark(1, said.text), quote=words) for words in rows]

    echoed = _found([said], lambda _: told)
    quoted = _found([said], lambda _: {"found": quoting})

    assert told["found"]
    assert rows
    assert not {**echoed.findings, **quoted.findings}
    assert echoed.refused == {"no such row": len(told["found"])}
    assert quoted.refused == {"not said": len(rows)}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("😡物流太慢了！我等了１５天。他们把包裹弄丢了。", id="Chinese"),
        pytest.param(
            "Cafe\u0301 noir, bru\u0302le\u0301. Ils l'ont perdu, he\u0301las.", id="accents"
        ),
        pytest.param("Tie\u0302\u0301ng o\u0300n. They lost it. Ha\u0323\u0302n.", id="two marks"),
        pytest.param("\u1112\u1161\u11ab\u1100\u1173\u11af. They lost it.", id="Hangul in parts"),
        pytest.param("नमस्ते। They lost it. शुक्रिया।", id="marks that do not compose"),
    ],
)
def test_a_quote_stands_where_its_offsets_say(text: str, prepared: Prepare) -> None:
    (read,) = prepared(text)

    spans = [ground(segment.text, segment, read.document) for segment in read.segments]

    cut = [read.document.text[span.start : span.end] for span in spans]
    assert cut == [segment.text for segment in read.segments]
    assert "".join("".join(cut).split()) == "".join(normalize("NFC", text).split())
