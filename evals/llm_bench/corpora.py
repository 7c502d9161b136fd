"""Made-up reviews and interviews, read from files as people keep them."""

import csv
import re
import runpy
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, Self

from assistant.embedded.reader import EmbeddedReader
from assistant.finding import is_unsure
from assistant.llm.tokens import of as tokens_of
from ingestion import parsing
from ingestion.intake import Prepared, prepare
from ingestion.models import Document, Segment
from ingestion.screening import Duplicates
from ingestion.sources import gather

MODEL = "gpt-4"
_SPEAKER = re.compile(r"(?m)^\[(\w+) [\d:]+\] (\w+):")

Texts = Sequence[Mapping[str, str]]


class Corpus(NamedTuple):
    """Documents, split, and the tokens of all that stands in them."""

    documents: int
    tokens: int
    segments: list[Segment]

    def with_all(self, other: Self) -> "Corpus":
        """Put two together."""
        return Corpus(
            self.documents + other.documents,
            self.tokens + other.tokens,
            self.segments + other.segments,
        )

    def triaged(self) -> "Corpus":
        """Keep the sentences that local models are unsure of."""
        readings = EmbeddedReader().read(self.segments)
        pairs = zip(self.segments, readings, strict=True)
        return self._replace(segments=[segment for segment, read in pairs if is_unsure(read)])


class Made(NamedTuple):
    """What was made up."""

    reviews: Texts
    interviews: Texts

    @classmethod
    def by(cls, script: Path) -> Self:
        """Have a script make the texts up."""
        made = runpy.run_path(str(script))
        return cls(made["reviews"](), made["interviews"]())

    def write(self, folder: Path) -> None:
        """Write a table of reviews, and a file an interview."""
        write_reviews(folder, self.reviews)
        write_interviews(folder, self.interviews)


def write_reviews(folder: Path, texts: Texts) -> None:
    """Write a table."""
    with Path(folder, "reviews.csv").open("w", newline="", encoding="utf-8") as file:
        rows = [(each["id"], each["text"]) for each in texts]
        csv.writer(file).writerows([("id", "text"), *rows])


def write_interviews(folder: Path, texts: Texts) -> None:
    """Write transcripts."""
    for each in texts:
        said = _SPEAKER.sub(r"\2:", each["text"])
        Path(folder, f"{each['id']}.txt").write_text(said, encoding="utf-8")


def reviews(texts: Texts) -> Corpus:
    """Read reviews as a study does."""
    with TemporaryDirectory() as folder:
        write_reviews(Path(folder), texts)
        return _corpus(Path(folder), texts)


def interviews(texts: Texts) -> Corpus:
    """Read interviews as a study does."""
    with TemporaryDirectory() as folder:
        write_interviews(Path(folder), texts)
        return _corpus(Path(folder), texts)


def _corpus(folder: Path, texts: Texts) -> Corpus:
    items = [item for source in gather([folder]).sources for item in parsing.read(source).items]
    # Each is its own study: made-up texts repeat each other more than people do.
    ready = [prepare(item, Duplicates()) for item in items if isinstance(item, Document)]
    segments = [s for each in ready if isinstance(each, Prepared) for s in each.segments]
    tokens = sum(tokens_of(MODEL).count(text["text"]) for text in texts)
    return Corpus(len(texts), tokens, segments)
