"""The person's own words, given back: in a mirror after an answer, in the summary at the end."""

import re
from collections.abc import Sequence

from assistant.interviewing import course
from assistant.interviewing.heard import Heard
from assistant.interviewing.models import Conversation, Turn
from assistant.questionnaires.models import n_words

_MAX_WORDS = 26
"""Words of the person's own in one message, so that with ours it stays below 40."""
_MAX_POINT = 13
_CLAUSE = re.compile(r"(?<=[.!?。！？，；])\s*|(?<=[,;:])\s+")
_QUOTES = re.compile(r"[\"“”„«»「」『』]")


def points(conversation: Conversation) -> tuple[str, ...]:
    """What the summary holds: a sentence of theirs a question, the weightiest questions."""
    told = [
        (question, best)
        for question in (*conversation.done, "anything_else")
        if (best := _best(course.answers_to(conversation, question)))
    ]
    kept: list[tuple[str, str]] = []
    for question, turn in sorted(told, key=lambda point: -_weight(point[1])):
        words = clip(turn.text, _MAX_POINT)
        if sum(n_words(point) for _, point in kept) + n_words(words) <= _MAX_WORDS:
            kept.append((question, words))
    order = [question for question, _ in told]
    return tuple(words for _, words in sorted(kept, key=lambda point: order.index(point[0])))


def corrections(conversation: Conversation) -> tuple[str, ...]:
    """What the person put right in the summary."""
    told = course.answers_to(conversation, "summary")
    return tuple(clip(turn.text, _MAX_POINT) for turn in told[-1:])


def as_list(points: Sequence[str]) -> str:
    """Write points side by side, each in quotes."""
    return "; ".join(f"“{point}”" for point in points)


def telling(conversation: Conversation, question: str) -> str | None:
    """The words worth giving back after a question; None where the answer was too short."""
    best = _best(course.answers_to(conversation, question))
    if best is None or best.heard is None:
        return None
    is_worth_it = best.heard.n_words >= 12 and bool(best.heard.kinds)
    return clip(best.text, _MAX_WORDS) if is_worth_it else None


def clip(text: str, at_most: int) -> str:
    """Keep the first clauses of an answer, `at_most` words of it; quotes and the end mark come off.

    Example:
        >>> clip("It was late. Then, after a week, it came broken.", 7)
        'It was late. Then, after a week'
    """
    kept = ""
    for clause in _CLAUSE.split(" ".join(_QUOTES.sub("", text).split())):
        longer = f"{kept}{_gap(kept)}{clause}"
        if kept and n_words(longer) > at_most:
            break
        kept = longer
    return _cut(kept, at_most).rstrip(" .,;:!。，；！")


def _gap(kept: str) -> str:
    return " " if kept and kept[-1].isascii() else ""


def _cut(text: str, at_most: int) -> str:
    """Cut what is one long clause at a word, and show that it was cut."""
    if n_words(text) <= at_most:
        return text
    parts = text.split(" ")
    if len(parts) > at_most // 2:
        return " ".join(parts[:at_most]) + " …"
    return text[: 2 * at_most] + "…"


def _best(answers: Sequence[Turn]) -> Turn | None:
    """The answer that says most; a bare yes or no says nothing."""
    full = [turn for turn in answers if turn.heard and not turn.heard.is_bare]
    return max(full, key=_weight, default=None)


def _weight(turn: Turn) -> float:
    heard = turn.heard or Heard()
    told = 10 * len(heard.kinds) + 5 * heard.has_reason + 5 * heard.has_moment
    return told + abs(heard.valence) + min(heard.n_words, 30)
