import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models import Emotion
from assistant.themes import weighing
from ingestion.models import DocumentKind
from tests.assistant.themes.builders import piece


def test_people_are_counted_not_quotes():
    pieces = [piece("a", participant="p1"), piece("b", participant="p1"), piece("c")]

    assert weighing.frequency(pieces) == 2


@given(st.floats(0, 1.9))
def test_a_worse_moment_is_more_severe(valence: float):
    mild = weighing.severity([piece("a", valence=-valence)])
    worse = weighing.severity([piece("a", valence=-2.0, emotion=Emotion.ANGRY)])

    assert 1 <= mild < worse <= 5


def test_many_angry_voices_are_worse_than_one():
    angry = [piece(str(at), valence=-2.0, emotion=Emotion.ANGRY) for at in range(20)]

    assert weighing.severity(angry[:1]) < weighing.severity(angry)


@given(st.integers(1, 9), st.integers(1, 9), st.floats(0.1, 2))
def test_priority_grows_with_frequency(few: int, more: int, dip: float):
    first, second = weighing.priorities([dip, dip], [few, few + more], [None, None])

    assert 0 <= first < second == 1


def test_cost_counts_only_where_it_is_known():
    priorities = weighing.priorities([1, 1, 1], [4, 4, 4], [0.5, 0.1, None])

    assert priorities[0] == priorities[2] > priorities[1]


def test_many_who_suffer_where_nobody_is_lost_come_before_one_where_some_are():
    many, one = weighing.priorities([1, 1], [12, 1], [0.0, 0.2])

    assert many > one


@pytest.mark.parametrize(
    ("told", "against", "standing"),
    [
        pytest.param(["p1", "p2", "p3"], [], "finding", id="three people"),
        pytest.param(["p1", "p2"], [], "watchlist", id="two people"),
        pytest.param(["p1", "p2", "p3"], ["p4", "p5", "p6"], "contested", id="as many against"),
        pytest.param(["p1", "p2", "p3"], ["p4"], "finding", id="fewer against"),
    ],
)
def test_standing_follows_the_rule(told: list[str], against: list[str], standing: str):
    pieces = [piece(name, participant=name) for name in told]
    counter = [piece(name, participant=name) for name in against]

    assert weighing.standing(pieces, counter) == standing


def test_four_documents_of_two_kinds_are_a_finding_though_two_people_wrote_them():
    kinds = [DocumentKind.REVIEW, DocumentKind.TICKET] * 2
    pieces = [
        piece(str(at), participant=f"p{at % 2}", document_kind=kind)
        for at, kind in enumerate(kinds)
    ]

    assert weighing.standing(pieces, []) == "finding"


def test_the_surer_pieces_decide_the_stage():
    pieces = [piece("a", stage="decision", confidence=0.9), piece("b", confidence=0.3)]
    pieces += [piece("c", confidence=0.4)]

    assert weighing.stage(pieces) == "decision"
