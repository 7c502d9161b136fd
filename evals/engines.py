"""`python -m evals.engines`: the engines side by side on a planted corpus, for docs/evaluation.md.

The ceiling is a scripted model that knows the planted truth: what its map lacks, the pipeline lost.
A part of the corpus is read by the embedded engine and, with `--local`, by a real local model: the
figures stand beside each other. What a run does not measure stays as the last one left it.
"""

import argparse
import csv
import json
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from assistant.models import JourneyMap
from evals import endpoint, evaluation, local_model
from evals.evaluation import Figures
from evals.perfect import PerfectModel, kept

_SHOWN = (
    "quotes_verbatim",
    "pain_f1",
    "delight_f1",
    "opportunity_f1",
    "neutral_leak",
    "stage_accuracy",
    "emotion_accuracy",
    "evidence_found",
    "theme_bcubed_f1",
    "pain_points_found",
    "curve_spearman",
)
_INTERVIEW, _REVIEWS = "p02.txt", 12
"""What a local model reads of the corpus: an interview, and so many reviews."""


def main() -> None:
    """Measure, and write the figures and their part of the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared"), help="where the sets lie")
    parser.add_argument("--local", action="store_true", help="also with a real local model")
    wanted = parser.parse_args()
    corpus, scorer = wanted.data / "eval/helpdesk", wanted.data / "eval/score.py"
    figures = evaluation.engines()
    figures["ceiling"] = _ceiling(corpus, scorer)
    with _part(corpus) as part:
        figures["part, embedded"] = _embedded(part, scorer)
        if wanted.local:
            figures["part, local model"] = _local(part, scorer)
    evaluation.ENGINES.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    page = evaluation.with_engines(evaluation.PAGE.read_text("utf-8"))
    evaluation.PAGE.write_text(page, "utf-8")
    print(f"wrote {evaluation.ENGINES} and {evaluation.PAGE}")


def _ceiling(corpus: Path, scorer: Path) -> Figures:
    """Have a model that knows the truth read everything."""
    model = PerfectModel(json.loads((corpus / "truth.json").read_text("utf-8")))
    with TemporaryDirectory() as scratch, endpoint.serving(model) as url:
        drawn = local_model.draft(
            corpus / "corpus", local_model.Place(Path(scratch), url), "--read", "all"
        )
        recall = {"recall_of_what_was_told": kept(list(model.told), drawn.map)}
        return recall | _scored(scorer, corpus, Path(scratch), drawn.map)


def _embedded(part: Path, scorer: Path) -> Figures:
    with TemporaryDirectory() as scratch:
        evaluation.draft(part / "corpus", Path(scratch))
        written = (Path(scratch) / "map.json").read_text("utf-8")
        drawn = JourneyMap.model_validate_json(written)
        return _scored(scorer, part, Path(scratch), drawn)


def _local(part: Path, scorer: Path) -> Figures:
    model = local_model.joined(Path("build"))
    with TemporaryDirectory() as scratch, local_model.serving(model) as url:
        drawn = local_model.draft(
            part / "corpus", local_model.Place(Path(scratch), url), "--read", "all"
        )
        refused = {"refused_before_grounding": local_model.refused(drawn.map.steps)}
        return _scored(scorer, part, Path(scratch), drawn.map) | refused


def _scored(scorer: Path, corpus: Path, scratch: Path, drawn: JourneyMap) -> Figures:
    figures = evaluation.score(scorer, corpus, scratch)
    shown: Figures = {name: figures[name] for name in _SHOWN}
    return {"evidence": len(drawn.evidence), **shown}


@contextmanager
def _part(corpus: Path) -> Generator[Path]:
    """Copy a part of the corpus, and of its truth, to a folder."""
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "corpus/interviews").mkdir(parents=True)
        shutil.copy(corpus / "corpus/interviews" / _INTERVIEW, root / "corpus/interviews")
        ids = _head(corpus / "corpus/reviews.csv", root / "corpus/reviews.csv", _REVIEWS)
        _head(corpus / "corpus/survey.csv", root / "corpus/survey.csv", 0)
        (root / "corpus/tickets.json").write_text('{"tickets": []}', "utf-8")
        documents = {f"interviews/{_INTERVIEW}", *(f"reviews.csv#{id}" for id in ids)}
        truth = json.loads((corpus / "truth.json").read_text("utf-8"))
        (root / "truth.json").write_text(json.dumps(_of(truth, documents)), "utf-8")
        yield root


def _head(table: Path, to: Path, n: int) -> list[str]:
    """Copy the first rows of a table; give their ids."""
    with table.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    with to.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([head, *rows[:n]])
    at = head.index("id")
    return [row[at] for row in rows[:n]]


def _of(truth: dict[str, Any], documents: set[str]) -> dict[str, Any]:
    def here(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [item for item in items if item["doc"] in documents]

    pains = [pain | {"evidence": here(pain["evidence"])} for pain in truth["pain_points"]]
    told = {"pain_points": [pain for pain in pains if pain["evidence"]]}
    return truth | told | {"segments": here(truth["segments"])}


if __name__ == "__main__":
    main()
