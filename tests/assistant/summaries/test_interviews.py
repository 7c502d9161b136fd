"""An interview on a page: the customer's own sentences, each where it belongs."""

from typing import Any

import pytest

from assistant.models import About, Behaviour, Contradiction, Emotion, Piece, SpokenClaim
from assistant.summaries import InterviewSummary, read
from tests.builders import piece, voice

SHED = piece("My shed was broken into.", stage="awareness", about=About.NONE, position=0)
ASKED = piece("I asked a neighbour.", kinds="action", stage="consideration", position=1)
DRY = piece("I wanted it dry.", kinds="opportunity", stage="consideration", position=2)
WARY = piece(
    "Was it safe at night?",
    kinds="action",
    stage="decision",
    emotion=Emotion.UNCERTAIN,
    position=3,
)
PAID = piece("I paid on my phone.", kinds="action", stage="decision", position=4)
LOVED = piece(
    "The hook in my hall was free.", kinds="delight", about=About.RIVAL, valence=1.0, position=5
)
FELL = piece("The gate hit my wheel and bent it.", valence=-2.0, position=6)
SAID = [SHED, ASKED, DRY, WARY, PAID, LOVED, FELL]


def page(pieces: list[Piece] = SAID, **more: Any) -> InterviewSummary:  # noqa: ANN401 any field
    return read(voice("k01.txt"), pieces, **more)


def quotes(lines: Any) -> list[str]:  # noqa: ANN401 lines of any section
    return [line.text for line in lines]


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        pytest.param("situation", [SHED], id="what was before, and not of the product"),
        pytest.param("timeline", [ASKED, WARY, PAID], id="what was done, by stage"),
    ],
)
def test_puts_a_sentence_where_it_belongs(section: str, expected: list[Piece]) -> None:
    assert quotes(getattr(page(), section)) == [each.quote for each in expected]


@pytest.mark.parametrize(
    ("force", "expected"),
    [
        pytest.param("push", SHED, id="a pain before"),
        pytest.param("pull", DRY, id="a wish while choosing"),
        pytest.param("anxiety", WARY, id="a doubt while choosing"),
        pytest.param("habit", LOVED, id="what is good about what they had"),
    ],
)
def test_tells_the_four_forces_apart(force: str, expected: Piece) -> None:
    assert quotes(getattr(page().forces, force)) == [expected.quote]


def test_the_strongest_moment_comes_first() -> None:
    assert page().moments[0].text == FELL.quote


def test_every_line_cites_its_sentence() -> None:
    summed = page()

    ids = {each.quote: each.id for each in SAID}
    lines = [*summed.situation, *summed.timeline, *summed.moments, *summed.quotes]
    assert all(line.evidence_ids == (ids[line.text],) for line in lines)


def test_an_interview_without_evidence_has_an_empty_page() -> None:
    summed = page([])

    assert (summed.situation, summed.timeline, summed.moments, summed.quotes) == ((), (), (), ())


def test_only_its_own_contradictions_are_on_its_page() -> None:
    mine, another = _contradiction("k01.txt"), _contradiction("k02.txt")

    assert page(contradictions=(mine, another)).contradictions == (mine,)


def _contradiction(document: str) -> Contradiction:
    return Contradiction(
        id=f"c_{document}",
        claim=SpokenClaim(document=document, quote="I come every day."),
        behaviour=Behaviour(document="log.csv", metric="visits", value=2),
        explanation="2 visits in a month.",
    )
