import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion import language
from ingestion.models import Document, DocumentId, DocumentKind, Role, SourceId, Turn

SENTENCES = {
    "en": (
        "The parcel was open at one end and nobody would tell me why.",
        "Could you please send the invoice again before Friday?",
        "Cancelled twice, charged thrice.",
    ),
    "de": (
        "Das Paket war offen, und niemand konnte mir sagen, warum.",
        "Können Sie mir bitte die Rechnung noch einmal schicken?",
        "Zweimal gekündigt, dreimal abgebucht.",
    ),
    "fr": (
        "Le colis était ouvert et personne ne savait pourquoi.",
        "Pouvez-vous m'envoyer la facture encore une fois ?",
        "Résilié deux fois, débité trois fois.",
    ),
    "es": (
        "El paquete estaba abierto y nadie sabía decirme por qué.",
        "¿Pueden enviarme la factura otra vez antes del viernes?",
        "Cancelado dos veces, cobrado tres veces.",
    ),
    "it": (
        "Il pacco era aperto e nessuno sapeva dirmi perché.",
        "Potete mandarmi di nuovo la fattura prima di venerdì?",
        "Disdetto due volte, addebitato tre volte.",
    ),
    "nl": (
        "Het pakket was open en niemand kon mij zeggen waarom.",
        "Kunt u mij de factuur nog een keer sturen voor vrijdag?",
        "Twee keer opgezegd, drie keer afgeschreven.",
    ),
    "pt": (
        "A encomenda estava aberta e ninguém sabia dizer porquê.",
        "Podem enviar-me a fatura outra vez antes de sexta-feira?",
        "Cancelado duas vezes, cobrado três vezes.",
    ),
    "ru": ("Посылка была вскрыта, и никто не знал почему.", "Отменил дважды.", "Плохо"),
    "zh": ("包裹是打开的，没有人知道为什么。", "取消了两次。", "太慢了 OK"),
    "ja": ("荷物が開いていて、誰も理由を知りませんでした。",),
    "uk": ("Посилка була відкрита, і ніхто не знав чому.",),
    "pl": ("Paczka była otwarta i nikt nie potrafił mi powiedzieć dlaczego tak się stało.",),
    "ar": ("كان الطرد مفتوحا ولم يعرف أحد السبب.",),
}


@pytest.mark.parametrize(
    ("code", "text"),
    [pytest.param(code, text, id=text[:30]) for code, texts in SENTENCES.items() for text in texts],
)
def test_tells_the_language_of_a_sentence(code: str, text: str):
    assert language.detect(text) == code


@pytest.mark.parametrize("text", ["", "ok", "5/5 !!", "👍", "...", "PDF 2.0"])
def test_takes_what_is_expected_where_the_text_does_not_tell(text: str):
    assert language.detect(text, expected="it") == "it"
    assert language.detect(text) == language.UNKNOWN
    assert language.detect(text, expected=language.UNKNOWN) == language.UNKNOWN


def test_a_sentence_of_another_language_outweighs_what_is_expected():
    assert language.detect(SENTENCES["de"][0], expected="en") == "de"


def test_a_word_borrowed_from_another_language_does_not():
    assert language.detect("Das Onboarding per Wizard: top.", expected="de") == "de"


def test_tells_a_documents_language_from_the_customer_alone():
    said = Document(
        id=DocumentId("a"),
        source_id=SourceId("a"),
        kind=DocumentKind.TICKET,
        turns=(
            Turn(text=SENTENCES["fr"][0]),
            Turn(text=" ".join(SENTENCES["en"]), role=Role.AGENT),
        ),
    )

    assert language.of_document(said) == "fr"


@given(st.text(max_size=80))
def test_always_gives_a_code(text: str):
    code = language.detect(text)

    assert code.isalpha()
    assert 2 <= len(code) <= 3
