"""What a suite measured, kept in a file, and what changed from one such file to the next."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from evals.suites.measures import Figure, Question, figure, sliced
from ingestion.models import Record, digest

BASELINES = Path(__file__).parents[1] / "baselines"


class Report(Record):
    """The figures of a suite, and by question the samples that were judged wrongly.

    Attributes:
        reader: The version that was measured.
        samples: What was asked of which samples, as a fingerprint by question: only where these
            are the same can two reports be compared sample by sample.
    """

    suite: str
    reader: str
    figures: tuple[Figure, ...]
    samples: dict[str, str]
    wrong: dict[str, tuple[str, ...]]


class Change(NamedTuple):
    """How a question fares against an earlier report, and which samples changed sides.

    Attributes:
        mended: Wrong before, right now.
        broken: Right before, wrong now.
        is_same: Whether the same samples were asked both times.
    """

    name: str
    before: float
    now: float
    mended: tuple[str, ...]
    broken: tuple[str, ...]
    is_same: bool


def report(suite: str, reader: str, questions: Sequence[Question]) -> Report:
    """Measure each question, whole and slice by slice."""
    every = [one for question in questions for one in (question, *sliced(question))]
    return Report(
        suite=suite,
        reader=reader,
        figures=tuple(figure(one) for one in every),
        samples={one.name: digest(*one.samples) for one in questions},
        wrong={one.name: wrong for one in questions if (wrong := one.wrong())},
    )


def save(reported: Report, path: Path) -> None:
    """Write a report, a figure a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(reported.model_dump_json(indent=1) + "\n", encoding="utf-8")


def load(path: Path) -> Report:
    """Read a report that `save` wrote."""
    return Report.model_validate_json(path.read_text(encoding="utf-8"))


def changes(before: Report, now: Report) -> Iterator[Change]:
    """Compare what both reports measured, in the order of the later one."""
    known = {figure.name: figure for figure in before.figures}
    for one in now.figures:
        if one.name in known:
            same = one.name in now.samples and (
                before.samples.get(one.name) == now.samples[one.name]
            )
            mended, broken = _sides(before.wrong, now.wrong, one.name) if same else ((), ())
            yield Change(one.name, known[one.name].value, one.value, mended, broken, same)


def _sides(
    before: Mapping[str, tuple[str, ...]], now: Mapping[str, tuple[str, ...]], name: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    was, is_now = before.get(name, ()), now.get(name, ())
    mended = tuple(sample for sample in was if sample not in set(is_now))
    return mended, tuple(sample for sample in is_now if sample not in set(was))


def lines(reported: Report) -> Iterator[str]:
    """Give a report as a Markdown table."""
    yield "| figure | measure | samples | value | 95 % between | simple rule |"
    yield "|---|---|--:|--:|--:|---|"
    for one in reported.figures:
        beside = "" if one.beside is None else f"{one.beside:.3f} ({one.rule})"
        between = f"{one.low:.3f} … {one.high:.3f}"
        told = f"{one.name} | {one.measure} | {one.n} | {one.value:.3f} | {between} | {beside}"
        yield f"| {told.rstrip()} |"
