"""Who is who: interviewers, agents and bots told apart from customers, who alone are quoted.

A wrong customer is worse than a lost one: their words would be quoted as a customer's. So labels
decide where they can, then who asks; what stays open is said.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ingestion.models import Role, Turn
from ingestion.speech import names

_QUESTION = ("?", "？", '?"', "?”", "?»", "?)")
_ASKS = 0.3
"""The share of an interviewer's turns that ask, at least."""

_CLEARLY = 1.8
"""How many times more than anybody else an interviewer asks, at least."""


class Cast(NamedTuple):
    """The same turns with their roles, and how the roles were found, in a sentence."""

    turns: tuple[Turn, ...]
    note: str


def assign(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Give each turn its role; a role that the data itself gave stays."""
    return cast(turns).turns


def cast(turns: Sequence[Turn]) -> Cast:
    """Give each turn its role and say how it was found.

    Headings and notes stay with the interviewer. A speaker without a label among labelled ones is
    nobody that can be quoted.
    """
    speakers = list(dict.fromkeys(turn.speaker for turn in turns if turn.speaker))
    if not speakers:
        return Cast(tuple(_unlabelled(turn) for turn in turns), _NO_LABELS)
    known = _known(turns, speakers)
    if others := [speaker for speaker in speakers if speaker not in known]:
        known |= _others(turns, known, others)
    parts = tuple(_played(turn, known) for turn in turns)
    return Cast(parts, _note(known))


_NO_LABELS = "No speaker is named: whoever asks is taken for the interviewer."


def _unlabelled(turn: Turn) -> Turn:
    asks = turn.text.rstrip().endswith(_QUESTION)
    return turn.model_copy(update={"role": Role.INTERVIEWER}) if asks else turn


def _known(turns: Sequence[Turn], speakers: Sequence[str]) -> dict[str, Role]:
    """The roles that the data or the labels themselves give."""
    named = {speaker: role for speaker in speakers if (role := names.role(speaker))}
    if set(map(str.casefold, speakers)) == {"i", "r"} or _is_asking_letter(turns, speakers):
        named |= {speaker: Role.INTERVIEWER for speaker in speakers if speaker.casefold() in "iqm"}
    given = {
        turn.speaker: turn.role for turn in turns if turn.speaker and turn.role != Role.CUSTOMER
    }
    return named | given


def _is_asking_letter(turns: Sequence[Turn], speakers: Sequence[str]) -> bool:
    """Whether one of the letters that stand for an interviewer asks most among single letters."""
    letters = [speaker for speaker in speakers if len(speaker) == 1]
    asker = max(speakers, key=lambda speaker: _asks(turns, speaker))
    return len(letters) == len(speakers) >= 2 and asker.casefold() in "iqm"


def _others(
    turns: Sequence[Turn], known: dict[str, Role], others: Sequence[str]
) -> dict[str, Role]:
    """The roles of those whose labels say nothing, from the roles of the rest or from who asks."""
    if any(role != Role.CUSTOMER for role in known.values()):
        return dict.fromkeys(others, Role.CUSTOMER)
    numbered = [speaker for speaker in others if names.is_id(speaker)]
    unnamed = [speaker for speaker in others if speaker not in numbered]
    if (known or numbered) and len(unnamed) == 1:
        return dict.fromkeys(others, Role.CUSTOMER) | {unnamed[0]: Role.INTERVIEWER}
    roles = dict.fromkeys(others, Role.CUSTOMER)
    asker = _asker(turns, others)
    return roles | {asker: Role.INTERVIEWER} if asker else roles


def _asker(turns: Sequence[Turn], speakers: Sequence[str]) -> str | None:
    """The one who clearly asks more than each of the others, None where nobody does."""
    if len(speakers) < 2:
        return None
    first, second, *_ = sorted(speakers, key=lambda speaker: -_asks(turns, speaker))
    most, next_most = _asks(turns, first), _asks(turns, second)
    return first if most >= _ASKS and most >= _CLEARLY * next_most else None


def _asks(turns: Sequence[Turn], speaker: str) -> float:
    """The share of a speaker's turns that end by asking."""
    said = [turn.text.rstrip() for turn in turns if turn.speaker == speaker]
    return sum(text.endswith(_QUESTION) for text in said) / len(said)


def _played(turn: Turn, known: dict[str, Role]) -> Turn:
    if turn.field or turn.role != Role.CUSTOMER:
        return turn
    role = known.get(turn.speaker, Role.INTERVIEWER) if turn.speaker else Role.INTERVIEWER
    return turn if role == turn.role else turn.model_copy(update={"role": role})


def _note(known: dict[str, Role]) -> str:
    customers = [speaker for speaker, role in known.items() if role == Role.CUSTOMER]
    others = [f"{speaker} ({role})" for speaker, role in known.items() if role != Role.CUSTOMER]
    if not others:
        return "Nobody here is an interviewer: all speakers are taken for customers."
    if not customers:
        return f"Nobody here is a customer: {', '.join(others)}."
    return f"Customer: {', '.join(customers)}. Not quoted: {', '.join(others)}."
