"""Through LangChain, to an endpoint on this machine: what is asked, kept, retried, refused."""

import asyncio
from email.utils import formatdate
from time import time

import pytest

from assistant.errors import (
    AssistantError,
    MalformedReply,
    ModelRefused,
    ModelUnavailable,
    OverBudget,
    UnknownPrice,
    WrongEndpoint,
)
from assistant.llm import Account, Answer, Budget, Foreseen, LangChainLlm, Limits, prices
from assistant.llm.endpoint import Endpoint
from assistant.llm.limiter import WallClock
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
from tests.assistant.llm.server import Body, Response, called, fails, form, said, serving


def ask(door: LangChainLlm, *sentences: str) -> list[Answer[Finding]]:
    async def run() -> list[Answer[Finding]]:
        async with door:
            return [await door.ask(prompt(), Finding, said=each) for each in sentences]

    return asyncio.run(run())


def together(door: LangChainLlm, n: int) -> list[Answer[Finding] | BaseException]:
    async def run() -> list[Answer[Finding] | BaseException]:
        async with door:
            asked = [door.ask(prompt(), Finding, said=f"I waited {k} days.") for k in range(n)]
            return await asyncio.gather(*asked, return_exceptions=True)

    return asyncio.run(run())


def test_gives_a_typed_reply_and_what_it_took() -> None:
    with serving([said(PAIN)]) as server:
        (answer,) = ask(llm(server), "I waited.")

    cost = (600 * 2.5 + 400 * 1.25 + 50 * 10) / 1e6
    assert answer.cost_usd == pytest.approx(cost)
    assert answer == Answer(FOUND, "gpt-4o", 1000, 50, answer.cost_usd, is_cached=False)


def test_asks_by_schema_at_the_prompts_temperature_with_a_seed_and_a_limit() -> None:
    with serving([said(PAIN)]) as server:
        ask(llm(server), "I waited.")

    (call,) = server.calls
    assert call["messages"][0] == {"role": "system", "content": "Find."}
    assert call["messages"][1] == {"role": "user", "content": "<said>I waited.</said>"}
    assert (call["temperature"], call["seed"], call["max_tokens"]) == (0.0, 7, 8000)
    assert call["response_format"]["json_schema"]["strict"] is True
    assert call["path"] == "/v1/chat/completions"


@pytest.mark.parametrize(
    ("knows", "answer"),
    [
        pytest.param("tool", called(PAIN), id="a tool call"),
        pytest.param("words", said(f"Sure:\n```json\n{PAIN}\n```"), id="plain words"),
    ],
)
def test_learns_once_which_form_the_endpoint_knows(knows: str, answer: Response) -> None:
    def script(body: Body) -> Response:
        return answer if form(body) == knows else fails(400, "response_format: unknown")

    with serving(script) as server:
        answers = ask(llm(server), "One.", "Two.", "Three.")

    assert [each.value for each in answers] == [FOUND] * 3
    assert [form(call) for call in server.calls[-3:]] == [knows] * 3
    assert len(server.calls) == 3 + ["schema", "tool", "words"].index(knows)


def test_tells_in_words_what_the_reply_must_look_like() -> None:
    def script(body: Body) -> Response:
        return said(PAIN) if form(body) == "words" else fails(400, "unknown field")

    with serving(script) as server:
        ask(llm(server), "One.")

    assert '"enum":["pain","delight"]' in server.calls[-1]["messages"][0]["content"]


def test_finds_out_that_an_endpoint_passes_over_the_schema() -> None:
    def script(body: Body) -> Response:
        return called(PAIN) if form(body) == "tool" else said("It is a pain.")

    with serving(script) as server:
        answers = ask(llm(server), "One.", "Two.")

    assert [each.value for each in answers] == [FOUND] * 2
    assert [form(call) for call in server.calls] == ["schema", "tool", "tool"]


