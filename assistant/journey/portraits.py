"""What is told of a persona: who its people are and what moves them, each line with evidence."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from assistant.journey import wording
from assistant.journey.cells import length_fit
from assistant.models import DEFAULT_STAGES, Emotion, EvidenceKind, Persona, Piece, Theme
from ingestion.models import digest

_SHARED = 2
_QUOTES = 3
_PLEASED = 0.2
_CITED = 12
"""Evidence that a line of a persona carries at most."""
_ROLE_OF, _SEGMENT_OF, _MORE_THAN_OTHERS = 1 / 3, 0.7, 0.2
"""Shares of a group's people from which a role and a segment are theirs."""
_DOUBTS = (Emotion.SCEPTICAL, Emotion.UNCERTAIN, Emotion.CONFUSED)
_BEFORE_DECIDING = tuple(stage.id for stage in DEFAULT_STAGES[:2])
_BEFORE_BUYING = tuple(stage.id for stage in DEFAULT_STAGES[1:3])


class Group(NamedTuple):
    """People of one persona, and what they said."""

    people: tuple[str, ...]
    pieces: tuple[Piece, ...]


class Context(NamedTuple):
    """What the groups are told apart by, the same for all of them."""

    themes: tuple[Theme, ...]
    theme_of: Mapping[str, int]
    stage_names: Mapping[str, str]
    everybody: Counter[int]
    n_people: int
    roles: Mapping[str, str]
    segments: Mapping[str, str]
    language: str


class _Named(NamedTuple):
    """A persona's name, and what its people said that it is named after."""

    name: str
    pieces: tuple[Piece, ...]


def draw(found: Group, context: Context) -> Persona:
    """Draw the persona of a group, each of its lines with what its people said to it."""
    lifts = _lifts(found, context)
    named = _name(lifts, found, context)
    role = _role(found, context)
    pains = {context.themes[at].title: at for at in lifts if _is(context, at, "pain")}
    quotes = {
        "goals": _quotes(found, _is_goal),
        "triggers": _quotes(found, _is_trigger),
        "objections": _quotes(found, _is_objection),
    }
    channels = _channels(found.pieces)
    borne: dict[str, Iterable[Piece]] = {
        "name": named.pieces,
        **({role: _introduced(found)} if role else {}),
        **{title: _of_theme(at, found, context) for title, at in [*pains.items()][:_QUOTES]},
        **{piece.quote: [piece] for told in quotes.values() for piece in told},
        **{name: (p for p in found.pieces if p.channel == name) for name in channels},
    }
    return Persona(
        id=f"persona_{digest(*found.people)}",
        name=named.name,
        role=role,
        pains=tuple(pains)[:_QUOTES],
        channels=channels,
        participants=found.people,
        evidence={line: _ids(pieces) for line, pieces in borne.items()},
        **{row: tuple(piece.quote for piece in told) for row, told in quotes.items()},
    )


def _ids(pieces: Iterable[Piece]) -> tuple[str, ...]:
    surest = sorted(pieces, key=lambda piece: (-piece.confidence, piece.id))
    return tuple(piece.id for piece in surest)[:_CITED]


def _of_theme(at: int, found: Group, context: Context) -> tuple[Piece, ...]:
    return tuple(piece for piece in found.pieces if context.theme_of.get(piece.id) == at)


def _lifts(found: Group, context: Context) -> list[int]:
    """Rank the group's themes by how much more often it tells of them than everybody does."""
    telling = {(p.person, context.theme_of[p.id]) for p in found.pieces if p.id in context.theme_of}
    told = Counter(at for _, at in telling)

    def lift(at: int) -> tuple[float, int]:
        others = context.everybody[at] - told[at]
        rest = max(context.n_people - len(found.people), 1)
        return told[at] / len(found.people) - others / rest, told[at]

    return sorted((at for at in told if lift(at)[0] > 0), key=lambda at: (*_down(lift(at)), at))


def _down(lift: tuple[float, int]) -> tuple[float, int]:
    return -lift[0], -lift[1]


def _is(context: Context, at: int, kind: str) -> bool:
    return context.themes[at].kind == kind


