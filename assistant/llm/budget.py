"""Keep what is spent under a limit, what is under way included."""

import asyncio
from typing import NamedTuple

from assistant.errors import OverBudget


class Spent(NamedTuple):
    """What was used so far.

    Attributes:
        calls: That were answered, by the endpoint; what was kept from before is not among them.
        unpriced: Those of `calls` whose model has no known price: they are not in `cost_usd`.
    """

    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    cost_usd: float = 0.0
    unpriced: int = 0


class Budget:
    """The account of a run.

    A call reserves the most it can cost, and settles what it did cost. Where the rest is too
    little for it, it waits for those under way, which most often cost less than they reserved.
    """

    def __init__(self, max_cost_usd: float | None = None) -> None:
        self.max_cost_usd = max_cost_usd
        self.spent = Spent()
        self._reserved: list[float] = []
        self._settled = asyncio.Condition()

    async def reserve(self, usd: float) -> None:
        """Set aside the most that a call can cost.

        Raises:
            OverBudget: It could cost more than is left when nothing is under way any more.
        """
        async with self._settled:
            while not self._allows(usd):
                if not self._reserved:
                    raise OverBudget(self._refusal(usd))
                await self._settled.wait()
            self._reserved.append(usd)

    async def release(self, usd: float) -> None:
        """Give back what a call had set aside; what it cost is recorded by `record`."""
        async with self._settled:
            self._reserved.remove(usd)
            self._settled.notify_all()

    def record(self, tokens_in: int, tokens_out: int, cost_usd: float | None) -> None:
        """Add an answered call."""
        calls, all_in, all_out, cost, unpriced = self.spent
        self.spent = Spent(
            calls + 1,
            all_in + tokens_in,
            all_out + tokens_out,
            cost + (cost_usd or 0.0),
            unpriced + (cost_usd is None),
        )

    def _allows(self, usd: float) -> bool:
        wanted = self.spent.cost_usd + sum(self._reserved) + usd
        return self.max_cost_usd is None or wanted <= self.max_cost_usd

    def _refusal(self, usd: float) -> str:
        return (
            f"${self.spent.cost_usd:.4f} of ${self.max_cost_usd:.4f} is spent, and the next call "
            f"can cost ${usd:.4f}: raise --max-cost to go on from here"
        )
