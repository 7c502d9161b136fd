"""Which kinds of evidence make themes, and among which a piece counts."""

from typing import Literal

from assistant.models import Piece

Kind = Literal["pain", "delight", "opportunity"]

KINDS: tuple[Kind, ...] = ("pain", "delight", "opportunity")
"""The kinds that are grouped; an action alone makes no theme."""

_PRECEDENCE: tuple[Kind, ...] = ("opportunity", "pain", "delight")


def kind_of(piece: Piece) -> Kind | None:
    """Say among which themes a piece counts: a wish before the pain it would remove."""
    return next((kind for kind in _PRECEDENCE if kind in piece.kinds), None)
