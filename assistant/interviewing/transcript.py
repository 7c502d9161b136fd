"""A finished conversation as a source: a JSON transcript like any other that is uploaded."""

import json
from collections.abc import Iterator

from assistant.interviewing.models import Conversation, Turn

_SAID = ("question", "probe", "mirror", "scale", "answer")


def as_source(conversation: Conversation) -> bytes:
    """Write what was asked and answered as a transcript that `ingestion.parsing` reads.

    Buttons, notices, numbers on scales and a bare yes or no are no findings: they stand in `log`,
    turn by turn with probe type, engine, prompt, veto and timing, for whoever judges the interview.
    A visitor whom the company vouches for is the participant, as its other files name them.
    """
    shape = {
        "interview_id": conversation.id,
        "participant": _vouched(conversation),
        "questionnaire": conversation.questionnaire,
        "language": conversation.language,
        "status": conversation.status,
        "started_at": conversation.started_at.isoformat(),
        "turns": list(_spoken(conversation)) if conversation.consented_at else [],
        "log": [_logged(turn) for turn in conversation.turns if conversation.consented_at],
    }
    return json.dumps(shape, ensure_ascii=False, indent=1).encode()


def _vouched(conversation: Conversation) -> str | None:
    context = conversation.context
    return context.visitor if context.is_signed and conversation.consented_at else None


def _spoken(conversation: Conversation) -> Iterator[dict[str, object]]:
    for turn in conversation.turns:
        if turn.kind in _SAID and turn.text and not _is_bare(turn):
            since = (turn.at - conversation.started_at).total_seconds()
            yield {
                "speaker": "bot" if turn.speaker == "bot" else "customer",
                "role": "bot" if turn.speaker == "bot" else "customer",
                "text": turn.text,
                "start_ms": max(0, round(since * 1000)),
            }


def _is_bare(turn: Turn) -> bool:
    return turn.value is not None or bool(turn.heard and turn.heard.is_bare)


def _logged(turn: Turn) -> dict[str, object]:
    kept = turn.model_dump(mode="json", exclude={"text", "heard"}, exclude_none=True)
    return {key: value for key, value in kept.items() if value != ""}
