import json

import pytest

from ingestion.errors import MalformedSource
from ingestion.models import Role
from ingestion.parsers import json_export

ASKED, SAID = "Why did you leave?", "It got too slow."


TICKET = {"id": 1, "subject": "Slow", "messages": [{"role": "agent", "text": ASKED}]}


def _dump(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _word(text: str, start: float, speaker: int) -> dict[str, object]:
    return {"word": text, "punctuated_word": text, "start": start, "speaker": speaker}


@pytest.mark.parametrize(
    ("value", "names"),
    [
        pytest.param(
            {"text": f"{ASKED} {SAID}", "segments": [
                {"id": 0, "start": 0.0, "end": 1.5, "text": f" {ASKED}", "speaker": "SPEAKER_00"},
                {"id": 1, "start": 1.5, "end": 3.0, "text": f" {SAID}", "speaker": "SPEAKER_01"},
            ]},
            ["SPEAKER_00", "SPEAKER_01"],
            id="segments, as Whisper with speakers writes them",
        ),
        pytest.param(
            {"id": "x", "text": "", "utterances": [
                {"speaker": "A", "text": ASKED, "start": 0, "end": 1500},
                {"speaker": "B", "text": SAID, "start": 1500, "end": 30000},
            ]},
            ["Speaker A", "Speaker B"],
            id="utterances, as AssemblyAI writes them",
        ),
        pytest.param(
            {"metadata": {}, "results": {"channels": [], "utterances": [
                {"speaker": 0, "transcript": ASKED, "start": 0.1, "end": 1.5},
                {"speaker": 1, "transcript": SAID, "start": 1.5, "end": 3.0},
            ]}},
            ["Speaker 0", "Speaker 1"],
            id="utterances, as Deepgram writes them",
        ),
        pytest.param(
            {"results": {"channels": [{"alternatives": [{"transcript": "", "words": [
                *(_word(text, n, 0) for n, text in enumerate(ASKED.split())),
                *(_word(text, n, 1) for n, text in enumerate(SAID.split())),
            ]}]}]}},
            ["Speaker 0", "Speaker 1"],
            id="words with speakers",
        ),
        pytest.param(
            {"monologues": [
                {"speaker": 0, "elements": [
                    {"type": "text", "value": "Why did", "ts": 0.1},
                    {"type": "punct", "value": " "},
                    {"type": "text", "value": "you leave", "ts": 0.6},
                    {"type": "punct", "value": "?"},
                ]},
                {"speaker": 1, "elements": [{"type": "text", "value": SAID, "ts": 1.5}]},
            ]},
            ["Speaker 0", "Speaker 1"],
            id="monologues, as Rev writes them",
        ),
        pytest.param(
            {"meeting_transcripts": [
                {"speaker": "Lead", "content": ASKED}, {"speaker": "Kim", "content": SAID},
            ]},
            ["Lead", "Kim"],
            id="a meeting, as QMSum writes it",
        ),
        pytest.param(
            {"sentences": [
                {"text": ASKED, "speaker_name": "Lead", "start_time": "0.1"},
                {"text": SAID, "speaker_name": "Kim", "start_time": "1.5"},
            ]},
            ["Lead", "Kim"],
            id="sentences, as Fireflies writes them",
        ),
        pytest.param(
            {"entries": [
                {"text": ASKED, "speakerDisplayName": "Lead", "startOffset": "00:00:01.2"},
                {"text": SAID, "speakerDisplayName": "Kim", "startOffset": "00:00:04.2"},
            ]},
            ["Lead", "Kim"],
            id="entries, as Teams writes them",
        ),
        pytest.param(
            {"messages": [
                {"role": "assistant", "content": ASKED}, {"role": "user", "content": SAID},
            ]},
            ["assistant", "user"],
            id="messages of a chat",
        ),
        pytest.param(
            [
                {"speaker": {"name": "Lead"}, "text": ASKED},
                {"speaker": {"name": "Kim"}, "text": SAID},
                {"speaker": {"name": "Lead"}, "text": ""},
                {"speaker": {"name": "Lead"}, "text": "Oh."},
                {"speaker": {"name": "Kim"}, "text": "Yes."},
            ],
            ["Lead", "Kim", "Lead", "Kim"],
            id="a list",
        ),
    ],
)  # fmt: skip
def test_finds_who_says_what(value: object, names: list[str]) -> None:
    turns = json_export.parse(_dump(value))

    assert [turn.speaker for turn in turns] == names
    assert [turn.text for turn in turns[:2]] == [ASKED, SAID]


@pytest.mark.parametrize(
    "value",
    [
        pytest.param([{"author": "a", "text": "Good.", "rating": 5}] * 3, id="reviews"),
        pytest.param([{"name": f"n{n}", "text": "Good."} for n in range(4)], id="answers"),
        pytest.param({"tickets": [TICKET]}, id="tickets"),
        pytest.param([TICKET], id="a list of tickets"),
        pytest.param(TICKET, id="a ticket"),
        pytest.param({"segments": [{"name": "gold", "size": 4}]}, id="segments of a market"),
        pytest.param([{"event": "click", "user": "u1"}], id="events"),
        pytest.param([], id="an empty list"),
        pytest.param({}, id="an empty object"),
        pytest.param("words", id="a string"),
    ],
)  # fmt: skip
def test_leaves_records_to_others(value: object) -> None:
    assert json_export.dialogues(_dump(value)) == ()


def test_finds_every_conversation_of_a_file() -> None:
    lines = [
        {"conversation": f"c{n}", "utterances": [{"speaker": "USER", "text": f"Turn {n}."}]}
        for n in range(3)
    ]

    found = json_export.dialogues(b"\n".join(map(_dump, lines)))

    assert [(dialogue.id, dialogue.turns[0].text) for dialogue in found] == [
        ("c0", "Turn 0."),
        ("c1", "Turn 1."),
        ("c2", "Turn 2."),
    ]


def test_keeps_a_role_that_stands_beside_the_name() -> None:
    said = [
        {"speaker": "Ann", "role": "agent", "text": ASKED},
        {"speaker": "Bob", "role": "customer", "text": SAID},
    ]

    turns = json_export.parse(_dump({"turns": said}))

    assert [(turn.speaker, turn.role) for turn in turns] == [
        ("Ann", Role.AGENT),
        ("Bob", Role.CUSTOMER),
    ]


def test_half_a_character_is_shown_as_unreadable() -> None:
    file = b'{"turns": [{"speaker": "Ann", "text": "Hi \\ud83d."}]}'

    assert json_export.parse(file)[0].text == "Hi \ufffd."


@pytest.mark.parametrize(
    ("file", "line"),
    [
        pytest.param(b'{"turns":\n[{"speaker": }]}', 2, id="broken"),
        pytest.param(b'{"a": 1}\n{"a": 2}\n{"a": }', 3, id="a broken line"),
        pytest.param(b"[" * 100_000, None, id="nested without end"),
        pytest.param(b'{"a": 1}', None, id="no conversation"),
    ],
)
def test_refuses_what_is_no_conversation(file: bytes, line: int | None) -> None:
    with pytest.raises(MalformedSource) as refusal:
        json_export.parse(file)

    assert refusal.value.line == line
