"""What is known of a visit chooses a question; it is never said, and nobody is confronted."""

import asyncio

import pytest

from assistant import questionnaires
from assistant.interviewing import (
    Attentive,
    BankWording,
    Context,
    Conversation,
    Heard,
    Interviewer,
    LlmWording,
    Reply,
    guard,
)
from assistant.questionnaires import ProbeType
from evals.conversations.misbehaving import Misbehaving
from tests.assistant.interviewing.talking import CONSENT, held, last, load

BANK = questionnaires.bank()
CLAIM = "The price did not matter to me at all, I never gave it a thought."


class _Knowing:
    """Hears as ever, and marks every answer that speaks of the price."""

    def hear(self, text: str, conversation: Conversation) -> Heard:
        heard = Attentive().hear(text, conversation)
        return heard.model_copy(update={"is_at_odds": "price" in text})


def _told(*replies: Reply | str, is_model: bool = False) -> Conversation:
    bank = BankWording("Acme")
    wording = LlmWording(Misbehaving(), bank) if is_model else bank
    bot = Interviewer(load("lost-customer-left"), _Knowing(), wording)
    return asyncio.run(held([CONSENT, *replies], bot, "en", Context(), 5))


@pytest.mark.parametrize("is_model", [False, True])
def test_asks_openly_how_it_went(is_model: bool) -> None:
    asked = last(_told(CLAIM, is_model=is_model))

    assert asked.text == BANK.text("probe.retrace", "en")
    assert (asked.probe, asked.engine) == (ProbeType.DESCRIPTIVE, "bank")


def test_asks_so_once_a_question() -> None:
    conversation = _told(CLAIM, "As I said, it was not the price, it was something else entirely.")

    retraced = [turn for turn in conversation.turns if turn.text in _wordings("en")]
    assert len(retraced) == 1


@pytest.mark.parametrize(
    "said", ["It depends on the price.", "I would rather not answer that, price or not."]
)
def test_does_not_press_who_would_rather_not(said: str) -> None:
    assert last(_told(said)).text not in _wordings("en")


@pytest.mark.parametrize("language", BANK.languages)
def test_the_words_pass_the_guard_and_speak_of_nothing_that_was_counted(language: str) -> None:
    talk = _told("It got slower.").model_copy(update={"language": language})

    for text in _wordings(language):
        assert guard.check(text, language, talk, "") is None
        assert not any(character.isdigit() for character in text)


def _wordings(language: str) -> tuple[str, ...]:
    return BANK.variants("probe.retrace", language)
