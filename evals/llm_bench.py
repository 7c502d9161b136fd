"""What reading with a language model costs, beside a ceiling measured in the same run.

`python -m evals.llm_bench --url URL`.

The endpoint is a stand-in that answers with a known delay and counts what it is sent; faults are
switched on by its address (`/f/429=0.05/v1`). What is measured is ours: tokens for every token that
customers said, calls, CPU, and how near the time comes to what the endpoint's delay allows.
"""

import argparse
import asyncio
import csv
import json
import re
import runpy
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np

from assistant.checking import Checked, Checker
from assistant.embedded.reader import EmbeddedReader
from assistant.finding import Finder, Found, is_unsure
from assistant.journey import Material, draw
from assistant.llm import Endpoint, Kept, LangChainLlm, Limits
from assistant.llm.tokens import of as tokens_of
from assistant.models import DEFAULT_STAGES, Piece, Reading
from assistant.redrawing import redraw
from assistant.regrouping import Editor, regroup
from assistant.themes import group
from ingestion import parsing
from ingestion.intake import Prepared, prepare
from ingestion.models import Document, Segment
from ingestion.screening import Duplicates
from ingestion.sources import gather

MODEL = "gpt-4"
_CONCURRENCY = 8
_FAULTS = ("429=0.05,malformed=0.02,drop=0.01,500=0.01", "429=0.3")
_SPEAKER = re.compile(r"(?m)^\[(\w+) [\d:]+\] (\w+):")


class Corpus(NamedTuple):
    """Documents, split, and the tokens of all that stands in them."""

    documents: int
    tokens: int
    segments: list[Segment]


class Answers:
    """A journal that lasts as long as a run."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}

    def find(self, key: str) -> Kept | None:
        """Give the answer that was kept under `key`."""
        return self._kept.get(key)

    def keep(self, key: str, answer: Kept) -> None:
        """Keep an answer."""
        self._kept[key] = answer


class Notebook:
    """Notes that last as long as a run."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def find(self, keys: Sequence[str]) -> dict[str, str]:
        """Give what is kept under those of the keys that are known."""
        return {key: self._kept[key] for key in keys if key in self._kept}

    def keep(self, notes: Mapping[str, str]) -> None:
        """Keep notes."""
        self._kept |= notes


class Steps(NamedTuple):
    """What the steps took together, and what they made of the corpus."""

    tokens_in: int
    after_find: int
    themes: int
    wall: float


class Measured(NamedTuple):
    """One run: what it found, in how many seconds of time and of our CPU, and what it sent."""

    found: Found
    refused: Mapping[str, int]
    seconds: float
    cpu: float
    stats: Mapping[str, Any]


