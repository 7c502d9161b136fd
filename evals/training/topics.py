"""Texts of all sorts, of which only the subject is learned, and what some of them render."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random

from evals.training.labels import Labels
from evals.training.passages import Around, Passage, passage
from evals.training.public import (
    SENTENCE,
    intents,
    is_held,
    review_files,
    review_texts,
    single,
    table,
)
from ingestion.models import DocumentKind

_LEAST, _MOST = 15, 200


def read(data: Path, seed: int) -> list[Passage]:
    """Draw sentences of all sorts: only what they are about is learned from them."""
    drawn: list[Passage] = []
    for said, kind, count in (
        (_asked(data), DocumentKind.TICKET, 1_500),
        (_complained(data), DocumentKind.TICKET, 2_000),
        (_reviewed(data), DocumentKind.REVIEW, 2_500),
        (_chatted(data), DocumentKind.INTERVIEW, 2_000),
        (_cared_for(data), DocumentKind.SURVEY, 1_500),
    ):
        texts = sorted({text.strip() for text in said if _LEAST < len(text) < _MOST})
        Random(seed).shuffle(texts)  # noqa: S311 - a shuffle, no secret
        around = Around(kind, "en")
        drawn.extend(passage([t], [Labels()], around, "topics", "topics") for t in texts[:count])
    return [*drawn, *_rendered(data), *_intended(data)]


def _rendered(data: Path) -> Iterator[Passage]:
    for path in review_files(data):
        around = Around(DocumentKind.REVIEW, path.parent.name)
        for text in review_texts(path)[::6]:
            if len(text) < _MOST:
                yield from single(text, Labels(), around, "topics")


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        yield from SENTENCE.split(text)


def _complained(data: Path) -> Iterator[str]:
    rows = table(data / "sup_cfpb_complaints/cfpb_personal_loans_2827.csv")
    yield from _sentences(row["Consumer complaint narrative"] for row in rows)


def _reviewed(data: Path) -> Iterator[str]:
    rows = table(data / "rev_womens_clothing/Womens Clothing E-Commerce Reviews.csv")
    yield from _sentences(row["Review Text"] for row in rows)


def _chatted(data: Path) -> Iterator[str]:
    lines = (data / "emo_goemotions/train.tsv").read_text(encoding="utf-8").splitlines()
    yield from (line.split("\t")[0] for line in lines)


def _cared_for(data: Path) -> Iterator[str]:
    rows = table(data / "sur_nhs_fft_labelled/phase1_text_data.csv")
    yield from _sentences(row["feedback"] for row in rows if not is_held(row["feedback"]))


def _asked(data: Path) -> Iterator[str]:
    yield from (text for text, _ in intents(data))


def _intended(data: Path) -> Iterator[Passage]:
    """Requests by what they are for: what one intent is, is one theme."""
    for text, intent in sorted(intents(data))[::8]:
        around = Around(DocumentKind.TICKET, "en")
        yield passage([text], [Labels(theme=f"clinc: {intent}")], around, "clinc", "topics")


def renderings(data: Path) -> dict[str, str]:
    """Give the English sentence that each review in another language renders, line by line."""
    found: dict[str, str] = {}
    for path in review_files(data):
        english = review_texts(path.parent.parent / "en" / path.name)
        texts = review_texts(path)
        if len(texts) == len(english):
            found.update(zip(texts, english, strict=True))
    return found