@pytest.mark.parametrize(
    ("refused", "said_of_it"),
    [
        ("temperature", "Unsupported value: 'temperature' does not support 0"),
        ("seed", "Unrecognized request argument supplied: seed"),
        ("max_tokens", "'max_tokens' is not supported: use 'max_completion_tokens'"),
    ],
)
def test_does_without_a_parameter_that_the_endpoint_does_not_take(
    refused: str, said_of_it: str
) -> None:
    def script(body: Body) -> Response:
        return fails(400, said_of_it) if refused in body else said(PAIN)

    with serving(script) as server:
        ask(llm(server), "One.", "Two.")

    assert [refused in call for call in server.calls] == [True, False, False]
    assert [form(call) for call in server.calls] == ["schema"] * 3


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param('{"kind": "pain", "cou', id="cut in the middle"),
        pytest.param('{"kind": "bliss", "count": 3}', id="a value that is not offered"),
        pytest.param('{"kind": "pain"}', id="a field missing"),
        pytest.param("", id="empty"),
    ],
)
def test_asks_once_more_with_the_error(bad: str) -> None:
    with serving([said(PAIN), said(bad), said(PAIN)]) as server:
        _, answer = ask(llm(server), "One.", "Two.")

    roles = [message["role"] for message in server.calls[2]["messages"]]
    assert answer.value == FOUND
    assert (answer.tokens_in, answer.tokens_out) == (2000, 100)
    assert roles == ["system", "user", "assistant", "user"]
    assert "cannot be used" in server.calls[2]["messages"][3]["content"]


def test_gives_up_a_reply_that_is_malformed_twice() -> None:
    replies = [said(PAIN), said("{"), said('{"kind": "secret words", "count": 1}')]

    with serving(replies) as server, pytest.raises(MalformedReply) as refusal:
        ask(llm(server), "One.", "Two.")

    assert "kind" in str(refusal.value)
    assert "secret" not in str(refusal.value)


@pytest.mark.parametrize(
    ("response", "error"),
    [
        pytest.param(said(None, refusal="I cannot."), ModelRefused, id="a refusal"),
        pytest.param(said("", "content_filter"), ModelRefused, id="filtered on the way out"),
        pytest.param(fails(400, "no", "content_filter"), ModelRefused, id="filtered on the way in"),
        pytest.param(said('{"kind": "pa', "length"), MalformedReply, id="cut at the limit"),
        pytest.param(fails(400, "no", "context_length_exceeded"), MalformedReply, id="too long"),
        pytest.param(fails(413), MalformedReply, id="too large"),
        pytest.param(fails(401), WrongEndpoint, id="wrong key"),
        pytest.param(fails(404), WrongEndpoint, id="wrong model"),
        pytest.param(fails(429, "no", "insufficient_quota"), WrongEndpoint, id="nothing paid in"),
    ],
)
def test_says_at_once_what_no_second_call_would_mend(
    response: Response, error: type[AssistantError]
) -> None:
    with serving([response]) as server, pytest.raises(error):
        ask(llm(server), "One.")

    assert len(server.calls) == 1


def test_says_of_an_endpoint_that_takes_no_call_that_it_is_the_wrong_one() -> None:
    with serving(lambda _: fails(400, "what?")) as server, pytest.raises(WrongEndpoint):
        ask(llm(server), "One.")

    assert [form(call) for call in server.calls] == ["schema", "tool", "words"]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(fails(500), id="500"),
        pytest.param(fails(503), id="503"),
        pytest.param(said(PAIN)._replace(drops=True), id="dropped half way"),
        pytest.param(Response(body={"detail": "starting"}), id="not a completion"),
    ],
)
def test_calls_again_after_a_fault_later_and_later(fault: Response) -> None:
    clock = FixedClock()

    with serving([said(PAIN), *[fault] * 3, said(PAIN)]) as server:
        _, answer = ask(llm(server, clock=clock), "One.", "Two.")

    assert answer.value == FOUND
    assert len(clock.waits) == 3
    assert all(0 <= wait <= 0.5 * 2**at for at, wait in enumerate(clock.waits))


@pytest.mark.parametrize(
    "late",
    [
        pytest.param(said(PAIN)._replace(after_s=1.2), id="silent"),
        pytest.param(said(PAIN)._replace(trickles_s=0.15), id="a word at a time"),
    ],
)
def test_gives_up_an_answer_that_takes_too_long(late: Response) -> None:
    with serving([said(PAIN), late]) as server, pytest.raises(ModelUnavailable, match=r"0\.8 s"):
        ask(llm(server, limits=Limits(timeout_s=0.8, attempts=1)), "One.", "Two.")


def test_gives_up_an_endpoint_that_keeps_failing() -> None:
    with (
        serving(lambda _: fails(500)) as server,
        pytest.raises(ModelUnavailable, match="3 attempts"),
    ):
        ask(llm(server, limits=Limits(attempts=3)), "One.")

    assert len(server.calls) == 3


