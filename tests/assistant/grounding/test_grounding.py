"""Grounding: anything a customer said can be quoted, and nothing else can."""

import sys
from types import FrameType
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assistant.errors import UngroundedQuote
from assistant.grounding import Anchors, ground
from ingestion import chunking
from ingestion.models import Document, DocumentId, DocumentKind, Role, SourceId, Span, Turn
from tests.assistant.asking.scripted import segments


def _quote(wording: str | Anchors, said: str, language: str = "en") -> str:
    (segment,) = segments(said, language=language)
    span = ground(wording, segment)
    return segment.text[span.start : span.end]


def _document(*turns: Turn, language: str = "en") -> Document:
    return Document(
        id=DocumentId("interviews/p01.vtt"),
        source_id=SourceId("interviews/p01.vtt"),
        kind=DocumentKind.INTERVIEW,
        turns=turns,
        language=language,
    )


def test_a_quote_is_the_whole_sentence_that_holds_the_wording() -> None:
    said = "Honestly, I waited three weeks, and nobody called."

    assert _quote("i waited  three weeks", said) == said


def test_a_wording_that_was_not_said_is_named_with_where_it_was_looked_for() -> None:
    (segment,) = segments("I would not recommend this.")

    with pytest.raises(UngroundedQuote) as refusal:
        ground("I would recommend this", segment)

    assert (refusal.value.wording, refusal.value.segment_id) == (
        "I would recommend this",
        segment.id,
    )


@pytest.mark.parametrize(
    "wording",
    [
        pytest.param("", id="nothing"),
        pytest.param(" … ", id="no words"),
        pytest.param("I waited … nobody called", id="passages joined"),
        pytest.param("waited three", id="part of a number"),
        pytest.param("and no", id="part of a word"),
    ],
)
def test_refuses(wording: str) -> None:
    with pytest.raises(UngroundedQuote):
        _quote(wording, "I waited three hundred hours, and nobody called.")


@pytest.mark.parametrize(
    ("first", "last", "is_there"),
    [
        pytest.param("I waited", "gave up", True, id="in order"),
        pytest.param("I waited three weeks", "then gave up.", True, id="they overlap"),
        pytest.param("gave up", "I waited", False, id="the wrong way round"),
        pytest.param("I waited", "they called", False, id="an end that nobody said"),
        pytest.param("Three days", "gave up", False, id="a beginning that nobody said"),
    ],
)
def test_a_quote_may_be_named_by_how_it_begins_and_ends(
    first: str, last: str, *, is_there: bool
) -> None:
    said = "I waited three weeks and then gave up."

    try:
        assert _quote(Anchors(first, last), said) == said
        assert is_there
    except UngroundedQuote:
        assert not is_there


def test_repeated_words_are_settled_by_the_segment_that_is_cited() -> None:
    document = _document(Turn(text="It broke. They came. It broke."))
    *_, last = chunking.split(document)

    assert ground("It broke", last, document) == last.span
    assert ground("It broke", last) == last.span


def test_a_quote_goes_on_over_the_sentences_of_a_turn_and_leaves_none_out() -> None:
    document = _document(Turn(text="It broke. They came. It broke again."))
    first, second, _ = chunking.split(document)

    assert ground("broke. They came.", first, document) == Span(start=0, end=20)
    for refused in ("It broke. It broke again", "came. It broke again"):
        with pytest.raises(UngroundedQuote):
            ground(refused, first, document)
    with pytest.raises(UngroundedQuote):
        ground("It broke. They came.", second)


def test_nobody_but_a_customer_is_quoted() -> None:
    document = _document(Turn(text="It broke."))
    (segment,) = chunking.split(document)
    asked = _document(Turn(text="It broke.", role=Role.INTERVIEWER))

    with pytest.raises(UngroundedQuote):
        ground("It broke", segment, asked)


