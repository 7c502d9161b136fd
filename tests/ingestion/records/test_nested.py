"""JSON, JSON lines and Parquet: the list of records is found, nested things stay together."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha512
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ingestion import records
from ingestion.errors import MalformedSource
from ingestion.models import Document, Event, Refusal, Role, State
from tests.ingestion.records.tables import documents, items, read, source

ZENDESK = {
    "tickets": [
        {
            "id": 41,
            "subject": "Cannot sign in",
            "description": "The code never arrives.",
            "requester_id": 9,
            "created_at": "2025-01-02T10:00:00+01:00",
            "status": "solved",
            "priority": "high",
            "satisfaction_rating": {"score": "good"},
            "comments": [
                {"author_id": 9, "public": True, "body": "The code never arrives."},
                {"author_id": 3, "public": True, "body": "Could you look into your spam folder?"},
                {"author_id": 9, "public": True, "body": "It is there, thank you."},
                {"author_id": 9, "public": False, "body": "Merged from another ticket."},
            ],
        }
    ]
}
INTERCOM = {
    "type": "conversation.list",
    "conversations": [
        {
            "id": "c7",
            "created_at": 1735725600,
            "state": "closed",
            "source": {
                "subject": "",
                "body": "<p>My card was <b>charged twice</b> &amp; nobody answers.</p>",
                "author": {"type": "user", "id": "u1", "email": "nora@example.org"},
            },
            "conversation_rating": {"rating": 2},
            "conversation_parts": {
                "conversation_parts": [
                    {"body": "<p>Hello from the bot.</p>", "author": {"type": "bot", "id": "b"}},
                    {"body": "<p>I am on it.</p>", "author": {"type": "admin", "id": "a"}},
                    {"body": "<p>Any news?</p>", "author": {"type": "user", "id": "u1"}},
                ]
            },
        }
    ],
}
FRESHDESK = [
    {
        "id": 5,
        "subject": "Label missing",
        "description_text": "There was no label in the parcel.",
        "requester_id": 12,
        "priority": 2,
        "status": 5,
        "created_at": "2025-01-01T10:00:00Z",
        "conversations": [
            {"body_text": "We have sent you one.", "incoming": False, "user_id": 2},
            {"body_text": "Got it.", "incoming": True, "user_id": 12},
        ],
    }
]


@pytest.mark.parametrize(
    ("export", "voices"),
    [
        pytest.param(
            ZENDESK,
            [
                ("Cannot sign in", Role.CUSTOMER),
                ("The code never arrives.", Role.CUSTOMER),
                ("Could you look into your spam folder?", Role.AGENT),
                ("It is there, thank you.", Role.CUSTOMER),
                ("Merged from another ticket.", Role.AGENT),
            ],
            id="Zendesk",
        ),
        pytest.param(
            INTERCOM,
            [
                ("My card was charged twice & nobody answers.", Role.CUSTOMER),
                ("Hello from the bot.", Role.BOT),
                ("I am on it.", Role.AGENT),
                ("Any news?", Role.CUSTOMER),
            ],
            id="Intercom",
        ),
        pytest.param(
            FRESHDESK,
            [
                ("Label missing", Role.CUSTOMER),
                ("There was no label in the parcel.", Role.CUSTOMER),
                ("We have sent you one.", Role.AGENT),
                ("Got it.", Role.CUSTOMER),
            ],
            id="Freshdesk",
        ),
    ],
)
def test_only_the_customer_of_a_ticket_is_the_customer(
    export: object, voices: list[tuple[str, Role]], tmp_path: Path
) -> None:
    contents = read(tmp_path, "export.json", export)
    (ticket,) = contents.items

    assert contents.recognition.kind == "ticket"
    assert isinstance(ticket, Document)
    assert [(turn.text, turn.role) for turn in ticket.turns] == voices


def test_a_ticket_keeps_what_behaviour_is_checked_against(tmp_path: Path) -> None:
    (ticket,) = documents(tmp_path, "export.json", ZENDESK)

    assert ticket.attributes == {
        "created_at": "2025-01-02T09:00:00Z",
        "priority": "high",
        "status": "solved",
        "satisfaction": "good",
    }
    assert ticket.scores[0].normal == 1
    assert (ticket.id, ticket.participant) == ("export.json#41", "9")


def test_the_customers_address_is_never_kept(tmp_path: Path) -> None:
    (ticket,) = documents(tmp_path, "export.json", INTERCOM)

    assert "nora" not in ticket.model_dump_json()


GA4 = {
    "event_date": "20250101",
    "event_timestamp": "1735725600000000",
    "event_name": "purchase",
    "user_id": "p01",
    "user_pseudo_id": "11.22",
    "event_params": [
        {"key": "ga_session_id", "value": {"int_value": "1735725600"}},
        {"key": "page_location", "value": {"string_value": "https://shop.example/done?x=1"}},
        {"key": "value", "value": {"double_value": 24.5}},
    ],
}
SEGMENT = {
    "type": "track",
    "event": "Order Completed",
    "userId": "p01",
    "anonymousId": "an1",
    "timestamp": "2025-01-01T10:00:00.000Z",
    "properties": {"revenue": 24.5},
    "context": {"page": {"path": "/done"}},
}


@pytest.mark.parametrize(
    ("export", "name"),
    [
        pytest.param([GA4] * 3, "purchase", id="GA4"),
        pytest.param([SEGMENT] * 3, "Order Completed", id="Segment"),
    ],
)
def test_nested_events_are_read(export: list[object], name: str, tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(event) for event in export)
    event, *_ = items(tmp_path, "export.jsonl", lines)

    assert isinstance(event, Event)
    assert (event.name, event.participant, event.page, event.value) == (name, "p01", "/done", 24.5)


REVIEW = {"id": "r1", "rating": 4, "text": "It holds up well, even in the rain."}


@pytest.mark.parametrize(
    "export",
    [
        pytest.param([REVIEW], id="a list"),
        pytest.param({"meta": {"page": 1}, "data": [REVIEW]}, id="under a known key"),
        pytest.param({"count": 1, "unsere_liste": [REVIEW]}, id="under an unknown key"),
        pytest.param({"response": {"data": {"items": [REVIEW]}}}, id="deep inside"),
        pytest.param(REVIEW, id="one object"),
    ],
)
def test_the_list_of_records_is_found(export: object, tmp_path: Path) -> None:
    (review,) = documents(tmp_path, "export.json", export)

    assert [turn.text for turn in review.turns] == [REVIEW["text"]]


def test_a_line_that_is_no_json_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = json.dumps(REVIEW)
    first, broken, last = items(tmp_path, "x.jsonl", f"{good}\n{{oh\n{good}\n")

    assert isinstance(broken, Refusal)
    assert (broken.state, broken.line) == (State.FAILED, 2)
    assert isinstance(first, Document)
    assert isinstance(last, Document)


def test_a_file_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    text = json.dumps([REVIEW, REVIEW])[:-20]
    *read_before, broken = items(tmp_path, "x.json", text)

    assert len(read_before) == 1
    assert isinstance(broken, Refusal)
    assert broken.state == State.FAILED


def test_what_is_no_json_at_all_is_malformed(tmp_path: Path) -> None:
    with pytest.raises(MalformedSource, match="not JSON"):
        read(tmp_path, "x.json", "Dear diary")


def test_other_encodings_of_json_are_read(tmp_path: Path) -> None:
    text = json.dumps([{"rating": 2, "text": "Zu spät geliefert, schade."}], ensure_ascii=False)
    (review,) = documents(tmp_path, "x.json", text.encode("utf-16"))

    assert review.turns[0].text == "Zu spät geliefert, schade."


def parquet(rows: Sequence[Mapping[str, object]]) -> bytes:
    arrow, files = cast("Any", pa), cast("Any", pq)  # without types
    table = arrow.Table.from_pylist(rows)
    finest = arrow.timestamp("ns", "UTC")
    fields = [
        arrow.field(field.name, finest) if arrow.types.is_timestamp(field.type) else field
        for field in table.schema
    ]
    written = BytesIO()
    files.write_table(table.cast(arrow.schema(fields)), written, row_group_size=5_000)
    return written.getvalue()


def test_parquet_is_read_in_batches(tmp_path: Path) -> None:
    rows = [{**REVIEW, "id": f"r{n}"} for n in range(2_500)]
    contents = records.read(source(tmp_path, "y.parquet", parquet(rows)), "parquet")

    assert contents.recognition.columns == {"id": "id", "rating": "rating", "text": "body"}
    assert sum(isinstance(item, Document) for item in contents.items) == 2_500


def test_times_in_nanoseconds_and_gaps_are_read(tmp_path: Path) -> None:
    at = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    rows = [
        {**REVIEW, "id": "r1", "created_at": at},
        {**REVIEW, "id": "r2", "created_at": None},
    ]
    (first, second) = documents(tmp_path, "x.parquet", parquet(rows))

    assert (first.date, second.date) == (at.date(), None)


def test_a_parquet_file_is_no_pattern_of_names(tmp_path: Path) -> None:
    (tmp_path / "x1.parquet").write_bytes(parquet([{**REVIEW, "id": "other"}]))
    found = documents(tmp_path, "x[1].parquet", parquet([{**REVIEW, "id": "own"}]))

    assert [review.id for review in found] == ["x[1].parquet#own"]


def test_a_parquet_file_damaged_inside_keeps_what_came_before(tmp_path: Path) -> None:
    texts = (sha512(bytes([n % 256, n // 256])).hexdigest() * 2 for n in range(65_536))
    data = bytearray(parquet([{"text": text, "rating": 2} for text in texts]))
    middle = len(data) * 3 // 4
    data[middle : middle + 500] = bytes(500)
    contents = records.read(source(tmp_path, "y.parquet", bytes(data)), "parquet")
    items = list(contents.items)

    assert sum(isinstance(item, Document) for item in items) > 1_000
    assert [item.state for item in items if isinstance(item, Refusal)] == [State.FAILED]


def test_a_damaged_parquet_file_is_malformed(tmp_path: Path) -> None:
    with pytest.raises(MalformedSource, match="Parquet") as raised:
        read(tmp_path, "x.parquet", b"PAR1 and nothing else")

    assert "\n" not in str(raised.value)


def test_half_a_character_in_a_key_or_value_stops_nothing(tmp_path: Path) -> None:
    text = '{"text": "It came late \\ud83d in the end.", "\\ud83d": "x", "rating": 2}'
    (review,) = documents(tmp_path, "x.jsonl", text)

    assert review.turns[0].text == "It came late \ufffd in the end."


def test_lines_that_break_off_inside_a_character_end_in_a_refusal(tmp_path: Path) -> None:
    data = (json.dumps(REVIEW) + "\n").encode("utf-16-le")
    first, broken = items(tmp_path, "x.jsonl", b"\xff\xfe" + data + b"{")

    assert isinstance(first, Document)
    assert isinstance(broken, Refusal)
    assert broken.state == State.FAILED
