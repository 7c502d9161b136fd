from collections.abc import Sequence

import pytest

from assistant.embedded.reader import EmbeddedReader
from assistant.models import DEFAULT_STAGES, EvidenceKind, Reading
from ingestion.models import DocumentId, DocumentKind, Segment, SegmentId, Span

PAIN, DELIGHT, OPPORTUNITY = EvidenceKind.PAIN, EvidenceKind.DELIGHT, EvidenceKind.OPPORTUNITY
FELT = {PAIN, DELIGHT, OPPORTUNITY}


@pytest.fixture(scope="module")
def reader() -> EmbeddedReader:
    return EmbeddedReader()


def document(name: str, *texts: str, language: str = "en", title: str = "") -> list[Segment]:
    around = ["", *texts, ""]
    return [
        Segment(
            id=SegmentId(f"{name}:{place}"),
            document_id=DocumentId(name),
            turn=0,
            span=Span(start=0, end=len(text)),
            text=text,
            kind=DocumentKind.REVIEW,
            language=language,
            before=around[place],
            after=around[place + 2],
            title=title,
            position=place,
        )
        for place, text in enumerate(texts)
    ]


SHOP = document(
    "shop",
    "A friend sent me the link.",
    "The app crashes every time I try to pay.",
    "You should add a button that cancels the order.",
    title="Not yet",
)
HELP = document(
    "help",
    "I called them on a Monday.",
    "The woman on the phone was wonderful and solved it in two minutes.",
)


def nearly(readings: Sequence[Reading]) -> list[object]:
    return [
        (r.kinds, r.stage, r.emotion, r.about, pytest.approx(r.stage_scores, abs=1e-3))
        for r in readings
    ]


def test_reads_nothing_from_nothing(reader: EmbeddedReader) -> None:
    assert reader.read([]) == ()


def test_reads_the_same_twice(reader: EmbeddedReader) -> None:
    assert reader.read(SHOP) == reader.read(SHOP)


def test_a_document_reads_the_same_alone_and_among_others(reader: EmbeddedReader) -> None:
    together = reader.read([*SHOP, *HELP])

    apart = [*reader.read(SHOP), *reader.read(HELP)]

    assert nearly(apart) == [
        (r.kinds, r.stage, r.emotion, r.about, r.stage_scores) for r in together
    ]


def test_gives_a_reading_a_segment_in_order(reader: EmbeddedReader) -> None:
    one_way = reader.read([*SHOP, *HELP])

    other_way = reader.read([*HELP, *SHOP])

    assert [r.kinds for r in one_way] == [r.kinds for r in (*other_way[2:], *other_way[:2])]
    assert PAIN in one_way[1].kinds
    assert DELIGHT in one_way[4].kinds


def test_every_figure_keeps_to_its_range(reader: EmbeddedReader) -> None:
    readings = reader.read([*SHOP, *HELP])

    assert all(len(r.stage_scores) == len(DEFAULT_STAGES) for r in readings)
    assert [sum(r.stage_scores) for r in readings] == pytest.approx([1.0] * 5, abs=1e-3)
    assert all(-2 <= r.valence <= 2 and 0 <= r.confidence <= 1 for r in readings)


def test_what_stands_around_changes_the_reading(reader: EmbeddedReader) -> None:
    alone = reader.read(document("x", "They sent it by e-mail."))[0]

    in_context = reader.read(
        document("x", "After four years I asked to cancel my contract.", "They sent it by e-mail.")
    )[1]

    assert alone.stage_scores != in_context.stage_scores


def test_is_less_sure_of_a_language_it_did_not_learn_from(reader: EmbeddedReader) -> None:
    known = reader.read(document("x", *[s.text for s in HELP], language="en"))

    unknown = reader.read(document("x", *[s.text for s in HELP], language="sv"))

    assert all(u.confidence < k.confidence for u, k in zip(unknown, known, strict=True))


def test_a_very_long_sentence_is_read(reader: EmbeddedReader) -> None:
    [reading] = reader.read(document("x", "The parcel was late and wet. " * 400))

    assert reading.valence < 0