def _name(lifts: Sequence[int], found: Group, context: Context) -> _Named:
    """Name a group after who its people are, and what they tell of more than others."""
    mood = sum(piece.valence for piece in found.pieces) / len(found.pieces)
    is_pleased = mood > _PLEASED
    wanted = "delight" if is_pleased else "pain"
    at = next((at for at in lifts if _is(context, at, wanted)), None)
    if at is None:
        stage = Counter(piece.stage for piece in found.pieces).most_common(1)[0][0]
        what, told = context.stage_names.get(stage, stage), _at_stage(found, stage)
    else:
        what, told = context.themes[at].title, _of_theme(at, found, context)
    early = at is not None and context.themes[at].stage in _BEFORE_DECIDING
    mind = "pleased" if is_pleased else "doubts" if early else "stuck"
    return _Named(f"{_who(found, context) or wording.phrase(context.language, mind)}: {what}", told)


def _at_stage(found: Group, stage: str) -> tuple[Piece, ...]:
    return tuple(piece for piece in found.pieces if piece.stage == stage)


def _who(found: Group, context: Context) -> str:
    """Say who a group's people are, "" where they have nothing in common that others have not."""
    role, n = next(iter(_roles(found, context).most_common(1)), ("", 0))
    if n >= max(_SHARED, len(found.people) * _ROLE_OF):
        return role[:1].upper() + role[1:]
    ours = Counter(context.segments[who] for who in found.people if who in context.segments)
    segment, n = next(iter(ours.most_common(1)), ("", 0))
    rest = [what for who, what in context.segments.items() if who not in found.people]
    usual = rest.count(segment) / max(len(rest), 1)
    is_theirs = n / len(found.people) >= max(_SEGMENT_OF, usual + _MORE_THAN_OTHERS)
    return segment[:1].upper() + segment[1:] if n >= _SHARED and is_theirs else ""


def _role(found: Group, context: Context) -> str | None:
    """Say how the group's people introduce themselves, where enough of them share a way."""
    roles = _roles(found, context)
    if max(roles.values(), default=0) < max(_SHARED, len(found.people) * _ROLE_OF):
        return None
    return ", ".join(role for role, _ in roles.most_common(_QUOTES))


def _roles(found: Group, context: Context) -> Counter[str]:
    """Count how the group's people introduce themselves, each person once for a way."""
    said = {(p.person, wording.role(p.quote, p.language)) for p in found.pieces}
    said |= {(person, context.roles.get(person)) for person in found.people}
    return Counter(sorted(role for _, role in said if role))


def _introduced(found: Group) -> Iterator[Piece]:
    return (piece for piece in found.pieces if wording.role(piece.quote, piece.language))


def _quotes(found: Group, holds: Callable[[Piece], bool]) -> tuple[Piece, ...]:
    """Pick the most telling quotes of a use, from different people as far as they reach."""
    fitting = sorted(filter(holds, found.pieces), key=lambda p: (-_telling(p), p.id))
    first_of = {piece.person: piece for piece in reversed(fitting)}
    firsts = [piece for piece in fitting if first_of[piece.person] is piece]
    rest = [piece for piece in fitting if first_of[piece.person] is not piece]
    told = {piece.quote: piece for piece in reversed([*firsts, *rest])}
    return tuple(reversed(told.values()))[:_QUOTES]


def _telling(piece: Piece) -> float:
    return piece.confidence * length_fit(piece.quote)


def _is_goal(piece: Piece) -> bool:
    return wording.tells_a_goal(piece.quote, piece.language)


def _is_trigger(piece: Piece) -> bool:
    moved = piece.emotion is Emotion.URGENT or EvidenceKind.PAIN in piece.kinds
    return piece.stage == DEFAULT_STAGES[0].id and moved


def _is_objection(piece: Piece) -> bool:
    return piece.stage in _BEFORE_BUYING and piece.emotion in _DOUBTS


def _channels(pieces: Iterable[Piece]) -> tuple[str, ...]:
    named = Counter(piece.channel for piece in pieces if piece.channel)
    return tuple(channel for channel, _ in named.most_common(_QUOTES))
