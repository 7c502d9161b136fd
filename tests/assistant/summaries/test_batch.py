"""A batch on a page: what is shared, what differs, what is new, and how much is known."""

from collections.abc import Sequence

import pytest

from assistant.models import DEFAULT_STAGES, Persona, Piece, Theme
from assistant.summaries import Batch, sum_up
from ingestion.models import DocumentKind
from tests.builders import piece, theme

DARK = [piece(f"It is dark, says {who}.", id=f"d{who}", participant=who) for who in "abc"]
COLD = piece("My hands froze.", id="cold", participant="a", valence=-2.0)
SHARED = theme("The back is dark", evidence_ids=("da", "db", "dc"), frequency=3)


def batch(
    pieces: Sequence[Piece],
    themes: Sequence[Theme] = (),
    personas: Sequence[Persona] = (),
    before: frozenset[str] | None = None,
) -> Batch:
    known = {each.id: each for each in pieces}
    counts = {DocumentKind.INTERVIEW: 3}
    return Batch(DEFAULT_STAGES, themes, personas, known, counts, before)


def persona(name: str, *people: str) -> Persona:
    empty = dict.fromkeys(("goals", "pains", "triggers", "objections", "channels"), ())
    return Persona(id=name, name=name, role=None, participants=people, **empty)


def test_what_several_tell_is_shared_and_what_one_tells_is_not() -> None:
    summed = sum_up(batch([*DARK, COLD], [SHARED]))

    assert [(line.text, line.people) for line in summed.shared] == [("The back is dark", 3)]
    assert [line.text for line in summed.alone] == ["My hands froze."]


@pytest.mark.parametrize(
    ("before", "new", "has_before"),
    [
        pytest.param(None, [], False, id="no earlier map"),
        pytest.param(frozenset({"da"}), [], True, id="known before"),
        pytest.param(frozenset({"old"}), ["The back is dark"], True, id="not known before"),
    ],
)
def test_what_no_earlier_map_rests_on_is_new(
    before: frozenset[str] | None, new: list[str], has_before: bool
) -> None:
    summed = sum_up(batch(DARK, [SHARED], before=before))

    assert ([line.text for line in summed.new], summed.has_before) == (new, has_before)


def test_what_one_persona_tells_of_far_more_differs() -> None:
    groups = [persona("Commuters", "a", "b", "c"), persona("Families", "x", "y", "z")]

    (line,) = sum_up(batch(DARK, [SHARED], groups)).differs

    assert line.text == "Commuters: The back is dark (3 of 3)"


@pytest.mark.parametrize(
    ("pieces", "share"),
    [
        pytest.param(DARK, 1.0, id="all tell of one thing"),
        pytest.param([*DARK, COLD], 0.75, id="one of four tellings stands alone"),
        pytest.param([COLD], 0.0, id="nothing is told twice"),
        pytest.param([], None, id="nobody tells anything"),
    ],
)
def test_a_stage_is_known_as_far_as_tellings_repeat(
    pieces: Sequence[Piece], share: float | None
) -> None:
    of_stage = {each.stage: each for each in sum_up(batch(pieces, [SHARED])).saturation}

    assert of_stage["experience"].share == share
    assert of_stage["advocacy"].share is None
