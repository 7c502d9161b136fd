"""E-mail addresses, cards, bank accounts, telephone, order and account numbers.

A number is personal where its shape or the word before it says so. Dates, prices, amounts, years
and versions are not: a check digit, a country code or an announcing word has to speak for it.
"""

import re
from collections.abc import Iterator

from ingestion.redaction.finding import Finding, Kind

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9_.+%-])[A-Za-z0-9_.+%-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
_CARD = re.compile(r"(?<![A-Za-z0-9-])[2-6]\d{3}(?:[ -]?\d){9,15}(?![A-Za-z0-9-])")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{3,4}){2,8}(?: ?[A-Z0-9]{1,3})?(?!\w)")
_MANY_DIGITS = re.compile(r"\d(?:[ ()./–-]{0,3}\d){5}")
_THREE_DIGITS = re.compile(r"\d[\d/-]*\d[\d/-]*\d|\d[A-Z]+\d")

_PHONE = re.compile(
    r"(?<![A-Za-z0-9_.,:/€$£#-])\+?\(?\d(?:[ ()./–-]{0,3}\d){5,15}(?![A-Za-z0-9_%€$£])"
)
_NO_PHONE = re.compile(
    r"\d{1,4}[./–-]\d{1,2}[./–-]\d{1,4}(?:[ ,T].*)?"  # a date
    r"|\d{1,3}(?:[ .]\d{3})+"  # a large number
    r"|(?:19|20)\d\d ?[–/-] ?(?:19|20)?\d\d"  # years
)
_PHONE_SHAPE = re.compile(
    r"(?:\+|00)[1-9][\d ()./–-]{6,}"
    r"|0\d{1,5}[ /–-]{1,3}[\d ./–-]{5,}|0[1-9]\d{8,9}|\(0\d{1,5}\)[\d ./–-]{5,}"
    r"|0\d(?:[ .]\d\d){4}|[67]\d\d(?: \d\d){3}"
    r"|\(\d{2,3}\) ?\d{3,5}[ .-]?\d{4}|\d{3}[.-]\d{3}[.-]\d{4}|\d{3} \d{3} \d{4}"
    r"|8[ -]?\(?[3489]\d{2}\)?[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}"
    r"|1[3-9]\d[ -]?\d{4}[ -]?\d{4}|400[ -]\d{3}[ -]\d{4}"
)
_PHONE_WORD = re.compile(
    r"(?i)(?:\b(?:phone|call|ring|text|sms|tel|mobile|cell|contact\w*|contatto|kontakt|whatsapp"
    r"|fax|reach me|telefon\w*|\w*handy\w*|anruf\w*|erreich\w*|ruf\w*|rückruf\w*|téléphone|tél"
    r"|portable|appel\w*|joindre|teléfono|móvil|celular|llám\w*|llam\w*|telefono|cellulare"
    r"|chiam\w*|telefoon\w*|mobiel|bel|bellen|telefone|telemóvel|lig[au]\w*|телефон\w*|звон\w*"
    r"|позвон\w*|тел|мобильн\w*)\b|(?<!\w)(?:nr|no)\.? "
    r"|电话|手机|致电|拨打|微信|号码|打)[^\n\d]{0,28}$"
)

_ORDER_WORD = (
    r"order|booking|reservation|ticket|tracking|invoice|reference|ref|case|parcel|shipment|claim"
    r"|consignment|return|rma|bestell(?:ung|nummer|-?nr)|auftrag(?:s?(?:nummer|nr))?"
    r"|buchung(?:s?(?:nummer|nr))?|sendung(?:s?(?:nummer|nr))?|rechnung(?:s?(?:nummer|nr))?"
    r"|vorgang(?:s?nummer)?|ticketnummer|paketnummer"
    r"|trackingnummer|commande|réservation|facture|dossier|colis|pedido|reserva|factura|envío"
    r"|encomenda|fatura|ordine|prenotazione|fattura|spedizione|bestelling|bestelnummer|boeking"
    r"|boekingsnummer|factuur|factuurnummer|zending|ordernummer|pakket"
    r"|заказ\w*|брон\w*|отправлени\w*|накладн\w*|обращени\w*|трек"
)
_ACCOUNT_WORD = (
    r"account|customer|client|policy|member(?:ship)?|contract|patient|loyalty|subscriber"
    r"|kunden(?:nummer|-?nr)?|konto(?:nummer|nr)?|vertrag(?:s?(?:nummer|nr))?|police|policennummer"
    r"|mitglied(?:s?nummer)?|versicherung(?:s?nummer)?|compte|cliente?|contrat|adhérent|abonné"
    r"|cuenta|contrato|socio|póliza|abonado|conto|contratto|tessera|polizza|rekening"
    r"|rekeningnummer|klant|klantnummer|polis|polisnummer|contractnummer|lidmaatschap|lidnummer"
    r"|conta|apólice|sócio|сч[её]т\w*|клиент\w*|договор\w*|полис\w*"
)
_NUMBER_WORD = (
    r"number|no\.?|nr\.?|num\.?|núm\.?|id|code|ref(?:erence)?\.?|nummer|numéro|número|numero|codice"
    r"|codigo|código|номер\w*|n[º°o]\.?|n\.|#|№|-nr\.?"
)
_OF = r"(?:de |do |da |del |della |di |d['’]|de la |van de |van |der |my |meiner |mon |mi |meu )*"
_IS = (
    r"(?:\s*(?:is|was|ist|war|lautet|lautete|est|es|era|è|é|это))?"
    r"(?:\s+(?:the|die|der|le|la|el|il|o|a|het|de)(?=\s))?\s*[:=]?\s*"
)
_CODE = (
    r"((?=[A-Z0-9/-]*\d[A-Z0-9/-]*\d)(?!(?:19|20)\d\d\b(?![/-]))[A-Z0-9][A-Z0-9/-]{2,24}[A-Z0-9])"
)
_BARE = r"((?:[A-Z]{1,5}[-/]?\d{4,}[A-Z0-9-]*|\d[A-Z]\d{6,}|#\d{3,}|\d{6,}(?:[-/]\d+)*(?! \d)))"
_CHINESE_ORDER = "订单|工单|快递|运单|物流|预订|预约|发票|退款|退货"
_CHINESE_ACCOUNT = "账户|账号|帐号|客户|会员|合同|保单|用户"
_CHINESE_CODE = r"(?:编号|号码|单号|号)?\s*[是为：:]?\s*([A-Z]{0,5}-?\d[\dA-Z-]{4,24})"


