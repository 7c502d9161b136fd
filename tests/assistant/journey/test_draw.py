"""The whole map: every part is there, and every line leads to evidence of the study."""

import pytest

from assistant.journey import draw
from assistant.journey.drawing import main_language, title
from assistant.models import Draft
from tests.assistant.journey.study import embed, material
from tests.builders import piece, theme

PIECES = [
    piece("I wanted a bike that simply works.", participant=f"p{n}", stage=stage, valence=n - 3.0)
    for n in range(1, 7)
    for stage in ("awareness", "decision", "experience")
]


def _drawn() -> Draft:
    slow = theme(evidence_ids=(PIECES[0].id, PIECES[1].id), sources={"interview": 2})
    return draw(material(PIECES, themes=(slow,), goal="Why do people leave?"), embed=embed)


def test_every_line_leads_to_evidence_of_the_study() -> None:
    drawn = _drawn()

    known = {piece.id for piece in PIECES}
    cited = [*drawn.cells, *drawn.opportunities, *drawn.themes]

    assert len(cited) >= 3
    assert all(line.evidence_ids and set(line.evidence_ids) <= known for line in cited)


def test_the_same_study_always_gives_the_same_map() -> None:
    assert _drawn() == _drawn()


def test_an_empty_study_gives_a_map_that_knows_nothing() -> None:
    drawn = draw(material())

    assert [point.n for point in drawn.emotion_curve] == [0] * 6
    assert {gap.stage for gap in drawn.gaps if gap.row == "stage"} == {s.id for s in drawn.stages}
    assert drawn.cells == drawn.opportunities == drawn.personas == ()


@pytest.mark.parametrize(
    ("goal", "study", "expected"),
    [
        pytest.param("Why?", "bikes", "Why?", id="its goal"),
        pytest.param(None, "bike_repair-2026", "Bike repair 2026", id="its folder"),
        pytest.param(None, "", "Customer journey", id="neither"),
    ],
)
def test_the_map_is_named_after(goal: str | None, study: str, expected: str) -> None:
    assert title(material(goal=goal, study=study)) == expected


@pytest.mark.parametrize(("failed", "partial"), [(1, True), (0, False)])
def test_a_map_with_failures_calls_itself_partial(failed: int, partial: bool) -> None:
    ledger = {"files": {"in": 2, "used": 2 - failed, "failed": failed}}

    assert draw(material(ledger=ledger)).is_partial is partial


def test_the_language_of_most_documents_leads() -> None:
    talkative = [piece(language="de", document="a", position=n) for n in range(9)]
    others = [piece(language="es", document=name) for name in ("b", "c")]

    assert main_language([*talkative, *others]) == "es"
    assert main_language([]) == "en"
