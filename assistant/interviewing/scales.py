"""Scales: their exact wording, and the number in a reply to one."""

import re

from assistant.interviewing.models import Intent, Reply, ShownScale, Turn
from assistant.questionnaires import Question
from ingestion.models import Metric

_NUMBER = re.compile(r"(?<![\d.,-])(\d{1,2})(?![\d%])")


def intent(question: Question, language: str) -> Intent:
    """Ask a scale question, in the questionnaire's own words and no others."""
    scale = question.scale
    shown = scale and ShownScale(
        metric=Metric(question.kind),
        low=scale.low,
        high=scale.high,
        low_label=scale.low_label.get(language, ""),
        high_label=scale.high_label.get(language, ""),
    )
    return Intent(key="scale", kind="scale", question=question.id, scale=shown, texts=question.text)


def rating() -> Intent:
    """Ask how well the summary fits."""
    scale = ShownScale(metric="summary", low=1, high=5)
    return Intent(key="rating", kind="scale", question="rating", scale=scale)


def value(turn: Turn | None, reply: Reply) -> int | None:
    """The number in a reply to a scale, None where there is none, or none on the scale."""
    if turn is None or turn.scale is None:
        return None
    number = reply.value
    if number is None and reply.kind == "text":
        found = _NUMBER.findall(reply.text)
        number = int(found[0]) if len(found) == 1 else None
    is_on_it = number is not None and turn.scale.low <= number <= turn.scale.high
    return number if is_on_it else None
