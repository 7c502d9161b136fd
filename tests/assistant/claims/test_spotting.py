import numpy as np
import pytest

from assistant.claims import Prototypes, prepare, spot
from assistant.claims.kinds import kinds
from assistant.claims.rules import RULES
from assistant.claims.spotting import NEAR, cut
from assistant.embedded.reader import EmbeddedReader
from tests.assistant.claims.builders import segment

EMBEDDER = EmbeddedReader()


@pytest.fixture(scope="module")
def prototypes() -> Prototypes:
    return prepare(EMBEDDER.embed)


def spotted(text: str, prototypes: Prototypes) -> str | None:
    found = spot([segment(text)], EMBEDDER.embed([text]), prototypes, EMBEDDER.embed)
    return found[0].type if found else None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("price did not matter", "Honestly we'd have bought it at twice the price."),
        ("price did not matter", "What it cost was neither here nor there."),
        ("price did not matter", "Shipping fees? I didn't give them a thought."),
        ("price did not matter", "Money wasn't the issue, comfort was."),
        ("price did not matter", "Ehrlich, auf den Preis hab ich gar nicht geschaut."),
        ("price did not matter", "Die Lieferkosten haben mich überhaupt nicht interessiert."),
        ("price did not matter", "Franchement, je n'ai même pas regardé combien ça coûtait."),
        ("price did not matter", "El dinero no fue ningún problema, lo tenía clarísimo."),
        ("price did not matter", "Naar de prijs heb ik niet eens gekeken."),
        ("price did not matter", "Nem olhei o preço, queria aquele sofá e pronto."),
        ("price did not matter", "На цену я вообще не смотрел, просто взял."),
        ("price did not matter", "钱不是问题，我只看质量。"),
        ("price did not matter", "The price? I hardly noticed it, I'd made up my mind already."),
        ("price was the reason", "Too dear for us, end of story."),
        (
            "price was the reason",
            "I cancelled because the boxes got too expensive, simple as that.",
        ),
        ("price was the reason", "It was purely a money thing."),
        ("price was the reason", "We couldn't afford it, that's why we stopped."),
        ("price was the reason", "J'ai arrêté à cause du prix, rien d'autre."),
        ("price was the reason", "Lo dejé porque salía carísimo, no hay más."),
        ("price was the reason", "Ho disdetto solo per il prezzo, era troppo alto."),
        ("price was the reason", "We zijn gestopt omdat het te duur werd."),
        ("price was the reason", "Parei por causa do preço, só isso."),
        ("price was the reason", "Отказались из-за дороговизны, других причин нет."),
        ("price was the reason", "取消就是因为太贵了，没别的。"),
        ("on time", "Le technicien est venu au jour convenu, rien à dire."),
        ("on time", "Het pakket was er op de beloofde dag."),
        ("on time", "Заказ приехал точно в срок."),
        ("compared first", "Ik heb van tevoren alle beoordelingen bekeken."),
        ("compared first", "Prima di comprare ho letto ogni recensione."),
        ("compared first", "下单前我把评论全看完了。"),
        ("no mail", "Nobody ever sent me a reminder."),
        ("no mail", "Никакого напоминания мне не присылали."),
        ("quick", "Had it all assembled in twenty minutes flat."),
        ("quick", "Signed up, picked a plan, done, five minutes tops."),
        ("quick", "The sofa was here within a week."),
        ("quick", "Der Aufbau hat keine Viertelstunde gedauert."),
        ("quick", "Zwei Tage nach der Bestellung stand der Karton vor der Tür."),
        ("quick", "Le montage m'a pris une demi-heure à peine."),
        ("quick", "La commande est arrivée en deux jours."),
        ("quick", "El montaje fue facilísimo, veinte minutos."),
        ("quick", "In un quarto d'ora avevo finito di montarlo."),
        ("quick", "De bestelling was er binnen twee dagen."),
        ("quick", "A montagem levou vinte minutos, muito fácil."),
        ("quick", "Сборка заняла от силы полчаса."),
        ("quick", "两天就送到了，特别快。"),
        ("quick", "Setting it up was child's play, half an hour and it ran."),
        ("always", "I'm in the app every morning before coffee."),
        ("always", "We order a box every single week."),
        ("always", "I check the planner daily."),
        ("always", "Ich koche wirklich jede Box, jede Woche."),
        ("always", "Ich bin täglich in der App."),
        ("always", "J'ouvre l'appli chaque matin."),
        ("always", "Pedimos la caja todas las semanas sin falta."),
        ("always", "Entro nell'app ogni giorno."),
        ("always", "Ik zit elke dag in de app."),
        ("always", "Todo dia eu abro o aplicativo."),
        ("always", "Захожу в приложение каждый день, утром и вечером."),
        ("always", "我们家每周都订一箱。"),
        ("never did it", "I've never once skipped a delivery."),
        ("never did it", "I never call customer service."),
        ("never did it", "I don't read those emails, ever, never opened one."),
        ("never did it", "I never went back to look at the prices."),
        ("never did it", "Ich habe noch nie eine Woche ausgesetzt."),
        ("never did it", "Den Kundendienst habe ich nie angerufen."),
        ("never did it", "Je n'ai jamais contacté le service client."),
        ("never did it", "Nunca he llamado a atención al cliente."),
        ("never did it", "Non ho mai saltato una settimana."),
        ("never did it", "Ik heb nog nooit een week overgeslagen."),
        ("never did it", "Я ни разу ничего не возвращал."),
        ("never did it", "我从来没有跳过一周。"),
        ("no mail", "I never got a single mail about the delivery date."),
        ("no mail", "No email, no text, nothing came."),
        ("no mail", "Ich habe keine Bestätigungsmail erhalten."),
        ("no mail", "Je n'ai jamais reçu de mail de confirmation."),
        ("no mail", "Nunca recibí el correo de confirmación."),
        ("no mail", "Non mi è mai arrivata nessuna email."),
        ("no mail", "Ik heb nooit een bevestigingsmail ontvangen."),
        ("no mail", "Não chegou nenhum e-mail de confirmação."),
        ("no mail", "Письмо с подтверждением так и не пришло."),
        ("no mail", "我一直没收到确认邮件。"),
        ("no time", "I just didn't have the time to cook any more."),
        ("no time", "We never got around to trying it properly."),
        ("no time", "Mir fehlte schlicht die Zeit, keine Zeit zum Kochen."),
        ("no time", "Je n'avais tout simplement pas le temps de cuisiner."),
        ("no time", "Non avevo più tempo di cucinare."),
        ("no time", "Ik had gewoon geen tijd om te koken."),
        ("no time", "У меня просто не хватало времени готовить."),
        ("no time", "我实在没时间做饭。"),
        ("recommends", "I've handed my code to half the street."),
        ("recommends", "I recommend them to anybody who'll listen."),
        ("recommends", "Ich habe meinen Code an alle Freunde geschickt."),
        ("recommends", "J'ai donné mon code de parrainage à tous mes amis."),
        ("recommends", "He mandado mi código de invitación a todos mis amigos."),
        ("recommends", "Ho mandato il mio codice a tutti gli amici."),
        ("recommends", "Ik heb mijn code met iedereen gedeeld."),
        ("recommends", "Mandei meu código de convite para todo mundo."),
        ("recommends", "Я всем разослал свой промокод на приглашение."),
        ("recommends", "我把邀请码发给了所有朋友。"),
        ("loyal", "I'm not going anywhere, they have me for life."),
        ("loyal", "Cancel? It has never crossed my mind."),
        ("loyal", "Kündigen käme für mich nie in Frage."),
        ("loyal", "Je ne compte pas résilier, jamais de la vie."),
        ("loyal", "Jamás se me ocurriría cancelar."),
        ("loyal", "Non mi è mai venuto in mente di disdire."),
        ("loyal", "Opzeggen? Dat zou ik nooit doen."),
        ("loyal", "Cancelar nunca me passou pela cabeça."),
        ("loyal", "Мне и в голову не приходило отменить подписку."),
        ("loyal", "我从来没想过退订。"),
        ("did not compare", "I saw it and knew right away, that's my sofa."),
        ("did not compare", "I didn't shop around at all, I didn't look at any other brand."),
        ("did not compare", "Ich habe es gesehen und sofort bestellt."),
        ("did not compare", "Je n'ai pas comparé, je l'ai commandé tout de suite."),
        ("did not compare", "Lo vi y lo compré al instante, sin comparar."),
        ("did not compare", "L'ho visto e l'ho comprato subito, senza confrontare."),
        ("did not compare", "Ik zag hem en heb meteen besteld."),
        ("did not compare", "Vi e comprei na hora, sem comparar."),
        ("did not compare", "Увидел и сразу купил, ни с чем не сравнивал."),
        ("did not compare", "看到就马上下单了，没看别家。"),
        ("gave a reason", "We gave it up because our son went vegan."),
        ("gave a reason", "Wir haben gekündigt, weil wir ein Baby bekommen haben."),
        ("gave a reason", "J'ai arrêté parce que je voyage trop."),
        ("gave a reason", "取消是因为我们要搬家了。"),
        ("always on time", "It has always come on time, never once late."),
        ("always on time", "Die Kiste ist immer pünktlich da."),
        ("always on time", "La caja siempre llega a tiempo."),
        ("always on time", "La consegna è sempre stata puntuale."),
        ("reads everything", "I open every newsletter, the recipes are great."),
        ("reads everything", "I read all of your emails, cover to cover."),
        ("reads everything", "Ich lese jede Mail von euch."),
        ("reads everything", "Je lis chaque newsletter."),
        ("reads everything", "Leo todos los boletines que mandan."),
        ("reads everything", "Leggo ogni newsletter."),
        ("reads everything", "Ik lees alle nieuwsbrieven."),
        ("reads everything", "Leio toda newsletter que chega."),
        ("reads everything", "Я открываю каждое письмо от вас."),
        ("reads everything", "每一封邮件我都会看。"),
    ],
)
def test_hears_a_claim_in_nine_languages(kind: str, text: str, prototypes: Prototypes):
    assert spotted(text, prototypes) == kind


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
        "Het duurde drie weken voordat de bank er was.",
        "O preço mudou no final da compra.",
        "Todo dia dá erro no aplicativo.",
        "Доставка опоздала на две недели.",
        "Каждый день приходит спам.",
        "每天都收到垃圾短信。",
        "价格到最后一页才显示。",
        "等了三个星期才送到。",
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
