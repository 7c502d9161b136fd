"""What a language model will cost: said before it is asked, and agreed to."""

import sys
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from pydantic import SecretStr
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeElapsedColumn
from rich.text import Text

from assistant.errors import NotAgreed, WrongEndpoint
from assistant.finding import LlmDesk, Plan, Reads
from assistant.llm import Endpoint, LangChainLlm, Limits, Spent
from assistant.settings import Settings
from assistant.workflows.desks import Engine, cost_usd
from assistant.workflows.study import Study
from ingestion.models import Segment

_CALL_S, _TOKENS_A_SECOND = 1.0, 50
"""What a call takes, usually: so long until the reply begins, and then so fast."""


class Spending(NamedTuple):
    """What a language model may read, and what it may cost.

    Attributes:
        read: "all" or "informative".
        is_agreed: Whether the cost is agreed to without asking.
        retries: Whether what failed before is taken up again.
        is_batched: Whether questions go in batches, at half the price.
    """

    read: str
    max_cost_usd: float | None
    is_agreed: bool
    retries: bool = False
    is_batched: bool = False


def engine(settings: Settings, spending: Spending) -> Engine:
    """Say which model is asked, from the settings.

    Raises:
        WrongEndpoint: The settings do not name an endpoint and a model.
    """
    if not settings.llm_base_url or not settings.llm_model:
        raise WrongEndpoint(
            "--engine llm needs JOURNEY_LLM_BASE_URL and JOURNEY_LLM_MODEL, and for most endpoints "
            "JOURNEY_LLM_API_KEY; the embedded engine needs none"
        )
    return Engine(
        endpoint=Endpoint(
            settings.llm_base_url,
            settings.llm_model,
            settings.llm_quick_model or "",
            revealed(settings.llm_api_key),
        ),
        limits=Limits(
            settings.llm_concurrency,
            settings.llm_requests_per_minute,
            settings.llm_tokens_per_minute,
            settings.llm_timeout_s,
        ),
        reads=Reads(spending.read),
        max_cost_usd=spending.max_cost_usd,
        prices=settings.home / "prices.yaml",
        is_traced=settings.tracing,
        asks_anew=spending.retries,
        is_batched=spending.is_batched,
    )


def revealed(secret: SecretStr | None) -> str | None:
    """Give a secret's text."""
    return secret.get_secret_value() if secret else None


def read_ahead(
    study: Study, unread: Iterable[Segment], spending: Spending, model: Engine, console: Console
) -> None:
    """Say what reading will cost, ask, and have the model read everything that is new.

    Calls are fullest when they are made over all sources together; what is answered here costs
    nothing when the sources are digested.

    Raises:
        NotAgreed: The cost was not agreed to; nothing was sent.
    """
    if not isinstance(study.desk, LlmDesk):
        return
    segments = list(unread)
    plan = study.desk.plan(segments)
    if plan.calls:
        console.print(announced(plan, model, segments), highlight=False)
        _agree(spending, console)
    with _shown(study, plan, console):
        study.desk.prefetch(segments)


def announced(plan: Plan, model: Engine, segments: Sequence[Segment]) -> str:
    """Say what leaves the machine, in how many calls, for how long and how much."""
    documents = len({segment.document_id for segment in segments})
    cost = cost_usd(model, plan)
    money = "at an unknown price" if cost is None else f"about ${cost:.2f}"
    seconds = plan.calls * _CALL_S + plan.tokens_out / _TOKENS_A_SECOND
    minutes = max(1, round(seconds / model.limits.concurrency / 60))
    if model.is_batched:
        time = "half the price, within a day"
    else:
        time = f"{minutes} min where the endpoint is quick"
    return (
        f"{plan.segments:,} of {len(segments):,} new sentences of {documents:,} documents, masked, "
        f"go to {model.endpoint.host} in {plan.calls:,} calls to {model.endpoint.careful}: about "
        f"{plan.tokens_in:,} tokens there and {plan.tokens_out:,} back, {money}, {time}. "
        "Grouping and wording the map come on top."
    )


class _Spend(ProgressColumn):
    """Calls so far, and what they cost."""

    def __init__(self, llm: LangChainLlm, plan: Plan) -> None:
        super().__init__()
        self._llm, self._plan = llm, plan

    def render(self, task: Task) -> Text:  # noqa: ARG002 the spend is no task's
        spent = self._llm.spent
        return Text(f"{spent.calls:,} of about {self._plan.calls:,} calls, {_money(spent)}")


@contextmanager
def _shown(study: Study, plan: Plan, console: Console) -> Generator[None]:
    """Show what is spent while the block runs."""
    if study.model is None or not plan.calls:
        yield
        return
    columns = (TextColumn("{task.description}"), BarColumn(), _Spend(study.model.llm, plan))
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as shown:
        shown.add_task("Asking the model", total=None)
        yield


def tell(steps: Mapping[str, Mapping[str, int]], spent: Spent, console: Console) -> None:
    """Sum up what each step of the model did, and what this run took."""
    for step, counts in steps.items():
        told = ", ".join(f"{n:,} {outcome}" for outcome, n in counts.items())
        console.print(f"Model, {step}: {told}", highlight=False)
    console.print(
        f"Spent: {spent.calls:,} calls, {spent.tokens_in:,} tokens there and "
        f"{spent.tokens_out:,} back, {_money(spent)}",
        highlight=False,
    )


def _money(spent: Spent) -> str:
    unpriced = f" and {spent.unpriced:,} calls at an unknown price" if spent.unpriced else ""
    return f"${spent.cost_usd:.4f}{unpriced}"


def _agree(spending: Spending, console: Console) -> None:
    if spending.is_agreed:
        return
    if not sys.stdin.isatty():
        raise NotAgreed("nobody was there to agree to the cost: add --yes")
    if console.input("Go on? [y/N] ").strip().casefold() not in {"y", "yes"}:
        raise NotAgreed("nothing was sent")
