import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from _pytest.mark.structures import ParameterSet
from hypothesis import assume, given
from hypothesis import strategies as st

from ingestion.models import Document, DocumentId, DocumentKind, SourceId, Turn
from ingestion.redaction import is_masked, mask, redact

CASES = Path(__file__).parents[1] / "files" / "redaction"
_MARKED = re.compile(r"⟦([^⟧|]+)(?:\|([^⟧]+))?⟧")


def masked_cases() -> Iterator[ParameterSet]:
    for type_, languages in yaml.safe_load((CASES / "masked.yaml").read_text("utf-8")).items():
        for language, texts in languages.items():
            for text in texts:
                said = _MARKED.sub(lambda found: found[1], text)
                expected = _MARKED.sub(lambda found, type_=type_: f"[{found[2] or type_}]", text)
                yield pytest.param(said, expected, id=f"{type_} {language}: {said[:40]}")


def kept_cases() -> Iterator[ParameterSet]:
    for language, texts in yaml.safe_load((CASES / "kept.yaml").read_text("utf-8")).items():
        for text in texts:
            yield pytest.param(text, id=f"{language}: {text[:40]}")


@pytest.mark.parametrize(("said", "expected"), list(masked_cases()))
def test_masks_what_identifies_a_person(said: str, expected: str):
    assert mask(said) == expected


@pytest.mark.parametrize("said", list(kept_cases()))
def test_keeps_what_identifies_nobody(said: str):
    assert mask(said) == said


def document(*turns: Turn, title: str | None = None) -> Document:
    return Document(
        id=DocumentId("reviews.csv#maureen"),
        source_id=SourceId("reviews.csv"),
        kind=DocumentKind.REVIEW,
        turns=turns,
        title=title,
    )


def test_masks_every_mention_of_a_name_once_somebody_is_identified():
    said = document(
        Turn(text="Hi Imelda, thanks."),
        Turn(text="As Imelda said, Imelda's fix works.", asked="Was Imelda kind?"),
        title="Imelda!!",
    )

    masked, replaced = redact(said)

    assert masked.text == "Hi [name], thanks.\nAs [name] said, [name]'s fix works."
    assert masked.title == "[name]!!"
    assert masked.turns[1].asked == "Was [name] kind?"
    assert replaced == {"name": 5}


def test_masks_the_parts_of_a_name_that_are_no_ordinary_words():
    said = document(
        Turn(text="My name is Harriet Green. Harriet here. I like green, Green is best.")
    )

    assert redact(said).document.text.startswith("My name is [name]. [name] here.")
    assert redact(said).document.text.endswith("I like green, Green is best.")


def test_leaves_a_document_that_names_nobody_as_it_is():
    said = document(Turn(text="It took 3 weeks, and Tobias only shrugged."), title="Too slow")

    assert redact(said) == (said, {})


def test_leaves_ids_alone():
    assert redact(document(Turn(text="I'm Maureen."))).document.id == "reviews.csv#maureen"


def test_counts_what_was_masked_by_type():
    said = document(Turn(text="Maureen, 020 7946 0857 or maureen.tibbs@example.org, order #10482."))

    assert redact(said).replaced == {"name": 1, "phone": 1, "email": 1, "order number": 1}


def test_points_into_the_masked_text_and_not_into_the_one_before():
    said = document(Turn(text="I'm Maureen."), Turn(text="It broke."))
    assert said.starts == (0, 13)

    assert redact(said).document.starts == (0, len("I'm [name].\n"))


def test_leaves_alone_what_was_blanked_before():
    assert (
        mask("My name is XXXX, I paid on XX/XX/XXXX.") == "My name is XXXX, I paid on XX/XX/XXXX."
    )


def test_a_bot_that_says_what_it_is_called_is_nobody():
    assert mask("Hi, I'm Clara, an AI assistant.") == "Hi, I'm Clara, an AI assistant."


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("I'm [name], I run a bakery.", True, id="a name"),
        pytest.param("Order [order number] is lost.", True, id="a number"),
        pytest.param("It broke [twice].", False, id="brackets of its own"),
    ],
)
def test_tells_a_masked_sentence(text: str, masked: bool):
    assert is_masked(text) is masked


@given(st.text(max_size=200))
def test_masking_twice_is_masking_once(text: str):
    assert mask(mask(text)) == mask(text)


@given(st.from_regex(r"[a-z ,.!?]{0,200}", fullmatch=True))
def test_keeps_plain_words_in_small_letters(text: str):
    assume("name" not in text)

    assert mask(text) == text
