"""`make bench`: size, speed, memory and load, each beside a ceiling measured in the same run.

Every figure comes from `journey draft` run as its users run it, in a process of its own. Where
memory is measured, vectors go to a Chroma server beside it, so that its index is reported and not
mixed in. Memory is the sum of the peaks of the processes of a run.
"""

import argparse
import csv
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from assistant.embedded.reader import EmbeddedReader
from evals import footprint, load, memory, serving
from evals import kills as deaths
from evals.llm_bench import figures
from ingestion import chunking, parsing
from ingestion.embedding import LocalEmbedder
from ingestion.models import Document, Segment
from ingestion.sources import gather

_PARTS = ("size", "speed", "memory", "helpdesk", "llm", "service")
_ROWS = (1_000, 10_000, 100_000)
_BARE = 4_000
"""Sentences that the bare embedder is timed on."""


class Run(NamedTuple):
    """One run of `journey draft`: seconds, segments read, and MB at the peak."""

    seconds: float
    segments: int
    peak_mb: float
    chroma_mb: float


def main() -> None:
    """Measure, and print each figure beside its ceiling."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"), help="where the sets lie")
    parser.add_argument("--rows", type=int, default=None, help="of the reviews, all by default")
    parser.add_argument("--only", choices=_PARTS, default=None)
    parser.add_argument("--kills", type=int, default=200, help="of the serving process")
    parser.add_argument("--page", type=Path, default=None, help="gets the service's figures")
    wanted = parser.parse_args()
    if wanted.only in (None, "size"):
        print(*footprint.installed(), *footprint.answered(), sep="\n", flush=True)
    if wanted.only in (None, "helpdesk"):
        _print_helpdesk(wanted.data / "eval/helpdesk/corpus")
    if wanted.only in (None, "speed"):
        _print_speed(wanted.data / "data/rev_womens_clothing", wanted.rows)
    if wanted.only in (None, "memory"):
        _print_memory()
    if wanted.only in (None, "llm"):
        figures.hold(wanted.data)
    if wanted.only in (None, "service"):
        _print_service(wanted.kills, wanted.page)


def _print_helpdesk(folder: Path) -> None:
    if not folder.exists():
        print(f"no corpus at {folder}: not measured")
        return
    run = _draft(folder)
    print(f"help desk, from start to map: {run.seconds:.1f} s for {run.segments:,} segments")


def _print_speed(folder: Path, rows: int | None) -> None:
    """Print the rate from file to map as a share of what the embedder alone does."""
    with TemporaryDirectory() as scratch:
        table = _first_rows(next(folder.glob("*.csv")), Path(scratch), rows)
        bare, reader = _bare_rate(table), _reader_rate(table)
        run = _draft(table)
    rate = run.segments / run.seconds
    print(f"file to map: {rate:.0f} segments/s over {run.segments:,} segments, {run.seconds:.0f} s")
    print(f"bare embedder, one thread: {bare:.0f} segments/s; bare reader, all cores: {reader:.0f}")
    print(f"share: {rate / bare:.2f} (at least 0.50)")


def _print_memory() -> None:
    """Print the peak at each size, and how it grows."""
    peaks: dict[int, Run] = {}
    for rows in _ROWS:
        with TemporaryDirectory() as scratch:
            _invent(Path(scratch) / "answers.csv", rows)
            peaks[rows] = _draft(Path(scratch), beside=True)
        run = peaks[rows]
        print(f"{rows:,} rows: {run.peak_mb:.0f} MB; Chroma beside it {run.chroma_mb:.0f} MB")
    growth = peaks[_ROWS[2]].peak_mb / peaks[_ROWS[1]].peak_mb
    print(f"growth from {_ROWS[1]:,} to {_ROWS[2]:,} rows: {growth:.2f} (under 1.30)")


def _print_service(kills: int, page: Path | None) -> None:
    """Print how the service bears load, and being killed; put it into a page where one is named."""
    loaded = list(load.measure(load.Wanted()).lines())
    print(*loaded, sep="\n", flush=True)
    killed = list(deaths.hold(kills).lines())
    print(*killed, sep="\n", flush=True)
    if page:
        load.write_down([*loaded, *killed], page)


def _first_rows(table: Path, scratch: Path, rows: int | None) -> Path:
    if rows is None:
        return table
    shorter = scratch / table.name
    with table.open(encoding="utf-8", newline="") as file, shorter.open("w", newline="") as kept:
        write = csv.writer(kept)
        for _, row in zip(range(rows + 1), csv.reader(file), strict=False):
            write.writerow(row)
    return shorter


def _bare_rate(table: Path) -> float:
    """Embed the sentences of a table on one thread and nothing else; give sentences a second."""
    sentences = [segment.text for segment in _segments_of(table)]
    embedder = LocalEmbedder()
    embedder.embed(sentences[:10])
    start = time.perf_counter()
    embedder.embed(sentences)
    return len(sentences) / (time.perf_counter() - start)


def _reader_rate(table: Path) -> float:
    """Read the segments of a table and nothing else; give segments a second."""
    segments = list(_segments_of(table))
    reader = EmbeddedReader(threads=os.cpu_count() or 1)
    reader.read(segments[:10])
    start = time.perf_counter()
    reader.read(segments)
    return len(segments) / (time.perf_counter() - start)


def _segments_of(table: Path) -> Iterator[Segment]:
    (source,) = gather([table]).sources
    n = 0
    for item in parsing.read(source).items:
        for segment in chunking.split(item) if isinstance(item, Document) else ():
            yield segment
            n += 1
        if n >= _BARE:
            return


def _draft(path: Path, beside: bool = False) -> Run:
    """Run `journey draft` on a new home, and measure it from outside.

    Args:
        path: What is drafted.
        beside: Whether vectors go to a Chroma server of its own.
    """
    journey = shutil.which("journey", path=str(Path(sys.executable).parent))
    serving = _chroma if beside else _no_chroma
    with TemporaryDirectory() as home, serving(Path(home)) as (settings, chroma):
        environment = os.environ | {"JOURNEY_HOME": home} | settings
        out = Path(home) / "map.json"
        command = [str(journey), "draft", str(path), "--out", str(out)]
        start = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)  # noqa: S603 our own command
        peak, chroma_peak = memory.watch(process, chroma)
        seconds = time.perf_counter() - start
        if process.returncode:
            raise RuntimeError(f"{command}: {process.stderr and process.stderr.read().decode()}")
        return Run(seconds, _segments(out), peak, chroma_peak)


def _segments(out: Path) -> int:
    with out.open(encoding="utf-8") as file:
        return int(json.load(file)["ledger"]["segments"]["in"])


Served = tuple[dict[str, str], int | None]
"""The settings that name a Chroma server, and its process."""


@contextmanager
def _no_chroma(_home: Path) -> Generator[Served]:
    """Leave vectors to the process that makes them."""
    yield {}, None


@contextmanager
def _chroma(home: Path) -> Generator[Served]:
    """Run a Chroma server for as long as it is needed."""
    with serving.chroma(home) as (port, pid):
        yield {"JOURNEY_CHROMA_URL": f"http://127.0.0.1:{port}"}, pid


_WHAT = [
    "parcel",
    "app",
    "invoice",
    "label",
    "courier",
    "refund",
    "password",
    "basket",
    "lamp",
    "chair",
    "filter",
    "ticket",
]
_DID = [
    "arrived",
    "vanished",
    "broke",
    "froze",
    "doubled",
    "leaked",
    "worked",
    "stalled",
    "shrank",
    "rattled",
    "helped",
]
_WHEN = [
    "on Monday",
    "after the update",
    "twice",
    "before lunch",
    "in the rain",
    "again",
    "at checkout",
]
_FELT = [
    "and I was glad",
    "and I gave up",
    "which annoyed me",
    "and nobody answered",
    "so I stayed",
]


def _invent(table: Path, rows: int) -> None:
    """Write a table of answers, no two alike."""
    chance = random.Random(7)  # noqa: S311 invented answers, no secret
    with table.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        write.writerow(["id", "date", "rating", "answer_why"])
        for at in range(rows):
            parts = [chance.choice(words) for words in (_WHAT, _DID, _WHEN, _FELT)]
            answer = f"The {parts[0]} from shelf {at} {parts[1]} {parts[2]} {parts[3]} {at % 977}."
            write.writerow([at, "2026-03-01", chance.randint(1, 5), answer])


if __name__ == "__main__":
    main()
