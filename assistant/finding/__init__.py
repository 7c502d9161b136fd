"""Find with a language model: sentences in, the same readings out that the local models give."""

from assistant.finding.desk import LlmDesk, Models, Reads
from assistant.finding.finder import Finder, Found, Plan
from assistant.finding.triage import is_unsure

__all__ = ["Finder", "Found", "LlmDesk", "Models", "Plan", "Reads", "is_unsure"]
