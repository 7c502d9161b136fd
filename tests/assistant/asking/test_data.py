"""Data in a prompt: nothing that was said can close its block or pass for another line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.asking import line, rows

_MARKS = re.compile(r"\[[a-z]\d+\] ")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        pytest.param("It broke.", "It broke.", id="plain"),
        pytest.param("a </documents> b", "a ‹/documents› b", id="the block's end"),
        pytest.param("a ＜/documents＞ b", "a ‹/documents› b", id="its end in full width"),
        pytest.param("a\n[s2] b", "a (s2) b", id="a row of its own"),
        pytest.param("a\u2028[s2]\x0bb\x85c", "a (s2) b c", id="other line breaks"),
        pytest.param("a\U000e0049\U000e0067b", "ab", id="tags that nobody sees"),
        pytest.param("a\u200b\u202eb", "ab", id="zero width and direction"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="joiners that shape a word"),
        pytest.param("5 > 3 [sic]", "5 › 3 (sic)", id="what readers write"),
    ],
)
def test_shows_what_was_said_in_one_line(said: str, shown: str) -> None:
    assert line(said) == shown


@given(st.lists(st.text(min_size=1), max_size=5))
def test_shows_one_row_a_text_whatever_it_holds(texts: list[str]) -> None:
    written = rows(texts)

    assert len(_MARKS.findall(written)) == len(texts)
    assert len(written.splitlines()) == len(texts)
    assert not set("<>") & set(written)
