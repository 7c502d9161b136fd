"""`journey`: the same doors as the service, from a terminal.

What a command needs is imported when it runs, so that `journey --help` answers at once.
"""

import sys
from enum import StrEnum
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Listen to customers and draw their journey, every claim backed by their words.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,  # answers in less than half the time
)


class Engine(StrEnum):
    """What reads: the local models, or a language model."""

    EMBEDDED = "embedded"
    LLM = "llm"


class Read(StrEnum):
    """Which sentences a language model reads."""

    ALL = "all"
    INFORMATIVE = "informative"


@app.callback()
def _journey() -> None:
    """Keep `draft` a command of its own, whatever others there are."""


Paths = Annotated[
    list[Path],
    typer.Argument(help="Folders and files of customers' voices.", exists=True, metavar="PATH…"),
]
Out = Annotated[Path, typer.Option(help="Where the map goes, as journey-map/1.")]
Html = Annotated[Path | None, typer.Option(help="Also write a page, in one file.")]
Md = Annotated[Path | None, typer.Option(help="Also write Markdown, for wikis.")]
Reads = Annotated[Read, typer.Option(help="What a language model reads: all, or what is worth it.")]
MaxCost = Annotated[
    float | None, typer.Option(help="Spend no more than so many US dollars.", min=0)
]
Yes = Annotated[bool, typer.Option("--yes", help="Spend what was announced unasked.")]
Batched = Annotated[
    bool,
    typer.Option("--batch", help="Ask in batches: half the price at OpenAI, within a day."),
]
Goal = Annotated[str | None, typer.Option(help="The question the map answers.")]
Stages = Annotated[Path | None, typer.Option(help="Your own stages, YAML or JSON.", exists=True)]
Mapping = Annotated[
    Path | None,
    typer.Option(help="What the columns of your tables mean, see docs/mapping.md.", exists=True),
]


@app.command()
def draft(  # noqa: PLR0913 each option of the command is a parameter
    paths: Paths,
    out: Out = Path("map.json"),
    html: Html = None,
    md: Md = None,
    engine: Annotated[Engine, typer.Option(help="What reads.")] = Engine.EMBEDDED,
    read: Reads = Read.INFORMATIVE,
    max_cost: MaxCost = None,
    yes: Yes = False,
    batch: Batched = False,
    goal: Goal = None,
    stages: Stages = None,
    mapping: Mapping = None,
    show: Annotated[bool, typer.Option("--open", help="Show the page in the browser.")] = False,
) -> None:
    """Draw a draft journey map from customers' voices.

    Read again, a folder costs only what is new or changed in it. Ends with 0 unless nothing could
    be read.
    """
    from api.drafting import Wanted, run
    from api.spending import Spending

    spending = Spending(read, max_cost, yes, False, batch) if engine is Engine.LLM else None
    wanted = Wanted(out, html, md, spending, goal, stages, mapping, show)
    raise typer.Exit(run(paths, wanted))


@app.command()
def retry(  # noqa: PLR0913 each option of the command is a parameter
    paths: Paths,
    out: Out = Path("map.json"),
    html: Html = None,
    md: Md = None,
    read: Reads = Read.INFORMATIVE,
    max_cost: MaxCost = None,
    yes: Yes = False,
    batch: Batched = False,
    goal: Goal = None,
    stages: Stages = None,
    mapping: Mapping = None,
) -> None:
    """Read again what a model failed to read, and draw anew.

    What it answered is not asked again, unless the answer could not be used.
    """
    from api.drafting import Wanted, run
    from api.spending import Spending

    spending = Spending(read, max_cost, yes, True, batch)
    raise typer.Exit(run(paths, Wanted(out, html, md, spending, goal, stages, mapping, False)))


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="The address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen at.")] = 8321,
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Do not show it in the browser.")
    ] = False,
    no_worker: Annotated[
        bool, typer.Option("--no-worker", help="Leave the work to journey worker.")
    ] = False,
) -> None:
    """Start the service: the bot on websites, and the API."""
    from api.service.serving import run

    run(host, port, shows=not no_browser, does_work=not no_worker)


@app.command()
def worker() -> None:
    """File conversations, erase and tell webhooks, on its own.

    It does what services leave that were started with --no-worker.
    """
    from api.service.serving import run_worker

    run_worker()


