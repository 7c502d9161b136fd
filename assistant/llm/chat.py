"""Talk to a chat model through LangChain. Only this module imports LangChain and its clients.

It is loaded when the first call is made: LangChain takes seconds to load.
"""

import asyncio
import json
import logging
import os
from email.utils import parsedate_to_datetime
from time import time
from typing import Any

# What customers said goes to the endpoint alone: LangSmith is off, by each of the names that turn
# it on, of which the newest does not win.
os.environ |= {
    f"{maker}_{name}": "false"
    for maker in ("LANGSMITH", "LANGCHAIN")
    for name in ("TRACING", "TRACING_V2")
}

import openai
from langchain_core.messages import AIMessage
from langchain_openai import ChatOpenAI
from pydantic import SecretStr

from assistant.errors import MalformedReply, ModelRefused, WrongEndpoint
from assistant.llm.completions import Said
from assistant.llm.endpoint import Endpoint
from assistant.llm.faults import Fault, NotUnderstood
from assistant.llm.protocol import Ending

_log = logging.getLogger("openai")
_log.setLevel(max(_log.level, logging.INFO))  # below it, prompts are logged whole
_SAID = 300
_TOO_LONG = ("context_length", "context length", "context size", "too long", "exceeds the context")
_FILTERED = ("content_filter", "content management policy", "responsibleai")
_NOT_TAKEN = {400, 422, 501}


class Chat:
    """One model at an endpoint. Belongs to the event loop that it is made in."""

    def __init__(self, endpoint: Endpoint, model: str, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._client = openai.DefaultAsyncHttpxClient(timeout=timeout_s)
        key = endpoint.api_key or "none"
        self._model = ChatOpenAI(
            model=model,
            base_url=endpoint.url,
            api_key=SecretStr(key),
            default_headers={"api-key": key} if endpoint.is_azure else None,
            timeout=timeout_s,
            max_retries=0,
            use_responses_api=False,
            disable_streaming=True,
            cache=False,
            http_async_client=self._client,
        )

    async def say(self, messages: list[tuple[str, str]], body: dict[str, Any]) -> Said:
        """Make one call.

        The form of the reply goes in `extra_body`: as an argument, LangChain would read the reply
        itself, and lose what a reply that was cut has cost.

        Raises:
            Fault: No answer; the next call may have one.
            NotUnderstood: The endpoint does not take such a call.
            MalformedReply: What was asked is too long for the model.
            ModelRefused: A filter stands before the model.
            WrongEndpoint: No call would succeed.
        """
        try:
            async with asyncio.timeout(self._timeout_s):
                answer = await self._model.ainvoke(messages, extra_body=body)
        except TimeoutError as error:
            raise Fault(f"no answer within {self._timeout_s:g} s") from error
        except openai.APIError as error:
            raise _translated(error) from error
        except (KeyError, TypeError, ValueError) as error:
            raise Fault("an answer that is not a chat completion") from error
        return _said(answer)

    async def close(self) -> None:
        """Hang up."""
        await self._client.aclose()


def _said(answer: AIMessage) -> Said:
    about: dict[str, Any] = answer.response_metadata
    usage = answer.usage_metadata
    cached = usage.get("input_token_details", {}).get("cache_read", 0) if usage else 0
    return Said(
        text=_text(answer),
        ending=_ending(answer, str(about.get("finish_reason"))),
        model=str(about.get("model_name")),
        tokens_in=usage["input_tokens"] if usage else 0,
        tokens_cached=cached or 0,
        tokens_out=usage["output_tokens"] if usage else 0,
    )


def _text(answer: AIMessage) -> str:
    """The tool's arguments where a tool was called, as the model wrote them if they are broken."""
    for call in answer.tool_calls:
        return json.dumps(call["args"], ensure_ascii=False)
    for broken in answer.invalid_tool_calls:
        return broken["args"] or ""
    return answer.text


def _ending(answer: AIMessage, finish_reason: str) -> Ending:
    if answer.additional_kwargs.get("refusal") or finish_reason == "content_filter":
        return "refused"
    return "cut" if finish_reason == "length" else "whole"


def _translated(error: openai.APIError) -> Exception:
    if isinstance(error, openai.APITimeoutError):
        return Fault("no answer in time")
    if not isinstance(error, openai.APIStatusError):
        return Fault(f"the connection failed: {_short(error)}")
    status = error.status_code
    if status == 429 and error.code != "insufficient_quota":
        return Fault(f"too many calls: {_short(error)}", _retry_after_s(error), is_limit=True)
    if status in {401, 402, 403, 404, 429}:
        return WrongEndpoint(f"the endpoint says {status}: {_short(error)}")
    if status in _NOT_TAKEN or status == 413:
        return _not_taken(error)
    return Fault(f"the endpoint says {status}", _retry_after_s(error))


def _not_taken(error: openai.APIStatusError) -> Exception:
    said = f"{error.code} {error.message}".lower()
    if error.status_code == 413 or any(sign in said for sign in _TOO_LONG):
        return MalformedReply("too long for the model's context")
    if any(sign in said for sign in _FILTERED):
        return ModelRefused("the endpoint's filter does not let it pass")
    return NotUnderstood(_short(error))


def _short(error: openai.APIError) -> str:
    return " ".join(error.message.split())[:_SAID]


def _retry_after_s(error: openai.APIStatusError) -> float | None:
    """Read when to come back: milliseconds, seconds, or a date.

    Source: RFC 9110, section 10.2.3; `retry-after-ms` is Azure's.
    """
    headers = error.response.headers
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        return max(0.0, float(headers["retry-after"]))
    except KeyError:
        return None
    except ValueError:
        return _until(headers["retry-after"])


def _until(date: str) -> float | None:
    try:
        return max(0.0, parsedate_to_datetime(date).timestamp() - time())
    except ValueError:
        return None
