import datetime
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ingestion import parsing, sources
from ingestion.errors import IngestionError, MalformedSource, SourceTooLarge, UnsupportedFormat
from ingestion.models import Contents, Document, DocumentKind, Role, Source, SourceId
from ingestion.parsing import naming

EXPORTS = Path(__file__).parents[1] / "files" / "transcripts"
TALK = "Interviewer: Why?\nP02: It was late.\n"
Write = Callable[[str, str | bytes], Source]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, content: str | bytes) -> Source:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Source(id=SourceId(name), path=path, digest="")

    return written


def _export(name: str) -> tuple[Contents, Document]:
    source = Source(id=SourceId(name), path=EXPORTS / name, digest="")
    contents = parsing.read(source)
    (document,) = contents.items
    assert isinstance(document, Document)
    return contents, document


@pytest.mark.parametrize(
    ("name", "form", "encoding", "quoted"),
    [
        ("teams_p11.vtt", "webvtt", "utf-8", [
            "I read the comparison page twice, and the pump sizes still made no sense to me.",
            "I asked my neighbour & guessed.",
        ]),
        ("zoom_p12.vtt", "webvtt", "utf-8", [
            "The hose fittings. The leaflet shows the old ones. "
            "I had to watch a video by somebody else.",
            "In the end, yes.",
        ]),
        ("otter_p13.txt", "text", "utf-8", [
            "They said Tuesday. It came on Friday, without the timer. Note: nobody rang.",
            "Two weeks later.",
        ]),
        ("rev_p14.txt", "text", "utf-8", [
            "The reminder app. It told me about the frost before my phone did.",
            "[inaudible 00:00:15] the winter price, it jumps in October.",
        ]),
        ("interview_p15_de.md", "markdown", "utf-8", [
            "Ehrlich gesagt zäh. Die App fand die Pumpe nicht.\n"
            "Erst nach dem dritten Neustart ging es.",
            "Danach lief es ein Jahr ohne Störung.",
        ]),
        ("meet_p16_fr.txt", "text", "cp1252", [
            "Le prix était caché jusqu’à la dernière page.",
            "J’ai abandonné, tout simplement.",
        ]),
        ("p17_zh.txt", "text", "gb18030", [
            "朋友推荐的，她家阳台上用了两年。", "不太顺利，说明书上的图看不清。",
        ]),
        ("whisper_p18.json", "json transcript", "utf-8", [
            "The leak under the second valve.", "The same day, I was impressed.",
        ]),
        ("p19_ru.srt", "srt", "utf-8", [
            "Привезли вовремя, но коробка была мокрая.",
            "Написала в чат, мне сразу ответили.",
        ]),
    ],
)  # fmt: skip
def test_reads_the_exports_of_many_tools(
    name: str, form: str, encoding: str, quoted: list[str]
) -> None:
    contents, document = _export(name)

    assert (contents.recognition.format, contents.recognition.encoding) == (form, encoding)
    assert [turn.text for turn in document.turns if turn.role is Role.CUSTOMER] == quoted
    assert sum(turn.role is Role.INTERVIEWER and not turn.field for turn in document.turns) == 2
    assert f"_{document.participant}" in f"_{name}"


def test_a_transcript_says_whose_it_is_and_of_which_day() -> None:
    contents, document = _export("interview_p15_de.md")

    assert document.kind == contents.recognition.kind == DocumentKind.INTERVIEW
    assert document.id == document.source_id == "interview_p15_de.md"
    assert document.title == "Interview P15"
    assert document.date == datetime.date(2026, 3, 4)
    assert contents.recognition.note == "Customer: P15. Not quoted: Interviewerin (interviewer)."


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        pytest.param("x.txt", "WEBVTT\n\n00:01.000 --> 00:02.000\nHi.\n", "webvtt", id="captions"),
        pytest.param("x.vtt", "1\n00:00:01,000 --> 00:00:02,000\nHi.\n", "srt", id="SubRip"),
        pytest.param("x.txt", "0:00:01.000,0:00:02.000\nHi.\n", "sbv", id="SBV"),
        pytest.param("x", TALK, "text", id="no ending"),
        pytest.param("x.doc", TALK, "text", id="labels under a strange name"),
        pytest.param("x.txt", "<html><body>" + TALK, "html", id="a page"),
        pytest.param("x.txt", f"[Recording starts 00:01:12]\n\n{TALK}", "text", id="a bracket"),
        pytest.param("x.md", "Just some notes.\n", "markdown", id="prose"),
        pytest.param(
            "x.txt",
            json.dumps({"turns": [{"speaker": "Ann", "text": "Hi."}]}),
            "json transcript",
            id="JSON",
        ),
    ],
)
def test_recognises_a_transcript_by_its_content(
    write: Write, name: str, content: str, form: str
) -> None:
    contents = parsing.read(write(name, content))

    assert contents.recognition.format == form
    assert len(list(contents.items)) == 1


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        pytest.param(
            "a.txt",
            "id,stars,review,date\n1,5,Good value,2026-01-02\n2,1,Came late,2026-01-03\n",
            DocumentKind.REVIEW,
            id="a table",
        ),
        pytest.param(
            "a.json",
            json.dumps([{"id": n, "rating": n, "text": "Came late again."} for n in range(1, 5)]),
            DocumentKind.REVIEW,
            id="JSON",
        ),
    ],
)
def test_hands_records_to_their_reader(
    write: Write, name: str, content: str, kind: DocumentKind
) -> None:
    contents = parsing.read(write(name, content))

    assert contents.recognition.kind is kind
    assert len([item for item in contents.items if isinstance(item, Document)]) > 1


