"""Speaker labels: which beginnings of lines name a speaker, judged over a whole file.

A line alone does not tell: "Note: it was late" is speech and "Nora: it was late" is not. A label
is what behaves like one: it names a role or a number, or it comes back, in the style of the others.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from ingestion.speech.names import is_id, is_numbered, role

_CLOCK = r"\d{1,3}:[0-5]\d(?::[0-5]\d)?(?:[.,]\d{1,3})?(?:\s?[APap]\.?[Mm]\.?)?"
_DATE = r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4},?[ T]+)?"
_BARE_STAMP = rf"{_DATE}{_CLOCK}(?:\s*(?:-->|[-–—])\s*{_CLOCK})?"
_BRACKETED_STAMP = rf"\\?[\[(<]\s*{_BARE_STAMP}\s*\\?[\])>]"
_STAMP = rf"(?:{_BRACKETED_STAMP}|{_BARE_STAMP})"
_NAME = (
    r"[^\W_](?:[^\n\t:：*\[\]<>{}|\"“”„«»?!;…·。，、]{0,38}?[^\s:：*\[\]<>{}|\"“”„«»?!;…·。，、])?"
)
_COLON = r"[ \u00a0\u202f]?[:：](?![\d/\\])"
_STAMP_AND_NAME = rf"(?P<stamp>{_STAMP})\s*[-–—|]?\s*(?P<name>{_NAME})(?P<rest>)"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rf"(?:>>+\s*)?(?P<stamp>{_STAMP})\s*[-–—|]?\s*(?P<name>{_NAME}){_COLON}\s*(?P<rest>.*)",
        rf"(?P<name>{_NAME})\s*[-–—,|]?\s*(?P<stamp>{_STAMP}){_COLON}\s*(?P<rest>.*)",
        rf"(?P<name>{_NAME})\s*(?P<stamp>{_BRACKETED_STAMP})\s*(?P<rest>.*)",
        rf"\[?(?P<name>{_NAME})\]?\s*[-–—,|]?\s*(?P<stamp>{_STAMP})(?P<rest>)",
        _STAMP_AND_NAME,
        rf"(?:>>+\s*)?(?:[-–—]\s*)?\[(?P<name>{_NAME})\]{_COLON}\s*(?P<rest>.*)",
        rf"(?:>>+\s*|[-–—]\s*)?(?P<name>{_NAME}){_COLON}\s*(?P<rest>.*)",
    )
)
_GENDER = re.compile(r"(?<=^Interviewer)[:*_/]in(?=\W{0,3}[:：])", re.IGNORECASE)
_EMPHASIS = re.compile(r"(\*{1,3}|_{1,3})(?=\S)(.{1,80}?)(?<=\S)\1(.*)")
_LEADING_STAMP = re.compile(rf"\s*{_BRACKETED_STAMP}\s*")
_STAMP_ALONE = re.compile(rf"{_STAMP}\s*:?")
_WORDS = re.compile(r"[^\s\-_/&()]+")
_PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "zu",
        "y",
        "e",
        "i",
        "и",
        "al",
        "bin",
    ]
)
_NO_SPEAKERS = """
note notes example examples for_example ps nb p.s n.b warning tip remember edit update pros cons
result
results summary title date time duration topic subject location place recording recorded
transcript
transcription version source language product company participants attendees duration
transcript_id
hinweis beispiel zum_beispiel anmerkung datum dauer thema ort zusammenfassung vorteile nachteile
fazit
exemple par_exemple remarque durée lieu sujet résumé avantages inconvénients
nota ejemplo por_ejemplo fecha duración lugar tema resumen ventajas desventajas
esempio per_esempio durata luogo riassunto vantaggi svantaggi
opmerking voorbeeld bijvoorbeeld duur onderwerp samenvatting voordelen nadelen
exemplo por_exemplo data duração assunto resumo vantagens desvantagens
примечание пример например дата тема место итог плюсы минусы важно
注 注意 例如 比如 备注 日期 时间 地点 主题 总结 优点 缺点 第一 第二 第三 结论
subject re fwd from to cc sent http https url link file image source
"""
_NO_LABELS = frozenset(_NO_SPEAKERS.split())


class Label(NamedTuple):
    """A line that may open a turn.

    Attributes:
        speaker: The label as it is written, without its marks.
        rest: What the line says after it, "" where the label stands alone.
        is_marked: It is set off, by bold type or a time, and not only by a colon.
    """

    speaker: str
    rest: str
    start_ms: int | None
    is_marked: bool

    @property
    def is_alone(self) -> bool:
        """Nothing but its type tells it from a heading or an emphasised word."""
        return not self.rest and self.start_ms is None and self.is_marked

    @property
    def key(self) -> str:
        """The speaker, however the label is capitalised."""
        return " ".join(self.speaker.casefold().split())


def read(line: str) -> Label | None:
    """Take a line for the opening of a turn if its shape allows it: `believed` decides."""
    # Single spaces, or a line of a million of them would take the shapes hours.
    text = " ".join(line.split())
    if not text:
        return None
    emphasised = _EMPHASIS.fullmatch(text)
    if emphasised:
        _, inner, after = emphasised.groups()
        return _bold(inner.strip(), after)
    if found := _match(_GENDER.sub("", text, count=1), is_marked=False):
        return found
    return Label(text, "", None, is_marked=True) if _is_role_alone(text) else None


def _is_role_alone(text: str) -> bool:
    """Whether a line is nothing but a role, as "INTERVIEWER", or a numbered speaker."""
    is_name = len(text) <= 40 and bool(re.fullmatch(_NAME, text))
    is_role = text.isupper() and (role(text) is not None or is_id(text))
    return is_name and (is_role or is_numbered(text))


def alone(line: str) -> Label | None:
    """Take a heading for the name of who speaks below it, if its shape allows it."""
    if found := read(line):
        return found
    return Label(line, "", None, is_marked=True) if re.fullmatch(_NAME, line) else None


def _bold(inner: str, after: str) -> Label | None:
    """`**Name:** …`, `**Name** (00:12): …`, `**[00:12] Name:** …`, and `**Name**` alone."""
    if inner.endswith((":", "：")) or re.match(rf"\s*{_STAMP}|{_COLON}", after):
        return _match(
            f"{inner} {after.strip()}" if inner[-1] in ":：" else inner + after, is_marked=True
        )
    if re.fullmatch(_NAME, inner) and not after.strip():
        return Label(inner, "", None, is_marked=True)
    return _match(inner, is_marked=True) if not after.strip() else None


def _match(text: str, *, is_marked: bool) -> Label | None:
    for shape in _SHAPES:
        if found := shape.fullmatch(text):
            stamp = found.groupdict().get("stamp")
            name, rest = found["name"].strip(" .-–—"), found["rest"].strip()
            says_it = shape.pattern == _STAMP_AND_NAME and found["name"].endswith(".")
            if not name or len(name.split()) > 6 or says_it:
                continue
            return Label(name, rest, stamp_ms(stamp), is_marked or bool(stamp))
    return None


def is_stamp(line: str) -> bool:
    """Whether a line holds a time and nothing else."""
    return len(line) < 200 and bool(_STAMP_ALONE.fullmatch(" ".join(line.split())))


def unstamped(line: str) -> str:
    """A line without a time in brackets that opens it, or that it is."""
    return (
        ""
        if is_stamp(line)
        else line[found.end() :]
        if (found := _LEADING_STAMP.match(line))
        else line
    )


def stamp_ms(stamp: str | None) -> int | None:
    """The milliseconds that the first clock of a stamp stands for: "[1:02:03.5]" is 3,723,500."""
    found = re.search(r"(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d)(?:[.,](\d{1,3}))?", stamp or "")
    if not found:
        return None
    hours, minutes, seconds, fraction = found.groups()
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))


def believed(candidates: Iterable[Label]) -> frozenset[str]:
    """The keys of those labels that behave like one in their file.

    Args:
        candidates: Every line of the file that `read` takes for an opening.
    """
    labels = [label for label in candidates if _may_name(label)]
    counts = Counter(label.key for label in labels)
    sure = {label.key for label in labels if _is_sure(label, counts[label.key])}
    alone_only = sure - {label.key for label in labels if not label.is_alone or role(label.speaker)}
    if len(alone_only) == 1:
        sure -= alone_only
    if not sure:
        return frozenset()
    n_marked = sum(label.is_marked for label in labels if label.key in sure)
    is_style = n_marked * 2 > sum(counts[key] for key in sure)
    return frozenset(sure | {label.key for label in labels if _joins(label, is_style=is_style)})


def _may_name(label: Label) -> bool:
    key = label.key.replace(" ", "_")
    if key in _NO_LABELS or re.search(r"\b(?:19|20)\d\d\b", key):
        return False
    return role(label.speaker) is not None or _is_name(label.speaker)


def _is_name(label: str) -> bool:
    """Every word is capitalised, a number, a particle, or in a script without capitals."""
    words = [word for word in _WORDS.findall(label) if word.casefold() not in _PARTICLES]
    return bool(words) and not any(word[0].islower() for word in words)


def _is_sure(label: Label, count: int) -> bool:
    is_role = role(label.speaker) is not None or is_numbered(label.speaker)
    return count >= 2 or (is_role and not label.is_alone)


def _joins(label: Label, *, is_style: bool) -> bool:
    """Whether a label that comes once belongs with the sure ones."""
    if label.is_alone:
        return False
    if label.is_marked and is_style:
        return True
    return is_id(label.speaker) or len(label.speaker.split()) in (2, 3)
