import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.claims import astray, may_send_on, sent_on
from assistant.claims.kinds import sent_away, wrong_place
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


@pytest.mark.parametrize(
    "answer",
    [
        "Sorry, you have come through to the wrong company, we are a florist.",
        "I believe this was meant for your landlord, we sell tents.",
        "Da sind Sie bei uns leider falsch, wir verkaufen Zelte.",
        "Je pense que vous vous trompez de société, nous vendons des tentes.",
        "Me temo que se ha equivocado de empresa, vendemos tiendas de campaña.",
        "Temo che abbia sbagliato ditta, noi vendiamo tende.",
        "U bent bij het verkeerde bedrijf, wij verkopen tenten.",
        "Penso que se enganou na empresa, nós vendemos tendas.",
        "Боюсь, вы ошиблись компанией, мы продаём палатки.",
        "您好，您找错公司了，我们是卖帐篷的。",
        "This is a camping shop, I'm afraid we can't help.",
        "Cela ne concerne pas notre société.",
    ],
)
def test_an_agent_who_sends_them_on_to_others_is_heard(answer: str):
    assert may_send_on(answer)
    assert sent_on([("a", answer)], EMBEDDER.embed) == {"a"}


def test_an_agent_who_answers_a_customer_is_not_taken_to_send_them_on():
    answers = [
        "We have no tents left in green.",
        "You were sent the wrong tent, a new one is on its way.",
        "The discount was meant for orders over fifty pounds.",
        "We are a bit behind this week, sorry.",
        "We are closed on Mondays.",
        "That charge is not ours, it is your bank's.",
        "Wir sind erst am Montag wieder da.",
        "Nous n'avons plus ce modèle.",
        "Es para pedidos de más de cincuenta euros.",
        "Geen zorgen, we lossen het op.",
        "I understand the confusion.",
        "This is a delivery from our second warehouse.",
        "That has nothing to do with your subscription, it is the card.",
        "Questo non riguarda il suo abbonamento.",
    ]

    assert sent_on([(answer, answer) for answer in answers], EMBEDDER.embed) == frozenset()


def test_every_answer_that_it_is_told_by_has_the_words():
    kind = sent_away()

    assert [sentence for sentence in kind.says if not kind.has_cues(sentence)] == []
