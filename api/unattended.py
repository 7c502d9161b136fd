"""`journey batch`: several studies, one after the other, with nobody there to ask."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from api.drafting import BROKE_OFF, MISUSED, Made, Wanted, draw, explained
from api.spending import tell
from assistant.errors import NotAgreed, NothingRead
from assistant.llm import Spent
from ingestion.models import State

FAILED = 1


class _Told(NamedTuple):
    """How a study ended: with what it came to, or with the reason why it did not."""

    name: str
    made: Made | None
    reason: str

    @property
    def line(self) -> str:
        if self.made is None:
            return f"{self.name}: failed. {self.reason}"
        documents, new, themes = _counts(self.made)
        return f"{self.name}: {documents:,} documents, {new:,} new, {themes:,} themes"


class _Purse:
    """What all studies together may cost, and have cost."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self.spent: Spent | None = None

    def wanted(self) -> Wanted:
        """Give what is wanted, with what is left of the limit."""
        spending = self._wanted.spending
        if spending is None or spending.max_cost_usd is None:
            return self._wanted
        left = max(0.0, spending.max_cost_usd - (self.spent or Spent()).cost_usd)
        return self._wanted._replace(spending=spending._replace(max_cost_usd=left))

    def take(self, spent: Spent) -> None:
        """Hear what a study took."""
        before = self.spent or Spent()
        self.spent = Spent._make(then + now for then, now in zip(before, spent, strict=True))


def run(paths: Sequence[Path], out: Path, wanted: Wanted) -> int:
    """Draw each study into a folder of its name below `out`, and go on after one that fails.

    Args:
        paths: The folder of each study.
        out: Where the folders of what is drawn are made.
        wanted: How every study is read; where it goes is said by `out`.

    Returns:
        The exit code: 0; 1 where a study failed; 2 where an option cannot be followed; 3 where it
        was stopped.
    """
    console = Console(stderr=True, soft_wrap=True)
    if misuse := _misuse(paths, wanted):
        console.print(misuse, markup=False, highlight=False)
        return MISUSED
    ended, purse = list[_Told](), _Purse(wanted)
    try:
        for told in _each(paths, out, purse, console):
            ended.append(told)
            line = f"{len(ended)}/{len(paths)} {told.line}"
            console.print(line, markup=False, highlight=False)
    except KeyboardInterrupt:
        console.print("Stopped. What was read is kept: the same command goes on.")
        return BROKE_OFF
    finally:
        _tell(ended, console)
        if purse.spent:
            tell({}, purse.spent, console)
    return FAILED if any(told.made is None for told in ended) else 0


def _misuse(paths: Sequence[Path], wanted: Wanted) -> str | None:
    """Tell why nothing is begun, None where it can be."""
    if wanted.spending and not wanted.spending.is_agreed:
        return f"{NotAgreed.__name__}: nobody is asked here: add --max-cost or --yes"
    names = Counter(map(_name, paths))
    if twice := [name for name, n in names.items() if n > 1]:
        return f"More than one study is called {', '.join(twice)}: draw them into different --out"
    return None


def _name(path: Path) -> str:
    return path.resolve().name


def _each(paths: Sequence[Path], out: Path, purse: _Purse, console: Console) -> Iterator[_Told]:
    for path in paths:
        place = out / _name(path)
        files = purse.wanted()._replace(
            out=place / "map.json",
            html=place / "map.html",
            md=place / "map.md",
            summaries=(place / "summaries.json", place / "summaries.md"),
        )
        try:
            made = _draw(path, files, console, purse)
        except Exception as error:  # whatever happens to a study, the others are drawn
            what, why, _ = explained(error)
            yield _Told(_name(path), None, f"{what} {why}")
        else:
            yield _Told(_name(path), made, _partly(made))


def _draw(path: Path, wanted: Wanted, console: Console, purse: _Purse) -> Made:
    if not path.is_dir():
        raise NothingRead("There is no such folder.")
    return draw([path], wanted, console, purse.take)


def _partly(made: Made) -> str:
    """Say what of a study could not be read; nothing where all of it was."""
    failed = [refusal for refusal in made.draft.refusals if refusal.state is State.FAILED]
    if not failed:
        return ""
    more = f" … and {len(failed) - 1:,} more" if len(failed) > 1 else ""
    return f"In part: {failed[0].where}: {failed[0].reason}{more}"


def _tell(ended: Sequence[_Told], console: Console) -> None:
    table = Table("Study", "Documents", "New", "Themes", "Failed", box=None, header_style="dim")
    for name, made, reason in ended:
        counts = [f"{n:,}" for n in _counts(made)] if made else ["-"] * 3
        table.add_row(escape(name), *counts, escape(reason) or "-")
    if ended:
        console.print(table)


def _counts(made: Made) -> tuple[int, int, int]:
    return made.documents, made.new, len(made.draft.themes)
