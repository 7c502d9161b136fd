"""Regrouping by a model: it names ids, and every piece of evidence stays in one place."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import AssistantError, ModelUnavailable
from assistant.models import Piece, Theme
from assistant.prompts import Messages
from assistant.regrouping import Editor, Regrouped, regroup
from assistant.themes import Themes
from tests.assistant.asking.scripted import ScriptedLlm
from tests.builders import piece, theme

_MARKED = re.compile(r"^(?:[=!] )?\[([a-z]\d+)\] (.*?)(?: \(\d+\))?$", re.MULTILINE)
_NOTHING: dict[str, Any] = {
    "merges": [],
    "moves": [],
    "not_against_ids": [],
    "titles": [],
    "placed": [],
    "found": [],
}


def _said(*quotes: str, **fields: Any) -> list[Piece]:  # noqa: ANN401 any field
    return [piece(quote, **{"id": quote, "document": f"d of {quote}"} | fields) for quote in quotes]


LATE = _said("It came late.", "Late again.", "The drill was dull.")
SLOW = _said("They took weeks.")
GLAD = _said("It shone.", kinds="delight")
LEFT = _said("No reply in May.", "No reply in June.", "No reply at all.", "Hm.")
PIECES = {each.id: each for each in [*LATE, *SLOW, *GLAD, *LEFT]}


def _theme(title: str, told: Sequence[Piece], kind: str = "pain") -> Theme:
    return theme(title, kind=kind, evidence_ids=tuple(each.id for each in told))


FOUND = Themes(
    (_theme("Late", LATE), _theme("Slow", SLOW), _theme("Bright", GLAD, "delight")),
    tuple(each.id for each in LEFT),
)


def _regroup(said: Mapping[str, Any] | AssistantError, found: Themes = FOUND) -> Regrouped:
    """Regroup as `said`, in which words of the sheet stand for their ids."""

    def script(messages: Messages) -> dict[str, Any] | AssistantError:
        if isinstance(said, AssistantError):
            return said
        marks = {words: mark for mark, words in _MARKED.findall(messages.user)}
        return _NOTHING | {
            part: [
                marks.get(item, "z99") if isinstance(item, str) else _marked(item, marks)
                for item in items
            ]
            for part, items in said.items()
        }

    return asyncio.run(regroup(found, PIECES, Editor(ScriptedLlm(script))))


def _marked(item: Mapping[str, Any], marks: Mapping[str, str]) -> dict[str, Any]:
    def named(value: Any) -> Any:  # noqa: ANN401 an id or ids
        if isinstance(value, list):
            return [marks.get(each, "z99") for each in value]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - ids
        return marks.get(value, "z99") if value else ""

    return {key: value if key == "title" else named(value) for key, value in item.items()}


def _held(found: Regrouped | Themes) -> dict[str, set[str]]:
    return {each.title: set(each.evidence_ids) for each in found.themes}


def test_nothing_said_leaves_everything() -> None:
    assert _held(_regroup({})) == _held(FOUND)
    assert _regroup({}).left_over == FOUND.left_over


def test_a_merge_keeps_the_evidence_of_both() -> None:
    said = {"merges": [{"theme_ids": ["Late", "Slow"], "title": "Orders come late"}]}

    found = _regroup(said)

    assert _held(found)["Orders come late"] == {each.id for each in [*LATE, *SLOW]}
    assert next(each for each in found.themes if each.kind == "pain").frequency == 4
    assert len(found.themes) == 2


@pytest.mark.parametrize(
    "theme_ids",
    [
        pytest.param(["Late"], id="one theme"),
        pytest.param(["Late", "Late"], id="the same twice"),
        pytest.param(["Late", "Bright"], id="of two kinds, shown apart"),
        pytest.param(["Late", "Nowhere"], id="an unknown one"),
    ],
)
def test_a_merge_that_cannot_be_is_counted(theme_ids: list[str]) -> None:
    found = _regroup({"merges": [{"theme_ids": theme_ids, "title": "All"}]})

    assert _held(found) == _held(FOUND)
    assert found.counts["not merged"] > 0
    assert not found.counts["merged"]


def test_a_sentence_moves_to_another_theme_or_stands_alone() -> None:
    moves = [
        {"quote_id": "Late again.", "theme_id": "Slow"},
        {"quote_id": "The drill was dull.", "theme_id": ""},
    ]

    held = _held(_regroup({"moves": moves}))

    assert held["Slow"] == {"They took weeks.", "Late again."}
    assert held["The drill was dull."] == {"The drill was dull."}


def test_a_theme_is_never_emptied_by_a_move() -> None:
    found = _regroup({"moves": [{"quote_id": "They took weeks.", "theme_id": "Late"}]})

    assert _held(found) == _held(FOUND)


@pytest.mark.parametrize(
    ("title", "is_taken"),
    [
        pytest.param("Parcels come late", True, id="words"),
        pytest.param("Parcels come 3 weeks late", False, id="a number nobody said"),
        pytest.param("", False, id="nothing"),
        pytest.param("x" * 200, False, id="too long"),
    ],
)
def test_a_title_claims_no_number_that_nobody_said(title: str, is_taken: bool) -> None:
    held = _held(_regroup({"titles": [{"theme_id": "Late", "title": title}]}))

    assert (title in held) is is_taken


def test_what_does_not_speak_against_a_theme_no_longer_counts_against_it() -> None:
    late = _theme("Late", LATE[:1]).model_copy(
        update={"counter_evidence_ids": (GLAD[0].id,), "standing": "contested"}
    )
    found = Themes((late,), ())

    (kept,) = _regroup({}, found).themes
    (freed,) = _regroup({"not_against_ids": [GLAD[0].id]}, found).themes

    assert (kept.counter_evidence_ids, kept.standing) == ((GLAD[0].id,), "contested")
    assert (freed.counter_evidence_ids, freed.standing) == ((), "watchlist")
    assert freed.evidence_ids == kept.evidence_ids


def test_what_was_left_over_is_looked_at_again() -> None:
    said = {
        "placed": [{"quote_id": "Hm.", "theme_id": "Slow"}],
        "found": [{"quote_ids": [each.id for each in LEFT[:3]], "title": "Nobody replies"}],
    }

    found = _regroup(said)

    assert _held(found)["Nobody replies"] == {each.id for each in LEFT[:3]}
    assert "Hm." in _held(found)["Slow"]
    assert found.overlooked == ("Nobody replies",)
    assert not found.left_over


def test_a_model_that_does_not_answer_changes_nothing_and_is_counted() -> None:
    found = _regroup(ModelUnavailable("no answer"))

    assert _held(found) == _held(FOUND)
    assert found.left_over == FOUND.left_over
    assert found.counts["failed"] == len(FOUND.themes) + len(LEFT)


_words = st.sampled_from([*PIECES, "Late", "Slow", "Bright", "", "Nowhere"])
_replies = st.fixed_dictionaries(
    {
        "merges": st.lists(
            st.fixed_dictionaries({"theme_ids": st.lists(_words, max_size=4), "title": st.text()}),
            max_size=3,
        ),
        "moves": st.lists(
            st.fixed_dictionaries({"quote_id": _words, "theme_id": _words}), max_size=4
        ),
        "not_against_ids": st.lists(_words, max_size=2),
        "titles": st.lists(
            st.fixed_dictionaries({"theme_id": _words, "title": st.text()}), max_size=3
        ),
        "placed": st.lists(
            st.fixed_dictionaries({"quote_id": _words, "theme_id": _words}), max_size=4
        ),
        "found": st.lists(
            st.fixed_dictionaries({"quote_ids": st.lists(_words, max_size=5), "title": st.text()}),
            max_size=3,
        ),
    }
)


@given(_replies)
def test_no_reply_loses_or_doubles_a_piece_of_evidence(reply: dict[str, Any]) -> None:
    found = _regroup(reply)

    held = [id for each in found.themes for id in each.evidence_ids]
    assert sorted([*held, *found.left_over]) == sorted(PIECES)
    for each in found.themes:
        assert {each.kind} <= {kind for id in each.evidence_ids for kind in PIECES[id].kinds}
