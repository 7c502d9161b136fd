"""What begins and ends in the log, of which a claim may say how long it took."""

from typing import NamedTuple

from assistant.behaviour import (
    Concept,
    Step,
    concepts_in,
    is_done,
    matching,
    pattern,
    words,
)
from assistant.claims.study import Person, Study
from assistant.models import Claim


class Stretch(NamedTuple):
    """Something that begins and ends in the log.

    Attributes:
        what: In words, for the explanation.
        within: The rows of somebody who is busy with it.
        needs_visits: Whether only coming back to it shows that it was not quick: who starts
            and puts it off was not kept from it.
    """

    what: str
    start: tuple[Step, ...]
    end: tuple[Step, ...]
    within: tuple[Step, ...]
    needs_visits: bool


_BUYING = (Concept.CART, Concept.CHECKOUT, Concept.PAYMENT)


def _setup(study: Study, text: str) -> Stretch:
    steps = study.steps(Concept.SETUP)
    spoken = tuple(step for step in study.spoken(text) if step in steps)
    ends = tuple(s for s in spoken if is_done(s)) or study.names.done(Concept.SETUP)
    start = spoken or study.named(Concept.SIGNUP) + steps
    return Stretch("set-up", start, ends, spoken or steps, needs_visits=True)


def _delivery(study: Study, _text: str) -> Stretch:
    ends = study.steps(Concept.DELIVERED) or study.names.done(Concept.SHIPPING)
    return Stretch("delivery", study.named(Concept.PURCHASE), ends, (), needs_visits=False)


def _buying(study: Study, _text: str) -> Stretch:
    within = study.steps(*_BUYING)
    ends = study.named(Concept.PURCHASE)
    return Stretch("the purchase", within, ends, within, needs_visits=True)


def _refund(study: Study, _text: str) -> Stretch:
    steps = study.named(Concept.RETURN)
    ends = tuple(step for step in steps if is_done(step) or _PAID.search(words(step.name)))
    start = tuple(step for step in steps if step not in ends)
    return Stretch("the refund", start, ends, (), needs_visits=False)


_PAID = pattern(
    "paid / issued / sent / received / processed / closed / approved / ausgezahlt / gezahlt"
    " / erhalten / versé / payé / reçu / pagado / recibido / pagato / ricevuto / betaald"
    " / ontvangen / pago / recebido / выплачен* / получен* / 到账 / 已付"
)


_MONEY_BACK = pattern(
    "my money / our money / money back / mein geld / unser geld / geld zurück / mon argent"
    " / notre argent / mi dinero / nuestro dinero / miei soldi / nostri soldi / mijn geld"
    " / ons geld / meu dinheiro / nosso dinheiro / мои деньги / моих денег / свои деньги"
    " / своих денег / 我的钱 / 退钱"
)


def _leaving(study: Study, _text: str) -> Stretch:
    ends = study.named(Concept.CANCEL)
    within = study.steps(Concept.CANCEL)
    pages = tuple(step for step in within if step not in ends)
    return Stretch("cancelling", pages, ends, within, needs_visits=True)


def _joining(study: Study, _text: str) -> Stretch:
    ends = study.named(Concept.SIGNUP)
    within = study.steps(Concept.SIGNUP)
    return Stretch("signing up", within, ends, within, needs_visits=True)


_TOPICS = (
    (Concept.SETUP, _setup),
    (Concept.DELIVERED, _delivery),
    (Concept.SHIPPING, _delivery),
    (Concept.RETURN, _refund),
    (Concept.CANCEL, _leaving),
    (Concept.CHECKOUT, _buying),
    (Concept.PAYMENT, _buying),
    (Concept.PURCHASE, _buying),
    (Concept.CART, _buying),
    (Concept.SIGNUP, _joining),
)


def stretch_of(claim: Claim, person: Person) -> Stretch | None:
    """What the claim says took how long: between two events that it names, or what it is about."""
    return _between(claim, person) or _spoken_of(claim, person.study)


def _spoken_of(claim: Claim, study: Study) -> Stretch | None:
    """What the claim speaks of: its own words first, then the question, then the words before."""
    for text in (claim.quote, claim.detail.get("asked", ""), claim.detail.get("before", "")):
        meant = concepts_in(text)
        for topic, make in _TOPICS:
            if topic in meant:
                return make(study, text)
        if any(step in study.steps(Concept.SETUP) for step in study.spoken(text)):
            return _setup(study, text)
    is_refund = _MONEY_BACK.search(words(claim.quote))
    return _refund(study, claim.quote) if is_refund else None


def _between(claim: Claim, person: Person) -> Stretch | None:
    """From one event to another, where the claim names both and how long it was between them."""
    steps = person.study.names.told_by_a_word(claim.quote) if "hours" in claim.detail else ()
    firsts = [matching(person.rows, [step])[:1] for step in steps]
    if len(steps) != 2 or not all(firsts):
        return None
    (one,), (other,) = sorted(firsts, key=lambda first: first[0].at)
    return Stretch(
        f"what lies between {one.name} and {other.name}",
        (Step(one.name),),
        (Step(other.name),),
        (),
        needs_visits=False,
    )


def label(steps: tuple[Step, ...], person: Person) -> str:
    """The step of these that the person has first, by its name."""
    return next((row.name for row in matching(person.rows, steps)), steps[0].name)
