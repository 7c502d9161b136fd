"""Grounding: a model's wording becomes a span of what a customer said, or is refused."""

from assistant.grounding.quotes import Anchors, ground

__all__ = ["Anchors", "ground"]
