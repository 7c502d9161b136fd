"""Sum an interview up from its evidence, in the customer's own sentences."""

from collections.abc import Callable, Iterable, Sequence

from assistant.models import (
    DEFAULT_STAGES,
    About,
    Contradiction,
    Emotion,
    EvidenceKind,
    Piece,
    SpokenClaim,
    Voice,
)
from assistant.summaries.models import Forces, InterviewSummary, Line

_SITUATION, _TIMELINE, _FORCE, _MOMENTS, _QUOTES = 3, 12, 3, 5, 5
"""Lines of each section, at most."""
_BEFORE = tuple(stage.id for stage in DEFAULT_STAGES[:2])
_BEFORE_USE = tuple(stage.id for stage in DEFAULT_STAGES[:3])
_DOUBTS = (Emotion.SCEPTICAL, Emotion.UNCERTAIN, Emotion.CONFUSED)


def read(
    voice: Voice,
    pieces: Sequence[Piece],
    contradictions: Iterable[Contradiction] = (),
    who: str | None = None,
) -> InterviewSummary:
    """Sum one interview up.

    Args:
        voice: The interview.
        pieces: Its evidence, in the order in which it was said, with the map's stages.
        contradictions: Those of the map; others' are passed over.
        who: How the person introduces themselves, as the study knows it.
    """
    return InterviewSummary(
        document=voice.id,
        participant=voice.participant,
        language=voice.language,
        date=voice.date,
        who=who,
        situation=_lines(filter(_is_situation, pieces), _SITUATION),
        timeline=_timeline(pieces),
        forces=_forces(pieces),
        moments=_strongest(pieces, _is_moment, _MOMENTS),
        contradictions=tuple(each for each in contradictions if _is_of(each, voice)),
        quotes=_lines(_telling(pieces), _QUOTES),
    )


def _lines(pieces: Iterable[Piece], most: int) -> tuple[Line, ...]:
    return tuple(Line(text=piece.quote, evidence_ids=(piece.id,)) for piece in pieces)[:most]


def _is_situation(piece: Piece) -> bool:
    """Is it told of the time before, and not of what is studied?"""
    return piece.stage in _BEFORE and piece.about is not About.OWN


def _timeline(pieces: Sequence[Piece]) -> tuple[Line, ...]:
    """Tell what they did, in the stages' order; where little was done, what they met with."""
    order = {stage.id: at for at, stage in enumerate(DEFAULT_STAGES)}
    done = [piece for piece in pieces if EvidenceKind.ACTION in piece.kinds]
    told = done if len(done) > 2 else list(pieces)
    told.sort(key=lambda piece: (order.get(piece.stage, len(order)), piece.position))
    return _lines(told, _TIMELINE)


def _forces(pieces: Sequence[Piece]) -> Forces:
    early = [piece for piece in pieces if piece.stage in _BEFORE]
    deciding = [piece for piece in pieces if piece.stage in _BEFORE_USE]
    return Forces(
        push=_strongest(early, lambda piece: EvidenceKind.PAIN in piece.kinds),
        pull=_strongest(deciding, _pulls),
        anxiety=_strongest(deciding, lambda piece: piece.emotion in _DOUBTS),
        habit=_strongest(pieces, _holds),
    )


def _pulls(piece: Piece) -> bool:
    wanted = {EvidenceKind.DELIGHT, EvidenceKind.OPPORTUNITY}
    return bool(wanted & set(piece.kinds)) and piece.about is not About.RIVAL


def _holds(piece: Piece) -> bool:
    """Does it praise what they had, or could have instead?"""
    return EvidenceKind.DELIGHT in piece.kinds and piece.about is About.RIVAL


def _is_moment(piece: Piece) -> bool:
    return bool({EvidenceKind.PAIN, EvidenceKind.DELIGHT} & set(piece.kinds))


def _strongest(
    pieces: Iterable[Piece], fits: Callable[[Piece], bool], most: int = _FORCE
) -> tuple[Line, ...]:
    return _lines(sorted(filter(fits, pieces), key=_felt, reverse=True), most)


def _felt(piece: Piece) -> float:
    return abs(piece.valence) * piece.confidence


def _telling(pieces: Sequence[Piece]) -> list[Piece]:
    """Choose sentences that can stand alone: sure, felt, and neither a word nor a paragraph."""
    fitting = [piece for piece in pieces if 40 <= len(piece.quote) <= 220]
    best = sorted(fitting or pieces, key=lambda piece: (-_felt(piece), piece.position))[:_QUOTES]
    return sorted(best, key=lambda piece: piece.position)


def _is_of(found: Contradiction, voice: Voice) -> bool:
    return isinstance(found.claim, SpokenClaim) and found.claim.document == voice.id
