"""Spans: names, counts and costs, and not a word of anybody."""

import asyncio
import json
import logging
from contextlib import suppress

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from assistant.errors import AssistantError
from assistant.llm import Account, Budget, Limits, prices
from tests.assistant.llm.builders import PAIN, Finding, llm, prompt
from tests.assistant.llm.server import Response, fails, said, serving

SPOKEN = "Xanthippe was charged twice"


@pytest.fixture(scope="module")
def exporter() -> InMemorySpanExporter:
    collected = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(collected))
    trace.set_tracer_provider(provider)
    return collected


def spans(
    exporter: InMemorySpanExporter, responses: list[Response], *, is_traced: bool = True
) -> tuple[ReadableSpan, ...]:
    exporter.clear()
    account = Account(prices.load(), Budget(), is_traced=is_traced)

    async def run() -> None:
        async with door:
            await door.ask(prompt(), Finding, said=SPOKEN)

    with serving(responses) as server:
        door = llm(server, limits=Limits(attempts=2), account=account)
        with suppress(AssistantError):
            asyncio.run(run())
    return exporter.get_finished_spans()


def test_a_call_is_a_span_with_tokens_and_cost(exporter: InMemorySpanExporter) -> None:
    (span,) = spans(exporter, [said(PAIN)])

    assert span.name == "chat gpt-4o"
    assert (
        dict(span.attributes or {}).items()
        >= {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": "openai",
            "gen_ai.prompt.name": "find@1",
            "gen_ai.request.model": "gpt-4o",
            "gen_ai.response.model": "served",
            "gen_ai.usage.input_tokens": 1000,
            "gen_ai.usage.cache_read.input_tokens": 400,
            "gen_ai.usage.output_tokens": 50,
            "throughline.cost_usd": 0.0025,
        }.items()
    )


def test_each_attempt_is_a_span_that_names_its_error(exporter: InMemorySpanExporter) -> None:
    failed, answered = spans(exporter, [fails(500, SPOKEN), said(PAIN)])

    assert (failed.attributes or {})["error.type"] == "Fault"
    assert not failed.status.is_ok
    assert "error.type" not in (answered.attributes or {})


@pytest.mark.parametrize(
    "responses",
    [
        pytest.param([said(PAIN)], id="answered"),
        pytest.param([said(SPOKEN), said(SPOKEN)], id="malformed"),
        pytest.param([fails(500, SPOKEN)] * 2, id="failed"),
        pytest.param([fails(401, SPOKEN)], id="refused"),
    ],
)
def test_no_word_stands_in_a_span_or_a_log(
    exporter: InMemorySpanExporter, caplog: pytest.LogCaptureFixture, responses: list[Response]
) -> None:
    with caplog.at_level(logging.INFO):
        recorded = spans(exporter, responses)

    written = json.dumps([json.loads(span.to_json()) for span in recorded])
    assert recorded
    assert "Xanthippe" not in written + caplog.text


def test_no_span_is_left_unless_asked_for(exporter: InMemorySpanExporter) -> None:
    assert spans(exporter, [said(PAIN)], is_traced=False) == ()
