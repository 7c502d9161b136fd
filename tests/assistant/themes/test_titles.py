from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models import Piece
from assistant.themes import meanings
from assistant.themes.meanings import Vectors
from assistant.themes.terms import clauses
from assistant.themes.titles import titles
from tests.assistant.themes.builders import piece


def named(*quotes: str, language: str = "en") -> list[str]:
    return titles([[piece(quote, quote=quote, language=language)] for quote in quotes], language)


@pytest.mark.parametrize(
    ("language", "quote", "title"),
    [
        pytest.param(
            "en",
            "Honestly, the parcel was two weeks late, I gave up.",
            "The parcel was two weeks late",
            id="en",
        ),
        pytest.param(
            "de",
            "Tja, das Paket kam zwei Wochen zu spät, leider.",
            "Das Paket kam zwei Wochen zu spät",
            id="de",
        ),
        pytest.param("zh", "唉\uff0c包裹晚了两个星期\uff0c真的。", "包裹晚了两个星期", id="zh"),
    ],
)
def test_a_title_is_a_clause_of_the_customer(language: str, quote: str, title: str):
    assert named(quote, language=language) == [title]


def test_no_two_themes_have_the_same_title():
    assert (
        len(set(named("The parcel was late.", "The parcel was late.", "The parcel was late."))) == 3
    )


def test_a_title_is_in_the_main_language_where_somebody_speaks_it():
    pieces = [piece("a", quote="Das Paket kam viel zu spät an.", language="de")]
    pieces += [piece("b", quote="The parcel came far too late.", language="en")]

    assert titles([pieces], "en") == ["The parcel came far too late"]


def test_a_negation_is_not_cut_off():
    title = named("I could never find a way to remove seats.")[0]

    assert "never" in title.lower()


def test_a_quote_without_a_clause_of_its_own_is_its_own_title():
    assert named("Awful.") == ["Awful"]


def test_a_number_is_not_cut_in_two():
    assert named("They charged 1,404.50 twice this spring, imagine.") == [
        "They charged 1,404.50 twice this spring"
    ]


def test_a_title_keeps_the_verb_that_is_negated():
    assert named("Please, do not trust the monthly price.") == ["Do not trust the monthly price"]


@pytest.mark.parametrize(
    ("quote", "title"),
    [
        pytest.param(
            "And then, because the driver had left, nothing at all.",
            "The driver had left",
            id="words that lead up to a clause",
        ),
        pytest.param(
            "In my hand it was a toy for children.",
            "In my hand it was a toy for children",
            id="no beginning in the middle of a clause",
        ),
        pytest.param(
            "At 11:30 the driver left a card.",
            "At 11:30 the driver left a card",
            id="a time of day is not cut in two",
        ),
    ],
)
def test_a_title_begins_and_ends_where_a_clause_does(quote: str, title: str):
    assert named(quote) == [title]


def test_what_hangs_on_something_before_it_is_no_title_where_there_is_another() -> None:
    assert named("Under the broken wooden parcel shelf, my invoice got wet.") == [
        "My invoice got wet"
    ]


@pytest.mark.parametrize(
    ("language", "quote", "title"),
    [
        ("en", "If the courier rang the doorbell.", "If the courier rang the doorbell"),
        ("de", "Na ja, wenn der Bote klingeln würde.", "Wenn der Bote klingeln würde"),
        ("fr", "Et si le livreur sonnait.", "Si le livreur sonnait"),
        ("es", "Y si el mensajero llamara.", "Si el mensajero llamara"),
        ("it", "E se il corriere suonasse.", "Se il corriere suonasse"),
        ("nl", "Nou, als de koerier aanbelde.", "Als de koerier aanbelde"),
        ("pt", "E se o estafeta tocasse.", "Se o estafeta tocasse"),
        ("ru", "Вот если курьер позвонит заранее.", "Если курьер позвонит заранее"),
    ],
)
def test_what_is_only_supposed_is_not_told_as_a_fact(language: str, quote: str, title: str):
    assert named(quote, language=language) == [title]


def test_a_thought_is_not_cut_asunder_where_there_is_another():
    quote = (
        "The broken parcel shelf belongs to that silent neighbour of yours over there,"
        " and the courier shouted."
    )
    assert named(quote) == ["The courier shouted"]


_WORDS = ("and", "so", "the", "parcel", ",", "was", ".", "not", "late", "because", "-", "waited")


@given(st.lists(st.sampled_from(_WORDS)))
def test_a_title_is_a_run_of_words_of_one_clause(words: list[str]):
    quote = " ".join(["Parcels", *words])

    title = named(quote)[0].casefold()

    assert (
        any(title in clause.casefold() for clause in clauses(quote))
        or quote.casefold()[: len(title)] == title
    )


def _embed(texts: Sequence[str]) -> Vectors:
    """Lay texts along what they speak of: a parcel, an invoice, praise."""
    named = [
        [name in text.casefold() for name in ("parcel", "invoice", "lovely")] for text in texts
    ]
    rows = np.array(named, np.float32)
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1)


def by_meaning(themes: Sequence[Sequence[Piece]], kinds: Sequence[str]) -> list[str]:
    sentences = [_embed([piece.quote for piece in pieces]) for pieces in themes]
    return titles(themes, "en", meanings.learn(sentences, kinds, _embed))


def test_of_two_clauses_the_one_that_the_theme_is_about_is_its_title():
    said = "My neighbour laughed at me, the parcel lay outside."
    late = [piece("a", quote=said), piece("b", quote="A parcel, soaked.")]
    wrong = [piece("c", quote="The invoice named somebody else.")]

    assert by_meaning([late, wrong], ["pain", "pain"])[0] == "The parcel lay outside"


def test_a_title_tells_what_kind_of_theme_it_is():
    said = "The parcel came on a Monday, the lovely driver helped us."
    praised = [piece("a", quote=said)]
    late = [piece("b", quote="The parcel is missing altogether.")]

    assert by_meaning([praised, late], ["delight", "pain"])[0] == "The lovely driver helped us"


def test_of_two_pieces_the_more_strongly_felt_one_gives_the_title():
    weak = piece("a", quote="The parcel came somewhat late.", valence=-0.2)
    strong = piece("b", quote="The parcel arrived torn open.", valence=-2.0)

    assert titles([[weak, strong]], "en") == ["The parcel arrived torn open"]
