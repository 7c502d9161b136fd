"""How a model is asked about many things: what it is shown, how much at a time, and in halves."""

from assistant.asking.data import line, mark, named, rows
from assistant.asking.halving import Asked, ask
from assistant.asking.notes import Notes
from assistant.asking.packing import pack, rounded
from assistant.asking.terse import Terse, most
from assistant.asking.thread import LoopThread

__all__ = [
    "Asked",
    "LoopThread",
    "Notes",
    "Terse",
    "ask",
    "line",
    "mark",
    "most",
    "named",
    "pack",
    "rounded",
    "rows",
]
