"""Whose the rows of a log are is told by the values, where no name tells it."""

from pathlib import Path

import pytest

from ingestion.errors import UnsupportedFormat
from ingestion.models import DocumentKind, Event
from tests.ingestion.records.tables import items, read

_HEAD = "visit,bought_ref,tier,holder_kuerzel,at,event"


def log(rows: list[str]) -> str:
    return "\n".join([_HEAD, *rows])


def visit(n: int, whose: str, tier: str) -> list[str]:
    day = f"2025-03-{n % 28 + 1:02d}"
    return [
        f"v{n},,{tier},{whose},{day}T10:00:00Z,page_view",
        f"v{n},,{tier},{whose},{day}T10:01:00Z,page_view",
        f"v{n},,{tier},{whose},{day}T10:02:00Z,search",
        f"v{n},o{n // 2},{tier},{whose},{day}T10:03:00Z,purchase",
    ]


def test_a_code_that_a_session_keeps_and_that_comes_back_is_whose_it_is(tmp_path: Path) -> None:
    rows = [row for n in range(24) for row in visit(n, f"k{n // 2}", "gold" if n % 2 else "free")]

    found = read(tmp_path, "events.csv", log(rows))

    assert found.recognition.columns["holder_kuerzel"] == "participant"
    assert "participant" not in {found.recognition.columns.get(n) for n in ("tier", "bought_ref")}
    events = [one for one in items(tmp_path, "e.csv", log(rows)) if isinstance(one, Event)]
    assert {one.participant for one in events} == {f"k{n}" for n in range(12)}


def test_a_code_that_changes_within_a_session_or_never_comes_back_is_nobodys(
    tmp_path: Path,
) -> None:
    changing = [
        row.replace(",k,", f",k{at},")
        for n in range(24)
        for at, row in enumerate(visit(n, "k", "gold"))
    ]
    never_back = [row for n in range(24) for row in visit(n, f"k{n}", "gold")]

    for rows in (changing, never_back):
        found = read(tmp_path, "events.csv", log(rows))
        assert "participant" not in found.recognition.columns.values()


def test_a_log_is_one_whatever_its_ids_are_called(tmp_path: Path) -> None:
    rows = [
        f"v{n // 3},h{n // 6},2025-03-0{n // 6 + 1}T10:0{n % 6}:00Z,{('open', 'buy')[n % 2]}"
        for n in range(24)
    ]

    for head in ("visit_ref,household,logged_at,action", "run,household,logged_at,action"):
        found = read(tmp_path, "log.csv", "\n".join([head, *rows]))
        assert found.recognition.kind is DocumentKind.EVENTS
        assert [*found.recognition.columns.values()][:2] == ["session", "participant"]
        assert sum(isinstance(one, Event) for one in found.items) == len(rows)


def test_an_id_may_be_called_a_reference_or_a_key(tmp_path: Path) -> None:
    rows = [f"visit-{'abc'[n // 8]},ann,2025-03-01T10:00:00Z,open" for n in range(24)]
    found = read(tmp_path, "log.csv", "\n".join(["visit_ref,customer_key,at,action", *rows]))

    assert [*found.recognition.columns.values()][:2] == ["session", "participant"]


def test_a_table_of_plain_numbers_and_dates_belongs_to_nobody(tmp_path: Path) -> None:
    rows = [f"{n},2025-03-0{n % 9 + 1}T10:00:00Z,opened" for n in range(24)]

    with pytest.raises(UnsupportedFormat):
        read(tmp_path, "log.csv", "\n".join(["total,logged_at,action", *rows]))


def test_where_somebody_is_and_what_device_it_was_is_not_who(tmp_path: Path) -> None:
    rows = [
        f"v{n},{51 + n // 2 / 10},{day}T10:0{at}:00Z,{name}"
        for n in range(24)
        for day in [f"2025-03-{n + 1:02d}"]
        for at, name in enumerate(("page_view", "search", "purchase"))
    ]
    found = read(tmp_path, "log.csv", "\n".join(["visit,where_at,at,event", *rows]))
    assert "participant" not in found.recognition.columns.values()

    codes = [row.replace(f",{51 + n // 2 / 10},", f",d{n // 2},m{n // 4},")
             for n in range(24) for row in rows[3 * n : 3 * n + 3]]  # fmt: skip
    head = "visit,device_id,modem_ref,at,event"
    found = read(tmp_path, "log.csv", "\n".join([head, *codes]))
    assert "participant" not in found.recognition.columns.values()
