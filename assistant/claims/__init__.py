"""What people claim, held against what they did."""

from assistant.claims.astray import astray, may_send_on, sent_on
from assistant.claims.checking import MOST, Checked, Ranked, check
from assistant.claims.minding import Doings, Mindful, Spotter
from assistant.claims.spotting import Prototypes, prepare, spot

__all__ = [
    "MOST",
    "Checked",
    "Doings",
    "Mindful",
    "Prototypes",
    "Ranked",
    "Spotter",
    "astray",
    "check",
    "may_send_on",
    "prepare",
    "sent_on",
    "spot",
]
