"""Screen what came in: documents that repeat an earlier one, and text that instructs the reader."""

from ingestion.screening.duplicates import Duplicates, fingerprint
from ingestion.screening.instructions import instructions, is_instruction

__all__ = ["Duplicates", "fingerprint", "instructions", "is_instruction"]
