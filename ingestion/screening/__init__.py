"""Screen what came in: documents that repeat an earlier one, and text that instructs the reader."""

from ingestion.screening.duplicates import Duplicates, fingerprint
from ingestion.screening.instructions import instructions, is_instruction
from ingestion.screening.meaning import instructing as by_meaning

__all__ = ["Duplicates", "by_meaning", "fingerprint", "instructions", "is_instruction"]
