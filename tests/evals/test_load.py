"""What is lost or stands twice is seen, and figures go where they belong."""

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from assistant.store.access import hashed
from evals import tally
from evals.load import write_down
from evals.visitors import Visitor, answers

_SAID = (("k1", ""), ("k2", "The lamp broke."), ("k3", "It was late."))


def kept(folder: Path, keys: Sequence[str], texts: Sequence[str]) -> Path:
    path = folder / "service.db"
    turns = [{"speaker": "person", "text": text} for text in texts]
    state = json.dumps({"turns": [{"speaker": "bot", "text": "Hello."}, *turns]})
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE conversations (id, token, state)")
        database.execute("CREATE TABLE replies (conversation, key)")
        database.execute("INSERT INTO conversations VALUES (?, ?, ?)", ("c", hashed("t"), state))
        database.executemany("INSERT INTO replies VALUES ('c', ?)", [(key,) for key in keys])
    return path


def somebody(token: str) -> Visitor:
    visitor = Visitor(1, "sv", answers(1))
    visitor.token = token
    visitor.said.extend(_SAID)
    return visitor


@pytest.mark.parametrize(
    ("keys", "texts", "lost", "doubled"),
    [
        pytest.param("k1 k2 k3", ["", "The lamp broke.", "It was late."], 0, 0, id="whole"),
        pytest.param("k1 k2", ["", "The lamp broke."], 2, 0, id="a reply lost"),
        pytest.param("k1 k2 k3", ["", "The lamp broke."], 1, 0, id="its turn lost"),
        pytest.param("k1 k2 k3", ["", *["The lamp broke."] * 2, "It was late."], 0, 1, id="twice"),
        pytest.param("k1 k2 k3 k4", ["", "The lamp broke.", "It was late."], 0, 1, id="unknown"),
    ],
)
def test_sees_what_is_lost_and_what_stands_twice(
    tmp_path: Path, keys: str, texts: list[str], lost: int, doubled: int
) -> None:
    found = tally.count(kept(tmp_path, keys.split(), texts), [somebody("t")])

    assert found == (3, lost, doubled)
    assert found.is_whole == (not (lost or doubled))


def test_sees_a_conversation_that_is_gone(tmp_path: Path) -> None:
    assert tally.count(kept(tmp_path, [], []), [somebody("another")]).lost == 6


def test_no_two_answers_are_alike() -> None:
    invented = answers(3)
    some = [next(invented) for _ in range(5000)]

    assert len(set(some)) == len(some)


def test_new_figures_take_the_place_of_old_ones(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "# A page\n\n## Under load\n\n- old\n\n## After it\n\nText.\n", encoding="utf-8"
    )

    write_down(["new", "newer"], page)
    once = page.read_text(encoding="utf-8")
    write_down(["new", "newer"], page)

    assert page.read_text(encoding="utf-8") == once
    assert "- new\n- newer\n\n## After it\n\nText.\n" in once
    assert "old" not in once
