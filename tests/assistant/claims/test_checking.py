from assistant.claims import MOST, check
from assistant.models import Claim, SpokenClaim
from ingestion.models import Event
from tests.assistant.claims.builders import claim, log, others, visit

PRICE = "view /preise"
BUYERS = others({0: (PRICE, PRICE), 3: ("kauf",)}, n=40)


def looks(who: str, times: int) -> list[Event]:
    return [event for day in range(times) for event in visit(who, day, PRICE)]


def said(who: str, quote: str = "The price was nothing to us.") -> Claim:
    return claim("price did not matter", quote, who=who, near="0.7")


def test_each_claim_is_borne_out_contradicted_or_unknown():
    events = log(BUYERS, looks("ann", 8), looks("bo", 1), looks("cy", 3))
    checked = check([said("ann"), said("bo"), said("cy"), said("nobody")], events)

    assert [c.behaviour.value for c in checked.contradictions] == [8]
    assert (checked.consistent, checked.unknown, checked.weaker) == (1, 2, 0)


def test_a_contradiction_cites_the_words_and_the_log():
    (told,) = check([said("ann")], log(BUYERS, looks("ann", 8))).contradictions

    assert told.claim == SpokenClaim(
        document="interviews/ann.vtt", quote="The price was nothing to us."
    )
    assert (told.behaviour.document, told.behaviour.typical) == ("log.csv", 2)


def test_what_somebody_says_twice_is_told_once_in_the_fuller_words():
    full = "The price was nothing to us, we never gave it a thought."
    checked = check([said("ann", "Price? No."), said("ann", full)], log(BUYERS, looks("ann", 8)))

    assert [c.claim for c in checked.contradictions] == [
        SpokenClaim(document="interviews/ann.vtt", quote=full)
    ]


def test_of_two_faint_ways_the_one_that_says_it_is_told_and_not_the_longer():
    aside = "In January a hundred and thirty-nine euros were taken, though the month was free."
    faint = {"faint": "yes"}
    claims = [
        claim("price did not matter", "I did not even look at the price.", near="0.87", **faint),
        claim("price did not matter", aside, near="0.70", **faint),
    ]
    (told,) = check(claims, log(BUYERS, looks("ann", 8))).contradictions

    assert told.claim == SpokenClaim(
        document="interviews/ann.vtt", quote="I did not even look at the price."
    )


def test_who_is_called_otherwise_in_the_transcript_is_known_by_its_file():
    spoken = said("ann")._replace(participant="p03")
    ticket = spoken._replace(document="tickets.json#ann")
    events = log(BUYERS, looks("ann", 8))

    assert len(check([spoken], events).contradictions) == 1
    assert check([ticket], events).contradictions == ()


def test_the_strongest_are_told_and_the_others_counted():
    people = [f"p{n:02}" for n in range(MOST + 3)]
    events = log(BUYERS, *(looks(who, 6 + n) for n, who in enumerate(people)))
    checked = check([said(who) for who in people], events)

    assert [c.behaviour.value for c in checked.contradictions] == [*range(20, 8, -1)]
    assert checked.weaker == 3


def test_a_faint_claim_counts_only_where_behaviour_speaks_loudly():
    faint = [
        claim("price did not matter", "The price, well.", who=who, near="0.4", faint="yes")
        for who in ("ann", "bo", "cy")
    ]
    checked = check(faint, log(BUYERS, looks("ann", 8), looks("bo", 1), looks("cy", 4)))

    assert [c.behaviour.value for c in checked.contradictions] == [8]
    assert (checked.consistent, checked.unknown) == (0, 0)


def test_who_names_the_number_that_was_counted_is_consistent():
    doings = log(BUYERS, looks("ann", 8))
    told = said("ann", "I went back to the prices nine times, to see whether they came down.")
    faint = told._replace(detail={"faint": "yes"})

    assert check([told], doings)[:2] == ((), 1)
    assert check([faint], doings)[:2] == ((), 1)


def test_the_order_of_the_claims_changes_nothing():
    events = log(BUYERS, looks("ann", 8), looks("bo", 8), looks("cy", 5))
    claims = [said("ann"), said("bo"), said("cy")]

    assert check(claims, events) == check(claims[::-1], events)


def test_no_claims_and_no_events_are_no_contradictions():
    assert check([], log()).contradictions == ()
    assert check([said("ann")], log()).unknown == 1


def test_an_id_is_the_same_in_small_letters_and_in_large_ones():
    for in_log, spoken in (("L01", "l01"), ("l01", "L01")):
        events = log(BUYERS, looks(in_log, 8))
        assert len(check([said(spoken)], events).contradictions) == 1
