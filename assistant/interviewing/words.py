"""Words, told apart alike in every script."""

import re

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_RUN = re.compile(r"[\u3400-\u9fff]+")


def words(text: str) -> list[str]:
    """Its words; in Chinese, pairs of characters that stand side by side."""
    found = _WORD.findall(_HAN.sub(" ", text))
    pairs = [run[at : at + 2] for run in _RUN.findall(text) for at in range(max(1, len(run) - 1))]
    return found + pairs
