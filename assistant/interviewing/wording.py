"""Put an intent into words: from the bank, or by a language model within the guard."""

import asyncio
from typing import Protocol

from pydantic import Field

from assistant import prompts, questionnaires
from assistant.errors import AssistantError
from assistant.interviewing import guard
from assistant.interviewing.models import Conversation, Intent, ShownScale, Worded
from assistant.llm import Llm
from assistant.questionnaires import Bank
from ingestion.models import Record

PROMPT = "word_probe"
DEADLINE_S = 1.5
"""After this long the bank's wording goes out, and the person notices nothing."""
_TURNS = 6


class Wording(Protocol):
    """Anything that words what the machine has decided to say."""

    async def word(self, intent: Intent, conversation: Conversation) -> Worded:
        """Give the words; never late by more than a moment, and never an error."""
        ...


class BankWording:
    """Words everything from the questionnaire and the bank."""

    def __init__(self, asker: str, bank: Bank | None = None) -> None:
        """Speak for `asker`, whom the questionnaires name."""
        self._bank = bank or questionnaires.bank()
        self._asker = asker

    async def word(self, intent: Intent, conversation: Conversation) -> Worded:
        """Give the bank's words, in the language of the conversation."""
        text = self.text(intent, conversation)
        return Worded(text=text, scale=self._scale(intent, conversation.language))

    def text(self, intent: Intent, conversation: Conversation) -> str:
        """Fill in the wording; a word of the person's is put in as it is, whatever it holds."""
        text = self._wording(intent, conversation)
        fill = {"minutes": str(conversation.announced_minutes), "asker": self._asker}
        for name, words in (fill | intent.words).items():
            text = words.join(text.split(f"{{{name}}}"))
        return text

    def _wording(self, intent: Intent, conversation: Conversation) -> str:
        """The wording, another one each time where there are several."""
        language = conversation.language
        if intent.texts:
            return intent.texts.get(language) or next(iter(intent.texts.values()))
        spoken = [turn.text for turn in conversation.turns]
        variants = self._bank.variants(intent.key, language)
        variants = (*variants[intent.variant :], *variants[: intent.variant])
        fresh = (text for text in variants if "{" in text or text not in spoken)
        used = sum(
            turn.probe == intent.probe and turn.kind == intent.kind for turn in conversation.turns
        )
        return variants[used % len(variants)] if "{" in variants[0] else next(fresh, variants[0])

    def _scale(self, intent: Intent, language: str) -> ShownScale | None:
        if intent.scale is None or intent.scale.metric != "summary":
            return intent.scale
        low, high = (self._bank.text(key, language) for key in ("rating_low", "rating_high"))
        return intent.scale.model_copy(update={"low_label": low, "high_label": high})


class _Probe(Record):
    """A model's wording of a probe."""

    text: str = Field(max_length=400)


class LlmWording:
    """Has a model word the probes in the person's own words; all else is the bank's.

    What the guard forbids, what comes late and what does not come at all is worded by the bank.
    """

    def __init__(self, llm: Llm, bank: BankWording, deadline_s: float = DEADLINE_S) -> None:
        """Ask `llm`, and fall back on `bank` after `deadline_s`."""
        self._llm, self._bank, self._deadline_s = llm, bank, deadline_s

    async def word(self, intent: Intent, conversation: Conversation) -> Worded:
        """Give a model's words where it may choose them and they pass, else the bank's."""
        spare = self._bank.text(intent, conversation)
        if not intent.may_be_worded:
            return await self._bank.word(intent, conversation)
        prompt = prompts.load(PROMPT)
        try:
            answer = await asyncio.wait_for(
                self._llm.ask(prompt, _Probe, **_inputs(intent, conversation, spare)),
                self._deadline_s,
            )
        except TimeoutError:
            return Worded(text=spare, veto="late")
        except AssistantError:
            return Worded(text=spare, veto="down")
        text = answer.value.text.strip()
        question = _asked(intent, conversation)
        if veto := guard.check(text, conversation.language, conversation, question):
            return Worded(text=spare, prompt=str(prompt), veto=veto.rule)
        return Worded(text=text, engine=answer.model, prompt=str(prompt))


def _inputs(intent: Intent, conversation: Conversation, spare: str) -> dict[str, str]:
    """What the model is shown; what tries to instruct is never sent on."""
    told = [
        f"{turn.speaker}: {turn.text}"
        for turn in conversation.turns
        if turn.text and turn.question and not (turn.heard and turn.heard.is_instruction)
    ]
    return {
        "language": conversation.language,
        "probe": str(intent.probe or intent.kind),
        "wording": spare,
        "turns": "\n".join(told[-_TURNS:]),
    }


def _asked(intent: Intent, conversation: Conversation) -> str:
    """The words of the question that a probe asks on about."""
    asked = (
        turn.text
        for turn in conversation.turns
        if turn.kind == "question" and turn.question == intent.question
    )
    return next(asked, "")