@app.command()
def summarise(  # noqa: PLR0913 each option of the command is a parameter
    paths: Paths,
    out: Annotated[Path, typer.Option(help="Where they go, as summaries/1.")] = Path(
        "summaries.json"
    ),
    md: Annotated[Path, typer.Option(help="Where they go, as Markdown.")] = Path("summaries.md"),
    engine: Annotated[Engine, typer.Option(help="What reads.")] = Engine.EMBEDDED,
    read: Reads = Read.INFORMATIVE,
    max_cost: MaxCost = None,
    yes: Yes = False,
    batch: Batched = False,
    goal: Goal = None,
    stages: Stages = None,
    mapping: Mapping = None,
) -> None:
    """Sum up each interview on a page, and the batch on one.

    Every line cites the sentences it rests on.
    """
    from api.drafting import Wanted, run
    from api.spending import Spending

    spending = Spending(read, max_cost, yes, False, batch) if engine is Engine.LLM else None
    wanted = Wanted(None, None, None, spending, goal, stages, mapping, False, (out, md))
    raise typer.Exit(run(paths, wanted))


@app.command("batch")
def unattended(  # noqa: PLR0913 each option of the command is a parameter
    paths: Annotated[
        list[Path], typer.Argument(help="Folders, each of one study.", metavar="PATH…")
    ],
    out: Annotated[
        Path, typer.Option(help="Where they go, each study's in a folder named like it.")
    ] = Path(),
    engine: Annotated[Engine, typer.Option(help="What reads.")] = Engine.EMBEDDED,
    read: Reads = Read.INFORMATIVE,
    max_cost: Annotated[
        float | None, typer.Option(help="Spend no more US dollars on all of them.", min=0)
    ] = None,
    yes: Yes = False,
    batch: Batched = False,
    goal: Goal = None,
    stages: Stages = None,
    mapping: Mapping = None,
) -> None:
    """Draw maps and summaries of several studies, unattended.

    A study that fails is told at the end, and the others are drawn; then it ends with 1.
    """
    from api.drafting import Wanted
    from api.spending import Spending
    from api.unattended import run

    # A limit is an agreement: up to there it may spend.
    is_agreed = yes or max_cost is not None
    spends = engine is Engine.LLM
    spending = Spending(read, max_cost, is_agreed, False, batch) if spends else None
    raise typer.Exit(
        run(paths, out, Wanted(None, None, None, spending, goal, stages, mapping, False))
    )


@app.command()
def interview(
    questionnaire: Annotated[str, typer.Option(help="The questionnaire's name: nps, onboarding …")],
    lang: Annotated[str, typer.Option(help="The language to begin in.")] = "en",
    asker: Annotated[str, typer.Option(help="Who asks, as the person is told.")] = "Throughline",
    out: Annotated[
        Path | None, typer.Option(help="Keep the transcript, as a file that draft reads.")
    ] = None,
) -> None:
    """Hold an interview in the terminal, as the bot does."""
    from api.interviewing import run

    raise typer.Exit(run(questionnaire, lang, asker, out))


asking = typer.Typer(help="Draft, show and check what an interviewer asks.", no_args_is_help=True)
app.add_typer(asking, name="questionnaire")
Yaml = Annotated[Path, typer.Argument(help="The questionnaire, YAML.", exists=True)]


@asking.command("from-gaps")
def from_gaps(
    map_file: Annotated[Path, typer.Argument(help="A map.json.", exists=True, metavar="MAP")],
    out: Annotated[Path, typer.Option(help="Where it goes, as YAML.")] = Path("from-gaps.yaml"),
) -> None:
    """Draft a questionnaire from what a map does not know."""
    from api import questionnaires

    raise typer.Exit(questionnaires.draft(map_file, out))


@asking.command()
def show(name: Annotated[str, typer.Argument(help="nps, or nps@1.")]) -> None:
    """Print a questionnaire of the package, to start your own from."""
    from api import questionnaires

    raise typer.Exit(questionnaires.show(name))


@asking.command()
def check(file: Yaml) -> None:
    """Tell whether a questionnaire of your own can be asked, and what is wrong if not."""
    from api import questionnaires

    raise typer.Exit(questionnaires.check(file))


@app.command()
def schema() -> None:
    """Print the JSON Schema of the export, journey-map/1."""
    from api.export import journey_map

    sys.stdout.write(journey_map.schema() + "\n")


def _further() -> None:
    """Add the commands that are declared in the entry-point group `throughline.commands`."""
    for declared in entry_points(group="throughline.commands"):
        app.command(declared.name)(declared.load())


_further()
