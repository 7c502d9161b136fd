"""Whose the rows of a log are is told by the values, where no name tells it."""

from pathlib import Path

from ingestion.models import Event
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
