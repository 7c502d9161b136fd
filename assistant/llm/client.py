"""Ask a language model: from the journal if it was asked before, from the endpoint if not."""

from typing import NamedTuple, Self

from assistant.errors import MalformedReply, ModelRefused
from assistant.llm import prices, questions, replies
from assistant.llm.budget import Budget, Spent
from assistant.llm.calls import Account, Caller
from assistant.llm.dialect import Form
from assistant.llm.endpoint import Endpoint, Limits
from assistant.llm.faults import Unfit
from assistant.llm.limiter import Clock, WallClock
from assistant.llm.protocol import Answer, Foreseen, Journal, Kept, Reply
from assistant.llm.questions import Question
from assistant.llm.sealing import SealedJournal
from assistant.prompts import Prompt


class _Heard(NamedTuple):
    """An answer, and how it was asked for just now; None where it was kept from before."""

    kept: Kept
    form: Form | None


class LangChainLlm:
    """Asks the chat models of an OpenAI-compatible endpoint, through LangChain.

    Belongs to the event loop that it is entered in: `async with LangChainLlm(…) as llm`.
    """

    def __init__(
        self,
        endpoint: Endpoint,
        journal: Journal,
        limits: Limits | None = None,
        account: Account | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Take no more than `limits` and spend no more than `account` allows.

        Raises:
            UnknownPrice: There is a limit in money, and a model has no price.
        """
        self._endpoint = endpoint
        self._journal = SealedJournal(journal)
        self._account = account or Account(prices.load(), Budget())
        self._caller = Caller(endpoint, limits or Limits(), self._account, clock or WallClock())

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._caller.close()

    @property
    def spent(self) -> Spent:
        """What was used so far."""
        return self._account.budget.spent

    async def ask(self, prompt: Prompt, reply: type[Reply], /, **inputs: str) -> Answer[Reply]:
        """Fill in the prompt, ask the model that it wants, and check the answer.

        Raises:
            ModelUnavailable: No answer, after every attempt; ask again another day.
            MalformedReply: Twice not a `reply`, or one too long for its limit: ask for less.
            ModelRefused: The model will not answer this.
            OverBudget: The call could cost more than the limit leaves; it was not made.
            WrongEndpoint: No call to this endpoint would succeed.
        """
        question = self._question(prompt, reply, inputs)
        dialect = self._caller.dialect(question.model)
        first = await self._hear(question, reply, dialect.form)
        try:
            return _answer(self._read(first, reply), first)
        except Unfit as unfit:
            mending = question.again(first.kept.text, str(unfit))
        second = await self._hear(mending, reply, dialect.mending_form())
        try:
            return _answer(self._read(second, reply), first, second)
        except Unfit as unfit:
            raise MalformedReply(f"{prompt}: {unfit}") from unfit

    def foresee(self, prompt: Prompt, reply: type[Reply], /, **inputs: str) -> Foreseen:
        """Tell what asking this would take, without asking."""
        question = self._question(prompt, reply, inputs)
        return self._caller.foresee(question, is_cached=self._journal.find(question) is not None)

    def _question(self, prompt: Prompt, reply: type[Reply], inputs: dict[str, str]) -> Question:
        system, user = prompt.render(**inputs)
        return Question(
            prompt=prompt,
            model=self._endpoint.model(prompt.model),
            seed=self._endpoint.seed,
            system=system,
            turns=(user,),
            name=reply.__name__,
            schema=questions.schema(reply),
        )

    async def _hear(self, question: Question, reply: type[Reply], form: Form) -> _Heard:
        kept = self._journal.find(question)
        if kept and not (self._account.asks_anew and not _is_fit(kept, reply)):
            return _Heard(kept, None)
        return _Heard(
            *await self._caller.answer(
                question, form, lambda answer: self._journal.keep(question, answer)
            )
        )

    def _read(self, heard: _Heard, reply: type[Reply]) -> Reply:
        """Check an answer, and learn from it how its model is asked."""
        kept, form = heard
        if kept.ending == "refused":
            raise ModelRefused(f"{kept.model} will not answer {kept.prompt}")
        if kept.ending == "unread":
            raise MalformedReply(
                f"{kept.prompt}: the server read {kept.tokens_in} tokens and dropped the rest: "
                "give it a larger context"
            )
        dialect = self._caller.dialect(kept.model)
        try:
            value = replies.read(kept.text, reply)
        except Unfit:
            if kept.ending == "cut":
                raise MalformedReply(f"{kept.prompt}: the reply is longer than its limit") from None
            if form:
                dialect.misfits(form)
            raise
        if form:
            dialect.fits(form)
        return value


def _is_fit(kept: Kept, reply: type[Reply]) -> bool:
    try:
        replies.read(kept.text, reply)
    except Unfit:
        return False
    return kept.ending != "unread"


def _answer(value: Reply, *heard: _Heard) -> Answer[Reply]:
    """Put an answer together with what all its calls took."""
    costs = [each.kept.cost_usd for each in heard]
    known = [cost for cost in costs if cost is not None]
    return Answer(
        value=value,
        model=heard[0].kept.model,
        tokens_in=sum(each.kept.tokens_in for each in heard),
        tokens_out=sum(each.kept.tokens_out for each in heard),
        cost_usd=sum(known) if len(known) == len(costs) else None,
        is_cached=all(each.form is None for each in heard),
    )
