"""A question, filled in: what it is known by, and what its answer must look like."""

import base64
import hashlib
import json
from typing import Any, NamedTuple, Self

from pydantic import BaseModel

from assistant import prompts
from assistant.prompts import Prompt

Schema = dict[str, Any]
Body = dict[str, Any]

BOUND = "maxItems"
"""How long a list may be: not every server knows it."""
_STRUCTURE = {"type", "properties", "required", "items", "enum", "const", "anyOf", "$ref", "$defs"}
_KEPT = _STRUCTURE | {"description", "additionalProperties", BOUND}
_LONGEST_REPLY = 4000


class Question(NamedTuple):
    """One call, whatever the way of asking it.

    Attributes:
        turns: The user's words, and then, after a reply that did not fit, that reply and why.
        name: What the reply is called.
        schema: What the reply must look like.
    """

    prompt: Prompt
    model: str
    seed: int | None
    system: str
    turns: tuple[str, ...]
    name: str
    schema: Schema

    def again(self, reply: str, reason: str) -> Self:
        """Ask once more, showing what was wrong with a reply."""
        words = prompts.load("mend_reply").render(reason=reason).user
        return self._replace(turns=(*self.turns, reply[:_LONGEST_REPLY] or "{}", words))

    @property
    def text(self) -> str:
        """Everything that is sent, for counting."""
        return "\n".join((self.system, *self.turns, compact(self.schema)))

    def digest(self, purpose: str) -> bytes:
        """Hash all that an answer hangs on, not the way of asking."""
        settings = (self.model, str(self.prompt), self.prompt.temperature, self.seed)
        content = compact([purpose, *settings, self.system, self.turns, self.schema])
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).digest()

    @property
    def key(self) -> str:
        """What the answer is kept under."""
        return self.digest("key").hex()

    @property
    def seal(self) -> bytes:
        """What the answer is encrypted with: who cannot ask the question cannot read the answer.

        So that nothing can be read of a document that was erased.
        """
        return base64.urlsafe_b64encode(self.digest("seal"))


def compact(value: object) -> str:
    """Write JSON with no space in it: every token of it is paid for."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def schema(reply: type[BaseModel]) -> Schema:
    """Describe a reply in the part of JSON Schema that every server knows.

    Bounds and patterns are left out, but for the lengths of lists: the reply is checked against
    its type anyway. Every property is required and no other allowed, which OpenAI asks for.
    """
    return _plain(reply.model_json_schema())


def unbounded(node: Any) -> Any:  # noqa: ANN401 JSON
    """Leave the lengths of lists out of a schema, for servers that take none."""
    if isinstance(node, list):
        return [unbounded(item) for item in node]  # pyright: ignore[reportUnknownVariableType] - JSON
    if not isinstance(node, dict):
        return node
    return {key: unbounded(value) for key, value in node.items() if key != BOUND}  # pyright: ignore[reportUnknownVariableType] - JSON


def _plain(node: Any) -> Any:  # noqa: ANN401 JSON
    if isinstance(node, list):
        return [_plain(item) for item in node]  # pyright: ignore[reportUnknownVariableType] - JSON
    if not isinstance(node, dict):
        return node
    plain: Schema = {key: _value(key, value) for key, value in node.items() if key in _KEPT}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType] - JSON
    if "properties" in plain:
        plain |= {"required": list(plain["properties"]), "additionalProperties": False}
    return plain


def _value(key: str, value: Any) -> Any:  # noqa: ANN401 JSON
    if key in {"properties", "$defs"}:
        return {name: _plain(inner) for name, inner in value.items()}
    return _plain(value)
