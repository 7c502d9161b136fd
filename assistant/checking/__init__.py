"""Check what was found: does the sentence show what it was read as?"""

from assistant.checking.checker import CHECKED, Checked, Checker, Verdict, after

__all__ = ["CHECKED", "Checked", "Checker", "Verdict", "after"]
