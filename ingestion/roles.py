"""Who is who: interviewers, agents and bots told apart from customers, who alone are quoted.

A wrong customer is worse than a lost one: their words would be quoted as a customer's. So labels
decide where they can, then who asks; what stays open is said.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ingestion.models import Role, Turn
from ingestion.speech import names

_QUESTION = ("?", "？", '?"', "?”", "?»", "?)")
_ASKS, _CLEARLY = 0.3, 1.8
"""An interviewer ends this share of turns by asking, so many times more than anybody else."""

_ASKS_OF_TWO, _CLEARLY_OF_TWO = 0.1, 1.5
"""Of two, one is likely to interview the other: less of a difference tells which."""

_ASKS_SOME, _MORE, _BRIEFLY = 0.12, 2.0, 1.3
"""So does a host, of whom there may be two, who asks at least this often, so many times more than
somebody else who says so many times more in a turn."""


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
    return {
        speaker: Role.INTERVIEWER if interviews else Role.CUSTOMER
        for speaker, interviews in _interviewing(turns, others).items()
    }


def _interviewing(turns: Sequence[Turn], speakers: Sequence[str]) -> dict[str, bool]:
    """Who asks, and more or more briefly than the others answer."""
    asks = {speaker: _asks(turns, speaker) for speaker in speakers}
    words = {speaker: _words(turns, speaker) for speaker in speakers}

    def interviews(speaker: str) -> bool:
        others = [other for other in speakers if other != speaker]
        least = (_ASKS_OF_TWO, _CLEARLY_OF_TWO) if len(others) == 1 else (_ASKS, _CLEARLY)
        is_clear = bool(others) and all(asks[speaker] >= least[1] * asks[it] for it in others)
        return (asks[speaker] >= least[0] and is_clear) or any(
            asks[speaker] >= max(_ASKS_SOME, _MORE * asks[other])
            and words[other] >= _BRIEFLY * words[speaker]
            for other in others
        )

    return {speaker: interviews(speaker) for speaker in speakers}


def _words(turns: Sequence[Turn], speaker: str) -> float:
    """How much a speaker says in a turn, in characters, which every script has."""
    said = [len(turn.text) for turn in turns if turn.speaker == speaker]
    return sum(said) / len(said)


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
