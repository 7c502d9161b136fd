from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.models import Role
from ingestion.speech import prose


def _said(text: str) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in prose.turns(text)]


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param("{name}: {text}\n", id="name and colon"),
        pytest.param("{name} : {text}\n\n", id="French space"),
        pytest.param("{name}：{text}\n", id="full width"),
        pytest.param("**{name}:** {text}\n\n", id="bold with colon"),
        pytest.param("**{name}**: {text}\n\n", id="bold, then colon"),
        pytest.param("__{name}:__ {text}\n\n", id="bold by underscores"),
        pytest.param("*{name}:* {text}\n\n", id="italic"),
        pytest.param("**{name}** (00:{s}): {text}\n\n", id="bold, then time"),
        pytest.param("**{name}** [0:{s}]\n{text}\n\n", id="bold and time alone"),
        pytest.param("**[00:{s}] {name}:** {text}\n\n", id="time in bold"),
        pytest.param("[00:00:{s}] {name}: {text}\n", id="time first"),
        pytest.param("00:{s} {name}: {text}\n", id="bare time first"),
        pytest.param("(00:{s}) {name}: {text}\n", id="time in round brackets"),
        pytest.param("{name} (00:{s}): {text}\n", id="time after"),
        pytest.param("{name} [00:{s}]: {text}\n", id="time in square brackets after"),
        pytest.param("{name}  0:{s}\n{text}\n\n", id="Otter"),
        pytest.param("{name} (00:{s}):\n{text}\n\n", id="Rev"),
        pytest.param("{name}   0:{s}\n{text}\n", id="Teams"),
        pytest.param("[{name}] 10:02:{s}\n{text}\n\n", id="Zoom"),
        pytest.param("{name} - 00:{s}\n{text}\n\n", id="dash and time"),
        pytest.param("00:{s} {name}\n{text}\n\n", id="time and name alone"),
        pytest.param("00:{s}\n{name}: {text}\n", id="time on its own line"),
        pytest.param("[01/02/26, 10:12:{s}] {name}: {text}\n", id="chat"),
        pytest.param("10:{s} AM {name}: {text}\n", id="time of day"),
        pytest.param(">> {name}: {text}\n", id="captioners' arrows"),
        pytest.param("### {name}\n\n{text}\n\n", id="headings"),
        pytest.param("**{name}**\n\n{text}\n\n", id="bold alone"),
        pytest.param("{name}: {text}\r\n", id="Windows lines"),
    ],
)
def test_reads_every_shape_of_label(shape: str) -> None:
    said: list[tuple[str | None, str]] = [
        ("Sam", "How did you find us?"),
        ("Kim", "A friend sent me the link."),
        ("Sam", "Oh?"),
        ("Kim", "Yes."),
    ]

    lines = (shape.format(name=name, text=text, s=12 + n) for n, (name, text) in enumerate(said))

    assert _said("\ufeff" + "".join(lines)) == said


@pytest.mark.parametrize(
    "label",
    [
        "Interviewer", "Interviewer 2", "Moderatorin", "Intervieweur", "Entrevistadora", "Q",
        "Intervistatore", "Onderzoeker", "Pesquisador", "Интервьюер", "访谈者", "主持人",
        "Speaker 1", "Dr. Kim-Lee", "O'Neil", "Anna Maria van der Berg", "Jo (host)", "P02",
        "Müller, Kim",
    ],
)  # fmt: skip
def test_takes_names_and_roles_of_any_language(label: str) -> None:
    text = f"{label}: Why?\nP01: Because.\n{label}: And then?\nP01: Nothing."

    assert [speaker for speaker, _ in _said(text)] == [label, "P01"] * 2


def test_takes_a_label_that_names_every_gender() -> None:
    text = "Interviewer:in: Why?\nP01: Because.\nInterviewer:in: And then?\nP01: Nothing."

    assert [speaker for speaker, _ in _said(text)] == ["Interviewer", "P01"] * 2


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Note: it was late by then.", id="a word before a colon"),
        pytest.param("My advice: do not wait.", id="words before a colon"),
        pytest.param("We met at 10:30", id="a time at the end"),
        pytest.param("See https://example.org for that.", id="an address"),
        pytest.param("Two things: price and speed. Price: high.", id="two colons"),
        pytest.param("so I said: no", id="reported speech"),
        pytest.param("The ratio was 3:1 then.", id="a ratio"),
    ],
)
def test_leaves_a_colon_in_speech_alone(line: str) -> None:
    text = f"Interviewer: Why?\nP01: Well.\n{line}\nInterviewer: I see.\nP01: Yes."

    assert ("P01", f"Well. {line}") in _said(text)


@pytest.mark.parametrize("repeats", [2, 5])
def test_a_word_of_notes_is_no_speaker_however_often_it_comes(repeats: int) -> None:
    text = "Interviewer: Why?\nP01: Well.\n" + "Note: it was late.\n" * repeats

    assert {speaker for speaker, _ in _said(text)} == {"Interviewer", "P01"}


