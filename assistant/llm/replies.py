"""Read a typed reply out of what a model wrote."""

import json
import re
from collections.abc import Iterator

from pydantic import ValidationError

from assistant.llm.faults import Unfit
from assistant.llm.protocol import Reply

_DECODER = json.JSONDecoder()
_OBJECT = re.compile(r'\{\s*["}]')
_ERRORS = 5


def read(text: str, reply: type[Reply]) -> Reply:
    """Find the JSON object in a text and check it.

    Models think aloud before it, put it in a code fence, or add a remark: none of that loses a
    word of the reply, so it is let pass.

    Raises:
        Unfit: There is none, or it does not fit.
    """
    said = text.rpartition("</think>")[2]
    unfit: ValidationError | None = None
    for found in _objects(said):
        try:
            return reply.model_validate_json(found)
        except ValidationError as error:
            unfit = unfit or error
    raise Unfit(_reasons(unfit) if unfit else "it is not a whole JSON object") from unfit


def _objects(text: str) -> Iterator[str]:
    """Give the outermost JSON objects of a text, in their order.

    One that breaks off ends the search: what stands in it is a part, and not the reply.
    """
    end = 0
    while start := _OBJECT.search(text, end):
        try:
            _, end = _DECODER.raw_decode(text, start.start())
        except ValueError:
            return
        yield text[start.start() : end]


def _reasons(error: ValidationError) -> str:
    """Say what does not fit, and where; never the words that stand there."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    places = (".".join(map(str, each["loc"])) or "the object" for each in found[:_ERRORS])
    return "; ".join(f"{place}: {each['msg']}" for place, each in zip(places, found, strict=False))
