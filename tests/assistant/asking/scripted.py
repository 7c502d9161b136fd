"""A model that answers as a script says, and a notebook: our doors, without what is behind them."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assistant.errors import AssistantError
from assistant.llm import Answer, Reply
from assistant.prompts import Messages, Prompt
from ingestion.models import DocumentId, DocumentKind, Segment, SegmentId, Span, digest

Script = Callable[[Messages], dict[str, Any] | AssistantError]
"""What is replied to the words that a model is shown; an error is raised."""

_ROW = re.compile(r"^\[([a-z]\d+)\] (.*)$", re.MULTILINE)


class ScriptedLlm:
    """Shows a script the words of each call, and answers what it says."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self.calls: list[Messages] = []

    async def ask(self, prompt: Prompt, reply: type[Reply], /, **inputs: str) -> Answer[Reply]:
        """Answer at once."""
        messages = prompt.render(**inputs)
        self.calls.append(messages)
        said = self._script(messages)
        if isinstance(said, AssistantError):
            raise said
        value = reply.model_validate(said)
        return Answer(value, "scripted", 1, 1, None, is_cached=False)


class Notebook:
    """Keeps notes in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, str] = {}

    def find(self, keys: Sequence[str]) -> dict[str, str]:
        """Give what is kept under those of the keys that are known."""
        return {key: self.kept[key] for key in keys if key in self.kept}

    def keep(self, notes: Mapping[str, str]) -> None:
        """Keep notes."""
        self.kept |= notes


def shown(messages: Messages) -> list[tuple[str, str]]:
    """Give the rows of a call: ids and words."""
    return _ROW.findall(messages.user)


def finding(id: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401 any field
    """Make what a model says of a row: a pain in use, but for what `fields` say."""
    return {
        "id": id,
        "kind": "pain",
        "stage": "experience",
        "emotion": "frustrated",
        "valence": -1,
        "topic": "delivery",
    } | fields


def find_lost(messages: Messages) -> dict[str, Any]:
    """Find a pain in each row that holds "lost"."""
    return {"found": [finding(id) for id, words in shown(messages) if "lost" in words]}


def segments(*texts: str, document: str = "reviews.csv#r1", **fields: Any) -> list[Segment]:  # noqa: ANN401 any field
    """Make the sentences of one review, but for what `fields` say."""
    made: list[Segment] = []
    for position, text in enumerate(texts):
        plain: dict[str, Any] = {
            "id": SegmentId(f"seg_{digest(document, str(position), text)}"),
            "document_id": DocumentId(document),
            "turn": 0,
            "span": Span(start=position * 1000, end=position * 1000 + len(text)),
            "text": text,
            "kind": DocumentKind.REVIEW,
            "position": position,
        }
        made.append(Segment(**plain | fields))
    return made
