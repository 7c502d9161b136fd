"""What is recognised in folders of real files: a Markdown page of figures, no row of data.

Run it with folders to look into: `python -m evals.recognition FOLDER… > docs/recognised.md`.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ingestion import parsing, sources
from ingestion.errors import IngestionError
from ingestion.models import Contents, Document, Recognition, Refusal, Source, State

_HEAD = """# What is recognised in real files

Written by `python -m evals.recognition FOLDER…`, which reads every file of each folder the way
`journey draft` does and counts what came of it. A record is a document or an event; of a table of
turns, a document is an interview and refusals are counted in turns. Records in are those used and
those refused together: nothing is lost in between. Rates are rows for each second of one core.
"""
_MAX_COLUMNS = 12
_ALIKE = 4
"""More files than this that were read alike are one line."""


class Reading(NamedTuple):
    """What came of one file.

    Attributes:
        counts: Records by the state they ended in.
        n_turns: Turns in the documents that were used.
        error: Why nothing of it was read, "" where something was.
    """

    source: str
    recognition: Recognition | None
    counts: Counter[State]
    n_turns: int
    seconds: float
    error: str = ""

    @property
    def n_in(self) -> int:
        """Records that came in, whatever became of them."""
        return self.counts.total()


def look(source: Source) -> Reading:
    """Read one file to its end, and count."""
    began = time.process_time()
    try:
        contents = parsing.read(source)
    except IngestionError as error:
        return Reading(source.id, None, Counter(), 0, 0.0, str(error))
    counts, n_turns = _counted(contents)
    seconds = time.process_time() - began
    return Reading(source.id, contents.recognition, counts, n_turns, seconds)


def _counted(contents: Contents) -> tuple[Counter[State], int]:
    counts: Counter[State] = Counter()
    n_turns = 0
    for item in contents.items:
        counts[item.state if isinstance(item, Refusal) else State.USED] += 1
        n_turns += len(item.turns) if isinstance(item, Document) else 0
    return counts, n_turns


def page(folders: Sequence[Path]) -> Iterator[str]:
    """Write the page, line by line."""
    yield _HEAD
    for folder in folders:
        yield f"## {folder.name}\n"
        gathered = sources.gather([folder])
        yield from _table([look(source) for source in gathered.sources])
        yield from _left_out([(r.where, f"{r.state}: {r.reason}") for r in gathered.refusals])
        yield ""


def _table(readings: Sequence[Reading]) -> Iterator[str]:
    used = [reading for reading in readings if reading.recognition]
    if used:
        states = " | ".join(state.value for state in _STATES)
        yield f"| file | format | kind | records in | {states} | turns | rows a second |"
        yield "| --- " * (6 + len(_STATES)) + "|"
        yield from (_row(alike) for alike in _grouped(used))
        yield ""
        columns = dict.fromkeys(_columns(r.recognition) for r in used if r.recognition)
        yield from filter(None, columns)
        yield "" if any(columns) else "No columns: these are transcripts.\n"
    yield from _left_out([(r.source, f"refused: {r.error}") for r in readings if r.error])


def _left_out(refused: Sequence[tuple[str, str]]) -> Iterator[str]:
    """List what was not read, with one line for each reason."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in refused:
        by_reason.setdefault(reason, []).append(f"`{name}`")
    for reason, names in by_reason.items():
        more = f" and {len(names) - _ALIKE} more" if len(names) > _ALIKE else ""
        yield f"- {', '.join(names[:_ALIKE])}{more}: {reason}"


_STATES = (State.USED, State.EMPTY, State.EXCLUDED, State.FAILED)


def _grouped(readings: Sequence[Reading]) -> Iterator[list[Reading]]:
    """Put files of a folder that were read alike together, where they are many."""
    groups: dict[tuple[str, ...], list[Reading]] = {}
    for reading in readings:
        folder = reading.source.rpartition("/")[0].partition("/")[0]
        groups.setdefault((folder, *_what(reading)), []).append(reading)
    for group in groups.values():
        yield from [group] if len(group) > _ALIKE else [[reading] for reading in group]


def _what(reading: Reading) -> tuple[str, str]:
    found = reading.recognition
    return (found.format, found.kind.value) if found else ("", "")


def _row(alike: Sequence[Reading]) -> str:
    first = alike[0]
    counts = sum((reading.counts for reading in alike), Counter[State]())
    seconds = sum(reading.seconds for reading in alike)
    name = f"`{first.source}`" + (f" and {len(alike) - 1} more" if len(alike) > 1 else "")
    states = " | ".join(f"{counts[state]:,}" for state in _STATES)
    rate = f"{counts.total() / seconds:,.0f}" if counts.total() >= 100 else ""
    what = " | ".join(_what(first))
    turns = f"{sum(reading.n_turns for reading in alike):,}"
    return f"| {name} | {what} | {counts.total():,} | {states} | {turns} | {rate} |"


def _columns(found: Recognition) -> str:
    if not found.columns:
        return ""
    pairs = [f"`{name}` {field}" for name, field in found.columns.items()]
    more = f", and {len(pairs) - _MAX_COLUMNS} more" if len(pairs) > _MAX_COLUMNS else ""
    note = f" ({found.note})" if found.note else ""
    return f"Columns: {', '.join(pairs[:_MAX_COLUMNS])}{more}{note}."


def main() -> None:
    """Print the page for the folders of the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    for line in page(parser.parse_args().folders):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
