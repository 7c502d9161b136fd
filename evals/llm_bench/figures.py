"""Measure, print each figure beside what it must be, and tell where one is not."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from evals.llm_bench import corpora, runs, steps, whole
from evals.llm_bench.corpora import Corpus, Made
from evals.llm_bench.runs import CONCURRENCY, Measured
from evals.llm_bench.stand_in import StandIn, standing_in

_FEW, _MANY = "429=0.05,malformed=0.02,drop=0.01,500=0.01", "429=0.3"
_PEERS = """\
Peers on the same texts and the same stand-in (calls a document, tokens in for each that was said):
  langextract              reviews 1.00, 9.19   interviews 25.2, 3.67
  instructor               reviews 1.00, 5.50   interviews  1.0, 1.06
  LangChain, structured    reviews 1.00, 5.54   interviews  1.0, 1.06
  LangChain, map-reduce    reviews 1.10, 3.57   interviews  7.3, 1.25
  kura                     reviews 1.22, 21.5   interviews  1.1, 1.41"""


class Figure(NamedTuple):
    """What was measured, and what it must be: at most so much, or at least."""

    name: str
    value: float
    most: float | None = None
    least: float | None = None

    @property
    def holds(self) -> bool:
        """Is it as it must be?"""
        is_low = self.least is not None and self.value < self.least
        return not is_low and (self.most is None or self.value <= self.most)

    def __str__(self) -> str:
        most = "" if self.most is None else f"at most {self.most:g}"
        least = "" if self.least is None else f"at least {self.least:g}"
        return f"{self.name:52}{self.value:10.2f}   {most or least:14}{'' if self.holds else ' NO'}"


def hold(data: Path) -> int:
    """Measure, print, and give 1 where something is not as it must be."""
    folder = data / "perf"
    if not folder.exists():
        print(f"no texts at {folder}: not measured")
        return 0
    held = True
    with standing_in(folder / "stub_llm.py") as at:
        for figure in _figures(at, Made.by(folder / "gen.py")):
            held = held and figure.holds
            print(figure, flush=True)
    print(_PEERS)
    return int(not held)


def _figures(at: StandIn, made: Made) -> Iterator[Figure]:
    reviews, interviews = corpora.reviews(made.reviews), corpora.interviews(made.interviews)
    both = reviews.with_all(interviews)
    yield from _found(at, "reviews", reviews, calls=0.06, tokens=1.6)
    yield from _found(at, "interviews", interviews, calls=4, tokens=1.25)
    clean = runs.run(at, both)
    yield from _fast(clean)
    every = steps.run(at, both)
    yield Figure("all steps: tokens in for each that was said", every.tokens_in, most=2.0)
    yield Figure(f"  of which after find ({every.themes} themes)", every.after_find)
    yield from _failing(clean, runs.run(at, both, _FEW), runs.run(at, both, _MANY))
    yield from _run(whole.measure(at, made))


def _found(
    at: StandIn, name: str, corpus: Corpus, *, calls: float, tokens: float
) -> Iterator[Figure]:
    read, triaged = runs.run(at, corpus), runs.run(at, corpus.triaged())
    yield Figure(f"{name}: find calls a document", read.calls_a_document, most=calls)
    yield Figure(f"{name}: tokens in for each that was said", read.tokens_in, most=tokens)
    share = triaged.tokens_in / read.tokens_in
    yield Figure(f"{name}: share of them after triage", share, most=0.6)
    yield Figure(f"{name}: tokens out a piece of evidence", read.tokens_out, most=60)


def _fast(clean: Measured) -> Iterator[Figure]:
    yield Figure("find: speed, of what the delay allows", clean.of_ceiling, least=0.85)
    yield Figure("find: own CPU, ms for 1,000 tokens", clean.cpu_ms, most=15)


def _failing(clean: Measured, few: Measured, many: Measured) -> Iterator[Figure]:
    lost = len(few.found.failed) + len(many.found.failed)
    yield Figure("sentences lost where calls fail", lost, most=0)
    yield Figure(f"calls, {_FEW}", few.calls / clean.calls, most=1.2)
    yield Figure(f"time, {_MANY}", many.seconds / clean.seconds, most=1.5)


def _run(drawn: whole.Whole) -> Iterator[Figure]:
    (calls, tokens), (calls_added, tokens_added) = drawn.first, drawn.added
    yield Figure("the product, first run: calls", calls)
    yield Figure("the product, second run: calls", drawn.again, most=0)
    yield Figure("one review more: calls", calls_added)
    yield Figure("one review more: share of the tokens", tokens_added / tokens)
    yield Figure("killed half way: calls answered until then", drawn.answered, least=1)
    yield Figure("  of which made again", drawn.repeated, most=CONCURRENCY)
