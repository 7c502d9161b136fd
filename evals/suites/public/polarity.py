"""Whether the same sentences are good or bad, in nine languages: M-ABSA, domains held out."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from evals.suites.labelled import Reads
from evals.suites.measures import Question
from evals.suites.public.asking import Asked, Known, drawn, read
from evals.training.passages import Around
from ingestion.models import DocumentKind

LANGUAGES = ("en", "de", "es", "fr", "nl", "pt", "ru", "zh", "ja")
"""Of the last, nothing but whether reviews are good was learned."""
_DOMAINS = ("coursera", "food")
_AT_MOST = 150
"""Sentences of a domain: each is read in nine languages."""
_ASPECT = re.compile(r"""['"](positive|negative|neutral)['"]\]""")
_SIGNS = {"positive": 1.0, "negative": -1.0}


def polarity(data: Path, reads: Reads) -> Asked:
    """Ask of sentences all of whose aspects are good, or all bad; a row of answers a language."""
    lines = [
        line for domain in _DOMAINS for line in drawn(list(_sentences(data, domain)), _AT_MOST)
    ]
    ids = tuple(line.id for line in lines)
    told = np.array([line.told["sign"] for line in lines])
    said = np.array([_signs(data, lines, language, reads) for language in LANGUAGES])
    always = np.full(len(lines), 1.0 if told.sum() > 0 else -1.0)
    asked = [
        Question(f"polarity, {language}", "accuracy", ids, told, answers, always, "the commonest")
        for language, answers in zip(LANGUAGES, said, strict=True)
    ]
    for name, count in (("the eight learned in full", -1), ("all nine", len(LANGUAGES))):
        every = np.tile(told, (len(LANGUAGES[:count]), 1))
        between = f"polarity, between {name}"
        asked.append(Question(between, "spread", ids, every, said[:count]))
    return Asked(asked, {line.id: line.text for line in lines})


def _signs(data: Path, lines: list[Known], language: str, reads: Reads) -> list[float]:
    """Say of the same lines in another language whether they are good."""
    known = {domain: _lines(data, domain, language) for domain in _DOMAINS}
    around = Around(DocumentKind.REVIEW, language)
    places = [(line.id.split(":")[0], int(line.id.split(":")[1])) for line in lines]
    some = [
        line._replace(text=known[domain][at].partition("####")[0].strip(), around=around)
        for line, (domain, at) in zip(lines, places, strict=True)
    ]
    return [1.0 if reading.valence > 0 else -1.0 for reading in read(some, reads)]


def _sentences(data: Path, domain: str) -> Iterator[Known]:
    """Give the English sentences of one mind, under ids that hold in every language."""
    for number, line in enumerate(_lines(data, domain, "en")):
        text, _, marks = line.partition("####")
        signs = {_SIGNS.get(mark, 0.0) for mark in _ASPECT.findall(marks)}
        if text.strip() and signs in ({1.0}, {-1.0}):
            around = Around(DocumentKind.REVIEW, "en")
            yield Known(f"{domain}:{number}", text.strip(), around, {"sign": signs.pop()}, {})


def _lines(data: Path, domain: str, language: str) -> list[str]:
    path = data / "rev_mabsa_multilingual" / domain / language / "test.txt"
    return path.read_text(encoding="utf-8").splitlines()
