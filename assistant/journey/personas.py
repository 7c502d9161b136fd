"""Groups of people who go through the journey alike, found from how they differ."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from assistant.journey import groups, wording
from assistant.journey.cells import length_fit
from assistant.journey.material import Material
from assistant.models import DEFAULT_STAGES, Emotion, EvidenceKind, Persona, Piece, Theme
from ingestion.models import DocumentKind, digest

MIN_PIECES = 3
"""Pieces of evidence from which a person is known well enough to be compared."""
MIN_PEOPLE = 6
"""People from which they can be told apart into groups."""
_MOST_GROUPS = 5
_QUOTES = 3
_THEMES = 40
_SHARED = 2
_CAUTION = 4
_PLEASED = 0.2

_ASKED = (DocumentKind.INTERVIEW, DocumentKind.SURVEY)
_DOUBTS = (Emotion.SCEPTICAL, Emotion.UNCERTAIN, Emotion.CONFUSED)
_BEFORE_DECIDING = tuple(stage.id for stage in DEFAULT_STAGES[:2])
_BEFORE_BUYING = tuple(stage.id for stage in DEFAULT_STAGES[1:3])
_Aspect = Callable[[str, Sequence[Piece]], list[float]]
"""A person's name and words to the numbers that stand for an aspect of them."""


class _Group(NamedTuple):
    """People of one persona, and what they said."""

    people: tuple[str, ...]
    pieces: tuple[Piece, ...]


class _Context(NamedTuple):
    """What the groups are told apart by, the same for all of them."""

    themes: tuple[Theme, ...]
    theme_of: Mapping[str, int]
    stage_names: Mapping[str, str]
    everybody: Counter[int]
    n_people: int
    roles: Mapping[str, str]
    language: str


def group(material: Material, language: str) -> tuple[Persona, ...]:
    """Find the personas among the people who were asked: interviewed or surveyed.

    Two to five groups, as many as set people apart best; the same study always gives the same.

    A persona is named in `language`, the main one of the study, around customers' words.

    Returns:
        The largest first; none where too few people are known well enough to be compared.
    """
    told = _people(material.pieces)
    if len(told) < MIN_PEOPLE:
        return ()
    context = _context(material, told, language)
    names = sorted(told, key=lambda person: (-len(told[person]), person))
    profiles = _profiles(told, names, material, context)
    labels = groups.split(profiles, _MOST_GROUPS)
    found = [_gathered(names, labels, told, label) for label in sorted(set(labels))]
    found.sort(key=lambda one: (-len(one.people), one.people))
    return _distinct(tuple(_persona(one, context) for one in found))


def members(personas: Iterable[Persona]) -> dict[str, str]:
    """Say which persona each person belongs to."""
    return {person: persona.id for persona in personas for person in persona.participants}


def _people(pieces: Sequence[Piece]) -> dict[str, list[Piece]]:
    """Collect what each person who was asked has said, in whatever kind of source."""
    asked = {piece.person for piece in pieces if piece.document_kind in _ASKED}
    told: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.person in asked:
            told[piece.person].append(piece)
    return {person: said for person, said in told.items() if len(said) >= MIN_PIECES}


def _context(material: Material, told: Mapping[str, list[Piece]], language: str) -> _Context:
    """Note the themes that several of the people tell of: only these can join them."""
    theme_of = {id: at for at, theme in enumerate(material.themes) for id in theme.evidence_ids}
    felt = Counter(at for said in told.values() for at in _felt(said, theme_of))
    shared = sorted((at for at in felt if felt[at] >= _SHARED), key=lambda at: (-felt[at], at))
    themes = tuple(material.themes[at] for at in shared[:_THEMES])
    place_of = {id: at for at, theme in enumerate(themes) for id in theme.evidence_ids}
    everybody = Counter({place: felt[at] for place, at in enumerate(shared[:_THEMES])})
    names = {stage.id: stage.name for stage in material.stages}
    return _Context(themes, place_of, names, everybody, len(told), material.roles, language)


def _felt(pieces: Iterable[Piece], theme_of: Mapping[str, int]) -> set[int]:
    return {theme_of[piece.id] for piece in pieces if piece.id in theme_of}


# ---- how people are compared


