"""Server-sent events: what the bot says, sentence by sentence, then the conversation as it is now.

A turn is streamed when it is whole: the guard has read it, and it is on disk.
"""

import json
import re
from collections.abc import Iterator, Mapping

from api.service.talking import Said
from api.service.views import TurnView

_SENTENCE = re.compile(r".+?(?:[.!?…。！？]+[\s”\"»]*|$)", re.DOTALL)


def events(said: Said) -> Iterator[str]:
    """Write the events of a reply."""
    for turn in said.new:
        for piece in _pieces(turn):
            yield _event("turn", json.dumps(piece, ensure_ascii=False))
    yield _event("view", said.view.model_dump_json())


def _pieces(turn: TurnView) -> Iterator[Mapping[str, object]]:
    about = turn.model_dump(mode="json", exclude={"text"}, exclude_none=True)
    for sentence in _SENTENCE.findall(turn.text) or [""]:
        yield about | {"delta": sentence}
        about = {"id": turn.id, "speaker": turn.speaker, "kind": turn.kind}


def _event(name: str, data: str) -> str:
    return f"event: {name}\ndata: {data}\n\n"
