"""Mask personal data before anything is embedded, stored or shown.

`redact(document)` puts a placeholder where a person could be found again: "[email]", "[name]". What
is masked, and what is left on purpose, is said in docs/privacy.md.
"""

from ingestion.redaction.masking import Redacted, is_masked, mask, redact

__all__ = ["Redacted", "is_masked", "mask", "redact"]