def test_a_file_of_conversations_gives_a_document_for_each(write: Write) -> None:
    lines = [
        json.dumps({"conversation": name, "utterances": [{"speaker": "USER", "text": "So."}]})
        for name in ("C1", "C2", "C2")
    ]

    documents = list(parsing.read(write("talks.jsonl", "\n".join(lines))).items)

    assert [document.id for document in documents if isinstance(document, Document)] == [
        "talks.jsonl#C1",
        "talks.jsonl#C2",
        "talks.jsonl#C2-2",
    ]


@pytest.mark.parametrize(
    ("name", "content", "error", "reason"),
    [
        ("x.vtt", "lost words\n", MalformedSource, "line 1: a WebVTT file starts with WEBVTT"),
        ("x.srt", "lost words\n", MalformedSource, "line 1: expected a timing"),
        ("x.txt", b"", MalformedSource, "line 1: the file is empty"),
        ("x.pdf", b"%PDF-1.4", MalformedSource, "damaged PDF"),
        ("x.docx", b"PK\x03\x04", MalformedSource, "damaged package"),
        ("x.doc", b"\xd0\xcf\x11\xe0", UnsupportedFormat, "save it as .docx"),
        ("x.rtf", b"{\\rtf1 Hi}", UnsupportedFormat, "save it as .docx"),
        ("x.mp3", b"ID3\x04", UnsupportedFormat, "have it transcribed"),
        ("x.png", b"\x89PNG\r\n", UnsupportedFormat, "text recognition"),
        ("x.py", "User: int\n", UnsupportedFormat, "no reader for .py files"),
        ("x.foo", "Just some notes.\n", UnsupportedFormat, "no reader for .foo files"),
    ],
)  # fmt: skip
def test_refuses_a_file_and_says_what_to_do(
    write: Write, name: str, content: str | bytes, error: type[IngestionError], reason: str
) -> None:
    with pytest.raises(error, match=reason):
        parsing.read(write(name, content))


def test_refuses_a_transcript_that_memory_cannot_hold(write: Write, tmp_path: Path) -> None:
    source = write("x.txt", TALK)
    with (tmp_path / "x.txt").open("ab") as file:
        file.truncate(100_000_000)

    with pytest.raises(SourceTooLarge):
        parsing.read(source)


def test_refuses_a_file_that_went_away(write: Write) -> None:
    source = write("x.txt", TALK)
    source.path.unlink()

    with pytest.raises(MalformedSource, match="cannot be opened"):
        parsing.read(source)


@pytest.mark.parametrize(
    ("source_id", "participant"),
    [
        ("p03.vtt", "p03"),
        ("interviews/P03.vtt", "p03"),
        ("Interview P07.md", "p07"),
        ("Interview-P-07-final.md", "p07"),
        ("2026-03-02_r12_notes.txt", "r12"),
        ("2024-05-01_anna_smith.vtt", "anna_smith"),
        ("p03/session1.vtt", "p03"),
        ("p03/2026-03-02.vtt", "p03"),
        ("session1.vtt", "session1"),
        ("work_0001.md", "work_0001"),
        ("2026-03-02.vtt", "2026-03-02"),
        ("practical-talk-1.md", "practical-talk-1"),
    ],
)
def test_finds_whose_a_file_is(source_id: str, participant: str) -> None:
    assert naming.participant(source_id, ()) == participant


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-04", datetime.date(2026, 3, 4)),
        ("20260304", datetime.date(2026, 3, 4)),
        ("4.3.2026", datetime.date(2026, 3, 4)),
        ("2026年3月4日", datetime.date(2026, 3, 4)),
        ("4th March 2026", datetime.date(2026, 3, 4)),
        ("Mar 4, 2026, 2:00 PM", datetime.date(2026, 3, 4)),
        ("03/04/2026", None),
        ("2026-13-45", None),
        ("call 12", None),
    ],
)
def test_reads_only_a_day_that_is_certain(text: str, day: datetime.date | None) -> None:
    assert naming.date(f"talk {text.replace('/', '-')}.txt", ()) == day


def test_every_export_is_gathered() -> None:
    found = sources.gather([EXPORTS])

    assert len(found.sources) == 9
    assert [refusal.where for refusal in found.refusals] == ["SOURCE.md"]
