"""From the gaps of a map to a questionnaire: what is asked, in which order, how it is asked on."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import questionnaires
from assistant.errors import NothingToAsk
from assistant.journey import wording
from assistant.models import DEFAULT_STAGES, Gap, Stage
from assistant.questionnaires import ProbeType
from assistant.questionnaires.gaps import MAX_QUESTIONS

ROWS = ("stage", "goals", "actions", "touchpoints", "emotion", "pains", "delights")


class Drawn(NamedTuple):
    """What a map shows of itself here."""

    gaps: tuple[Gap, ...]
    stages: tuple[Stage, ...] = DEFAULT_STAGES
    goal: str | None = "Why do people leave?"


def gap(stage: str, row: str, language: str = "en", why: str = "no evidence") -> Gap:
    (told,) = [each for each in DEFAULT_STAGES if each.id == stage]
    return Gap(stage=stage, row=row, why=why, question=wording.question(language, told, row))


def test_asks_along_the_journey_and_what_happened_before_how_it_was() -> None:
    gaps = [gap("retention", "pains"), gap("awareness", "goals"), gap("retention", "goals")]

    drafted = questionnaires.from_gaps(Drawn(tuple(gaps)))

    assert [each.id for each in drafted.questions] == [
        "awareness-goals",
        "retention-goals",
        "retention-pains",
    ]
    assert drafted.questions[0].text == {"en": gaps[1].question}
    assert drafted.purpose == "Why do people leave?"


def test_asks_two_questions_a_stage_and_leaves_the_rest_to_the_probes() -> None:
    rows = ("goals", "touchpoints", "pains", "delights")

    drafted = questionnaires.from_gaps(Drawn(tuple(gap("decision", row) for row in rows)))

    assert [each.goals for each in drafted.questions] == [
        ("decision-goals", "decision-touchpoints", "decision-delights"),
        ("decision-pains",),
    ]


def test_asks_on_about_a_pain_at_length_and_about_a_place_not() -> None:
    drafted = questionnaires.from_gaps(
        Drawn((gap("decision", "pains"), gap("decision", "actions")))
    )
    probes = {each.id: (each.max_probes, set(each.probes)) for each in drafted.questions}

    assert probes["decision-pains"][0] == 3
    assert probes["decision-actions"] == (
        2,
        {ProbeType.DESCRIPTIVE, ProbeType.CLARIFYING, ProbeType.EXPLANATORY},
    )


@pytest.mark.parametrize("language", questionnaires.bank().languages)
def test_speaks_the_language_of_the_gaps(language: str) -> None:
    gaps = tuple(gap(stage.id, "stage", language) for stage in DEFAULT_STAGES)

    drafted = questionnaires.from_gaps(Drawn(gaps))

    assert drafted.languages == (language,)
    assert questionnaires.parse(questionnaires.dump(drafted)) == drafted


@pytest.mark.parametrize(
    "gaps",
    [
        pytest.param((), id="no gaps"),
        pytest.param(
            (Gap(stage="", row="scores", why="silent", question="Why that score?"),), id="a score"
        ),
        pytest.param(
            (Gap(stage="", row="pains", why="no evidence", question="How? And why?"),), id="two"
        ),
        pytest.param(
            (Gap(stage="", row="pains", why="no evidence", question="so " * 41 + "?"),), id="long"
        ),
    ],
)
def test_refuses_a_map_that_leaves_nothing_to_ask(gaps: tuple[Gap, ...]) -> None:
    with pytest.raises(NothingToAsk):
        questionnaires.from_gaps(Drawn(gaps))


@given(
    st.lists(st.tuples(st.sampled_from([s.id for s in DEFAULT_STAGES]), st.sampled_from(ROWS)))
    .filter(bool)
    .map(lambda pairs: tuple(gap(*pair) for pair in pairs))
)
def test_any_gaps_make_a_questionnaire_that_can_be_asked(gaps: tuple[Gap, ...]) -> None:
    drafted = questionnaires.from_gaps(Drawn(gaps))

    assert len(drafted.questions) == min(
        MAX_QUESTIONS,
        sum(min(2, len({g.row for g in gaps if g.stage == s})) for s in {g.stage for g in gaps}),
    )
    assert {next(iter(each.text.values())) for each in drafted.questions} <= {
        g.question for g in gaps
    }
