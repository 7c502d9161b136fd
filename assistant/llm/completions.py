"""What a model said, and how it is read out of a chat completion as it came."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from assistant.llm.protocol import Ending

_Json = dict[str, Any]


class Said(NamedTuple):
    """What a model said, and what the endpoint counted."""

    text: str
    ending: Ending
    model: str
    tokens_in: int
    tokens_cached: int
    tokens_out: int


def said(completion: Mapping[str, Any]) -> Said:
    """Read the first choice of a completion."""
    choice: _Json = completion["choices"][0]
    usage: _Json = completion.get("usage") or {}
    message: _Json = choice["message"]
    called: list[_Json] = message.get("tool_calls") or [{"function": {"arguments": ""}}]
    details: _Json = usage.get("prompt_tokens_details") or {}
    return Said(
        text=message.get("content") or called[0]["function"]["arguments"],
        ending=_ending(choice["finish_reason"], message.get("refusal")),
        model=str(completion.get("model")),
        tokens_in=usage.get("prompt_tokens", 0),
        tokens_cached=details.get("cached_tokens") or 0,
        tokens_out=usage.get("completion_tokens", 0),
    )


def _ending(finish_reason: str, refusal: str | None) -> Ending:
    if refusal or finish_reason == "content_filter":
        return "refused"
    return "cut" if finish_reason == "length" else "whole"
