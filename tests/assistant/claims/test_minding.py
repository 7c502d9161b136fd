"""An answer is held against what its speaker did, and what comes of it is one mark."""

import datetime
from collections.abc import Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from assistant.behaviour import EventLog
from assistant.claims import Mindful, Spotter
from assistant.claims.kinds import kinds
from assistant.embedded.reader import EmbeddedReader
from assistant.interviewing import Attentive, Context, Conversation
from ingestion.embedding import Vectors
from ingestion.models import Event
from tests.assistant.claims.builders import log, others, visit

EMBED = EmbeddedReader().embed
SPOTTER = Spotter(EMBED)
AT = datetime.datetime(2026, 5, 4, 9, tzinfo=datetime.UTC)
PRICE = "view /pricing"
BUYERS = others({0: (PRICE,), 3: ("purchase",)}, n=9)
LOOKED = [event for day in range(8) for event in visit("ann", day, PRICE)]
ONCE = visit("ann", 0, PRICE)
CLAIM = "The price did not matter to me at all."


def _heard(text: str, context: Context, rows: list[Event] | None = None, language: str = "en"):
    @contextmanager
    def doings() -> Generator[EventLog]:
        yield log(BUYERS, rows or [])

    talk = Conversation(
        id="c_1",
        questionnaire="q@1",
        language=language,
        context=context,
        started_at=AT,
        announced_minutes=5,
    )
    return Mindful(Attentive(), SPOTTER, doings if rows else None).hear(text, talk)


ANN = Context(visitor="ann", is_signed=True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", CLAIM),
        ("de", "Der Preis spielte für mich keine Rolle."),
        ("fr", "Le prix n'avait aucune importance pour moi."),
        ("es", "El precio no me importaba nada."),
        ("it", "Il prezzo per me non contava niente."),
        ("nl", "De prijs speelde voor mij geen rol."),
        ("pt", "O preço não me importava nada."),
        ("ru", "Цена для меня вообще не имела значения."),
        ("zh", "价格对我来说完全不重要。"),
    ],
)
def test_marks_a_claim_that_the_log_speaks_against(language: str, text: str) -> None:
    assert _heard(text, ANN, LOOKED, language).is_at_odds


@pytest.mark.parametrize(
    ("text", "context", "rows"),
    [
        pytest.param(CLAIM, ANN, ONCE, id="looked once, as others do"),
        pytest.param("The delivery took a week.", ANN, LOOKED, id="claims nothing"),
        pytest.param("The price mattered a lot to me.", ANN, LOOKED, id="says what was done"),
        pytest.param(CLAIM, Context(visitor="ann"), LOOKED, id="nobody vouches for the name"),
        pytest.param(CLAIM, Context(visitor="bo", is_signed=True), LOOKED, id="somebody else"),
        pytest.param(CLAIM, Context(is_signed=True), LOOKED, id="nobody known"),
        pytest.param("No.", ANN, LOOKED, id="a bare no"),
    ],
)
def test_leaves_all_else_as_it_was_heard(text: str, context: Context, rows: list[Event]) -> None:
    assert not _heard(text, context, rows).is_at_odds


@pytest.mark.parametrize(("views", "is_at_odds"), [(9, True), (1, False)])
def test_takes_what_the_signed_visit_says_for_a_log(views: int, is_at_odds: bool) -> None:
    visited = Context(visitor="ann", is_signed=True, known={"pricing_page_views": views})

    assert _heard(CLAIM, visited).is_at_odds == is_at_odds


def test_what_the_page_merely_says_is_not_believed() -> None:
    assert not _heard(CLAIM, Context(visitor="ann", known={"pricing_page_views": 9})).is_at_odds


def test_knows_an_address_as_the_study_keeps_it() -> None:
    from ingestion.records.people import person

    known = person("Ann@Example.org") or ""
    rows = [event.model_copy(update={"participant": known}) for event in LOOKED]

    assert _heard(CLAIM, Context(visitor="ann@example.org", is_signed=True), rows).is_at_odds


def test_claims_are_made_ready_once_however_many_ask() -> None:
    asked = list[int]()

    def counting(texts: Sequence[str]) -> Vectors:
        asked.append(len(texts))
        return EMBED(texts)

    spotter = Spotter(counting)
    with ThreadPoolExecutor(2) as both:
        made = [both.submit(spotter.prepare) for _ in range(2)]

    assert made[0].result() is made[1].result()
    assert len(asked) == 2 * len(kinds())
