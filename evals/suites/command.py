"""`journey eval`: how well the product reads, on suites or on a team's labelled sentences."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from evals.suites.catalogue import Run

_SHOWN = 10

Names = Annotated[
    list[str],
    typer.Argument(
        help="slices, patients, apps, polarity, emotions, clusters, stability; or a JSONL file.",
        metavar="SUITE…",
    ),
]
Data = Annotated[Path, typer.Option(help="The folder in which the public sets lie.")]
Out = Annotated[Path | None, typer.Option(help="A folder for the figures, as JSON.")]
Against = Annotated[
    Path | None,
    typer.Option(
        help="An earlier file of figures, or a folder of them: what changed?", exists=True
    ),
]


def evaluate(
    suites: Names, data: Data = Path("../shared"), out: Out = None, against: Against = None
) -> None:
    """Measure how well sentences are read, on suites or yours."""
    from evals.suites import reports
    from evals.suites.catalogue import Missing, run
    from evals.suites.labelled import Unreadable

    for name in suites:
        try:
            found = run(name, data)
        except (Missing, Unreadable) as problem:
            sys.stderr.write(f"{problem}\n")
            raise typer.Exit(2) from problem
        _say([f"\n{found.report.suite}, read by {found.report.reader}\n"])
        _say(reports.lines(found.report))
        if against:
            _say(_changed(found, against))
        if out:
            reports.save(found.report, out / f"{found.report.suite}.json")


def _changed(found: "Run", against: Path) -> Iterator[str]:
    """Tell how each figure moved, and name the samples that changed sides."""
    from evals.suites import reports

    path = against / f"{found.report.suite}.json" if against.is_dir() else against
    if not path.exists():
        yield f"\n{path} is not there: nothing to compare with"
        return
    for change in reports.changes(reports.load(path), found.report):
        other = "" if change.is_same else " (a slice, or other samples)"
        yield f"\n{change.name}: {change.before:.3f} → {change.now:.3f}{other}"
        for word, samples in (("mended", change.mended), ("broken", change.broken)):
            yield from (f"  {word} {id}: {found.texts.get(id, '')}" for id in samples[:_SHOWN])
            if len(samples) > _SHOWN:
                yield f"  … and {len(samples) - _SHOWN} more {word}"


def _say(lines: "Iterator[str] | list[str]") -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
