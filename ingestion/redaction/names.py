"""Names of private people, where a text says who somebody is.

A first name in the middle of a story identifies nobody and stays: "a lad called Tobias". A name is
masked where people introduce themselves, sign, are greeted or addressed with a title, stand with
their surname, or beside an e-mail address or a telephone number.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from ingestion.redaction.finding import Finding, Kind

_CAP = r"[A-ZÀ-ÞŁŚŻŹА-ЯЁ][\w'’-]+"
_FULL = rf"({_CAP}(?: (?:van|von|de|der|den|da|di|do|dos|la|le|el|{_CAP})){{0,3}})"
_SURNAME = (
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈"
    "任姚卢傅钟姜崔谭廖范汪陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷]"
)

_INTRODUCED = re.compile(
    r"(?i:\bmy name(?:'s| is|’s)|\bi am called|\bmein name ist|\bich hei(?:ß|ss)e|\bje m['’]appelle"
    r"|\bmon nom est|\bme llamo|\bmi nombre es|\bmi chiamo|\bil mio nome è|\bik heet"
    r"|\bmijn naam is"
    r"|\bmeu nome é|\bme chamo|\bchamo-me|\bменя зовут|\bмоё имя|\bмое имя)[ :,]+" + _FULL
)
_SPEAKING = re.compile(
    rf"\b(?i:this is|hier ist|hier spricht|c'est|soy|sono|sou|это) {_FULL}"
    r"(?= (?i:from|speaking|calling|here|von|de|da|van|dell|из)\b)"
)
_TITLED = re.compile(
    r"\b(?:Mrs?|Ms|Miss|Mx|Dr|Prof|Herrn?|Frau|Monsieur|Madame|Mme|Mlle|Señora?|Sra?|Signora?"
    r"|Sig|Dott"
    r"|Meneer|Mevrouw|Dhr|Mevr|Senhora?|Dona|[Гг]осподин|[Гг]оспожа)\.? "
    rf"({_CAP}(?: {_CAP})?)"
)
_SIGNED = re.compile(
    r"(?i:\b(?:(?:kind|best|warm) regards|regards|best wishes|all the best|best|many thanks|thanks"
    r"|thank you|cheers|sincerely|yours(?: truly| sincerely| faithfully)?"
    r"|mit freundlichen gr[üu](?:ß|ss)en"
    r"|(?:viele|liebe|beste) gr[üu](?:ß|ss)e|gr[üu](?:ß|ss)e|gru(?:ß|ss)|mfg|lg|vg"
    r"|cordialement|bien à vous|merci"
    r"|bonne journée|saludos|un saludo|atentamente|gracias|cordiali saluti"
    r"|distinti saluti|saluti|grazie"
    r"|met vriendelijke groet(?:en)?|groetjes|groeten|atenciosamente"
    r"|com os melhores cumprimentos"
    r"|cumprimentos|abraços|obrigad[oa]|с уважением|спасибо|此致|谢谢))[\s,.!—–-]+"
    rf"({_CAP}(?: {_CAP}){{0,2}})\.?\s*(?:$|\n)"
)
_DASHED = re.compile(rf"(?:^|\n|[.!?] )\s*[—–-]{{1,2}} ?({_CAP}(?: {_CAP}|\s[A-Z]\.)?)\.?\s*$")
_GREETED = re.compile(
    r"(?:^|\n)\s*(?i:hi|hello|dear|hey|hallo|lieber?|guten tag|bonjour|salut|cher"
    r"|chère|hola|estimad[oa]"
    r"|querid[oa]|ciao|buongiorno|gentile|car[oa]|beste|dag|olá|oi|prezad[oa]|здравствуйте|привет"
    rf"|уважаем(?:ый|ая)|добрый день),? ({_CAP}(?: {_CAP})?)(?=\s*[,!.:\n])"
)
_PAIR = re.compile(rf"(?<![\w'’])({_CAP}) ({_CAP})(?![\w'’])")
_BESIDE = re.compile(rf"({_CAP}(?: {_CAP}){{0,2}})[ ,:(–-]{{1,3}}$")
_CHINESE = re.compile(
    rf"(?:我叫|我的名字是|我的名字叫)({_SURNAME}?[\u4e00-\u9fff]{{2}})|我姓({_SURNAME})"
    rf"|({_SURNAME}[\u4e00-\u9fff]{{0,2}})(?:先生|女士|小姐|太太)"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SURE = (_INTRODUCED, _SPEAKING, _TITLED)
_WITH_A_FIRST_NAME = (_SIGNED, _DASHED, _GREETED)
_SHORTEST = 3


@cache
def first_names() -> frozenset[str]:
    """Give the first names that are known, as they are written."""
    listed = files("ingestion.redaction").joinpath("first_names.txt").read_text("utf-8")
    lines = [line for line in listed.splitlines() if not line.startswith("#")]
    return frozenset(name for line in lines for name in line.split())


def named(text: str, contacts: Iterable[Finding]) -> Iterator[str]:
    """Give the names of people whom `text` identifies, each as it stands there.

    Args:
        text: What is searched.
        contacts: The e-mail addresses and telephone numbers in it: a name beside one is a person's.
    """
    for pattern in _SURE:
        yield from (found[1] for found in pattern.finditer(text))
    for pattern in _WITH_A_FIRST_NAME:
        yield from (found[1] for found in pattern.finditer(text) if _is_known(found[1]))
    for found in _PAIR.finditer(text):
        if found[1] in first_names() and not found[2].isupper():
            yield found[0]
    for found in _CHINESE.finditer(text):
        yield next(filter(None, found.groups()))
    for contact in contacts:
        yield from _beside(text, contact)


def _is_known(name: str) -> bool:
    return name.split()[0] in first_names() or len(name.split()) == 2


def _beside(text: str, contact: Finding) -> Iterator[str]:
    """Give the name in front of a contact, and the words that an e-mail address is made of."""
    before = _BESIDE.search(text, max(0, contact.start - 60), contact.start)
    if before and _is_known(before[1]):
        yield before[1]
    if contact.kind is Kind.EMAIL:
        local = text[contact.start : contact.end].partition("@")[0]
        parts = [part for part in re.split(r"[._+\d-]+", local) if len(part) >= _SHORTEST]
        yield from (part.capitalize() for part in parts)


def mentions(text: str, names: Iterable[str]) -> Iterator[Finding]:
    """Find every mention of the names, whole or a part of them."""
    parts = {part for name in names for part in (name, *name.split()) if _tells(part)}
    if not parts:
        return
    longest_first = sorted(parts, key=lambda part: (-len(part), part))
    either = "|".join(map(re.escape, longest_first))
    for found in re.finditer(rf"(?<!\w)(?:{either})(?!\w)|(?:{_han(longest_first)})", text):
        if found[0]:
            yield Finding(*found.span(), Kind.NAME)


def _tells(part: str) -> bool:
    """Tell whether a part of a name is one by itself: "van" and "M" are not."""
    return bool(_HAN.match(part)) or (part[:1].isupper() and len(part) >= _SHORTEST)


def _han(parts: Iterable[str]) -> str:
    """Names in Chinese stand between other characters without a border."""
    return "|".join(part for part in parts if len(part) > 1 and _HAN.match(part)) or r"(?!)"
