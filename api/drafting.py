"""`journey draft`: from folders to the files of a map, with progress and a summary."""

import datetime
import webbrowser
from collections import Counter
from collections.abc import Generator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from api.export import html, journey_map, markdown, summaries
from api.export.study import facts
from api.spending import Spending, engine, read_ahead, revealed, tell
from assistant.errors import AssistantError, NothingRead
from assistant.journey import stages
from assistant.models import Draft
from assistant.reading import Models
from assistant.settings import Settings
from assistant.store.session import Connection
from assistant.workflows import drawing, study, summarising, update
from assistant.workflows.drawing import Brief, Drawn
from assistant.workflows.study import Place, Study
from ingestion import mapping
from ingestion.errors import IngestionError
from ingestion.models import Recognition, Source, State

_QUOTES = 40
"""Quotes of a theme that the page shows; all of them are in the JSON."""
_REFUSALS = 12
NOTHING_READ, MISUSED, BROKE_OFF = 1, 2, 3


class Wanted(NamedTuple):
    """What was asked for on the command line.

    Attributes:
        out: Where the map goes; None where only summaries are wanted.
        spending: What a language model may read and cost; None reads with the local models.
        summaries: Where summaries go, as JSON and as Markdown; None where none are wanted.
    """

    out: Path | None
    html: Path | None
    md: Path | None
    spending: Spending | None
    goal: str | None
    stages: Path | None
    mapping: Path | None
    show: bool
    summaries: tuple[Path, Path] | None = None