def test_gives_up_an_endpoint_that_is_not_there() -> None:
    with serving([]) as server:
        door = llm(server, limits=Limits(attempts=2))

    with pytest.raises(ModelUnavailable, match="connection"):
        ask(door, "One.")


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"retry_after": "7"}, 7), ({"retry_after_ms": "1500"}, 1.5), ({}, 0)],
)
def test_comes_back_when_the_endpoint_says(headers: dict[str, str], seconds: float) -> None:
    clock = FixedClock()

    with serving([fails(429, **headers), said(PAIN)]) as server:
        ask(llm(server, clock=clock), "One.")

    assert seconds <= sum(clock.waits) <= seconds + 0.5


def test_comes_back_on_a_date() -> None:
    clock = FixedClock()

    with serving([fails(429, retry_after=formatdate(time() + 9)), said(PAIN)]) as server:
        ask(llm(server, clock=clock), "One.")

    assert 5 <= sum(clock.waits) <= 9.5


def test_waits_longer_for_a_limit_than_for_a_fault() -> None:
    with serving([*[fails(429, retry_after="2")] * 9, said(PAIN)]) as server:
        (answer,) = ask(llm(server, limits=Limits(attempts=2)), "One.")

    assert answer.value == FOUND


def test_does_not_wait_for_ever() -> None:
    with serving([fails(429, retry_after="900")]) as server, pytest.raises(ModelUnavailable):
        ask(llm(server, limits=Limits(patience_s=600)), "One.")


def test_asks_nothing_twice() -> None:
    notebook = Notebook()

    with serving([said(PAIN), said('{"kind":'), said(PAIN)]) as server:
        ask(llm(server, notebook), "One.", "Two.")
        again = ask(llm(server, notebook), "One.", "Two.")

    assert len(server.calls) == 3
    assert [(each.value, each.is_cached) for each in again] == [(FOUND, True)] * 2
    assert [each.tokens_in for each in again] == [1000, 2000]


def test_keeps_a_refusal_too() -> None:
    notebook = Notebook()

    with serving([said(None, refusal="I cannot.")]) as server:
        for _ in range(2):
            with pytest.raises(ModelRefused):
                ask(llm(server, notebook), "One.")

    assert len(server.calls) == 1


def test_asks_anew_for_what_did_not_fit_when_told_to() -> None:
    notebook = Notebook()
    anew = Account(prices.load(), Budget(), asks_anew=True)

    with serving([said(PAIN), said("{"), said("{"), said(PAIN)]) as server:
        with pytest.raises(MalformedReply):
            ask(llm(server, notebook), "One.", "Two.")
        answers = ask(llm(server, notebook, account=anew), "One.", "Two.")

    assert [each.is_cached for each in answers] == [True, False]


def test_asks_anew_what_is_not_the_same() -> None:
    async def run(door: LangChainLlm, version: int, sentence: str) -> Answer[Finding]:
        async with door:
            return await door.ask(prompt(version), Finding, said=sentence)

    notebook = Notebook()
    with serving(lambda _: said(PAIN)) as server:
        first, other_version, other_words, same = (
            asyncio.run(run(llm(server, notebook), version, sentence))
            for version, sentence in [(1, "One."), (2, "One."), (1, "Two."), (1, "One.")]
        )

    assert not (first.is_cached)
    assert not (other_version.is_cached)
    assert not (other_words.is_cached)
    assert same.is_cached


def test_asks_another_model_anew() -> None:
    notebook = Notebook()

    with serving(lambda _: said(PAIN)) as server:
        for model in ("gpt-4o", "gpt-4o-mini", "gpt-4o"):
            ask(LangChainLlm(endpoint(server, careful=model), notebook), "One.")

    assert [call["model"] for call in server.calls] == ["gpt-4o", "gpt-4o-mini"]


def test_asks_the_model_that_fills_the_prompts_role() -> None:
    async def run(door: LangChainLlm) -> None:
        async with door:
            await door.ask(prompt(model="quick"), Finding, said="One.")

    with serving(lambda _: said(PAIN)) as server:
        asyncio.run(run(LangChainLlm(endpoint(server, quick="small"), Notebook())))

    assert server.calls[0]["model"] == "small"


def test_what_is_kept_cannot_be_read_without_the_question() -> None:
    notebook = Notebook()

    with serving([said(PAIN)]) as server:
        ask(llm(server, notebook), "One.")

    assert "pain" not in str(notebook.kept)


