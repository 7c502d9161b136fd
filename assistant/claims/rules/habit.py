"""Claims to do something always."""

import re
from collections.abc import Sequence
from datetime import timedelta

from assistant.behaviour import (
    Concept,
    Step,
    concept_of,
    concepts_in,
    distinct,
    matching,
    pattern,
    words,
)
from assistant.claims.study import UNKNOWN, Found, Person, factor, number
from assistant.models import Claim
from ingestion.models import Event

_WINDOW = 60
_LONG = 90
_SELDOM = 0.25
_RARELY = 0.15
_USUALLY = 0.5
_WORKING = 5 / 7
_ACTIVE = 10
_FAMILIAR = 5
"""Somebody with fewer active days in the window, or in the channel, may not be in the log."""
_LOOKS_IN = pattern(
    "open* / check* / log in / look* / visit* / browse* / first thing / öffne / schau* / logge"
    " / ouvre / consulte / regarde / abro / entro / reviso / miro / apro / guardo / controllo"
    " / kijk* / acesso / vejo / захожу / открываю / смотрю / 打开 / 登录 / 看"
)
_IS_THERE = pattern(
    "am there / m there / am in / come in / go in / go there / bin da / bin dort / gehe hin"
    " / j y suis / j y vais / estoy allí / voy / sono lì / ci vado / ben er / ga erheen"
    " / estou lá / vou lá / прихожу / бываю / хожу / 我都去 / 我都在"
)
_ENTERED = pattern(
    "door* / gate* / turnstile / entry / entered / check in / checkin / checked in / badge*"
    " / swipe* / tür / tor / einlass / zutritt / porte / entrée / puerta / entrada / porta"
    " / ingresso / deur / toegang / вход / двер* / 门禁 / 进门 / 打卡"
)
"""Events that say that somebody came in: only they can tell of a place, and not of a page."""
_WEEKS = re.compile(
    r"week|woche|semaine|semana|settiman|недел|周|星期"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)|lunes|martes|miércoles|jueves"
    r"|viernes|lunedì|martedì|mercoledì|giovedì|venerdì|dinsdag|woensdag|donderdag|vrijdag"
    r"|segunda|terça|quarta|quinta|sexta|понедельник|вторник|сред[ау]|четверг|пятниц",
    re.IGNORECASE,
)
_COMES = (
    r"(?:(?:single|einzelne|\w+day|\w+tag|mittwoch)\s+)?(?:week|month|box|order|delivery|parcel"
    r"|woche|monat|kiste|bestellung|lieferung|semaine|mois|commande|livraison|colis|semana|mes|caja"
    r"|pedido|entrega|settimana|mese|scatola|ordine|consegna|maand|doos|bestelling|levering|mês"
    r"|caixa|encomenda|недел\w*|месяц\w*|коробк\w*|заказ\w*"
    r"|\w+day|\w+tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes"
    r"|miércoles|jueves|viernes|sábado|domingo|\w+edì|sabato|domenica|segunda|terça|quarta|quinta"
    r"|sexta|понедельник|вторник|сред[уа]|четверг|пятниц[уа]|суббот[уа]|воскресенье)s?"
)
_EVERY_ONE = re.compile(
    rf"\b(?:every|each|jede[nrs]?|chaque|cada|ogni|elke|iedere?|toda|кажд\w+)\s+{_COMES}\b"
    rf"|\b(?:tou(?:te)?s\s+les|tod[ao]s\s+(?:l[ao]s|[ao]s)|tutt[ei]\s+(?:le|i)|alle)\s+{_COMES}"
    r"|week (?:after|in,?) week|woche für woche|semaine après semaine|semana (?:tras|a|após) semana"
    r"|settimana dopo settimana|week na week|неделя за неделей"
    r"|每(?:一)?(?:个)?(?:周|星期|礼拜|月|箱|盒|单)",
    re.IGNORECASE,
)
"""Every week, each box: what comes again and again, taken each time."""
_MONTHS = re.compile(
    r"month|monat|\bmois|\bmes\b|\bmeses|mese|maand|\bmês|месяц|个月", re.IGNORECASE
)
_OFTEN = 3
_WORKDAYS = re.compile(
    r"week ?day|working day|monday (?:to|through) friday|werktag|arbeitstag|jours? ouvr"
    r"|días? laborable|entre semana|giorn[oi] feriale|werkdag|dias? úte?i[sl]|будн|工作日",
    re.IGNORECASE,
)
_DAYS = re.compile(
    r"\bday|daily|everyday|morning|evening|night|\btag|täglich|\bjour|quotidien|día|diario|giorn"
    r"|\bdag|\bdia|день|ежедневно|天|\bmatin|\bsoir|mañana|mattin|ochtend|manhã|утр|вечер|早上|晚上",
    re.IGNORECASE,
)


