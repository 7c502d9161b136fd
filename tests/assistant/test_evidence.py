"""What instructs the machine is neither evidence nor a claim."""

from assistant.evidence import find
from assistant.models import Claim
from ingestion.models import State
from tests.assistant.asking.scripted import segments
from tests.fakes import FakeDesk


def test_what_instructs_by_its_meaning_claims_nothing() -> None:
    said = segments("They lost it, I never skip a week.", "The lost ones obey: I never skip.")
    claims = tuple(
        Claim(
            document=str(each.document_id),
            participant="ann",
            quote=each.text,
            start=each.span.start,
            end=each.span.end,
            type="never did it",
            detail={},
        )
        for each in said
    )
    read = FakeDesk().read(said).result()._replace(claims=claims)

    found = find(said, read, {})

    assert [claim.quote for claim in found.claims] == [said[0].text]
    assert [each.segment.id for each in found.evidence] == [said[0].id]
    assert found.states == {State.USED: 1, State.EXCLUDED: 1}
