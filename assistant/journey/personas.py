"""Groups of people who go through the journey alike, found from how they differ."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import numpy as np

from assistant.journey import groups, portraits
from assistant.journey.material import Material
from assistant.journey.portraits import Context, Group
from assistant.models import Emotion, EvidenceKind, Persona, Piece
from ingestion.models import DocumentKind

MIN_PIECES = 3
"""Pieces of evidence from which a person is known well enough to be compared."""
MIN_PEOPLE = 6
"""People from which they can be told apart into groups."""
_MOST_GROUPS = 5
_THEMES = 40
_SHARED = 2
_CAUTION = 8

_ASKED = (DocumentKind.INTERVIEW, DocumentKind.SURVEY)
_Aspect = Callable[[str, Sequence[Piece]], list[float]]
"""A person's name and words to the numbers that stand for an aspect of them."""


def group(material: Material, language: str) -> tuple[Persona, ...]:
    """Find the personas among the people who were asked: interviewed or surveyed.

    Two to five groups, as many as set people apart best; the same study always gives the same.

    A persona is named in `language`, the main one of the study, around customers' words.

    Returns:
        The largest first; none where too few people are known well enough to be compared, or
        nothing sets them apart. Somebody unlike all others is in none.
    """
    told = known(material.pieces)
    if len(told) < MIN_PEOPLE:
        return ()
    context = _context(material, told, language)
    names = sorted(told, key=lambda person: (-len(told[person]), person))
    profiles = _profiles(told, names, material, context)
    labels = groups.split(profiles, _MOST_GROUPS)
    apart = sorted(set(labels) - {-1})
    if len(apart) < _SHARED:
        return ()
    found = [_gathered(names, labels, told, label) for label in apart]
    found.sort(key=lambda one: (-len(one.people), one.people))
    return _distinct(tuple(portraits.draw(one, context) for one in found))


def members(personas: Iterable[Persona]) -> dict[str, str]:
    """Say which persona each person belongs to."""
    return {person: persona.id for persona in personas for person in persona.participants}


def known(pieces: Sequence[Piece]) -> dict[str, list[Piece]]:
    """Collect what each person said who was asked, and said enough to be compared with others."""
    asked = {piece.person for piece in pieces if piece.document_kind in _ASKED}
    told: dict[str, list[Piece]] = defaultdict(list)
    for piece in pieces:
        if piece.person in asked:
            told[piece.person].append(piece)
    return {person: said for person, said in told.items() if len(said) >= MIN_PIECES}


def _context(material: Material, told: Mapping[str, list[Piece]], language: str) -> Context:
    """Note the themes that several of the people tell of: only these can join them."""
    theme_of = {id: at for at, theme in enumerate(material.themes) for id in theme.evidence_ids}
    felt = Counter(at for said in told.values() for at in _felt(said, theme_of))
    shared = sorted((at for at in felt if felt[at] >= _SHARED), key=lambda at: (-felt[at], at))
    themes = tuple(material.themes[at] for at in shared[:_THEMES])
    place_of = {id: at for at, theme in enumerate(themes) for id in theme.evidence_ids}
    everybody = Counter({place: felt[at] for place, at in enumerate(shared[:_THEMES])})
    names = {stage.id: stage.name for stage in material.stages}
    segments = {who: what for who, what in material.segments.items() if who in told}
    return Context(
        themes, place_of, names, everybody, len(told), material.roles, segments, language
    )


def _felt(pieces: Iterable[Piece], theme_of: Mapping[str, int]) -> set[int]:
    return {theme_of[piece.id] for piece in pieces if piece.id in theme_of}


# ---- how people are compared


def _profiles(
    told: Mapping[str, list[Piece]], names: Sequence[str], material: Material, context: Context
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
) -> Group:
    people = tuple(sorted(name for name, own in zip(names, labels, strict=True) if own == label))
    return Group(people, tuple(piece for person in people for piece in told[person]))


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
