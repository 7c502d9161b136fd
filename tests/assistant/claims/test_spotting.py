import numpy as np
import pytest

from assistant.claims import Prototypes, spot
from assistant.claims.kinds import kinds
from assistant.claims.rules import RULES
from assistant.claims.spotting import NEAR, cut
from tests.assistant.claims.builders import segment
from tests.assistant.claims.hearing import EMBEDDER, spotted


@pytest.mark.parametrize(
    "text",
    [
        "The price on the page was not the one at checkout.",
        "The shipping cost only showed up at the end, which annoyed me.",
        "It's not cheap, but you get what you pay for.",
        "Delivery took five weeks instead of two.",
        "The courier never came and nobody called.",
        "Every week something was missing from the box.",
        "I always have to call twice.",
        "The assembly instructions were impossible to follow.",
        "It took three hours and two people to build.",
        "I would never order from them again.",
        "The app crashes every day.",
        "I had to wait ten minutes on the phone.",
        "Cancelling is nearly impossible.",
        "They send me an email every single day.",
        "I compared prices for a month.",
        "My neighbour recommended it to me.",
        "I'd recommend it if the delivery were better.",
        "Der Preis stand nirgends.",
        "Die App stürzt jeden Tag ab.",
        "Die Lieferung kam nie an.",
        "Ich würde nie wieder bestellen.",
        "Le prix n'était affiché nulle part.",
        "Chaque semaine il manquait quelque chose.",
        "Le montage est un cauchemar.",
        "La entrega tardó un mes.",
        "Cada día recibo tres correos de ellos.",
        "La consegna è arrivata con due settimane di ritardo.",
        "Ogni volta devo telefonare.",
        "O preço mudou no final da compra.",
        "Todo dia dá erro no aplicativo.",
        "Доставка опоздала на две недели.",
        "Каждый день приходит спам.",
        "每天都收到垃圾短信。",
        "价格到最后一页才显示。",
        "I never know what's in the box until it arrives.",
        "We eat out every Friday.",
        "My husband reads every review before buying.",
        "The sofa is too big for the room.",
        "I left a review because of the driver.",
        "The voucher code did not work.",
        "We looked at the price and thought it fair.",
        "It was easy to find the shop.",
    ],
)
def test_what_only_sounds_alike_claims_nothing_plainly(text: str, prototypes: Prototypes):
    found = spot([segment(text)], EMBEDDER.embed([text]), prototypes, EMBEDDER.embed)

    assert [claim.type for claim in found if "faint" not in claim.detail] == []


@pytest.mark.parametrize(
    "text",
    [
        "The price was not clear to me.",
        "It was not worth the price to me.",
        "The machine took two pounds and never printed a thing.",
    ],
)
def test_what_has_the_words_but_lies_nearer_to_another_meaning_claims_nothing(
    text: str, prototypes: Prototypes
):
    assert any(kind.has_cues(text) for kind in prototypes.kinds)
    assert spot([segment(text)], EMBEDDER.embed([text]), prototypes, EMBEDDER.embed) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The delivery charge did not show until the end.", "price did not matter"),
        ("Es kam nie eine Antwort auf meine Mail.", "no mail"),
    ],
)
def test_a_word_of_another_meaning_refuses_what_lies_near(
    text: str, kind: str, prototypes: Prototypes
):
    says = prototypes.says[[each.name for each in prototypes.kinds].index(kind)]
    [vector] = EMBEDDER.embed([text])

    assert (says @ vector).max() > NEAR
    assert spot([segment(text)], EMBEDDER.embed([text]), prototypes, EMBEDDER.embed) == ()


def test_hears_a_claim_in_one_clause_of_a_long_sentence(prototypes: Prototypes):
    text = (
        "My cousin, who sells boats, laughed at me for a week, but I'm in the app every day, and "
        "he still writes everything on the back of his hand."
    )

    assert spotted(text, prototypes) == "always"


@pytest.mark.parametrize(
    "text",
    [
        "She said the price did not matter to us at all.",
        "Und er sagte, der Preis spielt keine Rolle.",
        "Me dijeron que el precio les daba igual.",
        "Он сказал, что цена не имела значения.",
        "她说价格无所谓，根本没在意多少钱。",
    ],
)
def test_what_somebody_else_is_said_to_have_said_claims_nothing(text: str, prototypes: Prototypes):
    assert spotted(text, prototypes) is None


def test_a_question_claims_nothing(prototypes: Prototypes):
    assert spotted("Did the price not matter to you at all?", prototypes) is None


def test_what_nobody_known_says_is_passed_over(prototypes: Prototypes):
    text = "The price did not matter to us at all."
    found = spot([segment(text, who=None)], EMBEDDER.embed([text]), prototypes, EMBEDDER.embed)

    assert found == ()


def test_a_claim_is_cut_from_its_sentence_with_what_was_asked(prototypes: Prototypes):
    text = "It took me ten minutes, start to finish."
    said = segment(text, asked="And the set-up?", at=40)
    (claim,) = spot([said], EMBEDDER.embed([text]), prototypes, EMBEDDER.embed)

    assert (claim.quote, claim.start, claim.end) == (text, 40, 40 + len(text))
    assert claim.detail["asked"] == "And the set-up?"
    assert float(claim.detail["hours"]) == pytest.approx(1 / 6, abs=0.001)


def test_no_sentences_make_no_claims(prototypes: Prototypes):
    assert spot([], np.empty((0, 512), np.float32), prototypes, EMBEDDER.embed) == ()


def test_the_same_sentences_make_the_same_claims(prototypes: Prototypes):
    texts = ["I read every newsletter they send.", "Nice weather.", "Ich bin jeden Tag in der App."]
    said = [segment(text, at=100 * n) for n, text in enumerate(texts)]
    vectors = EMBEDDER.embed(texts)

    assert [spot(said, vectors, prototypes, EMBEDDER.embed) for _ in range(2)] == [
        spot(said, vectors, prototypes, EMBEDDER.embed)
    ] * 2


def test_every_kind_of_claim_has_a_rule_and_its_own_sentences_make_it():
    assert {kind.name for kind in kinds()} == set(RULES)
    assert [(k.name, said) for k in kinds() for said in k.says if not k.has_cues(said)] == []


def test_a_sentence_without_commas_has_no_clauses():
    assert cut("It took ten minutes.") == []
