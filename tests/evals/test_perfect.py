"""A model that knows the truth tells all of it, and nothing that no row holds."""

from typing import Any

from assistant.models import JourneyMap
from evals.perfect import PerfectModel, Told, kept
from tests.builders import draft, evidence

HIT = "The gate hit my wheel and bent it."
FINE = "It is a garage for bicycles."


def planted(quote: str, kind: str, pain: str | None = None) -> dict[str, Any]:
    felt = {"stage": "experience", "emotion": "angry", "valence": -2}
    return felt | {"quote": quote, "kinds": [kind], "pain_point_id": pain}


TRUTH = {
    "segments": [planted(HIT, "pain", "pp1"), planted(FINE, "neutral")],
    "pain_points": [{"id": "pp1", "title": "The gate hits wheels"}],
}


def test_tells_what_is_planted_in_a_row() -> None:
    model = PerfectModel(TRUTH)

    reply = model("Findings", f"= 1/5\n[a1] {HIT}\n[b2] {FINE}\n[c3] Nothing of it.")

    assert [(found["id"], found["kind"]) for found in reply["found"]] == [("a1", "pain")]
    assert model.told == {Told(HIT, "pain")}


def test_merges_the_themes_of_one_pain() -> None:
    rows = f"= [a1] Gate (2)\n[b2] {HIT}\n= [c3] Wheel (1)\n[d4] {HIT}\n= [e5] Lamp (1)\n[f6] Dark."

    (merge,) = PerfectModel(TRUTH)("Regrouping", rows)["merges"]

    assert merge == {"theme_ids": ["a1", "c3"], "title": "The gate hits wheels"}


def test_what_is_cited_with_another_kind_is_not_kept() -> None:
    told = [Told(HIT, "pain"), Told(FINE, "delight")]
    cited = (evidence(HIT), evidence(FINE))
    drawn = JourneyMap(**dict(draft()), schema="journey-map/1", documents=(), evidence=cited)

    assert kept(told, drawn) == 0.5
