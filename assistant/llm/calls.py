"""Make a call: when it is its turn, within the budget, again where it fails, and traced."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from assistant.errors import MalformedReply, UnknownPrice, WrongEndpoint
from assistant.llm import batching, completions, tokens, tracing
from assistant.llm.batching import Batches, Files, Pending
from assistant.llm.budget import Budget
from assistant.llm.dialect import Dialect, Form, messages
from assistant.llm.endpoint import Endpoint, Limits
from assistant.llm.faults import Fault, NotUnderstood
from assistant.llm.limiter import Clock, Limiter
from assistant.llm.prices import FREE, Price, Prices
from assistant.llm.protocol import Ending, Foreseen, Kept
from assistant.llm.questions import Question
from assistant.llm.retrying import persist

if TYPE_CHECKING:
    from assistant.llm.chat import Chat
    from assistant.llm.completions import Said

_WAYS = 8
"""So many ways of putting a question are tried on an endpoint that understands none."""

_READ = 0.35
"""Below this share of our own count, a server has not read all: encodings differ by less."""


class Account(NamedTuple):
    """What calls cost, how much may be spent, and what is left behind of them.

    Attributes:
        asks_anew: Kept answers that did not fit are asked for again.
        is_traced: Each call leaves a span.
        pending: Which batches are under way; None asks each question by itself and at once.
    """

    prices: Prices
    budget: Budget
    asks_anew: bool = False
    is_traced: bool = False
    pending: Pending | None = None


class Line:
    """The line to one model: what it understands, what it costs, how it is reached."""

    def __init__(self, endpoint: Endpoint, model: str, account: Account) -> None:
        """Look up the price.

        Raises:
            UnknownPrice: There is a limit in money, and no price.
        """
        self.dialect = Dialect(is_openai=endpoint.is_openai)
        self.price: Price | None = account.prices.of(model, is_local=endpoint.is_local)
        self.chat: Chat | None = None
        if account.budget.max_cost_usd is not None and self.price is None:
            raise UnknownPrice(
                f"no price is known for {model}: add it to prices.yaml in the home folder, "
                "or leave --max-cost out"
            )

    def reach(self, endpoint: Endpoint, model: str, timeout_s: float) -> Chat:
        """Open the line, once."""
        if self.chat is None:
            from assistant.llm.chat import Chat

            self.chat = Chat(endpoint, model, timeout_s)
        return self.chat


class Caller:
    """Makes the calls to an endpoint."""

    def __init__(self, endpoint: Endpoint, limits: Limits, account: Account, clock: Clock) -> None:
        self._endpoint, self._limits, self._account = endpoint, limits, account
        self._clock = clock
        self._limiter = Limiter(limits, clock)
        self._tracer = tracing.Tracer(endpoint, account.is_traced)
        models = {endpoint.model("careful"), endpoint.model("quick")}
        self._lines = {model: Line(endpoint, model, account) for model in models}
        self._batches = Batches(self._files, account.pending, clock) if account.pending else None

    def dialect(self, model: str) -> Dialect:
        """Tell what is known of how a model is asked."""
        return self._lines[model].dialect

    def foresee(self, question: Question, *, is_cached: bool) -> Foreseen:
        """Tell what a call would take."""
        counted = tokens.count(question.text, question.model)
        price = self._lines[question.model].price
        return Foreseen(
            tokens_in=0 if is_cached else counted.n,
            is_estimate=counted.is_estimate,
            usd_in=price and price.tokens_in,
            usd_out=price and price.tokens_out,
            is_cached=is_cached,
        )

    async def close(self) -> None:
        """Hang up."""
        if self._batches:
            await self._batches.close()
        for line in self._lines.values():
            if line.chat:
                await line.chat.close()
                line.chat = None

    async def answer(
        self, question: Question, form: Form, keep: Callable[[Kept], None]
    ) -> tuple[Kept, Form]:
        """Get an answer, keep it at once, and tell in which form it was asked for.

        Raises:
            ModelError: There is none.
            OverBudget: The call could cost more than the limit leaves.
            WrongEndpoint: No call would succeed.
        """
        estimate = tokens.count(question.text, question.model).n
        price = self._lines[question.model].price or FREE
        most_usd = price.cost_usd(estimate, question.prompt.max_tokens)
        budget = self._account.budget
        await budget.reserve(most_usd)
        try:
            kept = await self._batched(question, form, keep, estimate)
            if kept:
                return kept, form
            return await persist(
                lambda: self._call(question, form, keep, estimate), self._limits, self._clock
            )
        finally:
            await budget.release(most_usd)

    async def _batched(
        self, question: Question, form: Form, keep: Callable[[Kept], None], estimate: int
    ) -> Kept | None:
        """Get an answer in a batch; None where there are none, or it has to be put otherwise."""
        if self._batches is None:
            return None
        line = await self._batches.answer(question, form, self.dialect(question.model))
        kept: Kept | None = None
        if line.status == batching.ANSWERED:
            full = self._kept(question, completions.said(line.body), estimate)
            kept = full._replace(cost_usd=full.cost_usd and full.cost_usd * batching.SHARE)
            keep(kept)
            self._account.budget.record(kept.tokens_in, kept.tokens_out, kept.cost_usd)
        self._batches.kept(question)
        return kept

    def _files(self) -> Files:
        from assistant.llm.batch_files import OpenAiFiles

        return OpenAiFiles(self._endpoint, self._limits.timeout_s)

    async def _call(
        self, question: Question, form: Form, keep: Callable[[Kept], None], estimate: int
    ) -> tuple[Kept, Form]:
        expected = estimate + estimate // 2
        async with self._limiter.turn(expected):
            with self._tracer.call(question) as span:
                said, form = await self._say(question, form)
                kept = self._kept(question, said, estimate)
                keep(kept)
                self._limiter.served()
                tracing.answered(span, kept, said.model)
        self._limiter.settle(expected, kept.tokens_in + kept.tokens_out)
        self._account.budget.record(kept.tokens_in, kept.tokens_out, kept.cost_usd)
        return kept, form

    async def _say(self, question: Question, form: Form) -> tuple[Said, Form]:
        """Put a question in the ways there are, until the endpoint takes one."""
        line, refusal = self._lines[question.model], ""
        chat = line.reach(self._endpoint, question.model, self._limits.timeout_s)
        for _ in range(_WAYS):
            body = line.dialect.body(question, form)
            try:
                return await chat.say(messages(question, form), body), form
            except NotUnderstood as said:
                refusal = f"the endpoint does not take the call: {said}"
                if not line.dialect.refuses(str(said), form, body):
                    break
                form = line.dialect.after(form)
            except Fault as fault:
                if fault.is_limit:
                    self._limiter.refused(fault.retry_after_s or 0)
                raise
        raise MalformedReply(refusal) if line.dialect.is_proven else WrongEndpoint(refusal)

    def _kept(self, question: Question, said: Said, estimate: int) -> Kept:
        """Put down an answer; where the endpoint does not count, with our own counts."""
        tokens_in = said.tokens_in or estimate
        tokens_out = said.tokens_out or tokens.count(said.text, question.model).n
        price = self._lines[question.model].price
        cost_usd = price and price.cost_usd(tokens_in, tokens_out, said.tokens_cached)
        return Kept(
            prompt=str(question.prompt),
            model=question.model,
            text=said.text,
            ending=self._ending(question, said, estimate),
            tokens_in=tokens_in,
            tokens_cached=said.tokens_cached,
            tokens_out=tokens_out,
            cost_usd=cost_usd,
        )

    def _ending(self, question: Question, said: Said, estimate: int) -> Ending:
        """Find out whether the server has read all it was sent: some drop what does not fit.

        A server that counts so little that no encoding explains it has. A question that was asked
        before may be counted without what the server still remembers of it, so it tells nothing.
        """
        counted = said.tokens_in or estimate
        if self._endpoint.is_openai or len(question.turns) > 1 or counted >= _READ * estimate:
            return said.ending
        sent = tokens.count("\n".join((question.system, *question.turns)), question.model).n
        return "unread" if counted < _READ * sent else said.ending
