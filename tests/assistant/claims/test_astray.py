import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.claims import astray
from assistant.claims.kinds import wrong_place
from assistant.embedded.reader import EmbeddedReader
from ingestion.embedding import Vectors

EMBEDDER = EmbeddedReader()
WRITTEN = [
    json.loads(line)
    for line in Path(__file__).with_name("astray.jsonl").read_text("utf-8").splitlines()
]
"""Of somebody who had not seen how they are found; some words were added to find half of them."""


def found(texts: Sequence[str]) -> set[str]:
    return set(astray(((text, text) for text in texts), EMBEDDER.embed))


@pytest.fixture(scope="module")
def named() -> set[str]:
    return found([each["text"] for each in WRITTEN])


def test_nobody_who_tells_of_the_company_is_said_to_be_astray(named: set[str]):
    assert not named & {each["text"] for each in WRITTEN if not each["astray"]}


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "it", "nl", "pt", "ru", "zh"])
def test_who_came_to_the_wrong_place_is_mostly_heard(named: set[str], language: str):
    meant = {each["text"] for each in WRITTEN if each["astray"] and each["lang"] == language}

    assert len(named & meant) >= len(meant) / 2


def test_what_only_touches_on_it_is_not_near_enough():
    assert not found(
        [
            "Full disclosure, I fit stoves for another firm.",
            "Page 4 is page 7, the wheel's on the wrong way round in the picture.",
            "Standing in that queue, I felt like I had walked into the wrong wedding.",
        ]
    )


def test_every_sentence_it_is_told_by_has_the_words():
    kind = wrong_place()

    assert [sentence for sentence in kind.says if not kind.has_cues(sentence)] == []


def test_a_document_is_named_by_any_of_its_sentences():
    said = [("a", "Wrong company, sorry."), ("a", "The hinge is loose."), ("b", "All is well.")]

    assert astray(said, EMBEDDER.embed) == {"a"}


def test_nothing_is_embedded_where_nobody_says_so():
    def never(texts: Sequence[str]) -> Vectors:
        raise AssertionError(texts)

    assert astray([("a", "The parcel came to the wrong address.")], never) == frozenset()
