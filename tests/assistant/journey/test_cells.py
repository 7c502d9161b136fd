"""Goals, actions and touchpoints: only what evidence says, in the words it says it."""

import pytest

from assistant.embedded.touchpoints import TOUCHPOINTS
from assistant.journey import cells, wording
from assistant.models import DEFAULT_STAGES, Cell, Piece
from tests.assistant.journey.study import embed
from tests.builders import piece

BOOKED = "I rang the workshop twice and then booked a slot online."


def _row(pieces: list[Piece], row: str, by_meaning: bool = True) -> list[Cell]:
    filled = cells.fill(pieces, DEFAULT_STAGES, "en", embed if by_meaning else None)
    return [cell for cell in filled if cell.row == row]


def test_an_action_is_the_quote_of_its_evidence() -> None:
    told = piece(BOOKED, kinds="action")

    (action,) = _row([told], "actions")

    assert (action.text, action.is_quote, action.evidence_ids) == (BOOKED, True, (told.id,))


def test_a_sentence_that_tells_of_an_action_alone_comes_first() -> None:
    mixed = piece("I rang them again and again and it made me furious.", kinds="pain action")
    plain = piece("I rang them twice in the morning before school.", kinds="action")

    assert [cell.text for cell in _row([mixed, plain], "actions")] == [plain.quote, mixed.quote]


def test_actions_that_say_the_same_are_one_line_counted_in_people() -> None:
    same = [piece(BOOKED, kinds="action", participant=name) for name in ("p1", "p2", "p2")]
    other = piece("My neighbour drove me over in his old van.", kinds="action")

    first, second = _row([*same, other], "actions")

    assert (first.frequency, len(first.evidence_ids)) == (2, 3)
    assert second.text == other.quote


def test_without_an_embedder_every_sentence_stands_alone() -> None:
    same = [piece(BOOKED, kinds="action", participant=name) for name in ("p1", "p2")]

    assert [c.frequency for c in _row(same, "actions", by_meaning=False)] == [1, 1]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I just wanted to get to work without a puncture."),
        ("de", "Ich wollte endlich ohne Platten zur Arbeit kommen."),
        ("fr", "Je cherchais une solution pour aller au travail."),
        ("es", "Necesitábamos una bici que no se rompiera."),
        ("it", "Volevo arrivare al lavoro senza forare."),
        ("nl", "Ik zocht een fiets waarmee ik droog aankom."),
        ("pt", "Eu queria chegar ao trabalho sem furar o pneu."),
        ("ru", "Я хотела спокойно доехать до работы."),
        ("zh", "我本来想找一辆不会漏气的车。"),
    ],
)
def test_knows_a_goal_in_nine_languages(language: str, said: str) -> None:
    assert wording.tells_a_goal(said, language)
    assert not wording.tells_a_goal("12 : 30", language)


def test_a_wish_to_the_company_is_no_goal() -> None:
    asks = piece("I wanted them to add a Sunday slot.", kinds="opportunity")

    assert _row([asks], "goals") == []


def test_unsure_evidence_fills_no_cell() -> None:
    assert _row([piece(BOOKED, kinds="action", confidence=0.2)], "actions") == []


def test_touchpoints_come_by_how_many_people_name_them() -> None:
    pieces = [
        piece(touchpoint="Booking page", participant="p1"),
        piece(touchpoint="booking page", participant="p2"),
        piece(touchpoint="booking page", participant="p3"),
        piece(touchpoint="invoice", participant="p1"),
        piece(touchpoint="invoice", participant="p1"),
    ]

    booking, invoice = _row(pieces, "touchpoints")

    assert (booking.text, booking.frequency, booking.is_quote) == ("booking page", 3, False)
    assert (invoice.text, invoice.frequency, len(invoice.evidence_ids)) == ("invoice", 1, 2)


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_general_touchpoint_has_a_name_of_its_own(language: str) -> None:
    named = {name: wording.touchpoint_name(language, name) for name in TOUCHPOINTS}

    assert len(set(named.values())) == len(TOUCHPOINTS)
    assert (named["delivery"] == "delivery") == (language == "en")


@pytest.mark.parametrize(("name", "shown"), [("delivery", "Lieferung"), ("Werkstatt", "Werkstatt")])
def test_a_touchpoint_is_shown_in_the_language_of_the_study(name: str, shown: str) -> None:
    (cell,) = cells.fill([piece(touchpoint=name)], DEFAULT_STAGES, "de")

    assert (cell.row, cell.text) == ("touchpoints", shown)
