"""Postal addresses: a street with its number, in nine languages, and what follows it."""

import re
from collections.abc import Iterator

from ingestion.redaction.finding import Finding, Kind

_NAME = r"[A-ZÀ-ÖØ-ÞА-ЯЁ](?:[\w'’-]|\.(?=[ \w]))+"
_SMALL = (
    r"(?:de la|de los|de las|de|du|des|del|della|dei|degli|di|da|do|dos|das|la|le|les|l['’]|d['’]"
    r"|van|van de|van der|y|e)"
)
_NAMES = rf"(?:{_SMALL} ?){{0,3}}{_NAME}(?: (?:{_SMALL} ){{0,2}}{_NAME}){{0,3}}"
_NUMBER = r"\d{1,4}(?: ?[a-zA-Z](?!\w))?(?!\w|[.,]\d)"
_CITY = r"[A-ZÀ-ÖØ-ÞА-ЯЁ][\w'’-]+(?:[ -][A-ZÀ-ÖØ-Þ][\w'’-]+)?"
_PLACE = (
    rf"(?:,? +(?:[A-Z]{{1,2}}-)?\d{{4,5}}(?:-\d{{3}})?(?: [A-Z]{{2}}(?!\w))? +{_CITY}"
    rf"|, {_CITY},? [A-Z]{{2}} \d{{5}}|,? [A-Z]{{1,2}}\d[A-Z\d]? \d[A-Z]{{2}})?"
)
_NO_STREET = (
    r"(?!(?:arbeits|park|sitz|steh|stell|spiel|markt(?=platz\w)|heim|rück|um|aus|versand|post|arbeitsw"
    r"|schulw|lade|camping|abstell|start|speicher|liegep|ohr|fede?r)(?:platz|weg|ring|plätze)\b)"
)
_SHAPES = (
    # English, post boxes, British post codes
    rf"\b\d{{1,5}}[A-Za-z]?,? (?:{_NAME} ){{1,3}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive"
    r"|Close|Court|Crescent|Terrace|Square|Boulevard|Blvd|Gardens|Grove|Mews|Row|Place|Parade"
    r"|Highway|Parkway|Circle|Quay|(?<!Star )(?<!Long )(?<!Only )Way)(?!\w)"
    r"(?:,? (?:Apt|Flat|Unit|Apartment|Suite)\.? \w+)?",
    r"\b(?:P\.?O\.? ?Box|Postfach|Postbus|Boîte postale|Apartado de correos|Caixa Postal"
    r"|Casella postale) \d{2,7}",
    r"\b(?:[A-Z]{1,2}\d{1,2}|[A-Z]{1,2}\d[A-Z]) \d[ABD-HJLNP-UW-Z]{2}\b",
    # German
    rf"(?i:\b{_NO_STREET})[A-ZÄÖÜ][\w-]*(?:straße|strasse|str\.|weg|platz|gasse|allee|ring"
    rf"|ufer|damm|steig|chaussee) {_NUMBER}",
    r"\b(?!(?:Beim|Am|Im|Zum|Zur|Der|Die|Das|Den|Dem|Ein|Eine|Vom|Auf|Pro|Mit|Von|Nach|Vor|Mein) )"
    r"[A-ZÄÖÜ][\w-]+ (?:Straße|Strasse|Str\.|Weg|Platz|Allee|Ring|Ufer|Damm|Gasse)"
    rf" {_NUMBER}",
    r"\b(?:Am|An der|An den|Auf dem|Auf der|Im|In der|Zum|Zur|Unter den)"
    rf" {_NAME}(?: {_NAME})? {_NUMBER}(?=,? \d{{5}} [A-ZÄÖÜ])",
    # Dutch
    r"\b[A-Z][\w'-]*(?:straat|laan|plein|gracht|kade|dijk|singel|weg|dreef|steeg|hof|plantsoen)"
    rf" {_NUMBER}",
    # French
    r"\b\d{1,4}(?: ?(?:bis|ter|quater))?,? (?:rue|avenue|av\.|boulevard|bd|chemin|impasse|allée"
    rf"|quai|route|ruelle|cours|place(?= d)) {_NAMES}",
    # Spanish
    r"(?:\b(?:[Cc]alle|[Aa]venida|Avda\.?|Av\.|[Pp]laza|[Pp]aseo|[Cc]arretera|[Rr]onda)|\bC/)"
    rf" ?{_NAMES},?(?: n[ºo°]\.?| núm\.?| número)? {_NUMBER}"
    r"(?:,? ?\d+ ?[ºª°](?: ?[A-D](?!\w))?)?",
    # Italian
    r"\b(?!(?i:via (?:e-?mail|sms|whatsapp|app|web|pec|chat|telefono|facebook|internet)\b))"
    r"(?:[Vv]ia|[Vv]iale|[Pp]iazza|[Pp]iazzale|[Cc]orso|[Ll]argo|[Vv]icolo)"
    rf" {_NAMES},?(?: n\.?)? {_NUMBER}",
    # Portuguese, with the post codes of Brazil
    r"\b(?:[Rr]ua|[Aa]v\.|[Aa]venida|[Pp]raça|[Tt]ravessa|[Aa]lameda|[Ee]strada|[Rr]odovia)"
    rf" {_NAMES},?(?: n[ºo°]\.?)? {_NUMBER}",
    r"\b\d{5}-\d{3}(?![\w-])",
    # Russian
    r"\b(?:ул\.|улиц[аеуы]|проспект[еау]?|пр-т|пр\.|переул(?:ок|ке)|пер\.|бульвар[еа]?|б-р"
    rf"|шоссе|наб\.|набережн\w+|пл\.) ?{_NAME}(?: {_NAME})?,?(?: ?(?:д\.|дом))?"
    r" ?\d{1,4}\w?(?!\w)(?:,? ?(?:к\.|корп\.|корпус|стр\.) ?\d+)?"
    r"(?:,? ?(?:кв\.|квартира) ?\d+)?",
    # Chinese
    r"(?:[\u4e00-\u9fff]{1,6}(?:省|自治区))?(?:[\u4e00-\u9fff]{1,4}市)?"
    r"(?:[\u4e00-\u9fff]{1,4}[区县])?"
    r"[\u4e00-\u9fff]{1,6}?(?:(?<!条)路|街|大道|大街|巷|弄|胡同)\d+号(?!出口|线|店)(?:院|楼)?"
    r"(?:\d+(?:号楼|单元|栋|室|楼|层))*",
)
_ADDRESS = re.compile("|".join(rf"(?:{shape}){_PLACE}" for shape in _SHAPES))
_LEADING = re.compile(
    r"^(?:我|他|她)?们?(?:家)?(?:住|搬|寄|送|发|放|是|地址|位于|快递)*(?:在|到|至|往|是|：)+"
)
_STREET = re.compile(
    r"(?i)street|\bst\b|road|\brd\b|ave|lane|\bln\b|drive|close|court|cres|terr|square|b(?:ou)?le?v"
    r"|garden|grove|mews|\brow\b|place|parade|highway|parkway|circle|quay|way|box|postfach|postbus"
    r"|postal|correos|stra(?:ß|ss|at|da)|str\.|weg|platz|gasse|allee|ring|ufer|damm|steig|chaussee"
    r"|laan|plein|gracht|kade|dijk|singel|dreef|steeg|hof|plantsoen"
    r"|\b(?:am|an|auf|im|in|zum|zur|unter) |\brue|\bbd\b|chemin|impasse|allée|route|cours|calle"
    r"|c/|plaza|paseo|carretera|ronda|\bvia|piazza|corso|largo|vicolo|\brua\b|\bav|praça|travessa"
    r"|alameda|rodovia|ул|пр|пер|бул|б-р|шоссе|наб|пл\.|[路街道巷弄同]|\d-\d{3}\b|[A-Z]\d"
)
"""What every address has one of: a text without it is not searched."""


def find(text: str) -> Iterator[Finding]:
    """Find postal addresses; a street without a number is a place like any other."""
    if not any(map(str.isdigit, text)) or not _STREET.search(text):
        return
    for at in _ADDRESS.finditer(text):
        start, end = at.span()
        leading = _LEADING.match(at[0])
        yield Finding(start + (leading.end() if leading else 0), end, Kind.ADDRESS)
