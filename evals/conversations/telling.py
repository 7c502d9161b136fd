"""What people say to what they are asked: more only where they are asked for more.

The first words about a question are the same in a conversation and on a form (`first`). After that
a layer is told to the probe that asks for it: a reason, or what followed from it, to an explanatory
probe; a moment to a descriptive or an idiographic one; a meaning to a clarifying one; what it cost
to any further probe.
"""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from assistant.interviewing import Reply, Turn
from assistant.questionnaires import ProbeType, bank
from evals.conversations.respondents import Disposition, Fact, Respondent
from evals.conversations.stories import LAYERS, Layer, Phrase, story, topic

Kind = Literal["tells", "beside", "refuses", "wishes", "presses"]

_BRINGS_UP: dict[ProbeType, tuple[Layer, ...]] = {
    ProbeType.EXPLANATORY: ("reason", "cost"),
    ProbeType.DESCRIPTIVE: ("moment", "cost"),
    ProbeType.IDIOGRAPHIC: ("moment", "cost"),
    ProbeType.CLARIFYING: ("meaning", "cost"),
}
"""What each kind of probe brings up, what it asks for first."""

VOLUNTEERS = 0.15
"""The share of first answers with which anybody tells one layer more than was asked for."""
TALKATIVE, TWO_MORE = 0.6, 0.3
"""The same for the talkative; and how often it is two layers more."""
ANGRY = 0.3
"""How often the angry say at once what it cost them, and how often they swear."""
BESIDE: dict[Disposition, tuple[Phrase, float, float]] = {
    "evasive": ("evasive", 0.5, 0.3),
    "off-topic": ("off_topic", 0.35, 0.1),
    "injecting": ("instruct", 0.35, 0.1),
    "refusing": ("refuse", 0.35, 0.5),
}
"""What people of a disposition say in place of an answer: how often to a question, to a probe."""
TERSE_NO = 0.25
"""How often the terse have nothing more to say to a probe."""
ANGRY_STOP = 0.04
"""How often the angry end it at a probe."""
CORRECTS = 0.15
"""The share of people who put the summary right."""
ADDS = 0.3
"""How often more comes to mind when people are given their own words back."""
DECLINES, STOPS, WITHDRAWS = 0.15, 0.2, 0.5
"""The share of those who refuse who decline; of the others, who stop; of these, who withdraw."""


class Said(NamedTuple):
    """A reply, what it gives away, and whether it refuses."""

    reply: Reply
    facts: tuple[Fact, ...] = ()
    kind: Kind = "tells"


class Memory(NamedTuple):
    """What a person has said so far: facts, how many answers, and what they said beside them."""

    facts: frozenset[Fact] = frozenset()
    n_said: int = 0
    has_strayed: frozenset[str] = frozenset()


NOTHING_SAID = Memory()


def first(
    respondent: Respondent, question: str, memory: Memory = NOTHING_SAID, *, beside: bool = True
) -> Said:
    """The first words about a question, in a conversation as on a form."""
    dice = respondent.dice(question, "first")
    phrase, often, _ = BESIDE.get(respondent.disposition, ("said", 0.0, 0.0))
    strays = dice.random() < often
    if strays and beside and question != "anything_else":
        return _phrase(respondent, phrase, question, _language(respondent, memory))
    return _tell(respondent, question, ("surface", *_unasked(respondent, question)), memory)


def _unasked(respondent: Respondent, question: str) -> Sequence[Layer]:
    """Layers that come out without being asked for."""
    dice = respondent.dice(question, "unasked")
    rest: list[Layer] = [
        layer for layer in _left(respondent, question, NOTHING_SAID) if layer != "surface"
    ]
    dice.shuffle(rest)
    if respondent.disposition == "angry" and "cost" in rest and dice.random() < ANGRY:
        return ["cost"]
    n = 2 if respondent.disposition == "talkative" and dice.random() < TWO_MORE else 1
    return rest[: n if dice.random() < _more(respondent) else 0]


def _more(respondent: Respondent) -> float:
    """How often a layer more comes out than was asked for."""
    often: dict[Disposition, float] = {"talkative": TALKATIVE, "terse": 0.0}
    return often.get(respondent.disposition, VOLUNTEERS)


def answer(respondent: Respondent, turn: Turn, memory: Memory) -> Said:
    """What the person does when the bot has said `turn`."""
    if turn.kind == "consent":
        return _consent(respondent)
    if wish := _wish(respondent, memory):
        return wish
    return _TO.get(turn.kind, _asked)(respondent, turn, memory)


def _asked(respondent: Respondent, turn: Turn, memory: Memory) -> Said:
    """Answer a question; asked the same again, nobody strays a second time."""
    question = turn.question or ""
    said = first(respondent, question, memory, beside=question not in memory.has_strayed)
    if said.kind == "tells" and set(said.facts) <= memory.facts:
        return _phrase(respondent, "said", question, _language(respondent, memory))
    return said


def declines(respondent: Respondent) -> bool:
    """Whether the person would rather not be asked at all."""
    return respondent.disposition == "refusing" and respondent.dice("consent").random() < DECLINES


def _consent(respondent: Respondent) -> Said:
    if declines(respondent):
        return Said(Reply(kind="decline"), kind="refuses")
    return Said(Reply(kind="consent"), kind="presses")


def _wish(respondent: Respondent, memory: Memory) -> Said | None:
    """A wish that comes at some point, whatever is asked: a person, or the end."""
    if memory.n_said != leaves_after(respondent):
        return None
    if respondent.disposition == "asking for a person":
        said = _phrase(respondent, "person", "wish", respondent.language)
        return said._replace(kind="wishes")
    kind = "withdraw" if withdraws(respondent) else "stop"
    return Said(Reply(kind=kind), kind="refuses")


