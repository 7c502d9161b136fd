"""How long something took, as people say it, in nine languages."""

import re

from assistant.behaviour import words

# Hours by the beginning of the unit's word. "Stunde" before "st", "minut" in five languages.
_UNITS = {
    r"sec\w*|sek\w*|segundo\w*|seconde\w*|секунд\w*|秒": 1 / 3600,
    r"min\w*|минут\w*|分钟": 1 / 60,
    r"hour\w*|hr|hrs|stunde\w*|heure\w*|hora|horas|ora|ore|uur|uren|час\w*|小时": 1.0,
    r"day|days|tag|tage\w*|jour\w*|día\w*|dia\w*|giorn\w*|dag|dagen|день|дн\w*|天": 24.0,
    r"week\w*|woche\w*|semaine\w*|semana\w*|settiman\w*|недел\w*|周|星期": 168.0,
    r"month\w*|monat\w*|mois|mes|meses|mês|mesi|mese|maand\w*|месяц\w*|个月": 720.0,
}
_NUMBERS = (
    (0.5, "half an|half a|halbe|halben|demi|media|mezz|halve|half|meia|пол|半"),
    (1, "an|a|one|ein|eine|einer|einem|un|une|una|uno|één|een|um|uma|один|одну|одной|一"),
    (2, "two|couple of|zwei|deux|dos|due|twee|dois|duas|два|две|двух|两|二"),
    (3, "three|few|drei|trois|tres|tre|drie|três|три|трех|трёх|三|几"),
    (4, "four|vier|quatre|cuatro|quattro|quatro|четыре|四"),
    (5, "five|fünf|cinq|cinco|cinque|vijf|пять|五"),
    (6, "six|sechs|seis|sei|zes|шесть|六"),
    (7, "seven|sieben|sept|siete|sette|zeven|sete|семь|七"),
    (8, "eight|acht|huit|ocho|otto|oito|восемь|八"),
    (9, "nine|neun|neuf|nueve|nove|negen|девять|九"),
    (10, "ten|zehn|dix|diez|dieci|tien|dez|десять|十"),
    (15, "fifteen|fünfzehn|quinze|quince|quindici|vijftien|пятнадцать|十五"),
    (20, "twenty|zwanzig|vingt|veinte|venti|twintig|vinte|двадцать|二十"),
    (30, "thirty|dreißig|trente|treinta|trenta|dertig|trinta|тридцать|三十"),
    (45, "forty five|fünfundvierzig|quarante cinq|cuarenta y cinco|quarantacinque|四十五"),
)
_OFTEN = "times|mal|fois|veces|volte|keer|vezes|раза?|次|遍"
_TWICE = {"twice": 2, "zweimal": 2, "dreimal": 3, "thrice": 3, "zehnmal": 10}
_WHOLE = (
    (
        0.25,
        "quarter of an hour|viertelstunde|quart d heure|cuarto de hora|quarto d ora|kwartier"
        "|quarto de hora|четверть часа|一刻钟",
    ),
    (0.5, "half hour|half an hour|halbe stunde|demi heure|media hora|mezz ora|mezzora|half uur"
     "|meia hora|полчаса|半小时|半个小时"),
    (1.0, "no time|straight away|im nu|en un rien de temps|en un momento|in un attimo|in een wip"
     "|num instante|моментально|一下子"),
    (6.0, "same afternoon|an afternoon|same day"),
    (24.0, "next morning|next day|day after|am nächsten (?:tag|morgen)|lendemain|al día siguiente"
     "|il giorno dopo|volgende (?:dag|ochtend)|no dia seguinte|на следующ\\w+ (?:день|утро)"
     "|第二天"),
)  # fmt: skip
_NUMBER = "|".join(f"(?P<n{at}>{said})" for at, (_, said) in reversed(list(enumerate(_NUMBERS))))
_UNIT = "|".join(f"(?P<u{at}>{said})" for at, said in enumerate(_UNITS))
_SPOKEN = re.compile(rf"(?<![^\W\d_])(?:(?P<digits>\d+)|{_NUMBER})\s*(?:{_UNIT})(?![^\W\d_])")
_SPOKEN_UNSPACED = re.compile(rf"(?:(?P<digits>\d+)|{_NUMBER})\s*个?(?:{_UNIT})")
_TIMES = re.compile(rf"(?<![^\W\d_])(?:(?P<digits>\d+)|{_NUMBER})\s*(?:{_OFTEN})(?![^\W\d_])")
_FIXED = [(hours, re.compile(said)) for hours, said in _WHOLE]


def spoken_times(text: str) -> float | None:
    """Read how many times a sentence says that something was done; None where it says none.

    Example:
        >>> spoken_times("I looked ten times"), spoken_times("umas dez vezes")
        (10, 10)
    """
    plain = words(text)
    whole = next((n for word, n in _TWICE.items() if word in plain.split()), None)
    found = _TIMES.search(plain)
    return float(whole) if whole else _number(found) if found else None


def spoken_hours(text: str) -> float | None:
    """Read the first duration that a sentence names, in hours; None where it names none.

    Example:
        >>> spoken_hours("zwei Stunden"), spoken_hours("in a quarter of an hour")
        (2.0, 0.25)
    """
    plain = words(text)
    fixed = next((hours for hours, said in _FIXED if said.search(plain)), None)
    if fixed is not None:
        return fixed
    pattern = _SPOKEN_UNSPACED if re.search(r"[一-鿿]", plain) else _SPOKEN
    found = pattern.search(plain)
    return None if found is None else _number(found) * _unit(found)


def _number(found: re.Match[str]) -> float:
    if found["digits"]:
        return float(found["digits"])
    return next(value for at, (value, _) in enumerate(_NUMBERS) if found[f"n{at}"])


def _unit(found: re.Match[str]) -> float:
    return next(hours for at, hours in enumerate(_UNITS.values()) if found[f"u{at}"])
