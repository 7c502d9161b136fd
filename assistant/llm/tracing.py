"""A span for each call, in the words of OpenTelemetry's conventions for generative AI.

Names, counts and costs; never a prompt, a reply or a message of an error, which could hold what a
customer said. Without an SDK that collects them, spans are nothing.

Source: Semantic conventions for generative AI client spans, 1.37.
"""

from collections.abc import Generator
from contextlib import contextmanager
from typing import NamedTuple

from opentelemetry import trace
from opentelemetry.trace import Span, SpanKind, Status, StatusCode

from assistant.llm.endpoint import Endpoint
from assistant.llm.protocol import Kept
from assistant.llm.questions import Question


class Tracer(NamedTuple):
    """Records calls to an endpoint, or nothing."""

    endpoint: Endpoint
    is_on: bool

    @contextmanager
    def call(self, question: Question) -> Generator[Span]:
        """Open the span of a call; what breaks it off is named by its type."""
        if not self.is_on:
            yield trace.INVALID_SPAN
            return
        with trace.get_tracer("throughline").start_as_current_span(
            f"chat {question.model}",
            kind=SpanKind.CLIENT,
            attributes=self._asked(question),
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                yield span
            except BaseException as error:
                span.set_attribute("error.type", type(error).__name__)
                span.set_status(Status(StatusCode.ERROR))
                raise

    def _asked(self, question: Question) -> dict[str, str | int | float]:
        provider = "azure.ai.openai" if self.endpoint.is_azure else "openai"
        asked: dict[str, str | int | float] = {
            "gen_ai.operation.name": "chat",
            "gen_ai.provider.name": provider,
            "gen_ai.output.type": "json",
            "gen_ai.prompt.name": str(question.prompt),
            "gen_ai.request.model": question.model,
            "gen_ai.request.temperature": question.prompt.temperature,
            "gen_ai.request.max_tokens": question.prompt.max_tokens,
            "server.address": self.endpoint.host,
        }
        return asked if question.seed is None else asked | {"gen_ai.request.seed": question.seed}


def answered(span: Span, answer: Kept, model: str) -> None:
    """Record what an answer took, and which model says that it gave it."""
    span.set_attributes(
        {
            "gen_ai.response.model": model,
            "gen_ai.response.finish_reasons": [answer.ending],
            "gen_ai.usage.input_tokens": answer.tokens_in,
            "gen_ai.usage.output_tokens": answer.tokens_out,
            "gen_ai.usage.cache_read.input_tokens": answer.tokens_cached,
        }
    )
    if answer.cost_usd is not None:
        span.set_attribute("throughline.cost_usd", answer.cost_usd)