_FRAGMENTS = (
    "not |did n't |非常不|没有|нет |ne … pas |if |e\u0301|a\u0323\u0307|１２|3.|ß|ﬁ|İ|😡|- |n't"
)
_MORE = "the the |wai- waiting |uh, |[inaudible]|\n|。|! |… |. |, |(|\u200b|\u3099|\u1100\u1161|1,5"
_words = (
    st.lists(
        st.sampled_from([*_FRAGMENTS.split("|"), *_MORE.split("|")])
        | st.text(st.characters(exclude_categories=["Cs", "Cn"])),
        min_size=1,
        max_size=12,
    )
    .map("".join)
    .filter(bool)
)
_languages = st.sampled_from(["en", "de", "fr", "es", "it", "nl", "pt", "ru", "zh", "und"])
_turns = st.lists(
    st.builds(Turn, text=_words, role=st.sampled_from([Role.CUSTOMER, Role.INTERVIEWER])),
    min_size=1,
    max_size=4,
)


@settings(deadline=None)  # the first loads what tells languages apart
@given(_turns, _languages)
def test_anything_said_can_be_quoted(turns: list[Turn], language: str) -> None:
    document = _document(*turns, language=language)

    for segment in chunking.split(document):
        span = ground(segment.text, segment)
        assert span == segment.span
        assert document.text[span.start : span.end] == segment.text
        around = ground(segment.text, segment, document)
        assert around == segment.span


@settings(deadline=None)
@given(_turns, _languages, st.data())
def test_a_quote_never_leaves_the_turn_that_is_cited(
    turns: list[Turn], language: str, data: st.DataObject
) -> None:
    document = _document(*turns, language=language)
    cited = chunking.split(document)
    assume(cited)
    segment = data.draw(st.sampled_from(cited))
    start = data.draw(st.integers(0, len(document.text) - 1))
    end = data.draw(st.integers(start + 1, len(document.text)))

    try:
        span = ground(document.text[start:end], segment, document)
    except UngroundedQuote:
        return

    begin = document.starts[segment.turn]
    assert begin <= span.start
    assert span.end <= begin + len(turns[segment.turn].text)
    assert span.start <= segment.span.start < segment.span.end <= span.end


@settings(deadline=None)
@given(_words, _words, _languages)
def test_offsets_count_the_characters_of_composed_text(
    before: str, said: str, language: str
) -> None:
    document = _document(Turn(text=before), Turn(text=said + " 我e\u0301a."), language=language)
    *_, last = chunking.split(document)

    span = ground(last.text, last, document)

    assert document.text[span.start : span.end] == last.text


def _work(call: Any) -> int:  # noqa: ANN401 anything that can be called
    """Count the lines of grounding that a call runs."""
    n = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:  # noqa: ANN401 a trace function
        nonlocal n
        if "grounding" not in frame.f_code.co_filename:
            return None
        n += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return n


@pytest.mark.parametrize(
    ("said", "wording", "language"),
    [
        pytest.param("I waited three weeks, and then ", "weeks and then they", "en", id="Latin"),
        pytest.param("我等了三个星期，但是没有人打电话。", "没有人打电话你", "zh", id="Chinese"),
        pytest.param("Я ждал три недели, и никто не ", "никто не пришёл", "ru", id="Cyrillic"),
        pytest.param("no ", "no " * 60 + "yes", "en", id="one word again and again"),
        pytest.param("a", "aa", "en", id="one long word"),
        pytest.param("e\u0301\u0323", "e\u0301", "fr", id="marks"),
        pytest.param("(,-. ", "x", "und", id="punctuation"),
        pytest.param("[music ", "x", "en", id="marks that are not closed"),
    ],
)
def test_the_work_grows_with_the_length_alone(said: str, wording: str, language: str) -> None:
    def work(n: int) -> int:
        (segment,) = segments((said * n)[:n] + " end", language=language)

        def call() -> None:
            with pytest.raises(UngroundedQuote):
                ground(wording, segment)

        call()  # what is looked up once is not counted
        return _work(call)

    assert work(12_000) < 2.2 * work(6_000) < 100 * 12_000
