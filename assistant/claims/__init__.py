"""What people claim, held against what they did."""

from assistant.claims.checking import MOST, Checked, Ranked, check
from assistant.claims.spotting import Prototypes, prepare, spot

__all__ = ["MOST", "Checked", "Prototypes", "Ranked", "check", "prepare", "spot"]