def always(claim: Claim, person: Person) -> Found:
    """Hold it against the share of days, or of orders, on which it was done."""
    if not person.rows:
        return UNKNOWN
    if Concept.SKIP not in concepts_in(claim.quote) and _is_daily(claim.quote):
        return _daily(claim, person)
    return _skipped(claim, person) or _ordered(claim, person) or UNKNOWN


def _is_daily(text: str) -> bool:
    return bool(_WORKDAYS.search(text) or (_DAYS.search(text) and not _WEEKS.search(text)))


def _recent(person: Person) -> tuple[Event, ...]:
    """The last sixty days in which the person is there: a log goes on after an interview."""
    return person.since(person.rows[-1].at - timedelta(days=_WINDOW))


def _daily(claim: Claim, person: Person) -> Found:
    """Every day, in a channel: its days in the last sixty against those of the others."""
    channel = person.study.channel_in(claim.quote)
    rows = _recent(person)
    if channel is None:
        return (
            _seldom_done(claim, person)
            or _seldom_named(claim, person, rows)
            or _seldom_there(claim, person, rows)
        )
    value = distinct([row for row in rows if row.channel == channel], "days")
    if distinct(rows, "days") < _ACTIVE and value < _FAMILIAR:
        return UNKNOWN
    others = distinct([row for row in rows if row.channel != channel], "days")
    usual = person.study.usual_days(channel, _WINDOW)
    return Found(
        parts=_is_seldom(value, others),
        metric=f"days with {channel} use by {person.name} in the last {_WINDOW} days",
        value=value,
        typical=usual,
        told=f"Says it is used every day, but the last {_WINDOW} days have {channel} use on "
        f"{value} days; on {others} days other channels were used"
        + (f"; a typical user has {number(usual)}." if usual is not None else "."),
        strength=factor(max(others, _SELDOM * _WINDOW), value),
    )


def _seldom_done(claim: Claim, person: Person) -> Found | None:
    """Every day, in an app that the log knows by its pages: the last ninety days, and before."""
    texts = (claim.quote, claim.detail.get("asked", ""))
    steps = next((s for text in texts if (s := person.study.in_channel(text))), ())
    last, rows = person.study.totals.last, matching(person.rows, steps)
    if not rows or last is None:
        return None
    since = last - timedelta(days=_LONG)
    value = distinct([row for row in rows if row.at >= since], "days")
    before = distinct(
        [row for row in rows if since - timedelta(days=_LONG) <= row.at < since], "days"
    )
    usual = person.study.usual(steps, "days")
    there = distinct([row for row in person.rows if row.at >= since], "days")
    known = max(before, usual or 0) >= 2 * value or there >= 2 * value >= 2 * _FAMILIAR
    seldom = value <= _RARELY * _LONG and known
    return Found(
        parts=True if seldom else (False if value >= _USUALLY * _LONG else None),
        metric=f"days with {rows[0].name} by {person.name} in the last {_LONG} days",
        value=value,
        typical=usual,
        told=f"Says it is done every day, but the last {_LONG} days have {rows[0].name} on {value}"
        f" days; the {_LONG} before had {before}.",
        strength=factor(_LONG / 2, value),
    )


