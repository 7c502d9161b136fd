"""Have a model put right how evidence was grouped: it names ids, and no evidence is lost."""

from assistant.regrouping.regrouping import Editor, Regrouped, regroup

__all__ = ["Editor", "Regrouped", "regroup"]
