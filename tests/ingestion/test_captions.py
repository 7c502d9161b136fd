from html import escape
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.errors import MalformedSource
from ingestion.models import Turn
from ingestion.parsers import sbv, srt, webvtt

FIRST, SECOND = "00:01.000 --> 00:02.000\n", "00:03.000 --> 00:04.000\n"

TEAMS_EXPORT = b"""\xef\xbb\xbfWEBVTT
Kind: captions

NOTE recorded with consent

intro/1-0
00:00:01.000 --> 00:00:03.500
<v Ana Ruiz>What happened when the parcel
did not come?</v>

intro/2-0
00:00:04.000 --> 00:00:06.000 align:start position:0%
<v Joe>I waited &amp; waited.</v>

intro/3-0
00:00:06.000 --> 00:00:08.000
<v Joe>Then <i>I</i> called.</v>
"""


def _said(turns: tuple[Turn, ...]) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in turns]


def test_reads_a_meeting_export() -> None:
    assert webvtt.parse(TEAMS_EXPORT) == (
        Turn(
            text="What happened when the parcel did not come?",
            speaker="Ana Ruiz",
            start_ms=1000,
            end_ms=3500,
        ),
        Turn(text="I waited & waited. Then I called.", speaker="Joe", start_ms=4000, end_ms=8000),
    )


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(f"WEBVTT\n\n{FIRST}Hi.\n\n{SECOND}Ho.", id="as the standard has it"),
        pytest.param(f"\ufeffWEBVTT\n\n{FIRST}Hi.\n\n{SECOND}Ho.", id="byte order mark"),
        pytest.param(f"WEBVTT\r\n\r\n{FIRST}Hi.\r\n\r\n{SECOND}Ho.", id="Windows lines"),
        pytest.param(f"WEBVTT\n\n{FIRST}Hi.\n{SECOND}Ho.", id="no blank line between cues"),
        pytest.param(f"WEBVTT\n{FIRST}Hi.\n\n{SECOND}Ho.", id="no blank line after the header"),
        pytest.param(f"WEBVTT\n\n{FIRST}Hi.\n  \n{SECOND}Ho.", id="a blank line with spaces"),
        pytest.param(f"WEBVTT\n\n1\n{FIRST}Hi.\n\n2\n{SECOND}Ho.", id="identifiers"),
        pytest.param(f"\n\tWEBVTT\n\n{FIRST}Hi.\n\n{SECOND}Ho.", id="space before the header"),
        pytest.param(f"WEBVTT\n\n-->\n{FIRST}Hi.\n\n{SECOND}Ho.", id="an arrow as identifier"),
        pytest.param(f"WEBVTT\n\nNOTE --\n\n{FIRST}Hi.\n\n{SECOND}Ho.", id="a comment"),
        pytest.param(f"WEBVTT\n\nSTYLE\n::cue {{}}\n\n{FIRST}Hi.\n\n{SECOND}Ho.", id="a style"),
        pytest.param(f"WEBVTT - x\nKind: y\n\n{FIRST}Hi.\n\n{SECOND}Ho.", id="header fields"),
        pytest.param("WEBVTT\n\n00:02.000 --> 00:01.000\nHi.\n\n" + SECOND + "Ho.", id="reversed"),
        pytest.param(f"WEBVTT\n\n{FIRST}<c>Hi.\n\n{SECOND}<b.x>Ho.</b>", id="tags"),
        pytest.param(f"WEBVTT\n\n{FIRST}<foo>Hi.\n\n{SECOND}<00:03.500>Ho.", id="odd tags"),
        pytest.param(
            f"WEBVTT\n\n{FIRST}Hi.\n\n{SECOND}Ho.\n\n00:05.000 --> 00:06.000\n", id="silence"
        ),
    ],
)
def test_accepts_sloppiness_that_loses_no_words(file: str) -> None:
    assert [turn.text for turn in webvtt.parse(file.encode())] == ["Hi.", "Ho."]


@pytest.mark.parametrize(
    ("file", "line", "reason"),
    [
        pytest.param(b"", 1, "starts with WEBVTT", id="empty"),
        pytest.param(b"WEBVTTx\n\nHi", 1, "starts with WEBVTT", id="another word"),
        pytest.param(b"WEBVTT\n\nlost words\nmore", 4, "expected a cue timing", id="no timing"),
        pytest.param(b"WEBVTT\n\n0:1.0 -> 0:2.0\nHi", 4, "expected a cue timing", id="no arrow"),
        pytest.param(b"WEBVTT\n\n0:a --> 0:2.0\nHi", 3, "expected a cue timing", id="bad timing"),
    ],
)
def test_refuses_captions_it_cannot_read_and_says_where(
    file: bytes, line: int, reason: str
) -> None:
    with pytest.raises(MalformedSource, match=reason) as refusal:
        webvtt.parse(file)

    assert refusal.value.line == line


