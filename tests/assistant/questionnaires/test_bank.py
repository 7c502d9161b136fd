"""The bank: every text in every language, in that language, and fit to be sent."""

import re

import pytest

from assistant import questionnaires
from assistant.errors import UnknownQuestionnaire
from assistant.questionnaires import Bank
from assistant.questionnaires.models import MAX_WORDS, n_questions, n_words
from ingestion import language as languages

BANK = questionnaires.bank()
SAID = [
    (language, key, text)
    for language, keys in BANK.texts.items()
    for key, texts in keys.items()
    for text in texts
]


def test_speaks_the_nine_languages() -> None:
    assert {*BANK.languages} == languages.LIKELY


@pytest.mark.parametrize("language", BANK.languages)
def test_has_words_for_every_probe(language: str) -> None:
    for probe in questionnaires.ProbeType:
        assert len(set(BANK.variants(f"probe.{probe}", language))) >= 2


@pytest.mark.parametrize("language", BANK.languages)
def test_is_written_in_the_language_it_is_for(language: str) -> None:
    said = " ".join(text for spoken, _, text in SAID if spoken == language)
    strangers = [t for lang, _, t in SAID if lang == language and _detect(t, language) != language]

    assert languages.detect(said) == language
    assert strangers == []


def _detect(text: str, expected: str) -> str:
    return languages.detect(re.sub(r"\{\w+\}", " ", text), expected)


def test_every_text_can_be_sent() -> None:
    assert [said for said in SAID if n_words(said[2]) > MAX_WORDS or n_questions(said[2]) > 1] == []


@pytest.mark.parametrize("key", BANK.texts["en"])
def test_fills_in_the_same_in_every_language(key: str) -> None:
    wanted = [sorted(re.findall(r"\{\w+\}", text)) for text in BANK.variants(key, "en")]

    for language in BANK.languages:
        found = [sorted(re.findall(r"\{\w+\}", text)) for text in BANK.variants(key, language)]
        assert found == wanted, language


def test_starts_over_after_the_last_wording() -> None:
    every = BANK.variants("probe.descriptive", "en")

    assert [BANK.text("probe.descriptive", "en", at) for at in range(4)] == [*every, every[0]]


def test_speaks_english_where_it_does_not_know_the_language() -> None:
    assert BANK.text("skipped", "fi") == BANK.text("skipped", "en")
    assert BANK.under("buttons", "fi") == BANK.under("buttons", "en")


def test_gives_all_buttons_by_their_names() -> None:
    buttons = BANK.under("buttons", "de")

    assert buttons["skip"] == "Frage auslassen"
    assert {"consent", "decline", "pause", "resume", "stop", "withdraw"} <= set(buttons)


def test_refuses_languages_that_do_not_say_the_same() -> None:
    with pytest.raises(ValueError, match="de differs from en in bot, skipped"):
        Bank(version=1, texts={"en": {"skipped": ("Left.",)}, "de": {"bot": ("KI.",)}})


def test_refuses_a_version_that_is_not_there() -> None:
    with pytest.raises(UnknownQuestionnaire, match="bank@99"):
        questionnaires.bank(99)