PLAIN = [
    ("en", "The app crashes every time I try to pay.", PAIN),
    ("en", "The woman on the phone was wonderful and solved it in two minutes.", DELIGHT),
    ("en", "The parcel arrived broken and support never answered.", PAIN),
    ("en", "I wish the app had a dark mode.", OPPORTUNITY),
    ("en", "You should add a button that cancels the order.", OPPORTUNITY),
    ("en", "There are four of us in the office.", None),
    ("en", "The lock is jammed again.", PAIN),
    ("de", "Die App stürzt jedes Mal ab, wenn ich bezahlen will.", PAIN),
    ("de", "Die Frau am Telefon war wunderbar und hat es in zwei Minuten gelöst.", DELIGHT),
    ("de", "Sie sollten den ganzen Preis auf der ersten Seite zeigen.", OPPORTUNITY),
    ("de", "Wir sind zu viert im Büro.", None),
    ("de", "Wir bestellen etwa zweimal im Monat.", None),
    ("de", "Der Aufzug war zwei Wochen kaputt.", PAIN),
    ("fr", "L'application plante chaque fois que j'essaie de payer.", PAIN),
    ("fr", "La dame au téléphone a été formidable et a tout réglé en deux minutes.", DELIGHT),
    ("fr", "Ils devraient afficher le prix total sur la première page.", OPPORTUNITY),
    ("fr", "Nous sommes quatre au bureau.", None),
    ("fr", "Le portail est encore cassé.", PAIN),
    ("es", "La aplicación se cierra cada vez que intento pagar.", PAIN),
    ("es", "La señora del teléfono fue maravillosa y lo resolvió en dos minutos.", DELIGHT),
    ("es", "Deberían mostrar el precio total en la primera página.", OPPORTUNITY),
    ("es", "Somos cuatro en la oficina.", None),
    ("es", "La puerta se rompió otra vez.", PAIN),
    ("it", "L'app si blocca ogni volta che provo a pagare.", PAIN),
    ("it", "La signora al telefono è stata meravigliosa e ha risolto in due minuti.", DELIGHT),
    ("it", "Dovrebbero mostrare il prezzo totale nella prima pagina.", OPPORTUNITY),
    ("it", "Siamo in quattro in ufficio.", None),
    ("it", "Il cancello si è rotto di nuovo.", PAIN),
    ("nl", "Er is twee keer geld afgeschreven en niemand kon me zeggen waarom.", PAIN),
    ("nl", "De dame aan de telefoon was geweldig en loste het in twee minuten op.", DELIGHT),
    ("nl", "Ik zou graag zien dat jullie een donkere modus toevoegen.", OPPORTUNITY),
    ("nl", "We zijn met z'n vieren op kantoor.", None),
    ("nl", "De lift was twee weken kapot.", PAIN),
    ("nl", "Ze zouden de volledige prijs op de eerste pagina moeten tonen.", OPPORTUNITY),
    ("pt", "A aplicação bloqueia sempre que tento pagar.", PAIN),
    ("pt", "A senhora ao telefone foi maravilhosa e resolveu tudo em dois minutos.", DELIGHT),
    ("pt", "Gostaria que adicionassem um modo escuro à aplicação.", OPPORTUNITY),
    ("pt", "Somos quatro no escritório.", None),
    ("pt", "O portão avariou outra vez.", PAIN),
    ("ru", "Приложение вылетает каждый раз, когда я пытаюсь заплатить.", PAIN),
    ("ru", "Женщина по телефону была замечательной и решила всё за две минуты.", DELIGHT),
    ("ru", "Хотелось бы, чтобы вы добавили тёмную тему.", OPPORTUNITY),
    ("ru", "Нас в офисе четверо.", None),
    ("ru", "Ворота опять сломались.", PAIN),
    ("ru", "Им стоило бы показывать полную цену на первой странице.", OPPORTUNITY),
    ("zh", "每次我要付款的时候，应用都会崩溃。", PAIN),
    ("zh", "电话里的那位女士非常好，两分钟就解决了。", DELIGHT),
    ("zh", "建议你们加一个深色模式。", OPPORTUNITY),
    ("zh", "我们办公室有四个人。", None),
    ("zh", "大门又坏了。", PAIN),
    ("zh", "他们应该在首页显示完整的价格。", OPPORTUNITY),
]


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    PLAIN,
    ids=[text for _, text, _ in PLAIN],
)
def test_a_plain_sentence_is_read_right_in_nine_languages(
    reader: EmbeddedReader, language: str, text: str, kind: EvidenceKind | None
) -> None:
    [reading] = reader.read(document("x", text, language=language))

    assert FELT.intersection(reading.kinds) == ({kind} if kind else set())
