"""Have a model word what a map concludes: each line cites its evidence, or is left out."""

from assistant.redrawing.redrawing import Redrawn, redraw

__all__ = ["Redrawn", "redraw"]