def _announced(word: str, chinese: str) -> re.Pattern[str]:
    """Write an expression for codes that a word announces; each is in a group of its own."""
    one = rf"(?<![^\W_])(?:{word})(?![^\W_])"
    compound = r"(?:(?<=nummer)|(?<=nr))\.?"
    return re.compile(
        rf"(?i:{one}(?:\s*(?:{_NUMBER_WORD})|{compound})(?![^\W\d_]){_IS}){_CODE}(?!\w)"
        rf"|(?i:(?<![^\W_])(?:{_NUMBER_WORD})\s*{_OF}{one}{_IS}){_CODE}(?!\w)"
        rf"|(?i:{one}{_IS}){_BARE}(?!\w)"
        rf"|(?:{chinese}){_CHINESE_CODE}"
    )


_ANNOUNCED = (
    (_announced(_ACCOUNT_WORD, _CHINESE_ACCOUNT), Kind.ACCOUNT),
    (_announced(_ORDER_WORD, _CHINESE_ORDER), Kind.ORDER),
)
_UNMISTAKABLE = re.compile(
    r"\b(?:ORD|ORDER|INV|TKT|REF|RMA|PNR|TRK|SHP|PKG|CMD|PED|AUF|CASE|BKG)[-_#]?\d[\d-]{3,}(?!\w)"
    r"|\b[A-Z]{2,5}-(?:19|20)\d\d-\d{3,}(?!\w)"
    r"|\b1Z[0-9A-Z]{16}\b|\b[A-Z]{2}\d{9}[A-Z]{2}\b|\b\d{3}-\d{7}-\d{7}\b|(?<!\w)#\d{5,}(?!\w)"
)


def find(text: str) -> Iterator[Finding]:
    """Find the numbers and addresses by which somebody could be reached or known."""
    if "@" in text:
        yield from (Finding(*at.span(), Kind.EMAIL) for at in _EMAIL.finditer(text))
    if _THREE_DIGITS.search(text):
        yield from _codes(text)
    if _MANY_DIGITS.search(text):
        yield from _long_numbers(text)


def _codes(text: str) -> Iterator[Finding]:
    """Find order and account numbers, each without the word that announces it."""
    for pattern, kind in _ANNOUNCED:
        for at in pattern.finditer(text):
            yield Finding(*at.span(at.lastindex or 0), kind)
    yield from (Finding(*at.span(), Kind.ORDER) for at in _UNMISTAKABLE.finditer(text))


def _long_numbers(text: str) -> Iterator[Finding]:
    for at in _IBAN.finditer(text):
        if _is_iban(at[0]):
            yield Finding(*at.span(), Kind.IBAN)
    for at in _CARD.finditer(text):
        if _is_card(at[0]):
            yield Finding(*at.span(), Kind.CARD)
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
    n_digits = sum(map(str.isdigit, text))
    is_announced = _PHONE_WORD.search(before) is not None
    if is_announced and 7 <= n_digits <= 15:
        return not _NO_PHONE.fullmatch(text) or (n_digits >= 9 and "." not in text)
    if _NO_PHONE.fullmatch(text):
        return False
    return 9 <= n_digits <= 15 and _PHONE_SHAPE.fullmatch(text) is not None
