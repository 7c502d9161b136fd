"""Postal addresses: a street with its number, in nine languages, and what follows it."""

import re
from collections.abc import Iterator

from ingestion.redaction.finding import Finding, Kind

_NAME = r"[A-ZÀ-ÞА-ЯЁ][\w'’.-]+"
_NUMBER = r"\d{1,4} ?[a-zA-Z]?\b"
_PLACE = r"(?:,? +(?:[A-Z]{1,2}-)?\d{4,5}(?: [A-Z]{2})? +[A-ZÀ-Þ][\w'’-]+)?"
_SHAPES = (
    rf"\b\d{{1,5}}[A-Za-z]?,? (?:{_NAME} ){{1,3}}(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Dr"
    r"|Close|Court|Ct|Way|Crescent|Terrace|Square|Boulevard|Blvd|Gardens|Grove|Mews|Row)\b\.?"
    r"(?:,? (?:Apt|Flat|Unit|Apartment)\.? \w+)?",
    rf"\b[A-ZÄÖÜ][\w-]*(?:straße|strasse|str\.|weg|platz|gasse|allee|ring|ufer|damm) {_NUMBER}",
    rf"\b[A-Z][\w-]*(?:straat|laan|plein|gracht|kade|dijk|singel) {_NUMBER}",
    r"\b\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|boulevard|place|chemin|impasse|allée|quai)"
    rf"(?: (?:de|du|des|la|le|les|l'|d'))*[ '’]?{_NAME}(?: {_NAME})?",
    r"\b(?:[Cc]alle|[Aa]venida|Avda\.?|[Pp]laza|[Pp]aseo|C/)"
    rf"(?: (?:de|del|la|las|los))* {_NAME}(?: {_NAME})?,?(?: n[ºo°]\.?)? {_NUMBER}",
    r"\b(?:[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Ll]argo)"
    rf"(?: (?:di|del|della|dei))* {_NAME}(?: {_NAME})?,?(?: n\.?)? {_NUMBER}",
    r"\b(?:[Rr]ua|Av\.|[Pp]raça|[Tt]ravessa)"
    rf"(?: (?:de|da|do|das|dos))* {_NAME}(?: {_NAME})?,?(?: n[ºo°]\.?)? {_NUMBER}",
    rf"\b(?:ул\.|улиц\w+|проспект\w*|пр-т|переул\w+|пер\.) ?{_NAME}(?: {_NAME})?,?"
    r"(?: ?(?:д\.|дом))? ?\d{1,4}\w?(?:,? ?(?:кв\.|квартира) ?\d+)?",
    r"[\u4e00-\u9fff]{2,8}(?:路|街|大道|巷|弄)\d+号(?:\d+(?:室|楼|单元|栋))*",
    r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b",
)
_ADDRESS = re.compile("|".join(rf"(?:{shape}){_PLACE}" for shape in _SHAPES))


def find(text: str) -> Iterator[Finding]:
    """Find postal addresses; a street without a number is a place like any other."""
    if any(map(str.isdigit, text)):
        yield from (Finding(*at.span(), Kind.ADDRESS) for at in _ADDRESS.finditer(text))
