"""Who is asked: simulated people with a disposition, a language and facts that they know."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Literal, get_args

from pydantic import BaseModel

from assistant import questionnaires
from assistant.interviewing import Context
from assistant.questionnaires import Questionnaire
from evals.conversations.stories import LANGUAGES, LAYERS, Layer

Disposition = Literal[
    "talkative",
    "terse",
    "evasive",
    "angry",
    "off-topic",
    "changing language",
    "refusing",
    "injecting",
    "asking for a person",
]
DISPOSITIONS: tuple[Disposition, ...] = get_args(Disposition)

NAMES = (
    "post-purchase",
    "lost-customer-did-not-buy",
    "lost-customer-left",
    "onboarding",
    "nps",
    "csat",
    "ces",
)
"""The questionnaires."""

KNOWS: Mapping[Layer, float] = {
    "surface": 1.0,
    "reason": 0.9,
    "moment": 0.8,
    "meaning": 0.6,
    "cost": 0.7,
}
"""The share of people who have something to tell in a layer."""
_HAS_EXTRA = 0.5


class Fact(BaseModel, frozen=True):
    """One thing that a person knows: a layer of the answer to a question."""

    question: str
    layer: Layer


class Respondent(BaseModel, frozen=True):
    """A person.

    Attributes:
        language: The one they begin in.
        later: The one they go over to, for those who change it.
        knows: All they could tell, asked or not.
        scores: Their number for each scale question, and for the summary.
        wpm: Words a minute that they type.
        pace: How much faster than most they read and think.
    """

    id: str
    questionnaire: str
    language: str
    later: str
    disposition: Disposition
    context: Context
    knows: frozenset[Fact]
    scores: dict[str, int]
    wpm: float
    pace: float

    def dice(self, *about: object) -> Random:
        """Chance that falls the same way each time, for the same person and matter."""
        return Random(":".join(map(str, (self.id, *about))))  # noqa: S311 a simulation


def some(n: int, seed: int = 1) -> Sequence[Respondent]:
    """Give `n` people: dispositions, languages and questionnaires in turn, all else by chance."""
    return [_one(at, seed) for at in range(n)]


def _one(at: int, seed: int) -> Respondent:
    disposition = DISPOSITIONS[at % len(DISPOSITIONS)]
    language = LANGUAGES[(at // len(DISPOSITIONS) + at) % len(LANGUAGES)]
    name = NAMES[at % len(NAMES)]
    dice = Random(f"{seed}:{at}")  # noqa: S311 a simulation
    asked = questionnaires.load(name)
    typed = dice.choice((36, 52)) * dice.uniform(0.7, 1.3)
    return Respondent(
        id=f"r{seed}-{at}",
        questionnaire=name,
        language=language,
        later=dice.choice([each for each in LANGUAGES if each != language]),
        disposition=disposition,
        context=_visit(dice),
        knows=_knows(asked, dice),
        scores={each.id: _score(each.id, dice) for each in asked.questions if each.scale},
        wpm=typed,
        pace=dice.uniform(0.74, 1.26),
    )


def _visit(dice: Random) -> Context:
    known = {"tickets": 1.0} if dice.random() < 0.3 else {}
    return Context(
        page=dice.choice(("/pricing", "/account", None)),
        order_value=dice.choice((40.0, 260.0, None)),
        plan=dice.choice(("solo", "team", None)),
        known=known | ({"orders": 2.0} if dice.random() < 0.3 else {}),
    )


def _knows(asked: Questionnaire, dice: Random) -> frozenset[Fact]:
    layers = [
        Fact(question=question.id, layer=layer)
        for question in asked.questions
        for layer in LAYERS
        if dice.random() < KNOWS[layer]
    ]
    has_extra = dice.random() < _HAS_EXTRA
    extra = [Fact(question="anything_else", layer="surface")] if has_extra else []
    return frozenset(layers + extra)


def _score(question: str, dice: Random) -> int:
    return dice.randint(*{"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}[question])
