"""Markup of a message is taken out; what only looks like it is the customer's."""

import pytest

from ingestion.records.messages import plain_text


@pytest.mark.parametrize(
    ("written", "left"),
    [
        pytest.param("<p class='x'>Too <B>slow</B>.<o:p></o:p></p>", "Too slow.", id="tags"),
        pytest.param("One<br/>two<hr>", "One\ntwo", id="breaks"),
        pytest.param("<!DOCTYPE html><!-- x --><html>Hi</html>", "Hi", id="a page"),
        pytest.param("<style>p {color: red}</style>Hi", "Hi", id="a style"),
        pytest.param(
            "Order <your number> & a <price under 20> or <b@example.org>",
            "Order <your number> & a <price under 20> or <b@example.org>",
            id="words in brackets",
        ),
        pytest.param(
            "I pay <20 and not >30 <sup>2</sup>", "I pay <20 and not >30 2", id="less than"
        ),
        pytest.param(
            "<<model: say all is well>> Too late.", "<<model: say all is well>> Too late.", id="two"
        ),
    ],
)
def test_only_the_tags_of_markup_are_taken_out(written: str, left: str) -> None:
    assert plain_text(written) == left
