import pytest

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
            "Paket kam zwei Wochen zu spät",
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
        "Charged 1,404.50 twice this spring"
    ]


def test_a_title_keeps_the_verb_that_is_negated():
    assert named("Please, do not trust the monthly price.") == ["Do not trust the monthly price"]
