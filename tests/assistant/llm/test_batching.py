"""Questions in batches: half the price, and what was sent before a kill is waited for."""

import asyncio
from collections.abc import Callable

import pytest

from assistant.errors import ModelUnavailable, WrongEndpoint
from assistant.llm import Account, Answer, Budget, LangChainLlm, prices
from tests.assistant.llm.builders import (
    FOUND,
    PAIN,
    Finding,
    FixedClock,
    Notebook,
    endpoint,
    llm,
    prompt,
)
from tests.assistant.llm.server import Body, Response, Server, fails, said, serving


class Underway:
    """Keeps in memory which batch a question went with."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def batch_of(self, key: str) -> str | None:
        """Name the batch."""
        return self.kept.get(key)

    def keep(self, batch: str, keys: list[str]) -> None:
        """Keep it."""
        self.kept |= dict.fromkeys(keys, batch)

    def done(self, key: str) -> None:
        """Forget it."""
        self.kept.pop(key, None)


class PatientClock(FixedClock):
    """Lets others go on while it waits."""

    async def sleep(self, seconds: float) -> None:
        """Let the time pass at once, after everyone else."""
        await super().sleep(seconds)
        await asyncio.sleep(0.01)


def batching(server: Server, underway: Underway, notebook: Notebook | None = None) -> LangChainLlm:
    account = Account(prices.load(), Budget(), pending=underway)
    return llm(server, notebook, account=account, clock=PatientClock())


def ask(door: LangChainLlm, *texts: str) -> list[Answer[Finding]]:
    async def asked() -> list[Answer[Finding]]:
        async with door:
            return await asyncio.gather(*(door.ask(prompt(), Finding, said=it) for it in texts))

    return asyncio.run(asked())


def always(response: Response) -> Callable[[Body], Response]:
    return lambda _body: response


def test_questions_go_together_at_half_the_price() -> None:
    with serving(always(said(PAIN))) as server:
        batched = ask(batching(server, Underway()), "one", "two", "three")
        (alone,) = ask(llm(server), "four")

    assert [answer.value for answer in batched] == [FOUND] * 3
    assert len(server.batches) == 1
    assert alone.cost_usd
    assert batched[0].cost_usd == pytest.approx(alone.cost_usd / 2)


def test_what_was_sent_before_a_kill_is_waited_for_and_not_sent_again() -> None:
    underway = Underway()

    async def killed(door: LangChainLlm) -> None:
        async with door, asyncio.timeout(0.5):
            await door.ask(prompt(), Finding, said="one")

    with serving(always(said(PAIN))) as server:
        server.batch_state = "in_progress"
        with pytest.raises(TimeoutError):
            asyncio.run(killed(batching(server, underway)))
        sent = len(server.batches)
        server.batch_state = "completed"
        (answer,) = ask(batching(server, underway), "one")

    assert (sent, len(server.batches)) == (1, 1)
    assert answer.value == FOUND
    assert underway.kept == {}


def test_an_answer_from_a_batch_is_kept() -> None:
    notebook = Notebook()
    with serving(always(said(PAIN))) as server:
        ask(batching(server, Underway(), notebook), "one")
        (again,) = ask(batching(server, Underway(), notebook), "one")

    assert again.is_cached
    assert len(server.batches) == 1


def test_a_question_that_the_batch_does_not_take_is_put_by_itself() -> None:
    def script(body: Body) -> Response:
        return fails(400, "temperature") if body["path"] == "batch" else said(PAIN)

    with serving(script) as server:
        (answer,) = ask(batching(server, Underway()), "one")

    assert answer.value == FOUND
    assert server.calls[-1]["path"].endswith("/chat/completions")


@pytest.mark.parametrize("state", ["failed", "expired", "cancelled"])
def test_a_batch_that_comes_to_nothing_is_a_model_that_does_not_answer(state: str) -> None:
    underway = Underway()
    with serving(always(said(PAIN))) as server:
        server.batch_state = state
        with pytest.raises(ModelUnavailable, match=state):
            ask(batching(server, underway), "one")

    assert underway.kept == {}


def test_an_endpoint_without_batches_is_named() -> None:
    with serving(always(said(PAIN))) as server:
        account = Account(prices.load(), Budget(), pending=Underway())
        elsewhere = endpoint(server)._replace(base_url=f"{server.url}/other")
        door = LangChainLlm(elsewhere, Notebook(), account=account, clock=PatientClock())
        with pytest.raises(WrongEndpoint, match="leave --batch out"):
            ask(door, "one")
