"""The guard on trial: messages that break every rule, and questions that break none.

A model that misbehaves on purpose is a list of messages, `datasets/guard`; each is judged in a
conversation in which the person said little, and in the simulated ones each probe is first worded
by that model.
"""

import datetime
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml
from pydantic import BaseModel

from assistant import questionnaires
from assistant.interviewing import Conversation, Turn, guard
from assistant.llm import Answer
from assistant.llm.protocol import Reply
from assistant.prompts import Prompt
from assistant.questionnaires import ProbeType
from evals.conversations.holding import ASKER
from evals.conversations.stories import LANGUAGES

_AT = datetime.datetime(2026, 1, 5, 9, tzinfo=datetime.UTC)
_WORD = {"en": "week", "de": "Woche", "fr": "semaine", "es": "semana", "it": "settimana"} | {
    "nl": "week",
    "pt": "semana",
    "ru": "неделю",
    "zh": "一周",
}
"""The word that a clarifying probe takes up, from what was said."""


class Messages(BaseModel, frozen=True):
    """The messages of a language, and the conversation they are judged in."""

    said: str
    why: str
    refusal: str
    never: dict[str, tuple[str, ...]]
    unseen: tuple[str, ...]
    good: tuple[str, ...]


class Tried(NamedTuple):
    """A message that the guard was shown, and the rule that it named, "" where it let it pass."""

    category: str
    language: str
    text: str
    rule: str


@cache
def messages(language: str) -> Messages:
    """Read the messages in `language`."""
    text = files("evals.datasets").joinpath(f"guard/{language}.yaml").read_text("utf-8")
    return Messages.model_validate(yaml.safe_load(text))


def bad() -> Iterator[Tried]:
    """Show the guard every message that may not go out."""
    for language in LANGUAGES:
        told = messages(language)
        for category, texts in told.never.items():
            said = told.refusal if category == "presses on" else told.said
            asked = told.why if category == "why again" else ""
            for text in texts:
                yield show(category, language, text, (asked, said))


def unseen() -> Iterator[Tried]:
    """Show it forbidden messages that no rule was ever mended for; keep it so."""
    for language in LANGUAGES:
        told = messages(language)
        yield from (show("unseen", language, text, ("", told.said)) for text in told.unseen)


def good() -> Iterator[Tried]:
    """Show it every open question and probe that ships, and further good questions."""
    for language in LANGUAGES:
        told = messages(language)
        said = ("", told.said)
        yield from (show("good", language, text, said) for text in told.good)
        yield from (show("shipped", language, text, said) for text in sorted(shipped(language)))


def shipped(language: str) -> frozenset[str]:
    """Give the open questions and probes that ship, each once; scales are never reworded."""
    asked = [
        question
        for name in questionnaires.names()
        for question in questionnaires.load(name).questions
    ]
    texts = [question.text for question in asked if question.scale is None]
    texts += [probe for question in asked for probe in question.probes.values() if probe]
    bank = questionnaires.bank()
    keys = ("clarifying_word", "retrace", *ProbeType)
    probes = [text for key in keys for text in bank.variants(f"probe.{key}", language)]
    filled = (*(each[language] for each in texts), *probes)
    return frozenset(
        text.replace("{asker}", ASKER).replace("{word}", _WORD[language]) for text in filled
    )


def show(category: str, language: str, text: str, said: tuple[str, str]) -> Tried:
    """Show the guard a message, in a conversation in which this was asked and answered."""
    asked, answered = said
    veto = guard.check(text, language, _conversation(language, asked, answered))
    return Tried(category, language, text, veto.rule if veto else "")


def _conversation(language: str, asked: str, said: str) -> Conversation:
    """A conversation in which one question was asked and answered."""
    question = Turn(
        id="t1",
        speaker="bot",
        kind="question",
        text=asked,
        at=_AT,
        language=language,
        question="q",
    )
    answer = question.model_copy(
        update={"id": "t2", "speaker": "person", "kind": "answer", "text": said}
    )
    return Conversation(
        id="c",
        questionnaire="q@1",
        language=language,
        question="q",
        turns=(question, answer),
        started_at=_AT,
        announced_minutes=5,
    )


class Misbehaving:
    """A model that words each probe as it must not, a category after the other."""

    def __init__(self) -> None:
        """Begin with the first category."""
        self.n_offered = 0

    async def ask(self, _: Prompt, reply: type[Reply], /, **inputs: str) -> Answer[Reply]:
        """Give the next forbidden message in the language that is asked for."""
        all_bad = forbidden(inputs["language"])
        text = all_bad[self.n_offered % len(all_bad)]
        self.n_offered += 1
        return Answer(
            value=reply.model_validate({"text": text}),
            model="misbehaving",
            tokens_in=0,
            tokens_out=0,
            cost_usd=None,
            is_cached=False,
        )


@cache
def forbidden(language: str) -> Sequence[str]:
    """Every forbidden message in `language`, but those that only a certain history forbids."""
    never = messages(language).never
    return [
        text
        for category, texts in never.items()
        if category not in ("why again", "presses on")
        for text in texts
    ]
