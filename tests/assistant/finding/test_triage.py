"""Triage: a model is asked about what the local models are unsure of, and only about that."""

import pytest

from assistant.finding import is_unsure
from assistant.finding.triage import unsure
from assistant.models import Claim, Reading
from tests.assistant.asking.scripted import segments
from tests.builders import as_kinds
from tests.fakes import FakeDesk


@pytest.mark.parametrize(
    ("kinds", "confidence", "is_asked"),
    [
        pytest.param("", 0.7, False, id="surely nothing"),
        pytest.param("", 0.3, True, id="perhaps nothing"),
        pytest.param("pain", 0.95, False, id="surely a pain"),
        pytest.param("pain", 0.6, True, id="perhaps a pain"),
        pytest.param("pain action", 0.6, True, id="perhaps a pain, and an action"),
        pytest.param("action", 0.4, False, id="only an action"),
    ],
)
def test_asks_about_what_is_unsure(kinds: str, confidence: float, is_asked: bool) -> None:
    assert is_unsure(_reading(kinds, confidence)) is is_asked


def test_asks_about_every_claim() -> None:
    said = segments("Price was no matter.", "So it went.")
    read = FakeDesk().read(said).result()
    sure = tuple(reading._replace(confidence=1.0) for reading in read.readings)
    claim = Claim(said[0].document_id, None, said[0].text, said[0].span.start, 20, "price", {})

    asked = list(unsure(said, read._replace(readings=sure, claims=(claim,))))

    assert asked == said[:1]


def _reading(kinds: str, confidence: float) -> Reading:
    (plain,) = FakeDesk().read(segments("It came.")).result().readings
    return plain._replace(kinds=as_kinds(kinds), confidence=confidence)
