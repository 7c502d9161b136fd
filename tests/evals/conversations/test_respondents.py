"""Respondents: who they are, what they tell to what, and what they write into a form."""

import pytest

from assistant import questionnaires
from assistant.interviewing import Turn
from assistant.questionnaires import ProbeType
from evals.conversations import clock, form, respondents, telling
from evals.conversations.misbehaving import messages, shipped
from evals.conversations.respondents import DISPOSITIONS, NAMES, Fact, Respondent
from evals.conversations.stories import LANGUAGES, LAYERS, story, topic
from evals.conversations.telling import Memory
from tests.assistant.interviewing.talking import START

MANY = respondents.some(300)


def someone(disposition: str = "angry") -> Respondent:
    """A person who knows everything about why they left."""
    knows = [Fact(question="change", layer=layer) for layer in LAYERS]
    found = next(each for each in MANY if each.disposition == disposition)
    return found.model_copy(
        update={
            "id": "quiet",
            "questionnaire": "lost-customer-left",
            "language": "en",
            "disposition": "changing language",
            "later": "en",
            "knows": frozenset(knows),
        }
    )


def probe(kind: ProbeType, text: str = "?") -> Turn:
    return Turn(
        id="t9", speaker="bot", kind="probe", text=text, at=START, language="en",
        question="change", probe=kind,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "layer"),
    [
        (ProbeType.EXPLANATORY, "reason"),
        (ProbeType.DESCRIPTIVE, "moment"),
        (ProbeType.IDIOGRAPHIC, "moment"),
        (ProbeType.CLARIFYING, "meaning"),
    ],
)
def test_a_layer_is_told_to_the_probe_that_asks_for_it(kind: ProbeType, layer: str) -> None:
    told = Memory(facts=frozenset({Fact(question="change", layer="surface")}))
    said = telling.answer(someone(), probe(kind), told)

    assert said.facts[0].layer == layer
    assert story("en").topics["use"][layer] in said.reply.text


def test_what_it_cost_is_told_to_whoever_asks_what_followed() -> None:
    asks = probe(ProbeType.EXPLANATORY, "What followed from it for you?")
    told = Memory(facts=frozenset({Fact(question="change", layer="surface")}))

    assert telling.answer(someone(), asks, told).facts[0].layer == "cost"


def test_nothing_is_told_twice() -> None:
    told = Memory(facts=frozenset(someone().knows))

    assert telling.answer(someone(), probe(ProbeType.EXPLANATORY), told).facts == ()


def test_the_first_words_are_the_same_on_the_form() -> None:
    for person in MANY[:30]:
        question = questionnaires.load(person.questionnaire).questions[0].id
        said = set(telling.first(person, question).facts)
        written = {fact for fact in form.fill(person) if fact.question == question}
        assert written in (said, set())


def test_all_dispositions_languages_and_questionnaires_are_asked() -> None:
    assert {each.disposition for each in MANY} == set(DISPOSITIONS)
    assert {each.language for each in MANY} == set(LANGUAGES)
    assert {each.questionnaire for each in MANY} == set(NAMES) == set(questionnaires.names())
    assert len({(each.disposition, each.language) for each in MANY}) > 70


def test_typing_more_takes_longer() -> None:
    person = MANY[0]
    short, long = (
        clock.seconds(person, ["What happened?"], words, person.dice("t"))
        for words in ("It rained.", "It rained all day and so we stayed where we were.")
    )

    assert 0 < clock.seconds(person, [], "", person.dice("t")) < short < long


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_has_a_topic_that_is_told_in_every_layer(language: str) -> None:
    for name in NAMES:
        for question in questionnaires.load(name).questions:
            assert {"brief", *LAYERS} == set(story(language).topics[topic(name, question.id)])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guard_is_tried_by_the_same_categories_in_every_language(language: str) -> None:
    told = messages(language)

    assert set(told.never) == set(messages("en").never)
    assert {len(texts) for texts in told.never.values()} == {2}
    assert len(set(told.good)) >= 12
    assert len(set(told.unseen)) == 14
    assert not set(told.good) & shipped(language)
