"""Claims that something came when it was promised, held against tables of what took how long."""

from assistant.behaviour import Concept, concept_of, concepts_in, pattern, words
from assistant.claims.study import UNKNOWN, Found, Person, factor, number
from assistant.models import Claim
from ingestion.models import Event

_GOODS = pattern(
    "order* / deliver* / shipment* / parcel* / dispatch* / arriv* / bestell* / liefer*"
    " / paket* / commande* / livr* / colis / pedido* / entreg* / envío* / ordin* / consegn*"
    " / spediz* / bestel* / bezorg* / geleverd* / levering* / encomenda* / envio* / заказ*"
    " / доставк* / достав* / посылк* / 订单 / 配送 / 送 / 快递 / 发货"
)
_CAME = pattern(
    "came / come / arrived / was here / there on / kam / kamen / da war* / gebracht / arrivé*"
    " / llegó / llegaron / trajeron / arrivat* / portato / kwam / gebracht / chegou"
    " / chegaram / trouxeram / привез* / пришл* / пришел / приехал* / 到货 / 送来 / 收到"
)
_DAYS_LATE = 3.0


def jobs_about(claim: Claim, person: Person) -> tuple[Event, ...]:
    """Find what was carried out for the person that the claim speaks of, by one table's name."""
    jobs = person.jobs
    for text in (claim.quote, claim.detail.get("asked", ""), claim.detail.get("before", "")):
        about = [job for job in jobs if _is_about(text, job.name)]
        if about:
            return tuple(job for job in about if job.name == about[0].name)
    return ()


def _is_about(text: str, name: str) -> bool:
    plain, called = words(text), words(name)
    if _GOODS.search(called):
        goods = (Concept.DELIVERED, Concept.SHIPPING)
        spoken = any(meant in goods for meant in concepts_in(text))
        return spoken or bool(_CAME.search(plain) or _GOODS.search(plain))
    own = set(called.split()) & set(plain.split())
    shared = concept_of(name)
    return any(len(word) > 3 for word in own) or (
        shared is not None and shared in concepts_in(text)
    )


def on_time(claim: Claim, person: Person) -> Found:
    """Hold it against the days that it came late: the latest, of several."""
    late = [
        (job.took - job.promised, job.promised, job)
        for job in jobs_about(claim, person)
        if job.took is not None and job.promised is not None
    ]
    if not late:
        return UNKNOWN
    days, promised, job = max(late, key=lambda each: each[0])
    usual = person.study.usual_lateness(job.name)
    much = max(promised / 4, min(_DAYS_LATE, promised))
    typical = f"; typical is {number(usual)}." if usual is not None else "."
    return Found(
        parts=True if days >= much and days > (usual or 0) else (False if days <= 1 else None),
        metric=f"days late ({job.name}) for {person.name}",
        value=round(days, 1),
        typical=usual,
        told=f"Says it came when it was promised, but it took {number(days + promised)} days where"
        f" {number(promised)} were promised: {number(days)} days late{typical}",
        strength=factor(days + promised, promised),
        source=str(job.source_id),
    )
