"""Find with a language model: sentences in, the same readings out that the local models give."""

from assistant.finding.desk import LlmDesk, Reads
from assistant.finding.finder import Finder, Found, Plan
from assistant.finding.notes import Notes
from assistant.finding.triage import is_informative

__all__ = ["Finder", "Found", "LlmDesk", "Notes", "Plan", "Reads", "is_informative"]
