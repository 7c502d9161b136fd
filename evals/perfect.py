"""A model that knows the planted truth of a corpus: what it finds is all that can be found.

What the map then lacks, the pipeline lost. It answers by what stands in the rows alone, as a model
does: a sentence that never reaches it is not told.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from assistant.asking import line
from assistant.models import JourneyMap

_ROW = re.compile(r"^\[(\w+)\] (.*)$", re.M)
_HEAD = re.compile(r"^= \[(\w+)\] ", re.M)
_SHORTEST = 15
"""Letters from which a sentence that a planted quote runs on from is known by itself."""
_LONGEST_TITLE = 90
_COMBINED = {"delight+pain": "pain"}
_FELT = {"pain", "delight", "opportunity", "action"}


class Planted(NamedTuple):
    """A sentence of the truth, and what it shows."""

    quote: str
    kind: str
    stage: str
    emotion: str
    valence: int
    pain_point: str | None


class Told(NamedTuple):
    """A finding that the model told: the row it stood in, and the kind."""

    row: str
    kind: str


class PerfectModel:
    """Answers from the truth.

    Attributes:
        told: What it told so far; the same sentence in two documents counts once.
    """

    def __init__(self, truth: dict[str, Any]) -> None:
        self.told: set[Told] = set()
        self._planted = [_planted(each) for each in truth["segments"]]
        self._titles = {each["id"]: each["title"] for each in truth["pain_points"]}

    def __call__(self, reply: str, asked: str) -> dict[str, Any]:
        """Answer one call."""
        match reply:
            case "Findings":
                return {"found": list(self._found(asked))}
            case "Support":
                return {"yes_ids": [id for id, _ in _ROW.findall(asked)]} | _NOTHING_ELSE
            case "Regrouping":
                return {"merges": self._merges(asked), **_NO_OTHER_CHANGE}
            case "Placing":
                return {"placed": [], "found": []}
            case _:
                return {name: [] for name in _CONCLUSIONS}

    def _found(self, asked: str) -> Iterator[dict[str, Any]]:
        for id, text in _ROW.findall(asked):
            planted = self._match(text)
            if planted and planted.kind in _FELT:
                self.told.add(Told(text, planted.kind))
                yield {
                    "id": id,
                    "kind": planted.kind,
                    "stage": planted.stage,
                    "emotion": planted.emotion,
                    "valence": planted.valence,
                    "topic": "",
                }

    def _match(self, text: str) -> Planted | None:
        """Find the planted quote that a row holds, or that the row is a part of."""
        for planted in self._planted:
            if planted.quote in text or (len(text) >= _SHORTEST and text in planted.quote):
                return planted
        return None

    def _merges(self, asked: str) -> list[dict[str, Any]]:
        """Merge the themes whose sentences tell of the same planted pain."""
        of_pain = defaultdict[str, list[str]](list)
        for block in re.split(r"(?m)^(?== \[)", asked):
            head = _HEAD.match(block)
            matched = (self._match(text.rstrip("…")) for _, text in _ROW.findall(block))
            pains = Counter(each.pain_point for each in matched if each and each.pain_point)
            if head and pains:
                of_pain[pains.most_common(1)[0][0]].append(head[1])
        return [
            {"theme_ids": ids, "title": self._titles[pain][:_LONGEST_TITLE]}
            for pain, ids in of_pain.items()
            if len(ids) > 1
        ]


_NOTHING_ELSE: dict[str, Any] = {"partly_ids": [], "no_ids": []}
_NO_OTHER_CHANGE: dict[str, Any] = {"moves": [], "not_against_ids": [], "titles": []}
_CONCLUSIONS = ("goals", "actions", "opportunities", "personas", "explanations", "questions")


def kept(told: Sequence[Told], drawn: JourneyMap) -> float:
    """Give the share of what was told that the map cites, with the kind that was told."""
    cited = {(line(found.quote), kind) for found in drawn.evidence for kind in found.kinds}
    return sum((row, kind) in cited for row, kind in told) / len(told) if told else 0.0


def _planted(segment: dict[str, Any]) -> Planted:
    kinds: list[str] = sorted(segment["kinds"])
    return Planted(
        quote=line(segment["quote"]),
        kind=_COMBINED.get("+".join(kinds), kinds[0]),
        stage=segment["stage"],
        emotion=segment["emotion"],
        valence=round(segment["valence"]),
        pain_point=segment["pain_point_id"],
    )
