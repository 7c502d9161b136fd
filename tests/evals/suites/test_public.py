"""Public sets are read as their files say, and only what was held out is asked about."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from assistant.models import About, Emotion, EvidenceKind, Reading
from evals.suites.measures import Question, figure
from evals.suites.public.apps import apps
from evals.suites.public.emotions import emotions
from evals.suites.public.patients import patients
from evals.suites.public.polarity import LANGUAGES, polarity
from evals.training.public import is_held
from ingestion.models import Segment


def reads(segments: Sequence[Segment]) -> list[Reading]:
    """A reader who goes by one word: what is called bad is a pain, all else a delight."""
    return [_reading("bad" in segment.text) for segment in segments]


def _reading(is_bad: bool) -> Reading:
    kind = EvidenceKind.PAIN if is_bad else EvidenceKind.DELIGHT
    emotion = Emotion.ANGRY if is_bad else Emotion.SATISFIED
    return Reading((kind,), "experience", (), emotion, 1 - 2 * is_bad, 1, About.OWN, None, None)


def held(words: str) -> str:
    return next(text for n in range(99) if is_held(text := f"{words} {n}"))


def learned(words: str) -> str:
    return next(text for n in range(99) if not is_held(text := f"{words} {n}"))


def write(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def by_name(questions: Sequence[Question]) -> dict[str, Question]:
    return {one.name: one for one in questions}


def test_patients_are_asked_what_they_felt_and_criticised(tmp_path: Path) -> None:
    folder = tmp_path / "sur_nhs_fft_labelled"
    good, bad, known = held("A kind nurse"), held("A bad bed"), learned("A bad meal")
    head = "FFT categorical answer,FFT question,FFT answer,Comment sentiment"
    rows = [f"1,FFT Why?,{good},1", f"5,FFT Why?,{bad},5", f"5,FFT Why?,{known},5"]
    write(folder / "phase2_v6framework_230831.csv", head, *rows)
    write(folder / "phase1_text_data.csv", "feedback,criticality", f"{held('Fine')},0")

    asked = patients(tmp_path, reads)

    questions = by_name(asked.questions)
    assert set(asked.texts.values()) == {good, bad, held("Fine")}
    assert figure(questions["sentiment"]).value == 1
    assert figure(questions["criticism"]).n == 3
    assert set(questions["sentiment, where a score was ticked"].samples) == {"phase2:1", "phase2:2"}


def test_a_review_shows_what_any_of_its_sentences_shows(tmp_path: Path) -> None:
    folder = tmp_path / "rev_minibar_apps/for_classification"
    review = held("I liked it at first. The sync is bad now. I still have it")
    head = "data,score,problem_report,feature_request"
    write(folder / "Steps.en.csv", head, f"{review},4,1,0", f"{learned('bad')},1,1,0")
    write(folder / "Steps.fr.csv", head, f"{held('bad')},1,1,0")

    questions = by_name(apps(tmp_path, reads).questions)

    stars = figure(questions["problem, en, two stars or fewer"])
    assert (stars.n, stars.value, stars.beside) == (1, 1, 0)


def test_the_same_sentences_are_asked_about_in_every_language(tmp_path: Path) -> None:
    for domain in ("coursera", "food"):
        for language in LANGUAGES:
            word = "bad" if language != "ja" else "warui"
            lines = [
                f"{word} {domain}####[['NULL', 'x', 'negative']]",
                "fine####[['a', 'x', 'neutral']]",
            ]
            write(tmp_path / f"rev_mabsa_multilingual/{domain}/{language}/test.txt", *lines)

    questions = by_name(polarity(tmp_path, reads).questions)

    assert figure(questions["polarity, de"]).n == 2
    assert figure(questions["polarity, between the eight learned in full"]).value == 0
    assert figure(questions["polarity, between all nine"]).value == 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("so bad\t1\tx", Emotion.ANGRY),
        ("what a bad day\t0,1\tx", None),
        ("oh\t2\tx", None),
        ("lovely\t3\tx", Emotion.SATISFIED),
    ],
)
def test_posts_with_one_emotion_that_is_ours_are_asked_about(
    line: str, told: Emotion | None, tmp_path: Path
) -> None:
    folder = tmp_path / "emo_goemotions"
    write(folder / "labels.txt", "neutral", "anger", "surprise", "joy")
    write(folder / "test.tsv", "fine\t0\ty", line)

    accuracy = by_name(emotions(tmp_path, reads).questions)["emotion, accuracy"]

    answers = dict(zip(accuracy.samples, np.asarray(accuracy.told).tolist(), strict=True))
    assert answers.get("post:x") == (None if told is None else list(Emotion).index(told))
