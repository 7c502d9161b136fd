"""Where a text may be cut without turning what it says.

What governs a quote may stand outside it: a negation or a condition in the rest of its clause
("… and it did" of "… and it did not arrive"), or a condition before it ("If they mend it, I stay").
Neither is left out, nor is a number cut in two.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from assistant.grounding.lexicon import bare, guards, is_figure, lexicon, wide
from assistant.grounding.likeness import Wording
from assistant.grounding.words import Word

_STOP = re.compile(r"[;。；]")
_PART = re.compile(r"[,，、!?…！？()\[\]—]|\.\.|\s[-–]\s")
_CLOSE = re.compile(r"[\s-]{0,2}")
_SHORT = 2
"""Words of a clause that is none of its own: "It was great, not really"."""


class Cuts:
    """The places between the words of a text, and which of them a quote may begin or end at."""

    def __init__(self, wording: Wording, sentences: Sequence[int]) -> None:
        """Look at a text whose sentences begin at these characters."""
        self._wording = wording
        n = len(wording.words)
        self._sentences = sorted({0, *_firsts(wording, sentences), *_stops(wording)})
        self._begins = sorted({*self._sentences, *_clauses(wording)})
        self._ends = [*_without_tails(self._begins, self._sentences, n), n]
        turning = _turning(wording)
        self._turned = [0, *accumulate(turning)]
        self._firsts = frozenset(self._begins)
        ifs = (at in self._firsts and _is_if(wording, at) for at in range(n))
        self._ifs = [0, *accumulate(ifs)]

    def may_begin(self, at: int) -> bool:
        """Tell whether a quote may begin with the word number `at`."""
        clause = self._begins[bisect_right(self._begins, at) - 1]
        sentence = self._sentences[bisect_right(self._sentences, at) - 1]
        is_governed = self._turned[clause] < self._turned[at] or self._ifs[sentence] < self._ifs[at]
        return not (is_governed or self._is_edge(at - 1, at) or self._halves_number(at))

    def may_end(self, at: int) -> bool:
        """Tell whether a quote may end before the word number `at`."""
        clause = self._ends[bisect_left(self._ends, at)]
        is_governing = self._turned[at] < self._turned[clause]
        return not (is_governing or self._is_edge(at, at) or self._halves_number(at))

    def _is_edge(self, left_out: int, cut: int) -> bool:
        """Tell whether a number, a comparative or a modal of the clause stands beside a cut."""
        words = self._wording.words
        is_within = 0 < cut < len(words) and cut not in self._firsts
        key = words[left_out].key if is_within else ""
        return is_figure(key) or bare(key) in lexicon(self._wording.language).edges

    def _halves_number(self, at: int) -> bool:
        words = self._wording.words
        if not 0 < at < len(words):
            return False
        before, after = words[at - 1], words[at]
        is_close = _CLOSE.fullmatch(self._wording.text, before.end, after.start)
        return bool(is_close) and _is_number(before) and _is_number(after)


def _is_number(word: Word) -> bool:
    return is_figure(word.key) or bare(word.key) in guards().numbers


def _turning(wording: Wording) -> list[bool]:
    """Tell of each word whether a cut may not leave it out of its clause."""
    turning = lexicon(wording.language).turning
    signs = {
        at
        for match in wide().turning.finditer(wording.text)
        if not match[1]
        for at in range(match.start(), match.end())
    }
    return [
        bare(word.key) in turning or word.key.startswith("n'") or word.start in signs
        for word in wording.words
    ]


def _is_if(wording: Wording, at: int) -> bool:
    word = wording.words[at]
    return bare(word.key) in lexicon(wording.language).ifs or bool(
        wide().ifs.match(wording.text, word.start)
    )


def _gaps(wording: Wording) -> Iterator[tuple[int, str, Word]]:
    """Give each word but the first: its number, what stands before it, and the word."""
    for at, (before, word) in enumerate(pairwise(wording.words), start=1):
        yield at, wording.text[before.end : word.start], word


def _stops(wording: Wording) -> Iterator[int]:
    """Give the words that begin a sentence, or something as good as one."""
    return (at for at, gap, _ in _gaps(wording) if _STOP.search(gap))


def _firsts(wording: Wording, sentences: Sequence[int]) -> Iterator[int]:
    """Give the first word of each sentence."""
    starts = [word.start for word in wording.words]
    return (bisect_left(starts, at) for at in sentences)


def _clauses(wording: Wording) -> Iterator[int]:
    """Give the words that begin a clause which what stands before it does not govern."""
    known = lexicon(wording.language)
    wide_joints = {match.start() for match in wide().joints.finditer(wording.text)}
    for at, gap, word in _gaps(wording):
        is_joint = bare(word.key) in known.joints or word.start in wide_joints
        is_parted = _PART.search(gap) and bare(word.key) not in known.subordinators
        if is_joint or is_parted:
            yield at


def _without_tails(clauses: Sequence[int], sentences: Sequence[int], n: int) -> Iterator[int]:
    """Leave out where a clause begins that is too short to be one."""
    stops = set(sentences)
    for clause, after in pairwise([*clauses, n]):
        if clause in stops or after - clause > _SHORT:
            yield clause
