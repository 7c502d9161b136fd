"""Questions in batches: half the price, and what was sent before a kill is waited for."""

import asyncio
from collections.abc import Callable
from itertools import repeat

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


async def killed(door: LangChainLlm) -> None:
    """Ask, and be cut off while the provider has not answered."""
    async with door, asyncio.timeout(0.5):
        await door.ask(prompt(), Finding, said="one")


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


def test_a_kill_between_the_sending_of_a_batch_and_the_note_of_it_pays_once() -> None:
    underway = Underway()
    with serving(always(said(PAIN))) as server:
        server.after_batch = lambda: Response(answers_after_s=2)
        with pytest.raises(TimeoutError):
            asyncio.run(killed(batching(server, underway)))
        noted = set(underway.kept.values())
        server.after_batch = lambda: None
        answers = ask(batching(server, underway), "one", "two")

    assert [batch.metadata["throughline"] for batch in server.batches[:1]] == list(noted)
    assert [len(batch.lines) for batch in server.batches] == [1, 1]
    assert [answer.value for answer in answers] == [FOUND] * 2
    assert underway.kept == {}


def test_a_kill_before_a_batch_arrived_sends_it_once() -> None:
    underway = Underway()
    with serving(always(said(PAIN))) as server:
        server.before_batch = lambda: Response(answers_after_s=2)
        with pytest.raises(TimeoutError):
            asyncio.run(killed(batching(server, underway)))
        server.before_batch = lambda: None
        (answer,) = ask(batching(server, underway), "one")

    assert answer.value == FOUND
    assert len(server.batches) == 1


@pytest.mark.parametrize("moment", ["before_batch", "after_batch"])
def test_a_batch_whose_arrival_is_in_doubt_is_looked_for_before_it_is_sent_again(
    moment: str,
) -> None:
    failures = iter([fails(500), fails(503)])
    with serving(always(said(PAIN))) as server:
        setattr(server, moment, lambda: next(failures, None))
        (answer,) = ask(batching(server, Underway()), "one")

    assert answer.value == FOUND
    assert len(server.batches) == 1


def test_an_outage_while_a_batch_is_under_way_is_waited_out() -> None:
    underway = Underway()
    with serving(always(said(PAIN))) as server:
        server.outage = iter([fails(500)] * 12)
        (answer,) = ask(batching(server, underway), "one")

    assert answer.value == FOUND
    assert len(server.batches) == 1


def test_a_batch_is_not_forgotten_where_nobody_says_how_it_does() -> None:
    underway = Underway()
    with serving(always(said(PAIN))) as server:
        server.outage = repeat(fails(500))
        with pytest.raises(ModelUnavailable):
            ask(batching(server, underway), "one")
        server.outage = iter(())
        (answer,) = ask(batching(server, underway), "one")

    assert answer.value == FOUND
    assert len(server.batches) == 1


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
