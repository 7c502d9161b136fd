import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.embedded.heads import Outputs, leaning
from assistant.embedded.reader import load_weights
from assistant.embedded.touchpoints import CHANNELS, TOUCHPOINTS
from evals.training import labels, passages
from evals.training.export import export
from evals.training.figures import calibrate, calibration_error, figures, judged
from evals.training.labels import Labels
from evals.training.network import judges
from evals.training.passages import Around, Passage
from evals.training.recipe import evened, mean
from ingestion.models import DocumentKind

PAIN = Labels(kinds=(1, 0, 0, 0), stage=3, emotion=5, valence=-1.0)
NOTHING = Labels(kinds=(0, 0, 0, 0), stage=3, emotion=10, valence=0.0)


def row(text: str, passage: str, position: int, **other: object) -> str:
    told = {
        "text": text,
        "context": "What made you look?" if position == 1 else "the one before",
        "source": "interview",
        "lang": "en",
        "industry": f"industry {passage}",
        "stage": "awareness",
        "touchpoint": "radio advert",
        "kinds": ["pain"],
        "emotion": "frustrated",
        "valence": -1,
        "about": "own product",
        "passage": passage,
        "position": position,
    }
    return json.dumps(told | other)


@pytest.fixture
def written(tmp_path: Path) -> list[Passage]:
    path = tmp_path / "written.jsonl"
    lines = [row(f"sentence {place}", f"p{place // 2}", place % 2 + 1) for place in range(40)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return list(passages.written(path, seed=1))


@pytest.mark.parametrize(
    ("words", "touchpoint"),
    [
        ("renewal", "renewal"),
        ("radio advert", "advertisement"),
        ("public review", "own review"),
        ("Lieferung", "delivery"),
        ("доставка", "delivery"),
        ("night porter of the third floor", None),
    ],
)
def test_an_annotators_words_were_sorted_under_a_general_touchpoint(
    words: str, touchpoint: str | None
) -> None:
    known = labels.UNKNOWN if touchpoint is None else TOUCHPOINTS.index(touchpoint)

    assert labels.touchpoint(words) == known


def test_words_that_are_no_touchpoint_count_as_none_and_so_do_no_words() -> None:
    none = len(TOUCHPOINTS)

    assert (labels.touchpoint(""), labels.touchpoint("childhood")) == (none, none)


def test_the_channel_is_told_by_the_touchpoint_before_the_sentence() -> None:
    assert labels.channel("checkout", "I rang them") == CHANNELS.index("web")
    assert labels.channel("", "I rang them") == CHANNELS.index("phone")
    assert labels.channel("", "Nothing here") == len(CHANNELS)


def test_sentences_of_a_passage_stand_around_each_other(written: list[Passage]) -> None:
    first, second = written[0].segments

    assert (first.asked, first.before, first.after) == ("What made you look?", "", second.text)
    assert (second.asked, second.before, second.after) == (first.asked, first.text, "")


def test_no_group_stands_in_two_folds(written: list[Passage]) -> None:
    folds = passages.grouped(written, 5)

    groups = [{one.group for one in fold} for fold in folds]
    assert sum(len(fold) for fold in folds) == len(written)
    together = {group for fold in groups for group in fold}
    assert sum(len(fold) for fold in groups) == len(together)


def outputs(kinds: list[list[float]]) -> Outputs:
    count = len(kinds)

    def zeros(width: int) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        return np.zeros((count, width), np.float32)

    return Outputs(
        np.array(kinds, np.float32),
        zeros(6),
        zeros(11),
        zeros(1),
        zeros(3),
        zeros(3),
        zeros(len(TOUCHPOINTS) + 1),
        zeros(9),
    )


def many(*told: Labels) -> list[Passage]:
    around = Around(DocumentKind.REVIEW, "en")
    return [
        passages.passage([f"sentence {place}"], [one], around, str(place), "written")
        for place, one in enumerate(told)
    ]


def test_thresholds_find_what_is_there_and_nothing_else() -> None:
    told = [PAIN, NOTHING] * 50
    logits = [[2.0, -3.0, -3.0, -3.0], [-2.0, -3.0, -3.0, -3.0]] * 50
    read = judged(many(*told), outputs(logits))

    measured = figures(read, calibrate(read, leak=0.18), np.ones(100, np.bool_))

    assert measured["pain F1"] == 1.0
    assert measured["neutral leak"] == 0.0
    assert measured["n"] == 100


def test_the_leak_bounds_how_much_is_found() -> None:
    told = [PAIN, NOTHING] * 50
    read = judged(many(*told), outputs([[0.1, -3.0, -3.0, -3.0]] * 100))

    measured = figures(read, calibrate(read, leak=0.18), np.ones(100, np.bool_))

    assert measured["neutral leak"] <= 0.18


def test_valence_follows_the_sign_alone_and_is_nothing_in_the_middle() -> None:
    glad = Labels(kinds=(0, 1, 0, 0), stage=3, emotion=9, valence=1.0)
    signs = np.array([[3, 0, -3], [-3, 0, 3], [0, 3, 0]] * 40, np.float32)
    said = outputs([[2.0, -3.0, -3.0, -3.0]] * 120)._replace(sign=signs)
    read = judged(many(*[PAIN, glad, NOTHING] * 40), said)
    calibration = calibrate(read, leak=0.18)

    measured = figures(read, calibration, np.ones(120, np.bool_))

    assert measured["valence sign"] == 1.0
    assert measured["valence MAE"] < 0.1
    assert leaning(said)[2] * calibration.valence == 0


def test_touchpoints_are_measured_where_one_was_named() -> None:
    places = (0, 1, len(TOUCHPOINTS), labels.UNKNOWN)
    told = [replace(NOTHING, touchpoint=place) for place in places]
    read = judged(many(*told), outputs([[-3.0] * 4] * 4))

    measured = figures(read, calibrate(read, leak=0.18), np.ones(4, np.bool_))

    assert measured["touchpoint accuracy"] == 0.5


def test_an_emotion_told_less_often_is_heard_sooner() -> None:
    often, seldom = labels.EMOTIONS.index("satisfied"), labels.EMOTIONS.index("excited")
    told = [replace(NOTHING, emotion=place) for place in (often, often, often, seldom)]
    even = {"emotion_b": np.zeros(len(labels.EMOTIONS), np.float32)}

    shifted = evened(even, many(*told))["emotion_b"]

    assert shifted[seldom] - shifted[often] == pytest.approx(0.3 * np.log(3), rel=1e-5)


def test_calibration_error_is_the_gap_between_said_and_true() -> None:
    chances = np.full((10, 4), 0.75, np.float32)
    real = np.zeros((10, 4), np.bool_)

    assert calibration_error(chances, real) == pytest.approx(0.75)


def test_weights_come_back_as_they_were_written(tmp_path: Path) -> None:
    weights = {"near": np.array([[0.5, -1.25]], np.float32)}

    version = export(tmp_path / "reader.npz", weights)

    named, read = load_weights(tmp_path / "reader.npz")
    assert named == version
    assert read["near"].tolist() == weights["near"].tolist()


def test_other_weights_are_another_version(tmp_path: Path) -> None:
    one = export(tmp_path / "a.npz", {"near": np.zeros((1, 1), np.float32)})
    other = export(tmp_path / "b.npz", {"near": np.ones((1, 1), np.float32)})

    assert one != other


def test_the_mean_of_what_was_learned_is_that_of_each_weight():
    ends = [{"near": np.full(2, of, np.float32)} for of in (1.0, 3.0)]

    assert mean(ends)["near"].tolist() == [2, 2]
    assert mean(ends)["near"].dtype == np.float32


def test_judging_is_learned_without_moving_what_gives_meaning():
    names = ("l11.up", "meaning", "looks", "places", "near", "kinds_b", "pool_mean")

    assert [name for name in names if judges(name)] == ["near", "kinds_b", "pool_mean"]
