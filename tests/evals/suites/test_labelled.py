"""A team's own labelled sentences are read; a line that cannot be is named."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from assistant.models import About, Emotion, EvidenceKind, Reading
from evals.suites.labelled import Unreadable, questions, samples
from evals.suites.measures import figure
from ingestion.models import Segment

LATE = {"text": "It came late.", "kinds": ["pain"], "stage": "experience", "valence": -1}
FINE = {"text": "It is fine.", "kinds": ["neutral"], "emotion": "neutral", "valence": 0}


def reading(*kinds: EvidenceKind, stage: str = "experience", valence: float = -1.0) -> Reading:
    emotion = Emotion.NEUTRAL
    return Reading(kinds, stage, (), emotion, valence, 0.9, About.OWN, None, None)


def gloomy(segments: Sequence[Segment]) -> list[Reading]:
    """A reader to whom everything is a pain."""
    return [reading(EvidenceKind.PAIN) for _ in segments]


def write(folder: Path, *rows: dict[str, Any]) -> Path:
    path = folder / "ours.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_asks_what_the_labels_say_and_nothing_else(tmp_path: Path) -> None:
    asked = questions(samples(write(tmp_path, LATE, FINE)), gloomy)

    assert {one.name: figure(one).value for one in asked} == {
        "pain": pytest.approx(2 / 3, abs=1e-4),
        "kinds": 0.5,
        "found where nothing is": 1.0,
        "stage": 1.0,
        "valence sign": 1.0,
        "valence": 0.5,
    }


def test_samples_go_by_their_line_or_by_the_id_they_bring(tmp_path: Path) -> None:
    drawn = samples(write(tmp_path, LATE, {**FINE, "id": "nps:7"}))

    assert {sample.id for sample in drawn} == {"ours:1", "nps:7"}


def test_a_passage_is_read_together_and_in_order(tmp_path: Path) -> None:
    rows = [{**LATE, "passage": "p1"}, {**FINE, "passage": "p1"}, LATE]
    drawn = {sample.id: sample.segment for sample in samples(write(tmp_path, *rows))}

    assert drawn["ours:1"].after == "It is fine."
    assert drawn["ours:2"].before == "It came late."
    assert drawn["ours:1"].document_id == drawn["ours:2"].document_id
    assert drawn["ours:3"].document_id != drawn["ours:1"].document_id


@pytest.mark.parametrize(
    ("context", "source", "part"),
    [
        ("Interviewer: And then?", "interview", "asked"),
        ("What could be better?", "survey", "asked"),
        ("Broken on arrival", "review", "title"),
        ("I opened the box.", "review", "before"),
        ("And I left.", "interview", "before"),
    ],
)
def test_the_context_is_read_as_what_it_is(
    context: str, source: str, part: str, tmp_path: Path
) -> None:
    (one,) = samples(write(tmp_path, {**LATE, "context": context, "source": source}))

    words = context.removeprefix("Interviewer: ")
    assert getattr(one.segment, part) == words
    assert [one.segment.asked, one.segment.title, one.segment.before].count("") == 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"kinds": ["pain"]}, "line 2: text: Field required"),
        ({**LATE, "kinds": ["grief"]}, "line 2: kinds"),
        ({**LATE, "valence": 3}, "line 2: valence: Input should be less than or equal to 2"),
        ({**LATE, "kinds": []}, "line 2: kinds"),
    ],
)
def test_a_line_that_cannot_be_used_is_named(row: dict[str, Any], why: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=why):
        samples(write(tmp_path, LATE, row))


def test_of_a_long_file_whole_passages_are_drawn_and_the_same_each_time(tmp_path: Path) -> None:
    rows = [{**LATE, "text": f"Late {n}.", "passage": f"p{n // 2}"} for n in range(40)]
    path = write(tmp_path, *rows)

    drawn = samples(path, at_most=11)

    assert len(drawn) == 10
    assert drawn == samples(path, at_most=11)
    assert len({sample.label.passage for sample in drawn}) == 5


def test_slices_tell_languages_apart_where_there_are_enough(tmp_path: Path) -> None:
    rows = [{**LATE, "text": f"Late {n}.", "lang": "de" if n % 2 else "en"} for n in range(40)]
    pain = questions(samples(write(tmp_path, *rows, {**LATE, "lang": "it"})), gloomy)[0]

    assert set(pain.slices) == {"language de", "language en"}
