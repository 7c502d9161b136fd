#!/usr/bin/env python3
"""Make ../corpus and ../truth.json from what stands in this folder: the same bytes every time.

python build.py                  (needs PyYAML and Pydantic, which the project has)
"""

import collections
import json
import pathlib
import statistics
from collections.abc import Iterable
from typing import Any

import claims
import documents
import make_events
import planted
from marks import EMOTIONS, STAGES, Marks, Segment
from tables import Tables

ROOT = pathlib.Path(__file__).parent.parent
GOAL = (
    "Why do people who want a Larkspoke hesitate before they order, "
    "and why do owners let the service plan go?"
)

Told = dict[str, Any]  # a record as truth.json has it


def main() -> None:
    """Write the documents, the tables that go with them, and the truth about both."""
    marks = Marks()
    documents.interviews(marks)
    documents.reviews(marks)
    documents.tickets(marks)
    people = documents.survey(marks)
    make_events.write(people)
    asker = next(person.user for person in people if person.claims)
    told = json.dumps(truth(marks, Tables(asker)), ensure_ascii=False, indent=1)
    (ROOT / "truth.json").write_text(told + "\n", "utf-8")


def truth(marks: Marks, tables: Tables) -> Told:
    """All that is planted, and where it is told."""
    return {
        "company": "Larkspoke",
        "goal": GOAL,
        "stages": list(STAGES.values()),
        "emotions": list(EMOTIONS.values()),
        **_planted(marks.segments),
        **claims.told(tables, marks.claims),
        "personas": [persona.model_dump() for persona in planted.personas()],
        "valence_by_stage": _valence_by_stage(marks.segments),
        "funnel": tables.funnel(),
        "process": tables.process(),
        "segments": [segment.told() for segment in marks.segments],
        "injections": marks.injections,
        "pii": marks.pii,
        "off_topic": [{"doc": doc, "quote": quote} for doc, quote in marks.off_topic.items()],
    }


def _planted(segments: list[Segment]) -> dict[str, list[Told]]:
    """Pains, delights and wishes, each with the passages that tell it."""

    def pain(kind: str, key: str) -> list[Told]:
        """Passages of a kind that tell a pain, or a wish about it."""
        return _cited(s for s in segments if kind in s.kinds and s.pain_point_id == key)

    def delight(key: str) -> list[Told]:
        """Passages that tell a delight."""
        return _cited(s for s in segments if "delight" in s.kinds and s.delight_id == key)

    return {
        "pain_points": [p.model_dump() | {"evidence": pain("pain", p.id)} for p in planted.pains()],
        "delights": [d.model_dump() | {"evidence": delight(d.id)} for d in planted.delights()],
        "opportunities": [
            wish.model_dump() | {"evidence": pain("opportunity", wish.pain_point_ids[0])}
            for wish in planted.wishes()
        ],
    }


def _cited(segments: Iterable[Segment]) -> list[Told]:
    """Where passages stand, and their words."""
    return [{"doc": segment.doc, "quote": segment.quote} for segment in segments]


def _valence_by_stage(segments: list[Segment]) -> dict[str, float]:
    """The mean valence of the passages of each stage."""
    found: dict[str, list[int]] = collections.defaultdict(list)
    for segment in segments:
        found[segment.stage].append(segment.valence)
    return {stage: round(statistics.mean(found[stage]), 2) for stage in STAGES.values()}


if __name__ == "__main__":
    main()
