"""Pieces of evidence become themes: what customers say, in however many words and languages."""

from assistant.themes.context import context_vectors
from assistant.themes.grouping import Themes, group
from assistant.themes.kinds import KINDS
from assistant.themes.strays import off_topic, unlike_others

__all__ = ["KINDS", "Themes", "context_vectors", "group", "off_topic", "unlike_others"]