def test_keeps_what_is_no_speech_apart_from_it() -> None:
    text = (
        "# Interview P07\n\n*By phone, half an hour.*\n\nDate: 2026-03-02\n\n"
        "**Interviewer:** Ready?\n\n**P07:** Yes.\n\n## Leaving\n\n[Phone rings]\n\nSorry.\n"
    )

    turns = prose.turns(text)

    assert [(turn.field, turn.role, turn.text) for turn in turns] == [
        ("heading", Role.INTERVIEWER, "Interview P07"),
        ("note", Role.INTERVIEWER, "By phone, half an hour."),
        ("note", Role.INTERVIEWER, "Date: 2026-03-02"),
        (None, Role.CUSTOMER, "Ready?"),
        (None, Role.CUSTOMER, "Yes."),
        ("heading", Role.INTERVIEWER, "Leaving"),
        ("note", Role.INTERVIEWER, "[Phone rings]"),
        (None, Role.CUSTOMER, "Sorry."),
    ]
    assert turns[-1].speaker == "P07"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param("That was **so** *bad*, __truly__.", "That was so bad, truly.", id="emphasis"),
        pytest.param(r"\[laughs\] It is \#1.", "[laughs] It is #1.", id="escapes"),
        pytest.param("It cost 5 * 3 * 2 euros.", "It cost 5 * 3 * 2 euros.", id="sums"),
        pytest.param("snake_case_name stays", "snake_case_name stays", id="underscores in a word"),
        pytest.param("one line\nand the next", "one line and the next", id="wrapped lines"),
        pytest.param("one block\n\nand the next", "one block\nand the next", id="paragraphs"),
        pytest.param("Two:\n- fast\n- cheap", "Two:\n- fast\n- cheap", id="a list"),
        pytest.param(r"Yes. \[04:04\] No.", "Yes. [04:04] No.", id="a time inside"),
        pytest.param("Yes.\n\n\\[04:04\\] No.", "Yes.\nNo.", id="a time that opens a line"),
        pytest.param("我找不\n到价格。", "我找不到价格。", id="wrapped Chinese"),
        pytest.param("---\nYes.\n\n---", "Yes.", id="rules"),
    ],
)  # fmt: skip
def test_alters_nothing_but_marks(written: str, said: str) -> None:
    turns = prose.turns(f"**Interviewer:** Well?\n\n**P01:** {written}\n")

    assert turns[-1].text == said


def test_a_text_without_labels_is_its_paragraphs() -> None:
    assert _said("What brought you here?\n\nThe price,\nmostly.") == [
        (None, "What brought you here?"),
        (None, "The price, mostly."),
    ]


def test_without_labels_a_bold_or_asking_line_stands_apart_from_the_answer() -> None:
    text = "**Tell me about the start.**\n\nIt was slow.\n\nAnd then?\nIt got better.\n"

    turns = prose.turns(text)

    assert [(turn.field, turn.text) for turn in turns] == [
        ("note", "Tell me about the start."),
        (None, "It was slow."),
        (None, "And then?"),
        (None, "It got better."),
    ]


@pytest.mark.parametrize(
    ("asker", "teller"), [("INTERVIEWER", "PARTICIPANT"), ("Speaker 1", "Speaker 2")]
)
def test_reads_a_role_on_a_line_of_its_own(asker: str, teller: str) -> None:
    text = f"{asker}\nWhy?\n\n{teller}\nBecause.\n\n{asker}\nOh.\n\n{teller}\nYes.\n"

    assert _said(text) == [(asker, "Why?"), (teller, "Because."), (asker, "Oh."), (teller, "Yes.")]


@pytest.mark.parametrize("line", ["[Pause] It was late.", "PARKING", "OK", "[Music]"])
def test_a_shout_or_a_sound_is_no_label(line: str) -> None:
    text = f"Interviewer: Why?\nP01: Well.\n{line}\nIt was.\n{line}\nInterviewer: So."

    assert {speaker for speaker, _ in _said(text)} <= {"Interviewer", "P01", None}


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        pytest.param(["00:12", "Anna", "It was late."], "[00:12] Anna: It was late.", id="time"),
        pytest.param(["7", "Anna:", "It was late."], "Anna: It was late.", id="row number"),
        pytest.param(["", "It was late.", " "], "It was late.", id="one cell"),
        pytest.param([], "", id="none"),
    ],
)
def test_a_row_is_a_line(cells: list[str], line: str) -> None:
    assert prose.row(cells) == line


words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8).map(
    lambda word: normalize("NFC", word)
)
speech = st.lists(words, min_size=1, max_size=12).map(" ".join)


@given(st.lists(speech, min_size=1, max_size=8))
def test_loses_no_words(said: list[str]) -> None:
    lines = [("Interviewer", "P01")[n % 2] + f": {text}" for n, text in enumerate(said)]

    assert [turn.text for turn in prose.turns("\n".join(lines))] == said


@given(st.text(max_size=300))
def test_reads_any_text(text: str) -> None:
    turns = prose.turns(text)

    assert all(turn.text.strip() == turn.text for turn in turns)
