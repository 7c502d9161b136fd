"""The guard: what may not be said is stopped by name, in nine languages, and the rest passes."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant import questionnaires
from assistant.interviewing import guard
from assistant.interviewing.models import Conversation, Turn
from tests.assistant.interviewing.talking import START

FILES = Path(__file__).parents[2] / "files" / "interviewing"
GOOD: dict[str, Any] = yaml.safe_load((FILES / "good.yaml").read_text("utf-8"))
BAD: dict[str, Any] = yaml.safe_load((FILES / "bad.yaml").read_text("utf-8"))


def after(said: str, language: str, asked: str = "Asked before?") -> Conversation:
    turn = Turn(
        id="t1", speaker="bot", kind="question", text=asked, at=START, language=language,
        question="q",
    )  # fmt: skip
    answer = turn.model_copy(update={"id": "t2", "speaker": "person", "text": said})
    return Conversation(
        id="c", questionnaire="q@1", language=language, question="q", turns=(turn, answer),
        started_at=START, announced_minutes=5,
    )  # fmt: skip


@pytest.mark.parametrize("language", GOOD["good"])
def test_lets_good_questions_pass(language: str) -> None:
    conversation = after(GOOD["said"][language], language)

    vetoes = {m: guard.check(m, language, conversation) for m in GOOD["good"][language]}
    assert {message: veto for message, veto in vetoes.items() if veto} == {}


@pytest.mark.parametrize("language", BAD)
def test_stops_what_is_forbidden_and_names_the_rule(language: str) -> None:
    conversation = after(GOOD["said"][language], language)

    for rule, messages in BAD[language].items():
        for message in messages:
            veto = guard.check(message, language, conversation)
            assert veto is not None, message
            assert veto.rule == rule, message


RULES = {
    "two questions", "leads", "lists answers", "promises", "offers", "apologises", "praises",
    "sells or argues", "hypothetical", "invents a memory", "asks for personal data",
    "pretends to be human", "reveals the script", "speaks of others", "rewords a scale",
    "suggests",
}  # fmt: skip


@pytest.mark.parametrize("language", BAD)
def test_the_tables_hold_nearly_every_rule(language: str) -> None:
    assert len(RULES - {*BAD[language]}) <= 2


@pytest.mark.parametrize(
    ("message", "rule"),
    [
        pytest.param("What " + "very " * 40 + "long?", "too long", id="41 words"),
        pytest.param("What happened then?\n- price", "form", id="a list"),
        pytest.param("What did https://acme.example say?", "form", id="a link"),
        pytest.param(
            "Was ist danach mit dem Paket geschehen, das Sie bestellt haben?",
            "wrong language",
            id="German",
        ),
        pytest.param("Asked before?", "asked before", id="the same again"),
        pytest.param("The parcel is on its way.", "no question", id="no question"),
        pytest.param("", "form", id="nothing"),
    ],
)
def test_stops_what_has_the_wrong_shape(message: str, rule: str) -> None:
    veto = guard.check(message, "en", after("It came late.", "en", "Which one?"))
    if rule == "asked before":
        veto = guard.check("What happened then?", "en", after("Late.", "en", "What happened then?"))
    assert veto is not None
    assert veto.rule in (rule, "tells")


def test_asks_why_once_a_question() -> None:
    once = after("It came late.", "en", "What happened?")
    twice = after("It came late.", "en", "Why did it?")

    assert guard.check("Why was that?", "en", once) is None
    veto = guard.check("Why was that?", "en", twice)
    assert veto is not None
    assert veto.rule == "why again"


def test_a_judgement_may_be_repeated_and_not_made() -> None:
    question = "What was annoying there?"

    assert guard.check(question, "en", after("It was annoying.", "en")) is None
    veto = guard.check(question, "en", after("It came on Monday.", "en"))
    assert veto is not None
    assert veto.rule == "suggests"


BANK = questionnaires.bank()


@pytest.mark.parametrize("language", BANK.languages)
def test_the_bank_passes_its_own_guard(language: str) -> None:
    conversation = after("Es war so und so.", language)
    keys = ("probe.descriptive", "probe.idiographic", "probe.clarifying", "probe.explanatory")

    vetoed = {
        text: veto.rule
        for key in keys
        for text in BANK.variants(key, language)
        if (veto := guard.check(text, language, conversation))
    }
    assert vetoed == {}


def test_hardly_vetoes_what_people_wrote_with_care() -> None:
    asked = [
        (language, text.replace("{asker}", "Acme"))
        for name in questionnaires.names()
        for question in questionnaires.load(name).questions
        if question.kind == "open"
        for texts in (question.text, *question.probes.values())
        for language, text in texts.items()
    ]
    vetoed = [text for lang, text in asked if guard.check(text, lang, after("So.", lang))]

    assert len(vetoed) <= 0.03 * len(asked), vetoed
