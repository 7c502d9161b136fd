"""What a language model will cost: said before it is asked, and agreed to."""

import sys
from collections.abc import Iterable
from typing import NamedTuple

from pydantic import SecretStr
from rich.console import Console

from assistant.errors import NotAgreed, WrongEndpoint
from assistant.finding import LlmDesk, Plan, Reads
from assistant.llm import Endpoint, Limits
from assistant.settings import Settings
from assistant.workflows.desks import Engine, cost_usd
from assistant.workflows.study import Study
from ingestion.models import Segment


class Spending(NamedTuple):
    """What a language model may read, and what it may cost.

    Attributes:
        read: "all" or "informative".
        is_agreed: Whether the cost is agreed to without asking.
    """

    read: str
    max_cost_usd: float | None
    is_agreed: bool


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
        console.print(announced(plan, model, len(segments)), highlight=False)
        _agree(spending, console)
    study.desk.prefetch(segments)


def announced(plan: Plan, model: Engine, n_segments: int) -> str:
    """Say what leaves the machine, in how many calls, and for how much."""
    cost = cost_usd(model, plan)
    money = "at an unknown price" if cost is None else f"about ${cost:.2f}"
    return (
        f"{plan.segments:,} of {n_segments:,} new sentences, masked, go to {model.endpoint.host} "
        f"in {plan.calls:,} calls to {model.endpoint.careful}: about {plan.tokens_in:,} tokens "
        f"there and {plan.tokens_out:,} back, {money}; checking what is found costs a third more."
    )


def _agree(spending: Spending, console: Console) -> None:
    if spending.is_agreed:
        return
    if not sys.stdin.isatty():
        raise NotAgreed("nobody was there to agree to the cost: add --yes")
    if console.input("Go on? [y/N] ").strip().casefold() not in {"y", "yes"}:
        raise NotAgreed("nothing was sent")
