from collections import Counter
from pathlib import Path

import pytest

from assistant.embedded.touchpoints import TOUCHPOINTS
from evals.suites.catalogue import SLICES
from evals.suites.labelled import samples
from evals.training import corpora, labels, themes
from evals.training.labels import Labels
from evals.training.library import Library
from evals.training.passages import Around, Passage, passage
from evals.training.recipe import Material, among_others
from evals.training.themes import Telling
from ingestion.embedding.encoder import WEIGHTS
from ingestion.embedding.words import Words, load
from ingestion.models import DocumentKind

CORPORA = SLICES.parent / "training/corpora"
FILE = """\
= bike repair workshop
* no-callback pain: nobody rings when the bike is ready
@ review en "Good hands, bad phone"
no-callback|pain,action|experience|frustrated|-1|own|collection|Said Thursday, so I rang.
-|neutral|none|neutral|0|none||I live two streets away | and ride in.
@ interview de
> Wie war die Abgabe?
-|action|experience|neutral|0|own|Lieferung|Ich hab es vor der Arbeit hingebracht.
> Und danach?
no-callback|pain|experience|uncertain|-1|own|Abholung|Keiner hat sich gemeldet.
@ survey en ? What is the main reason for your score?
"""


@pytest.fixture
def documents(tmp_path: Path) -> list[Passage]:
    (tmp_path / "bikes.txt").write_text(FILE, encoding="utf-8")
    return list(corpora.read(tmp_path, seed=1))


def test_a_document_is_a_passage_with_its_title_and_its_questions(
    documents: list[Passage],
) -> None:
    review, interview = documents

    assert [segment.title for segment in review.segments] == ["Good hands, bad phone"] * 2
    assert review.segments[0].kind is DocumentKind.REVIEW
    assert [segment.asked for segment in interview.segments] == [
        "Wie war die Abgabe?",
        "Und danach?",
    ]
    assert interview.segments[1].before == "Ich hab es vor der Arbeit hingebracht."
    assert {one.group for one in documents} == {"bike repair workshop"}


def test_a_sentence_is_labelled_as_the_writer_said(documents: list[Passage]) -> None:
    told, plain = documents[0].labels

    assert (told.kinds, told.valence) == ((1, 0, 0, 1), -1)
    assert told.theme == "bike repair workshop: no-callback"
    assert (plain.theme, plain.stage) == ("", labels.UNKNOWN)
    assert documents[0].segments[1].text == "I live two streets away | and ride in."


def test_a_touchpoint_is_known_in_any_language_a_channel_in_english(
    documents: list[Passage],
) -> None:
    english, german = documents[0].labels[0], documents[1].labels[0]

    assert {TOUCHPOINTS[one.touchpoint] for one in (english, german)} == {"delivery"}
    assert english.channel != labels.UNKNOWN
    assert german.channel == labels.UNKNOWN


@pytest.mark.parametrize(
    ("industry", "origin"),
    [("plain statements", corpora.PLAIN), ("night train operator, hard to read", corpora.HARD)],
)
def test_plain_and_hard_statements_are_sets_of_their_own_and_count_double(
    tmp_path: Path, industry: str, origin: str
) -> None:
    (tmp_path / "bikes.txt").write_text(FILE, encoding="utf-8")
    lines = f"= {industry}\n@ review en\n-|pain|none|frustrated|-1|own||The kettle leaks.\n"
    (tmp_path / "others.txt").write_text(lines, encoding="utf-8")
    read = list(corpora.read(tmp_path, seed=1))

    gone_over = Counter(one.origin for one in among_others(read, Material((), read, ())))

    assert [one.origin for one in read] == ["corpus", "corpus", origin]
    assert gone_over == {"corpus": 2 * 2, origin: 2 * 2}


def test_no_sentence_of_a_slice_was_learned_from() -> None:
    learned = {segment.text for one in corpora.read(CORPORA, seed=1) for segment in one.segments}
    asked = {one.label.text for path in SLICES.glob("*.jsonl") for one in samples(path)}

    assert not learned & asked


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("@ letter from a friend", "no document begins like"),
        ("no-callback|pain|It rang.", "3 columns where 8 belong"),
    ],
)
def test_a_line_that_is_none_of_them_is_named(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "bikes.txt").write_text(f"= bikes\n@ review en\n{line}\n", encoding="utf-8")

    with pytest.raises(ValueError, match=f"bikes.txt:3: .*{said}"):
        list(corpora.read(tmp_path, seed=1))


def test_tellings_of_one_industry_are_a_group(documents: list[Passage]) -> None:
    (group,) = themes.groups(documents)

    assert [one.text for one in group] == [
        "Said Thursday, so I rang.",
        "Keiner hat sich gemeldet.",
    ]


def test_a_draw_holds_few_of_each_theme_and_never_two_industries() -> None:
    many = [Telling(f"{theme} {n}", f"theme {theme}") for theme in range(30) for n in range(20)]
    other = [Telling(f"other {n}", "other") for n in range(50)]
    draw = themes.draws([many, other], 40, seed=3)

    drawn = [next(draw) for _ in range(20)]

    for told in drawn:
        assert len(told) <= 40
        of = [one.theme for one in told]
        assert max(of.count(theme) for theme in of) <= 6
        assert len({theme == "other" for theme in of}) == 1
    assert len({tuple(told) for told in drawn}) == len(drawn)


def test_what_is_said_about_a_touchpoint_stands_with_its_name(documents: list[Passage]) -> None:
    (group,) = themes.touchpoints(documents)

    assert Telling("collection", "collection") in group
    assert Telling("Said Thursday, so I rang.", "collection") in group


def test_only_a_large_industry_is_compared_within_itself() -> None:
    told = [Labels(words=f"touchpoint {n % 9}") for n in range(80)]
    texts = [f"sentence {n}" for n in range(80)]
    around = Around(DocumentKind.REVIEW, "en")
    large = passage(texts, told, around, "large", "corpus")
    small = [passage(texts[:3], told[:3], around, f"small {n}", "written") for n in range(200)]

    groups = themes.touchpoints([large, *small])

    said = [[one for one in group if one.text.startswith("sentence")] for group in groups]
    assert sum(map(len, said)) == 80 + 600
    assert max(map(len, said)) == 80
    assert len(groups) <= 1 + 64


def test_a_name_is_drawn_wherever_what_it_names_is() -> None:
    told = [Labels(words=f"touchpoint {n % 3}") for n in range(90)]
    texts = [f"sentence {n}" for n in range(90)]
    one = passage(texts, told, Around(DocumentKind.REVIEW, "en"), "industry", "corpus")
    draw = themes.draws(themes.touchpoints([one]), 40, seed=3)

    drawn = next(draw)

    assert {one.theme for one in drawn} == {"touchpoint 0", "touchpoint 1", "touchpoint 2"}
    assert {one.text for one in drawn} >= {"touchpoint 0", "touchpoint 1", "touchpoint 2"}


def test_the_words_for_a_touchpoint_are_learned_with_its_sentences(
    documents: list[Passage],
) -> None:
    library = Library(Words(load(WEIGHTS / "words.npz")), {})

    library.add(documents)

    assert {"collection", "Lieferung", "Said Thursday, so I rang."} <= {*library.texts}