def leaves_after(respondent: Respondent) -> int | None:
    """After how many answers a person wants no more of it, on a form as in a conversation."""
    dice = respondent.dice("wish")
    if respondent.disposition == "asking for a person":
        return dice.randint(2, 7)
    stays = respondent.disposition != "refusing" or dice.random() > STOPS
    return None if stays else dice.randint(3, 6)


def withdraws(respondent: Respondent) -> bool:
    """Whether someone who stops has everything deleted as well."""
    stops = respondent.disposition == "refusing" and leaves_after(respondent) is not None
    return stops and respondent.dice("withdraws").random() < WITHDRAWS


def _brought_up(turn: Turn) -> tuple[Layer, ...]:
    """What a probe asks for, what it asks for first."""
    _, what_followed, _ = bank().variants("probe.explanatory", turn.language)
    if turn.text == what_followed:
        return ("cost",)
    return _BRINGS_UP[turn.probe] if turn.probe else ()


def _number(respondent: Respondent, turn: Turn, _: Memory) -> Said:
    value = respondent.scores.get(turn.question or "", respondent.dice("rates").randint(3, 5))
    return Said(
        Reply(kind="rate" if turn.question == "rating" else "scale", value=value), kind="presses"
    )


def _summary(respondent: Respondent, _: Turn, memory: Memory) -> Said:
    """Some put the summary right, once; the others press that it is."""
    dice = respondent.dice("summary")
    told = sorted(each.question for each in memory.facts if each.layer == "surface")
    if not told or dice.random() > CORRECTS or "summary" in memory.has_strayed:
        return Said(Reply(kind="confirm"), kind="presses")
    about = topic(respondent.questionnaire, told[0])
    words = story(_language(respondent, memory)).topics[about]["surface"]
    return Said(Reply(kind="correct", text=words), kind="beside")


def _mirror(respondent: Respondent, turn: Turn, memory: Memory) -> Said:
    """Given their own words back, some remember more."""
    left = _left(respondent, turn.question or "", memory)
    if left and respondent.dice(turn.question, "mirror").random() < ADDS:
        return _tell(respondent, turn.question or "", left[:1], memory)
    return Said(Reply(kind="confirm"), kind="presses")


def _probed(respondent: Respondent, turn: Turn, memory: Memory) -> Said:
    question = turn.question or ""
    dice = respondent.dice(question, turn.id)
    language = _language(respondent, memory)
    phrase, _, often = BESIDE.get(respondent.disposition, ("said", 0.0, 0.0))
    if dice.random() < often:
        return _phrase(respondent, phrase, f"{question}{turn.id}", language)
    if respondent.disposition == "angry" and dice.random() < ANGRY_STOP:
        return Said(Reply(kind="stop"), kind="refuses")
    if respondent.disposition == "terse" and dice.random() < TERSE_NO:
        return _phrase(respondent, "nothing", question, language)
    left = _left(respondent, question, memory)
    asked = _brought_up(turn)
    wanted: list[Layer] = [
        layer for layer in LAYERS if layer in left and layer in ("surface", *asked)
    ]
    if wanted:
        more = left[1:] if left[0] == wanted[0] else left
        n_more = int(dice.random() < _more(respondent))
        return _tell(respondent, question, [wanted[0], *more[:n_more]], memory)
    return _phrase(respondent, dice.choice(("nothing", "said")), question, language)


_To = Callable[[Respondent, Turn, Memory], Said]
_TO: dict[str, _To] = {
    "scale": _number,
    "summary": _summary,
    "mirror": _mirror,
    "probe": _probed,
}


def _left(respondent: Respondent, question: str, memory: Memory) -> list[Layer]:
    """What they know about a question and have not told yet."""
    left = {fact.layer for fact in respondent.knows - memory.facts if fact.question == question}
    return [layer for layer in LAYERS if layer in left]


def _tell(
    respondent: Respondent, question: str, layers: Sequence[Layer], memory: Memory = NOTHING_SAID
) -> Said:
    """Tell layers of a question in as many sentences; what is not known is not told."""
    facts = [Fact(question=question, layer=layer) for layer in layers]
    known = tuple(fact for fact in facts if fact in respondent.knows)
    language = _language(respondent, memory)
    if not known:
        return _phrase(respondent, "nothing", question, language)
    told = story(language).topics[topic(respondent.questionnaire, question)]
    words = [told[_wording(respondent, fact.layer)] for fact in known]
    if respondent.disposition == "angry" and respondent.dice(question, "angry").random() < ANGRY:
        words = [*words, _one(respondent, "angry", question, language)]
    text = ("" if language == "zh" else " ").join(words)
    return Said(Reply(kind="text", text=text), known)


def _wording(respondent: Respondent, layer: Layer) -> str:
    return "brief" if layer == "surface" and respondent.disposition == "terse" else layer


def _phrase(respondent: Respondent, phrase: Phrase, about: str, language: str) -> Said:
    """Say something in place of an answer; a refusal is a button half of the time."""
    refuses = phrase == "refuse"
    if refuses and respondent.dice(about, "button").random() < 0.5:
        return Said(Reply(kind="skip"), kind="refuses")
    text = _one(respondent, phrase, about, language)
    return Said(Reply(kind="text", text=text), kind="refuses" if refuses else "beside")


def _one(respondent: Respondent, phrase: Phrase, about: str, language: str) -> str:
    return respondent.dice(about, phrase).choice(story(language).phrases[phrase])


def _language(respondent: Respondent, memory: Memory) -> str:
    """The language they speak now: some change it after two to four answers."""
    changes = respondent.disposition == "changing language"
    after = respondent.dice("changes").randint(2, 4)
    return respondent.later if changes and memory.n_said >= after else respondent.language
