"""The suites by name, and how each is run."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from assistant.embedded.reader import EmbeddedReader
from evals.suites import grouping
from evals.suites.labelled import Reads, questions, samples
from evals.suites.measures import Question
from evals.suites.public.apps import apps
from evals.suites.public.asking import Asked
from evals.suites.public.emotions import emotions
from evals.suites.public.patients import patients
from evals.suites.public.polarity import polarity
from evals.suites.reports import Report, report

SLICES = Path(__file__).parents[1] / "datasets/slices"

_OF_SLICES = {"kinds", "found where nothing is", "about a rival", "valence sign"}

Suite = Callable[[Path, Reads], Asked]


class Run(NamedTuple):
    """What a suite measured, and the texts of its samples."""

    report: Report
    texts: dict[str, str]


class Missing(Exception):
    """A suite's samples are not where they were looked for."""


def slices(_data: Path, reads: Reads) -> Asked:
    """Ask of sentences that are hard each in its own way, written for the project."""
    asked = Asked([], {})
    for path in sorted(SLICES.glob("*.jsonl")):
        part = _of_file(path, reads)
        named = [
            _renamed(one, f"{path.stem}, {one.name}")
            for one in part.questions
            if one.name in _OF_SLICES
        ]
        asked.questions.extend(named)
        asked.texts.update(part.texts)
    return asked


def _renamed(question: Question, name: str) -> Question:
    """Name a question after its slice, which is cut no further: it is small."""
    return replace(question, name=name, slices={})


def _of_file(path: Path, reads: Reads) -> Asked:
    drawn = samples(path)
    return Asked(questions(drawn, reads), {one.id: one.label.text for one in drawn})


def _clusters(data: Path, _reads: Reads) -> Asked:
    return Asked(grouping.clusters(data / "data"), {})


def _stability(data: Path, _reads: Reads) -> Asked:
    return Asked(grouping.stability(data / "eval/helpdesk/corpus"), {})


def _public(suite: Suite) -> Suite:
    return lambda data, reads: suite(data / "data", reads)


SUITES: Mapping[str, Suite] = {
    "slices": slices,
    "patients": _public(patients),
    "apps": _public(apps),
    "polarity": _public(polarity),
    "emotions": _public(emotions),
    "clusters": _clusters,
    "stability": _stability,
}
"""What each name asks, given the folder in which the public sets lie."""


def run(name: str, data: Path) -> Run:
    """Run a suite of this name, or ask of the labelled sentences in a file of this name.

    Raises:
        Missing: There is neither, or the suite's sets are not below `data`.
        Unreadable: A line of the file is not as the format asks.
    """
    reader = EmbeddedReader()
    suite = name if name in SUITES else Path(name).stem
    try:
        asked = _asked(name, data, reader.read)
    except FileNotFoundError as problem:
        raise Missing(f"{problem.filename} is not there: name the sets with --data") from problem
    return Run(report(suite, reader.version, asked.questions), asked.texts)


def _asked(name: str, data: Path, reads: Reads) -> Asked:
    if name in SUITES:
        return SUITES[name](data, reads)
    if not Path(name).is_file():
        raise Missing(f"{name} is no file, and no suite: there are {', '.join(SUITES)}")
    return _of_file(Path(name), reads)
