"""E-mail addresses, cards, bank accounts, telephone, order and account numbers.

A number is personal where its shape or the word before it says so. Dates, prices, amounts, years
and versions are not: a check digit, a country code or an announcing word has to speak for it.
"""

import re
from collections.abc import Iterator

from ingestion.redaction.finding import Finding, Kind

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_CARD = re.compile(r"(?<![\d-])(?:\d[ -]?){12,18}\d(?![\d-])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_PHONE = re.compile(r"(?<![\w.,:/€$£-])\+?\(?\d[\d ()./–-]{5,18}\d(?![\w%€$£])")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
_THOUSANDS = re.compile(r"\d{1,3}(?:[ .]\d{3})+")
_PHONE_SHAPE = re.compile(
    r"(?:\+|00)[1-9][\d ()./–-]*"
    r"|0\d[\d ()./–-]*"
    r"|\(\d{3}\) ?\d{3}[ .-]?\d{4}|\d{3}[.-]\d{3}[.-]\d{4}"
    r"|8 ?\(?9\d{2}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}"
    r"|1[3-9]\d[ -]?\d{4}[ -]?\d{4}"
)
_PHONE_WORD = re.compile(
    r"(?i)\b(?:phone|call|ring|text|tel|mobile|cell|whatsapp|fax|telefon\w*|handy\w*|anruf\w*"
    r"|nummer|téléphone|portable|appel\w*|teléfono|móvil|llám\w*|telefono|cellulare|chiam\w*"
    r"|telefoon|mobiel|bel|bellen|telefone|celular|telemóvel|lig\w*|телефон\w*|звон\w*|тел)\b"
    r"[^\n\d]{0,25}$|(?:电话|手机|致电)[^\n\d]{0,8}$"
)

_ORDER_WORD = (
    r"order|booking|reservation|ticket|tracking|invoice|reference|ref|case|parcel|shipment"
    r"|bestell(?:ung|nummer)?\w*|auftrag\w*|buchung\w*|sendung\w*|rechnung\w*|vorgang\w*"
    r"|commande|réservation|facture|dossier|colis|pedido|reserva|factura|envío|encomenda|fatura"
    r"|ordine|prenotazione|fattura|spedizione|bestelling|boeking|factuur|zending"
    r"|заказ\w*|брон\w*|отправлени\w*|накладн\w*|счёт\w*|счет\w*|订单|工单|快递|预订|发票"
)
_ACCOUNT_WORD = (
    r"account|customer|client|policy|member(?:ship)?|contract|user|patient|loyalty"
    r"|kunden\w*|konto\w*|vertrag\w*|police|mitglied\w*|versicherung\w*|compte|cliente?|contrat"
    r"|adhérent|cuenta|contrato|socio|póliza|conto|contratto|tessera|polizza|rekening|klant\w*"
    r"|contract|lidmaatschap|conta|apólice|счета|клиент\w*|договор\w*|полис\w*|账户|账号|客户|会员|合同"
)
_NUMBER_WORD = (
    r"(?:\s*(?:number|no\.?|nr\.?|num\.?|id|code|#|№|n[º°o]\.?|nummer|numéro|número|numero|номер"
    r"|号码|编号|号))"
)
_IS = r"(?:\s*(?:is|was|ist|war|lautet|est|es|era|è|é|:|=|：|是))?\s*[#№]?\s*"
_CODE = r"((?=[A-Z0-9/-]*\d{3})[A-Z]{0,5}[-/]?\d[A-Z0-9/-]{2,20}\d)"
_BARE_CODE = r"([A-Z]{1,5}[-/]?\d{4,}[A-Z0-9-]*|\d{5,})"


def _announced(word: str) -> re.Pattern[str]:
    opening = rf"(?:(?<![^\W\d_])(?:{word})(?![^\W\d_]))"
    return re.compile(
        rf"(?i:{opening}{_NUMBER_WORD}{_IS}){_CODE}|(?i:{opening}\s*[#№:]?\s*){_BARE_CODE}\b"
    )


_ORDER, _ACCOUNT = _announced(_ORDER_WORD), _announced(_ACCOUNT_WORD)
_UNMISTAKABLE = re.compile(r"\b[A-Z]{2,5}-\d{4}-\d{3,}\b|\b[A-Z]{2,4}-\d{5,}\b")


def find(text: str) -> Iterator[Finding]:
    """Find the numbers and addresses by which somebody could be reached or known."""
    if "@" in text:
        yield from (Finding(*at.span(), Kind.EMAIL) for at in _EMAIL.finditer(text))
    if not any(map(str.isdigit, text)):
        return
    yield from (Finding(*at.span(), Kind.IBAN) for at in _IBAN.finditer(text) if _is_iban(at[0]))
    yield from (Finding(*at.span(), Kind.CARD) for at in _CARD.finditer(text) if _is_card(at[0]))
    for pattern, kind in ((_ORDER, Kind.ORDER), (_ACCOUNT, Kind.ACCOUNT)):
        for at in pattern.finditer(text):
            yield Finding(*at.span(1 if at[1] else 2), kind)
    yield from (Finding(*at.span(), Kind.ORDER) for at in _UNMISTAKABLE.finditer(text))
    for at in _PHONE.finditer(text):
        if _is_phone(at[0], text[max(0, at.start() - 40) : at.start()]):
            yield Finding(*at.span(), Kind.PHONE)


def _is_card(text: str) -> bool:
    """Check the Luhn digit. Source: ISO/IEC 7812-1, annex B."""
    digits = [int(digit) for digit in text if digit.isdigit()]
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
    return 13 <= len(digits) <= 19 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def _is_iban(text: str) -> bool:
    """Check the remainder by 97. Source: ISO 13616-1."""
    plain = text.replace(" ", "")
    return int("".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])) % 97 == 1


def _is_phone(text: str, before: str) -> bool:
    n = sum(map(str.isdigit, text))
    if _DATE.fullmatch(text) or _THOUSANDS.fullmatch(text.strip()):
        return False
    if _PHONE_WORD.search(before):
        return 6 <= n <= 15
    return 9 <= n <= 15 and bool(_PHONE_SHAPE.fullmatch(text))
