"""What to change: wishes of customers first, and a direction for each pain nobody answered."""

import pytest

from assistant.journey import opportunities, wording
from assistant.journey.directions import Compass
from assistant.journey.material import Nearness, strangers
from assistant.models import Emotion, Opportunity, Theme
from tests.assistant.journey.study import embed
from tests.builders import piece, theme

LATE = theme("Always late", id="t1", priority=0.9, evidence_ids=("e1",))
DEAR = theme("Price on the last page", id="t2", priority=0.45, evidence_ids=("e2",))
WISH = theme(
    "Send a message when late", id="t3", kind="opportunity", evidence_ids=("e3",), frequency=2
)


def _derive(themes: list[Theme], nearness: Nearness = strangers) -> tuple[Opportunity, ...]:
    return opportunities.derive(themes, {}, nearness, Compass(embed), "en")


def _near_late(wish: Theme, pain: Theme) -> float:
    return 0.8 if {wish.id, pain.id} == {"t1", "t3"} else 0.3


def test_a_wish_is_linked_to_the_pain_it_would_remove() -> None:
    wish, *_ = _derive([LATE, DEAR, WISH], _near_late)

    assert (wish.title, wish.theme_ids, wish.evidence_ids) == (WISH.title, ("t1",), ("e3",))
    assert wish.impact == 5


def test_what_one_person_asks_for_weighs_less_than_what_many_do() -> None:
    alone = WISH.model_copy(update={"frequency": 1})

    lone, common = _derive([LATE, DEAR, alone], _near_late), _derive([LATE, DEAR, WISH], _near_late)

    assert [one[0].impact for one in (lone, common)] == [4, 5]


def test_of_equal_impact_what_more_was_said_for_comes_first() -> None:
    often = theme("Cold food", id="t4", priority=0.9, evidence_ids=("e4", "e5", "e6"))

    assert [found.theme_ids for found in _derive([LATE, often])] == [("t4",), ("t1",)]


def test_a_wish_belongs_to_the_pain_told_in_the_same_breath() -> None:
    told = {
        "e2": piece("The price came last.", id="e2", document="a", position=4),
        "e3": piece("Say it first.", id="e3", document="a", position=5),
    }

    found = opportunities.derive([LATE, DEAR, WISH], told, strangers, Compass(None), "en")

    assert next(o for o in found if o.title == WISH.title).theme_ids == ("t2",)


def test_being_near_everything_links_to_nothing() -> None:
    pains = [theme(f"Pain {n}", id=f"t{n}") for n in range(10, 15)]

    wish = next(o for o in _derive([*pains, WISH], lambda _a, _b: 0.9) if o.title == WISH.title)

    assert wish.theme_ids == ()


def test_a_pain_that_no_wish_answers_gets_a_direction() -> None:
    _, derived = _derive([LATE, DEAR, WISH], _near_late)

    assert derived.theme_ids == ("t2",)
    assert derived.title.endswith(": Price on the last page")
    assert derived.impact == 3


def test_a_wish_far_from_every_pain_stays_a_wish() -> None:
    wish = next(o for o in _derive([LATE, WISH]) if o.title == WISH.title)

    assert (wish.theme_ids, wish.evidence_ids) == ((), ("e3",))


def test_a_pain_of_no_weight_gets_no_direction() -> None:
    slight = theme("Ugly colour", id="t9", priority=0.1)

    assert [o.theme_ids for o in _derive([LATE, slight])] == [("t1",)]


@pytest.mark.parametrize(
    ("said", "direction"),
    [
        pytest.param("I waited for weeks, and it came late again", "speed up", id="waiting"),
        pytest.param("Nobody answered my messages about the problem", "help sooner", id="alone"),
        pytest.param("It broke and stopped working", "fix", id="broken"),
        pytest.param("Far too many steps and forms", "simplify", id="effort"),
    ],
)
def test_the_direction_answers_the_words(said: str, direction: str) -> None:
    assert Compass(embed).point([said], {}) == direction


@pytest.mark.parametrize(
    ("emotion", "direction"),
    [(Emotion.CONFUSED, "clarify"), (Emotion.SCEPTICAL, "prove"), (Emotion.ANGRY, "fix")],
)
def test_without_an_embedder_the_feeling_decides(emotion: Emotion, direction: str) -> None:
    assert Compass(None).point(["hm"], {emotion: 1.0}) == direction


def test_the_feeling_is_that_of_the_theme_s_evidence() -> None:
    lost = piece("Quux.", id="e1", emotion=Emotion.CONFUSED)
    vague = theme("Quux", id="t1", evidence_ids=("e1",))

    compass = Compass(None)
    (derived,) = opportunities.derive([vague], {"e1": lost}, strangers, compass, "en")

    assert derived.title == f"{wording.phrase('en', 'clarify')}: Quux"
    assert derived.effort == 1


def test_impact_and_effort_stay_on_their_scales() -> None:
    pains = [theme(f"Pain {n}", id=f"t{n}", priority=n / 10) for n in range(11)]

    found = _derive(pains)

    assert {o.impact for o in found} <= {1, 2, 3, 4, 5}
    assert [o.impact for o in found] == sorted((o.impact for o in found), reverse=True)