def _profiles(
    told: Mapping[str, list[Piece]], names: Sequence[str], material: Material, context: _Context
) -> groups.Rows:
    """Put people into numbers: where they speak of, how it felt, about what, through what.

    Each aspect weighs the same, however many numbers it takes. Of somebody who said little, little
    is known: they are drawn to the middle.
    """
    stages = [stage.id for stage in material.stages]
    channels = sorted({p.channel for said in told.values() for p in said if p.channel})
    segments = sorted(set(material.segments.values()))
    aspects: tuple[_Aspect, ...] = (
        lambda _, said: [_share(said, lambda p, s=stage: p.stage == s) for stage in stages],
        lambda _, said: [_feeling(said, stage) for stage in stages],
        lambda _, said: [_share(said, lambda p, k=kind: k in p.kinds) for kind in EvidenceKind],
        lambda _, said: [_share(said, lambda p, e=emotion: p.emotion is e) for emotion in Emotion],
        lambda _, said: _marks(_felt(said, context.theme_of), range(len(context.themes))),
        lambda _, said: [_share(said, lambda p, c=channel: p.channel == c) for channel in channels],
        lambda name, _: _marks({material.segments.get(name)}, segments),
    )
    blocks = [np.array([aspect(name, told[name]) for name in names], float) for aspect in aspects]
    known = np.array([[len(told[name]) / (len(told[name]) + _CAUTION)] for name in names])
    return known * np.concatenate([_balanced(block) for block in blocks if block.size], axis=1)


def _marks(held: Collection[object], of: Iterable[object]) -> list[float]:
    return [float(one in held) for one in of]


def _share(said: Sequence[Piece], holds: Callable[[Piece], bool]) -> float:
    return sum(map(holds, said)) / len(said)


def _feeling(said: Sequence[Piece], stage: str) -> float:
    felt = [piece.valence for piece in said if piece.stage == stage]
    return sum(felt) / len(felt) if felt else 0.0


def _balanced(block: groups.Rows) -> groups.Rows:
    centred = block - block.mean(axis=0)
    return centred / max(float(np.linalg.norm(centred)), 1e-9)


def _gathered(
    names: Sequence[str], labels: Sequence[int], told: Mapping[str, list[Piece]], label: int
) -> _Group:
    people = tuple(sorted(name for name, own in zip(names, labels, strict=True) if own == label))
    return _Group(people, tuple(piece for person in people for piece in told[person]))


# ---- how a group is described


def _persona(found: _Group, context: _Context) -> Persona:
    lifts = _lifts(found, context)
    return Persona(
        id=f"persona_{digest(*found.people)}",
        name=_name(lifts, found, context),
        role=_role(found, context),
        goals=_quotes(found, _is_goal),
        pains=tuple(context.themes[at].title for at in lifts if _is(context, at, "pain"))[:_QUOTES],
        triggers=_quotes(found, _is_trigger),
        objections=_quotes(found, _is_objection),
        channels=_channels(found.pieces),
        participants=found.people,
    )


def _lifts(found: _Group, context: _Context) -> list[int]:
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


def _is(context: _Context, at: int, kind: str) -> bool:
    return context.themes[at].kind == kind


def _name(lifts: Sequence[int], found: _Group, context: _Context) -> str:
    """Name a group after what it tells of more than others, in customers' words."""
    mood = sum(piece.valence for piece in found.pieces) / len(found.pieces)
    is_pleased = mood > _PLEASED
    wanted = "delight" if is_pleased else "pain"
    theme = next((context.themes[at] for at in lifts if _is(context, at, wanted)), None)
    if theme is None:
        stage = Counter(piece.stage for piece in found.pieces).most_common(1)[0][0]
        place = context.stage_names.get(stage, stage)
        return f"{wording.phrase(context.language, 'pleased' if is_pleased else 'stuck')}: {place}"
    if is_pleased:
        return f"{wording.phrase(context.language, 'pleased')}: {theme.title}"
    if theme.stage in _BEFORE_DECIDING:
        return f"{wording.phrase(context.language, 'doubts')}: {theme.title}"
    return f"{wording.phrase(context.language, 'stuck')}: {theme.touchpoint or theme.title}"


def _role(found: _Group, context: _Context) -> str | None:
    """Say how the group's people introduce themselves, the commonest ways first."""
    said = (wording.role(piece.quote, piece.language) for piece in found.pieces)
    known = (context.roles.get(person) for person in found.people)
    roles = Counter(role for role in (*known, *said) if role)
    return ", ".join(role for role, _ in roles.most_common(_QUOTES)) or None


def _quotes(found: _Group, holds: Callable[[Piece], bool]) -> tuple[str, ...]:
    """Pick the most telling quotes of a use, from different people as far as they reach."""
    fitting = sorted(filter(holds, found.pieces), key=lambda p: (-_telling(p), p.id))
    first_of = {piece.person: piece for piece in reversed(fitting)}
    firsts = [piece for piece in fitting if first_of[piece.person] is piece]
    rest = [piece for piece in fitting if first_of[piece.person] is not piece]
    return tuple(dict.fromkeys(piece.quote for piece in [*firsts, *rest]))[:_QUOTES]


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


def _distinct(personas: tuple[Persona, ...]) -> tuple[Persona, ...]:
    """Number the names that two groups would share."""
    seen: Counter[str] = Counter()
    named: list[Persona] = []
    for persona in personas:
        seen[persona.name] += 1
        again = f"{persona.name} ({seen[persona.name]})"
        name = persona.name if seen[persona.name] == 1 else again
        named.append(persona.model_copy(update={"name": name}))
    return tuple(named)
