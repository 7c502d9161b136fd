"""`journey draft`: from folders to the files of a map, with progress and a summary."""

import datetime
import webbrowser
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TextIO

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from api import telling
from api.export import html, journey_map, markdown, summaries
from api.export.study import facts
from api.spending import Spending, engine, read_ahead, revealed, tell
from assistant.errors import AssistantError, NothingRead
from assistant.journey import stages
from assistant.llm import Spent
from assistant.models import Draft
from assistant.reading import Models
from assistant.settings import Settings
from assistant.store.session import Connection
from assistant.workflows import drawing, study, summarising, update
from assistant.workflows.drawing import Brief, Drawn
from assistant.workflows.study import Place, Study
from ingestion import mapping
from ingestion.errors import IngestionError
from ingestion.models import Recognition, Source

_QUOTES = 40
"""Quotes of a theme that the page shows; all of them are in the JSON."""
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


class Made(NamedTuple):
    """What a study came to.

    Attributes:
        documents: How many the study holds.
        new: Those of them that it did not hold before.
        spent: On a language model; None where none was asked.
    """

    draft: Draft
    recognitions: tuple[Recognition, ...]
    documents: int
    new: int
    spent: Spent | None


class Failure(NamedTuple):
    """Why there is no map: what happened, what that means, and the exit code for it."""

    what: str
    why: str
    code: int


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
    except KeyboardInterrupt:
        console.print("Stopped. What was read and answered is kept: draft again to go on.")
        return BROKE_OFF
    except (AssistantError, IngestionError, BrokenExecutor) as error:
        what, why, code = explained(error)
        console.print(f"[bold]{what}[/bold] {escape(why)}", highlight=False)
        return code


def explained(error: Exception) -> Failure:
    """Say why a study could not be drawn, and what to do."""
    match error:
        case NothingRead():
            return Failure("Nothing could be read.", str(error), NOTHING_READ)
        case BrokenExecutor():
            why = (
                "The sources before it are kept: draft again to go on. With JOURNEY_WORKERS=0 it "
                "reads in this process and shows what happens."
            )
            return Failure("A reading process ended.", why, BROKE_OFF)
        case _:
            return Failure(f"{type(error).__name__}:", str(error), MISUSED)


@contextmanager
def _progress(console: Console) -> Generator[_Bar]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    detail = TextColumn("{task.fields[detail]}")
    shown = Progress(
        *columns,
        detail,
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with shown:
        yield _Bar(shown)


def _run(paths: Sequence[Path], wanted: Wanted, console: Console) -> int:
    made = draw(paths, wanted, console)
    files = (wanted.out, wanted.html, wanted.md, *(wanted.summaries or ()))
    telling.tell(console, made.draft, made.recognitions, filter(None, files))
    if made.spent:
        tell(made.draft.steps, made.spent, console)
    if wanted.show and wanted.html:
        webbrowser.open(wanted.html.resolve().as_uri())
    return 0


def draw(
    paths: Sequence[Path],
    wanted: Wanted,
    console: Console,
    hear: Callable[[Spent], None] = lambda _: None,
) -> Made:
    """Read what is new, draw the map and write what is wanted.

    Args:
        paths: The folders and files of one study.
        wanted: What to write, and how to read.
        console: Shows how it goes on, and asks what a language model may cost.
        hear: Told what a language model took, also where the study fails.

    Raises:
        NothingRead: Not one file could be read.
    """
    brief = Brief(wanted.goal, stages.load(wanted.stages) if wanted.stages else ())
    followed = mapping.load(wanted.mapping) if wanted.mapping else None
    place = _place(Settings(), wanted.spending)
    with study.opened(paths, place) as opened, _accounted(opened, hear):
        if wanted.spending and wanted.spending.retries:
            _tell_reopened(update.reopen(opened), console)
        if wanted.spending and place.engine:
            unread = update.unread(opened, paths, followed)
            read_ahead(opened, unread, wanted.spending, place.engine, console)
        with _progress(console) as bar:
            before = _documents(opened)
            updated = update.update(opened, paths, followed, bar)
            drawn = drawing.draw_map(opened, brief, updated, bar.step)
            recognitions = _write(opened, drawn, wanted, bar)
            if wanted.summaries:
                _sum_up(opened, drawn, wanted.summaries, bar)
        now, spent = _documents(opened), opened.model and opened.model.llm.spent
    _refuse_nothing(drawn.draft)
    return Made(drawn.draft, recognitions, len(now), len(now - before), spent)


@contextmanager
def _accounted(study: Study, hear: Callable[[Spent], None]) -> Generator[None]:
    try:
        yield
    finally:
        if study.model:
            hear(study.model.llm.spent)


def _documents(study: Study) -> set[str]:
    with study.engine.connect() as connection:
        return {voice.id for voice in drawing.voices(connection, study.id)}


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


def _tell_reopened(n: int, console: Console) -> None:
    said = f"{n:,} files are read again." if n else "No sentence had failed."
    console.print(said, highlight=False)
