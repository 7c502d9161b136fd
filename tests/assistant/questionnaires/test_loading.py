"""Reading questionnaires: what cannot be asked is refused, with all that is wrong with it."""

import pytest

from assistant import questionnaires
from assistant.errors import MalformedQuestionnaire, UnknownQuestionnaire

MINE = """\
name: returns
version: 2
purpose: Why things come back.
minutes: 4
title: {en: Returns, de: Rücksendungen}
opening: {en: "I am an AI.", de: "Ich bin eine KI."}
consent: {en: "May we start?", de: "Dürfen wir anfangen?"}
closing: {en: Thank you., de: Danke.}
goals: [{id: reason, text: What made them send it back.}]
questions:
- id: reason
  goal: reason
  text: {en: "What happened?", de: "Was ist passiert?"}
  probes: {clarifying: {}, descriptive: {en: "What then?", de: "Was dann?"}}
- id: after
  goal: reason
  text: {en: "What did you do then?", de: "Was haben Sie dann getan?"}
  when: {all: [{answer: reason, is_known: true}]}
"""


def test_reads_one_of_your_own() -> None:
    mine = questionnaires.parse(MINE)

    assert (str(mine), mine.languages) == ("returns@2", ("en", "de"))
    assert mine.question("after").when is not None
    assert [*mine.question("reason").probes] == ["clarifying", "descriptive"]


def test_a_file_takes_its_name_and_version_from_its_path() -> None:
    assert str(questionnaires.load("nps")) == str(questionnaires.load("nps@1")) == "nps@1"


LONG = '"' + "so " * 41 + '"'


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        pytest.param(", de: Danke.", "", "closing.*not in the same languages: de", id="language"),
        pytest.param('"What happened?"', '"What? When?"', "2 things at once", id="two questions"),
        pytest.param('"What happened?"', LONG, "41 words, 40 at most", id="too long"),
        pytest.param("goal: reason\n  text", "goal: cost\n  text", "no goal 'cost'", id="goal"),
        pytest.param("id: after", "id: reason", "two things are called 'reason'", id="twice"),
        pytest.param("answer: reason", "answer: after", "no question 'after' before", id="later"),
        pytest.param("clarifying", "hypothetical", "probes", id="a probe there is none of"),
        pytest.param("  when: {", "  kind: nps\n  when: {", "a scale goes with nps", id="no scale"),
        pytest.param(
            "goals: [", "goals: [{id: cost, text: C.}, ", "no question for 'cost'", id="not asked"
        ),
        pytest.param("minutes: 4", "minutes: 0", "minutes", id="no time"),
        pytest.param("name: returns", "name: ../returns", "name", id="a name that is a path"),
        pytest.param("purpose:", "porpoise:", "purpose", id="an unknown field"),
        pytest.param("minutes: 4", "minutes: [", "not YAML", id="not YAML"),
        pytest.param(MINE, "- questions", "is a mapping", id="a list"),
    ],
)
def test_refuses_what_cannot_be_asked_and_says_why(old: str, new: str, reason: str) -> None:
    assert old in MINE
    with pytest.raises(MalformedQuestionnaire, match=reason):
        questionnaires.parse(MINE.replace(old, new))


@pytest.mark.parametrize("name", ["none", "nps@9", "nps@latest", "bank", "../nps", ""])
def test_refuses_what_is_not_there_and_names_what_is(name: str) -> None:
    with pytest.raises(UnknownQuestionnaire, match="post-purchase"):
        questionnaires.load(name)
