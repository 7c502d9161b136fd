"""Open the desk at which a study is read: local models, and a language model where one is asked."""

from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from assistant import prompts
from assistant.asking import LoopThread
from assistant.checking import Checker
from assistant.finding import Finder, LlmDesk, Plan, Reads
from assistant.finding import Models as Asked
from assistant.llm import Account, Budget, Endpoint, LangChainLlm, Limits, batching, prices
from assistant.reading import Desk, Models, Pool
from assistant.store.answers import StoredAnswers
from assistant.store.batches import StoredBatches
from assistant.store.notes import StoredNotes

_PROMPTS = ("find_evidence", "check_support", "group_themes", "place_left_over", "draw_map")
"""What a map is read and worded with."""


class Engine(NamedTuple):
    """The language model that reads, and how much it may.

    Attributes:
        max_cost_usd: A call that could go over it is not made; None sets no limit.
        prices: The user's prices, which go before the shipped ones; it need not exist.
        asks_anew: Kept answers that did not fit are asked for again.
        is_batched: Questions go in batches, at half the price, and are answered within a day.
    """

    endpoint: Endpoint
    limits: Limits
    reads: Reads
    max_cost_usd: float | None
    prices: Path
    is_traced: bool = False
    asks_anew: bool = False
    is_batched: bool = False


class Model(NamedTuple):
    """A language model, and the loop in which it is asked."""

    llm: LangChainLlm
    loop: LoopThread
    endpoint: Endpoint

    def described(self, more: Sequence[str] = ()) -> dict[str, str]:
        """Say which models and which words for them a map comes from, or what `more` makes."""
        asked = [prompts.load(name) for name in (*_PROMPTS, *more)]
        seed = self.endpoint.seed
        return {
            "model": self.endpoint.model("careful"),
            "quick_model": self.endpoint.model("quick"),
            "prompts": " ".join(map(str, asked)),
            "temperature": " ".join(sorted({f"{prompt.temperature:g}" for prompt in asked})),
            "seed": "none" if seed is None else str(seed),
        }


class Opened(NamedTuple):
    """Where a study is read, and the language model that words its map, where one is asked."""

    desk: Desk
    model: Model | None


@contextmanager
def opened(models: Models, workers: int, engine: Engine | None, database: str) -> Generator[Opened]:
    """Open the desk; answers that are paid for are kept beside `database`."""
    with Pool(models, workers) as pool:
        if engine is None:
            yield Opened(pool, None)
            return
        with LoopThread() as loop:
            model = Model(loop.run(_entered(engine, database)), loop, engine.endpoint)
            try:
                yield Opened(_desk(pool, model, engine, database), model)
            finally:
                loop.run(model.llm.__aexit__())


async def _entered(engine: Engine, database: str) -> LangChainLlm:
    table = prices.load(engine.prices)
    pending = StoredBatches.beside(database) if engine.is_batched else None
    budget = Budget(engine.max_cost_usd)
    account = Account(table, budget, engine.asks_anew, engine.is_traced, pending)
    answers = StoredAnswers.beside(database)
    return await LangChainLlm(engine.endpoint, answers, engine.limits, account).__aenter__()


def _desk(pool: Pool, model: Model, engine: Engine, database: str) -> LlmDesk:
    notes = StoredNotes.beside(database)
    careful, quick = engine.endpoint.model("careful"), engine.endpoint.model("quick")
    asked = Asked(Finder(model.llm, notes, careful), Checker(model.llm, notes, quick))
    return LlmDesk(pool, asked, model.loop, engine.reads)


def cost_usd(engine: Engine, plan: Plan) -> float | None:
    """Give what a plan would cost, None where the model has no price."""
    endpoint = engine.endpoint
    price = prices.load(engine.prices).of(endpoint.careful, is_local=endpoint.is_local)
    share = batching.SHARE if engine.is_batched else 1.0
    return share * price.cost_usd(plan.tokens_in, plan.tokens_out) if price else None
