"""The table of grounding: what was not said is refused, and what was said is accepted."""

from collections import Counter

import pytest

from assistant.errors import UngroundedQuote
from assistant.grounding import ground
from evals import grounding
from evals.grounding import Case
from ingestion import chunking
from tests.assistant.asking.scripted import segments

CASES = list(grounding.cases())
_TURNING = {
    "en": "not never cannot nobody nothing can't only would nineteen five 48 two faster",
    "de": "nicht nichts kein würde hätte siebzehn 36 besser",
    "fr": "ne n'est jamais personne pas seize trois 27 meilleure plus",
    "es": "no nadie nunca quince 39 tres mejor",
    "it": "non nessuno mai più sedici 58 due migliore",
    "nl": "niet niemand zou veertien 45 twee beter pas",
    "pt": "não ninguém só catorze 47 dois melhor mais",
    "ru": "не никто бы семнадцать 64 два лучше только",
    "zh": "不 没 只 十 七 两 48 更",
}


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=f"{c.document.language} {c.kind}: {c.wording}") for c in CASES]
)
def test_a_wording_is_accepted_exactly_where_it_was_said(case: Case) -> None:
    assert grounding.is_right(case)


def test_every_language_has_every_kind() -> None:
    kinds = Counter((case.kind, case.document.language) for case in CASES)

    missing = {
        (kind, language)
        for kind in dict.fromkeys(case.kind for case in CASES)
        for language in grounding.LANGUAGES
        if not kinds[kind, language]
    }
    assert not missing
    assert len(CASES) >= 240


def test_a_wrong_answer_is_counted_and_named() -> None:
    said = next(case for case in CASES if case.is_said)
    tried = [said, said._replace(is_said=False)]

    assert list(grounding.wrong(tried)) == tried[1:]
    assert [(row.must, row.cases, row.right) for row in grounding.measure(tried)] == [
        ("refused", 1, 0),
        ("accepted", 1, 1),
    ]


def test_the_page_shows_the_table_as_it_is() -> None:
    assert grounding.PAGE.read_text("utf-8") == grounding.page(grounding.measure(CASES))


def _said() -> list[tuple[str, str]]:
    documents = {case.document.id: case.document for case in CASES}.values()
    return [(each.text, doc.language) for doc in documents for each in chunking.split(doc)]


@pytest.mark.parametrize(("said", "language"), _said())
def test_no_word_that_turns_a_meaning_can_be_dropped(said: str, language: str) -> None:
    (segment,) = segments(said, language=language)

    for word in _TURNING[language].split():
        for start in (at for at in range(len(said)) if said.lower().startswith(word, at)):
            with pytest.raises(UngroundedQuote):
                ground(said[:start] + said[start + len(word) :], segment)
