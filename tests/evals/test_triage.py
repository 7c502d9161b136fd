"""What triage loses is counted: what neither a model is asked about nor the local models find."""

from evals.triage import measure
from tests.assistant.asking.scripted import segments
from tests.builders import as_kinds
from tests.fakes import FakeDesk


def test_counts_what_is_lost_and_what_is_asked() -> None:
    (plain,) = FakeDesk().read(segments("It came.")).result().readings
    read = [
        plain._replace(kinds=as_kinds(kinds), confidence=confidence)
        for kinds, confidence in [("pain", 0.9), ("", 0.9), ("", 0.1), ("action", 0.9), ("", 0.9)]
    ]

    found = measure(read, [True, True, True, True, False])

    assert (found.recall, found.share) == (0.5, 0.2)