def _seldom_named(claim: Claim, person: Person, rows: Sequence[Event]) -> Found | None:
    """Every day, what events are called by: "I do the homework every night", `homework_done`."""
    said = [word for word in words(claim.quote).split() if not _LOOKS_IN.search(word)]
    named = person.study.names.mentioned(" ".join(said))
    steps = [step for step in named if concept_of(step.name) is None]
    value = distinct(matching(rows, steps), "days")
    if value < _FAMILIAR and not (value and distinct(rows, "days") >= _ACTIVE):
        return None
    return Found(
        parts=_is_seldom(value, distinct(rows, "days")),
        metric=f"days with {steps[0].name} by {person.name} in the last {_WINDOW} days",
        value=value,
        typical=person.study.usual(steps, "days"),
        told=f"Says it is done every day, but {steps[0].name} is on {value} of the last {_WINDOW}.",
        strength=factor(_WINDOW, value),
    )


def _seldom_there(claim: Claim, person: Person, rows: Sequence[Event]) -> Found:
    """Every day, wherever: the days with any visit, for who says to look in or to be there."""
    plain = words(claim.quote)
    visits = [row for row in rows if concept_of(row.name) != Concept.MAIL]
    if not _LOOKS_IN.search(plain):
        entered = [Step(name) for name in person.study.names.names if _ENTERED.search(words(name))]
        visits = matching(rows, entered) if _IS_THERE.search(plain) else []
    if _is_gone(person) or not visits:
        return UNKNOWN
    value = distinct(visits, "days")
    said = _WINDOW * (_WORKING if _WORKDAYS.search(claim.quote) else 1)
    return Found(
        parts=True if value <= _SELDOM * said else (False if value >= _USUALLY * said else None),
        metric=f"days with a visit by {person.name} in the last {_WINDOW} days",
        value=value,
        typical=None,
        told=f"Says to look in every day, but visited on {value} of the last {_WINDOW} days.",
        strength=factor(said, value),
    )


def _is_gone(person: Person) -> bool:
    """Tell whether somebody cancelled and hardly came since: an extra is cancelled by who stays."""
    left = matching(person.rows, person.study.named(Concept.CANCEL))
    return bool(left) and distinct(person.since(left[-1].at), "days") < _FAMILIAR


def _is_seldom(value: int, others: int) -> bool | None:
    if value <= _SELDOM * _WINDOW and (others >= 2 * value or value >= _FAMILIAR):
        return True
    return False if value >= _USUALLY * _WINDOW else None


def _skipped(claim: Claim, person: Person) -> Found | None:
    """Every week, every box: how often it was skipped or paused."""
    skips = person.study.named(Concept.SKIP)
    says = _EVERY_ONE.search(claim.quote) or Concept.SKIP in concepts_in(claim.quote)
    if not skips or not says:
        return None
    value, usual = person.count(skips), person.study.usual(skips)
    bought = person.count(person.study.named(Concept.PURCHASE), "days")
    if value < _OFTEN:
        return Found(parts=False) if value == 0 else UNKNOWN
    return Found(
        parts=True if value >= _SELDOM * (bought + value) else None,
        metric=f"{matching(person.rows, skips)[0].name} by {person.name}",
        value=value,
        typical=usual,
        told=f"Says it is done every time, but skipped or paused {value} times, beside {bought} "
        "days with an order" + (f"; typical is {number(usual)}." if usual is not None else "."),
        strength=factor(value, 1.0),
    )


def _ordered(claim: Claim, person: Person) -> Found | None:
    """Every week, every month: in how many of them there was an order."""
    buys, days = person.study.named(Concept.PURCHASE), _period(claim.quote)
    rows = matching(person.rows, buys)
    if days is None or len(rows) < 2 or Concept.PURCHASE not in concepts_in(claim.quote):
        return None
    spans = (rows[-1].at - rows[0].at).days // days + 1
    value = len({(row.at - rows[0].at).days // days for row in rows})
    every = {7: "week", 30: "month"}[days]
    seldom = spans >= 6 and value <= _USUALLY * spans
    return Found(
        parts=True if seldom else (False if value >= 0.8 * spans else None),
        metric=f"{every}s with {rows[0].name} by {person.name}",
        value=value,
        typical=person.study.usual(buys),
        told=f"Says there is an order every {every}, but {value} of {spans} {every}s from the first"
        " order to the last have one.",
        strength=factor(spans, value),
    )


def _period(text: str) -> int | None:
    """The days of the period that a text speaks of: 7 for a week, 30 for a month."""
    if _WEEKS.search(text):
        return 7
    return 30 if _MONTHS.search(text) else None