def test_has_no_more_calls_under_way_than_allowed() -> None:
    with serving(lambda _: said(PAIN)._replace(after_s=0.05)) as server:
        answers = together(llm(server, limits=Limits(concurrency=3)), 9)

    assert len(answers) == 9
    assert server.most_under_way == 3


def test_sends_nobody_while_everyone_is_turned_away() -> None:
    responses = [*[fails(429, retry_after="0.5")] * 4, *[said(PAIN)] * 6]

    with serving(responses) as server:
        together(llm(server, limits=Limits(concurrency=1), clock=WallClock()), 6)

    assert len(server.calls) == 10
    assert server.times[4] - server.times[3] > 0.4


def test_sends_others_while_one_is_turned_away() -> None:
    refused = {f"<said>I waited {k} days.</said>" for k in (0, 2, 4, 6)}

    def script(body: Body) -> Response:
        words = body["messages"][1]["content"]
        if words not in refused:
            return said(PAIN)
        refused.remove(words)
        return fails(429, retry_after="2")

    with serving(script) as server:
        together(llm(server, limits=Limits(concurrency=1), clock=WallClock()), 8)

    assert server.times[7] - server.times[0] < 1.7


def test_goes_by_the_tokens_that_the_endpoint_counted() -> None:
    clock = FixedClock()

    with serving(lambda _: said(PAIN)) as server:
        ask(llm(server, limits=Limits(tokens_per_minute=600), clock=clock), "One.", "Two.")

    assert 90 < sum(clock.waits) < 120


def test_makes_no_call_that_could_pass_the_limit_in_money() -> None:
    def account() -> Account:
        return Account(prices.load(), Budget(max_cost_usd=0.10))

    with serving(lambda _: said(PAIN)._replace(after_s=0.01)) as server:
        outcomes = together(llm(server, account=account()), 40)

    answered = [each for each in outcomes if isinstance(each, Answer)]
    spent = sum(each.cost_usd or 0 for each in answered)
    assert len(server.calls) == len(answered) < 40
    assert 0.10 - 0.082 < spent <= 0.10
    assert {type(each) for each in outcomes} == {Answer, OverBudget}


def test_a_limit_in_money_needs_a_price() -> None:
    account = Account(prices.load(), Budget(max_cost_usd=1))

    with pytest.raises(UnknownPrice, match=r"prices\.yaml"):
        LangChainLlm(Endpoint("https://llm.example", "house-model"), Notebook(), None, account)
    LangChainLlm(Endpoint("http://localhost:11434", "house-model"), Notebook(), None, account)


def test_counts_for_an_endpoint_that_does_not() -> None:
    silent = said(PAIN)
    assert silent.body
    del silent.body["usage"]

    with serving([silent]) as server:
        (answer,) = ask(llm(server), "I waited for three weeks.")

    assert 20 < answer.tokens_in < 100
    assert 8 < answer.tokens_out < 20


def test_notices_a_server_that_drops_what_does_not_fit_its_context() -> None:
    with (
        serving([said(PAIN)]) as server,
        pytest.raises(MalformedReply, match="read 1000 tokens"),
    ):
        ask(llm(server), "I waited for three weeks. " * 1000)


def test_does_not_mind_a_server_that_does_not_count_the_schema() -> None:
    brief = said(PAIN)
    assert brief.body
    brief.body["usage"] |= {"prompt_tokens": 12, "prompt_tokens_details": None}

    with serving([brief]) as server:
        (answer,) = ask(llm(server), "I waited.")

    assert answer.tokens_in == 12


def test_foresees_what_asking_takes() -> None:
    with serving([said(PAIN)]) as server:
        door = llm(server)
        before = door.foresee(prompt(), Finding, said="I waited.")
        ask(door, "I waited.")
        after = door.foresee(prompt(), Finding, said="I waited.")

    assert before == Foreseen(before.tokens_in, before.is_estimate, 2.5, 10.0, is_cached=False)
    assert 40 < before.tokens_in < 90
    assert (after.tokens_in, after.is_cached) == (0, True)


def test_adds_up_what_is_spent() -> None:
    with serving([said(PAIN), said("{"), said(PAIN)]) as server:
        door = llm(server)
        ask(door, "One.", "Two.")

    assert door.spent[:3] == (3, 3000, 150)
    assert door.spent.cost_usd == pytest.approx(3 * 0.0025)


def test_sends_the_key() -> None:
    with serving([said(PAIN)]) as server:
        ask(LangChainLlm(endpoint(server, api_key="k"), Notebook()), "One.")

    assert server.headers[0]["authorization"] == "Bearer k"