class _Bar:
    """Progress in the terminal: which file is read, and how much was read."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._files = progress.add_task("Loading the models", total=None, detail="")
        self._read = 0

    def begin(self, source: Source, at: int, of: int) -> None:
        self._progress.update(
            self._files, completed=at, total=of, description=f"Reading {source.id}"
        )

    def read(self, n: int) -> None:
        self._read += n
        self._progress.update(self._files, detail=f"{self._read:,} sentences and events")

    def step(self, name: str) -> None:
        self._progress.update(self._files, description=name, completed=1, total=1)


def run(paths: Sequence[Path], wanted: Wanted) -> int:
    """Draw the map and write its files.

    Returns:
        The exit code: 0; 1 where nothing could be read; 2 where an option cannot be followed; 3
        where reading broke off.
    """
    console = Console(stderr=True, soft_wrap=True)
    try:
        return _run(paths, wanted, console)
    except NothingRead as error:
        console.print(f"[bold]Nothing could be read.[/bold] {error}", highlight=False)
        return NOTHING_READ
    except KeyboardInterrupt:
        console.print("Stopped. What was read and answered is kept: draft again to go on.")
        return BROKE_OFF
    except BrokenExecutor:
        console.print(
            "[bold]A reading process ended.[/bold] The sources before it are kept: draft again to "
            "go on. With JOURNEY_WORKERS=0 it reads in this process and shows what happens.",
            highlight=False,
        )
        return BROKE_OFF
    except (AssistantError, IngestionError) as error:
        console.print(f"[bold]{type(error).__name__}[/bold]: {error}", highlight=False)
        return MISUSED


@contextmanager
def _progress(console: Console) -> Generator[_Bar]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    detail = TextColumn("{task.fields[detail]}")
    with Progress(*columns, detail, TimeElapsedColumn(), console=console, transient=True) as shown:
        yield _Bar(shown)


def _run(paths: Sequence[Path], wanted: Wanted, console: Console) -> int:
    brief = Brief(wanted.goal, stages.load(wanted.stages) if wanted.stages else ())
    followed = mapping.load(wanted.mapping) if wanted.mapping else None
    place = _place(Settings(), wanted.spending)
    with study.opened(paths, place) as opened:
        if wanted.spending and wanted.spending.retries:
            _tell_reopened(update.reopen(opened), console)
        if wanted.spending and place.engine:
            unread = update.unread(opened, paths, followed)
            read_ahead(opened, unread, wanted.spending, place.engine, console)
        with _progress(console) as bar:
            updated = update.update(opened, paths, followed, bar)
            drawn = drawing.draw_map(opened, brief, updated, bar.step)
            recognitions = _write(opened, drawn, wanted, bar)
            if wanted.summaries:
                _sum_up(opened, drawn, wanted.summaries, bar)
        spent = opened.model and opened.model.llm.spent
    _refuse_nothing(drawn.draft)
    _tell(console, drawn.draft, recognitions, wanted)
    if spent:
        tell(drawn.draft.steps, spent, console)
    if wanted.show and wanted.html:
        webbrowser.open(wanted.html.resolve().as_uri())
    return 0


def _refuse_nothing(draft: Draft) -> None:
    if not draft.ledger.get("files", {}).get("used"):
        reasons = "; ".join(f"{refusal.where}: {refusal.reason}" for refusal in draft.refusals)
        raise NothingRead(reasons or "There is no file under these paths.")


def _place(settings: Settings, spending: Spending | None) -> Place:
    key = revealed(settings.llm_api_key)
    return Place(
        home=settings.home,
        database=settings.database,
        chroma_url=settings.chroma_url,
        models=Models(settings.embedding_model, settings.llm_base_url, key),
        workers=settings.workers,
        originals_key=revealed(settings.originals_key),
        engine=engine(settings, spending) if spending else None,
    )


def _write(study: Study, drawn: Drawn, wanted: Wanted, bar: _Bar) -> tuple[Recognition, ...]:
    """Write the files that were asked for, and tell what each source was taken for."""
    bar.step("Writing")
    with study.engine.connect() as connection:
        voices = drawing.voices(connection, study.id)
        if wanted.out:
            with _opened(wanted.out) as file:
                evidence = drawing.cited(connection, study.id, drawn)
                journey_map.write(file, drawn.draft, voices, evidence)
        if wanted.html or wanted.md:
            _write_pages(connection, study.id, drawn, wanted)
        return drawing.recognised(connection, study.id)


def _sum_up(study: Study, drawn: Drawn, files: tuple[Path, Path], bar: _Bar) -> None:
    made = summarising.summarise(study, drawn, bar.step)
    with _opened(files[0]) as file:
        file.write(made.model_dump_json(indent=1, by_alias=True) + "\n")
    with _opened(files[1]) as file:
        file.write(summaries.write(made))


def _write_pages(connection: Connection, study: str, drawn: Drawn, wanted: Wanted) -> None:
    quotes = drawing.quoted(connection, study, drawn, _QUOTES)
    named = {quote.document for quote in quotes.values()}
    known = {voice.id: voice for voice in drawing.voices(connection, study) if voice.id in named}
    if wanted.html:
        today = datetime.datetime.now(datetime.UTC).date()
        counted = facts(drawing.voices(connection, study), today)
        with _opened(wanted.html) as file:
            file.write(html.write(drawn.draft, quotes, known, facts=counted))
    if wanted.md:
        with _opened(wanted.md) as file:
            file.write(markdown.write(drawn.draft, quotes, known))


def _opened(path: Path) -> TextIO:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("w", encoding="utf-8")


def _tell(
    console: Console, draft: Draft, recognitions: Sequence[Recognition], wanted: Wanted
) -> None:
    """Sum up: what was recognised, what went in and how it ended, and what the map holds."""
    _tell_recognised(console, recognitions)
    _tell_ledger(console, draft)
    kinds = Counter(theme.kind for theme in draft.themes)
    console.print(
        f"{kinds['pain']} pains, {kinds['delight']} delights, {kinds['opportunity']} wishes, "
        f"{len(draft.contradictions)} contradictions, {len(draft.gaps)} gaps",
        highlight=False,
    )
    for path in (wanted.out, wanted.html, wanted.md, *(wanted.summaries or ())):
        if path:
            console.print(f"[bold]{path}[/bold]", highlight=False)


def _tell_recognised(console: Console, recognitions: Sequence[Recognition]) -> None:
    table = Table("File", "Read as", "Columns", box=None, header_style="dim")
    for found in recognitions[:_REFUSALS]:
        columns = ", ".join(f"{name} = {field}" for name, field in found.columns.items())
        table.add_row(found.source_id, f"{found.format}, {found.kind}", columns or found.note)
    console.print(table)
    if len(recognitions) > _REFUSALS:
        console.print(f"… and {len(recognitions) - _REFUSALS} more files", highlight=False)


def _tell_ledger(console: Console, draft: Draft) -> None:
    table = Table("Ledger", "in", *State, box=None, header_style="dim")
    for level, states in draft.ledger.items():
        table.add_row(level, *(f"{states.get(state, 0):,}" for state in ("in", *State)))
    console.print(table)
    if draft.masked:
        masked = ", ".join(f"{n} {name}" for name, n in sorted(draft.masked.items()))
        console.print(f"Masked: {masked}", highlight=False)
    failed = [refusal for refusal in draft.refusals if refusal.state is State.FAILED]
    for refusal in failed[:_REFUSALS]:
        console.print(f"[bold]Failed[/bold] {refusal.where}: {refusal.reason}", highlight=False)
    if draft.is_partial:
        console.print(f"This map is partial: {_remedy(draft)}.", highlight=False)


def _remedy(draft: Draft) -> str:
    if draft.ledger.get("segments", {}).get(State.FAILED):
        return "journey retry reads what failed again, and pays for no answer twice"
    return "mend what failed and draft again"


def _tell_reopened(n: int, console: Console) -> None:
    said = f"{n:,} files are read again." if n else "No sentence had failed."
    console.print(said, highlight=False)