def main() -> None:
    """Measure, and print a line a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", default="http://127.0.0.1:9101", help="of the stand-in, no /v1")
    parser.add_argument("--data", type=Path, default=Path("../shared"), help="where the texts lie")
    wanted = parser.parse_args()
    written = wanted.data / "perf/gen.py"
    if not written.exists():
        print(f"no texts at {written}: not measured")
        return
    reviews, interviews = _corpora(runpy.run_path(str(written)))
    both = Corpus(
        reviews.documents + interviews.documents,
        reviews.tokens + interviews.tokens,
        reviews.segments + interviews.segments,
    )
    print(_HEAD)
    _run(wanted.url, "reviews", reviews)
    _run(wanted.url, "interviews", interviews)
    _run(wanted.url, "reviews, triage", _triaged(reviews))
    _run(wanted.url, "interviews, triage", _triaged(interviews))
    notes = Notebook()
    clean = _run(wanted.url, "both", both, notes)
    _run(wanted.url, "both, again", both, notes)
    _print_steps(asyncio.run(_all_steps(wanted.url, both)), both)
    for faults in _FAULTS:
        measured = _run(f"{wanted.url}/f/{faults}", f"both, {faults}", both)
        print(f"  {len(measured.found.failed)} segments lost, ", end="")
        print(f"{measured.seconds / clean.seconds:.2f} of the time, ", end="")
        print(f"{_calls(measured) / _calls(clean):.2f} of the calls")


def _calls(measured: Measured) -> int:
    return measured.stats["calls"]


_HEAD = (
    f"{'':40}{'calls/doc':>10}{'in/said':>9}{'out/piece':>10}{'of ceiling':>11}"
    f"{'CPU ms/1k':>10}{'refused':>8}"
)


def _run(url: str, name: str, corpus: Corpus, notes: Notebook | None = None) -> Measured:
    measured = asyncio.run(_measured(url, corpus, notes or Notebook()))
    stats, found = measured.stats, measured.found.findings
    least = (stats["ok"] * stats["base_ms"] + stats["completion_tokens"] * stats["token_ms"]) / 1000
    refused = sum(n for verdict, n in measured.refused.items() if verdict != "kept")
    print(
        f"{name:40}{stats['calls'] / corpus.documents:10.3f}"
        f"{stats['prompt_tokens'] / corpus.tokens:9.2f}"
        f"{stats['completion_tokens'] / max(len(found), 1):10.1f}"
        f"{least / _CONCURRENCY / measured.seconds:11.0%}"
        f"{measured.cpu * 1e6 / corpus.tokens:10.1f}{refused:8}",
        flush=True,
    )
    return measured


async def _measured(url: str, corpus: Corpus, notes: Notebook) -> Measured:
    endpoint = Endpoint(f"{url}/v1", MODEL)
    async with LangChainLlm(endpoint, Answers(), Limits(_CONCURRENCY)) as llm:
        await Finder(llm, Notebook(), MODEL).read(corpus.segments[:1])  # loads what calls need
        _ask(url.partition("/f/")[0] + "/reset", b"{}")
        finder = Finder(llm, notes, MODEL)
        began, cpu = time.monotonic(), time.process_time()
        found = await finder.read(corpus.segments)
        seconds, spent = time.monotonic() - began, time.process_time() - cpu
    stats = _ask(url.partition("/f/")[0] + "/stats")
    return Measured(found, finder.counts, seconds, spent, stats)


async def _all_steps(url: str, corpus: Corpus) -> Steps:
    """Find, check, regroup and draw, as a study is drawn."""
    _ask(url + "/reset", b"{}")
    readings, vectors = EmbeddedReader().read_and_embed(corpus.segments)
    async with LangChainLlm(Endpoint(f"{url}/v1", MODEL), Answers(), Limits(_CONCURRENCY)) as llm:
        began = time.monotonic()
        found = await Finder(llm, Notebook(), MODEL).read(corpus.segments)
        after_find = _ask(url + "/stats")["prompt_tokens"]
        told = [
            (at, segment, found.findings[segment.id].onto(readings[at]))
            for at, segment in enumerate(corpus.segments)
            if segment.id in found.findings
        ]
        checked = [Checked(segment, reading.kinds) for _, segment, reading in told]
        await Checker(llm, Notebook(), MODEL).check(checked)
        made = [_piece(segment, reading) for _, segment, reading in told]
        pieces = {piece.id: piece for piece in made}
        rows = vectors[[at for at, _, _ in told]]
        grouped = group(made, np.concatenate([rows, rows], axis=1))
        regrouped = await regroup(grouped, pieces, Editor(llm))
        material = Material("Why?", "bench", {}, DEFAULT_STAGES, made, (), {}, {})
        drawn = draw(material._replace(themes=regrouped.themes))
        await redraw(drawn, pieces, llm)
        wall = time.monotonic() - began
    tokens_in = _ask(url + "/stats")["prompt_tokens"]
    return Steps(tokens_in, tokens_in - after_find, len(regrouped.themes), wall)


def _print_steps(steps: Steps, corpus: Corpus) -> None:
    print(
        f"{'both, all steps':40}{steps.tokens_in / corpus.tokens:19.2f}   of which after find "
        f"{steps.after_find / corpus.tokens:.2f}; {steps.themes} themes, {steps.wall:.1f} s"
    )


def _piece(segment: Segment, reading: Reading) -> Piece:
    said = {name: getattr(reading, name) for name in Piece._fields if name in Reading._fields}
    return Piece(
        id=segment.id,
        document=segment.document_id,
        source=segment.document_id,
        participant=segment.participant,
        document_kind=segment.kind,
        language=segment.language,
        quote=segment.text,
        position=segment.position,
        **said,
    )


def _ask(url: str, body: bytes | None = None) -> Mapping[str, Any]:
    with urllib.request.urlopen(url, body, timeout=10) as answer:  # noqa: S310 the user's own
        return json.load(answer)


def _triaged(corpus: Corpus) -> Corpus:
    readings = EmbeddedReader().read(corpus.segments)
    worth = [
        segment
        for segment, reading in zip(corpus.segments, readings, strict=True)
        if is_unsure(reading)
    ]
    return corpus._replace(segments=worth)


def _corpora(texts: Mapping[str, Callable[[], list[dict[str, str]]]]) -> Iterator[Corpus]:
    """Write the texts to files as people keep them, and read them as a study is read."""
    reviews, interviews = texts["reviews"](), texts["interviews"]()
    with TemporaryDirectory() as folder:
        with Path(folder, "reviews.csv").open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(
                [("id", "text"), *((each["id"], each["text"]) for each in reviews)]
            )
        yield _corpus(Path(folder), reviews)
    with TemporaryDirectory() as folder:
        for each in interviews:
            said = _SPEAKER.sub(r"\2:", each["text"])
            Path(folder, f"{each['id']}.txt").write_text(said, encoding="utf-8")
        yield _corpus(Path(folder), interviews)


def _corpus(folder: Path, texts: Sequence[Mapping[str, str]]) -> Corpus:
    items = [item for source in gather([folder]).sources for item in parsing.read(source).items]
    # Each is its own study: made-up texts repeat each other more than people do.
    ready = [prepare(item, Duplicates()) for item in items if isinstance(item, Document)]
    segments = [s for each in ready if isinstance(each, Prepared) for s in each.segments]
    tokens = sum(tokens_of(MODEL).count(text["text"]) for text in texts)
    return Corpus(len(texts), tokens, segments)


if __name__ == "__main__":
    main()