def test_keeps_a_comparison_that_looks_like_a_tag() -> None:
    file = f"WEBVTT\n\n{FIRST}It takes 5 < 6 and 7 > 3 days.".encode()

    assert webvtt.parse(file)[0].text == "It takes 5 < 6 and 7 > 3 days."


SUBRIP = (
    "1\n00:00:01,000 --> 00:00:02,000\nSam: What broke,\n\n"
    "2\n00:00:02,000 --> 00:00:03,000\nand when?\n\n"
    "3\n00:00:03,000 --> 00:00:04,000\nP02: The <i>lid</i>.\n\n"
    "4\n00:00:04,000 --> 00:00:05,000\n{\\an8}Note: on day one.\n\n"
    "5\n00:00:05,000 --> 00:00:06,000\nSam: I see.\n"
)


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(SUBRIP, id="as tools write it"),
        pytest.param(SUBRIP.replace(",000", ".000"), id="points for commas"),
        pytest.param(SUBRIP.replace("\n", "\r\n"), id="Windows lines"),
        pytest.param(SUBRIP.replace("What broke,", "\nWhat broke,"), id="a blank line in a cue"),
        pytest.param(
            "".join(line + "\n" for line in SUBRIP.split("\n") if not line.isdigit()),
            id="no counters",
        ),
    ],
)
def test_carries_a_name_on_to_the_cues_that_follow(file: str) -> None:
    assert _said(srt.parse(file.encode())) == [
        ("Sam", "What broke, and when?"),
        ("P02", "The lid. Note: on day one."),
        ("Sam", "I see."),
    ]


@pytest.mark.parametrize(
    ("file", "line"),
    [
        pytest.param(b"some text", 1, id="prose"),
        pytest.param(b"1\nsome text", 2, id="no timing"),
        pytest.param(b"1\n", 1, id="nothing but a counter"),
        pytest.param(SUBRIP.encode() + b"\n7\nno time", 21, id="a later cue without a timing"),
    ],
)
def test_refuses_subrip_without_timings(file: bytes, line: int) -> None:
    with pytest.raises(MalformedSource) as refusal:
        srt.parse(file)

    assert refusal.value.line == line


def test_keeps_a_number_that_somebody_says() -> None:
    file = b"1\n00:00:01,000 --> 00:00:02,000\nHow many?\n\n2\n00:00:03,000 --> 00:00:04,000\n42\n"

    assert [turn.text for turn in srt.parse(file)] == ["How many?", "42"]


def test_reads_sbv() -> None:
    file = b"0:00:01.000,0:00:02.000\nHost: Why?\n\n0:00:02.000,0:00:03.000\nP1: It was[br]late.\n"

    assert _said(sbv.parse(file)) == [("Host", "Why?"), ("P1", "It was late.")]


@pytest.mark.parametrize(
    ("file", "line"),
    [
        pytest.param(b"some text", 1, id="prose"),
        pytest.param(b"", 1, id="nothing"),
        pytest.param(b"0:00:01.000,0:00:02.000\nHi\n\n0:00:1x.0,0:00:03.000\nHo", 4, id="bad time"),
    ],
)
def test_refuses_sbv_without_times(file: bytes, line: int) -> None:
    with pytest.raises(MalformedSource) as refusal:
        sbv.parse(file)

    assert refusal.value.line == line


def test_a_cue_without_a_name_is_nobodys_where_every_cue_has_one() -> None:
    cues = ["<v Ann>One", "<v Ann>two", "somebody else", "<v Bob>three", "<v Bob>four"]
    file = "WEBVTT\n\n" + "\n\n".join(f"{FIRST}{cue}" for cue in cues)

    assert _said(webvtt.parse(file.encode())) == [
        ("Ann", "One two"),
        (None, "somebody else"),
        ("Bob", "three four"),
    ]


def test_without_names_a_turn_ends_with_its_sentence() -> None:
    cues = ["So what", "happened?", "Nothing at", "all."]
    file = "WEBVTT\n\n" + "\n\n".join(f"{FIRST}{cue}" for cue in cues)

    assert _said(webvtt.parse(file.encode())) == [
        (None, "So what happened?"),
        (None, "Nothing at all."),
    ]


words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1).map(
    lambda word: normalize("NFC", word)
)
cues = st.lists(st.tuples(words, words))


@given(cues)
def test_loses_no_words(said: list[tuple[str, str]]) -> None:
    file = "WEBVTT\n\n" + "".join(
        f"{FIRST}<v {escape(speaker)}>{escape(text)}</v>\n\n" for speaker, text in said
    )

    read = " ".join(turn.text for turn in webvtt.parse(file.encode()))

    assert read == " ".join(text for _, text in said)
