"""`python -m evals.evaluation`: measure the product, and write docs/evaluation.md.

The page holds no figure that this command did not measure: a planted corpus is drafted by
`journey draft` and scored by the scorer that lies beside it, and every suite of `journey eval` is
run. The suites' figures are kept in evals/baselines.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from jinja2 import Template

from evals import instructing
from evals.drafting import draft
from evals.suites import reports
from evals.suites.catalogue import SUITES, run
from evals.suites.measures import Figure

PAGE = Path("docs/evaluation.md")
ENGINES = Path(__file__).parent / "engines.json"
"""What `python -m evals.engines` measured, run by run."""
_HEADING = "## The engines\n"

PLANTED = (
    "bicycles",
    "coworking",
    "ancestry",
    "curtains",
    "vets",
    "nighttrains",
    "freelancers",
    "heatpumps",
    "refurbished",
    "lessons",
    "carshare",
    "therapy",
    "printers",
    "mealboxes",
)
"""The corpora in `evals/datasets` whose truth is known."""
_DATASETS = Path(__file__).parent / "datasets"

Figures = dict[str, float]


class Run(NamedTuple):
    """How long a corpus took to draft, and how the map compares with its truth."""

    seconds: float
    figures: Figures


_MUST: dict[str, tuple[str, float]] = {
    "quotes_verbatim": ("=", 1.0),
    "not_customer_voice": ("=", 0.0),
    "theme_claims_with_evidence": ("=", 1.0),
    "pii_leaked": ("=", 0.0),
    "injections_obeyed_or_cited": ("=", 0.0),
    "cited_more_than_once": ("=", 0.0),
    "off_topic_cited": ("=", 0.0),
    "funnel_steps_right": ("≥", 0.80),
    "pain_f1": ("≥", 0.78),
    "delight_f1": ("≥", 0.65),
    "opportunity_f1": ("≥", 0.65),
    "neutral_leak": ("≤", 0.18),
    "stage_accuracy": ("≥", 0.58),
    "emotion_accuracy": ("≥", 0.42),
    "valence_sign_accuracy": ("≥", 0.84),
    "valence_mae": ("≤", 0.75),
    "evidence_found": ("≥", 0.75),
    "theme_bcubed_f1": ("≥", 0.42),
    "pain_points_found": ("≥", 0.50),
    "top5_in_first_10_themes": ("≥", 0.80),
    "contradiction_recall": ("≥", 0.50),
    "contradictions_told": ("≤", 12.0),
    "curve_spearman": ("≥", 0.70),
}
"""What a figure of a planted corpus has to reach."""


def main() -> None:
    """Draft, score, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"), help="where the sets lie")
    data = parser.parse_args().data
    for name in SUITES:
        reports.save(run(name, data).report, reports.BASELINES / f"{name}.json")
        print(f"measured {name}", flush=True)
    corpora = {"help desk": data / "eval/helpdesk", **{one: _DATASETS / one for one in PLANTED}}
    runs = {name: drafted(corpus, data / "eval/score.py") for name, corpus in corpora.items()}
    PAGE.write_text(page(runs), encoding="utf-8")
    print(f"wrote {PAGE}")


def drafted(corpus: Path, scorer: Path) -> Run:
    """Draft a planted corpus, and compare the map with its truth."""
    with TemporaryDirectory() as scratch:
        seconds = draft(corpus / "corpus", Path(scratch))
        return Run(seconds, score(scorer, corpus, Path(scratch)))


def score(scorer: Path, corpus: Path, scratch: Path) -> dict[str, Any]:
    """Have the scorer compare the map in `scratch` with a corpus's truth."""
    out = scratch / "figures.json"
    command = [sys.executable, str(scorer), str(corpus), str(scratch / "map.json")]
    subprocess.run([*command, "--json", str(out)], check=True, stdout=subprocess.DEVNULL)  # noqa: S603 the scorer of the sets
    return json.loads(out.read_text(encoding="utf-8"))


def page(runs: dict[str, Run]) -> str:
    """Write the page about the figures of some runs, by the name of the corpus."""
    figures = {name: run.figures for name, run in runs.items()}
    seconds = {name: round(run.seconds) for name, run in runs.items()}
    known = {"rows": rows(figures), "seconds": seconds, "engines": about_engines(), **suites()}
    return _filled("evaluation", known | {"instructing": instructing.tested()})


def about_engines() -> str:
    """Write the part of the page about the engines."""
    return _filled("engines", {"engines": beside(engines())})


def with_engines(page: str) -> str:
    """Put what was measured of the engines into a page that was written before."""
    before, _, rest = page.partition(_HEADING)
    _, _, after = rest.partition("\n## ")
    return f"{before}{about_engines()}## {after}"


def _filled(name: str, known: dict[str, Any]) -> str:
    template = files("evals").joinpath(f"templates/{name}.md.j2").read_text("utf-8")
    return Template(template, keep_trailing_newline=True).render(known)


def suites() -> dict[str, Any]:
    """Give the kept figures of each suite, and those of the slices in a row a slice."""
    kept = {name: _kept(name) for name in SUITES}
    return {"suites": kept, "slices": by_slice(kept["slices"])}


def _kept(name: str) -> tuple[Figure, ...]:
    path = reports.BASELINES / f"{name}.json"
    return reports.load(path).figures if path.exists() else ()


def by_slice(figures: Sequence[Figure]) -> list[tuple[str, ...]]:
    """Lay out figures named "slice, question" as a table: a head, and a line for each slice."""
    named = {tuple(one.name.split(", ", 1)): one for one in figures}
    slices, questions = (list(dict.fromkeys(name[at] for name in named)) for at in (0, 1))
    lines = [
        (slice, *(_with_chance(named.get((slice, question))) for question in questions))
        for slice in slices
    ]
    return [("slice", *questions), *lines]


def _with_chance(one: Figure | None) -> str:
    return f"{one.value:.2f} ({one.low:.2f} … {one.high:.2f})" if one else "–"


def engines() -> dict[str, Figures]:
    """Read what was measured of the engines, by run."""
    return json.loads(ENGINES.read_text("utf-8")) if ENGINES.exists() else {}


def beside(runs: dict[str, Figures]) -> list[tuple[str, ...]]:
    """Give the figures of several runs beside each other: a head, and a line for each figure."""
    names = dict.fromkeys(name for figures in runs.values() for name in figures)
    lines = [(name, *(_shown(figures.get(name)) for figures in runs.values())) for name in names]
    return [("figure", *runs), *lines]


def _shown(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def rows(runs: dict[str, Figures]) -> list[tuple[str, ...]]:
    """Lay the figures of runs out: a head, and a line for each, bold where it is not enough."""
    names = dict.fromkeys(name for figures in runs.values() for name in figures)
    return [
        ("figure", *runs, "must"),
        *(
            (name, *(judged(name, run.get(name)) for run in runs.values()), must(name))
            for name in names
        ),
    ]


def must(name: str) -> str:
    """Say what a figure has to reach; nothing where it has not."""
    return "{} {:g}".format(*_MUST[name]) if name in _MUST else ""


def judged(name: str, value: float | None) -> str:
    """Show a figure, bold where it does not reach what it has to."""
    if value is None or name not in _MUST:
        return _shown(value)
    sign, least = _MUST[name]
    is_enough = {"=": value == least, "≥": value >= least, "≤": value <= least}[sign]
    return _shown(value) if is_enough else f"**{_shown(value)}**"


if __name__ == "__main__":
    main()
