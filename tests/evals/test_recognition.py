"""The page of what was recognised shows figures and columns, and not a word of the data."""

from pathlib import Path

from evals import recognition

REVIEWS = "id,rating,text\nr1,5,It holds up well in the rain.\nr2,,\nr3,1,The handle came off.\n"


def page(folder: Path) -> str:
    (folder / "reviews.csv").write_text(REVIEWS, encoding="utf-8")
    (folder / "totals.csv").write_text("month;visits\n1;20\n2;31\n", encoding="utf-8")
    return "\n".join(recognition.page([folder]))


def test_counts_what_came_in_and_what_became_of_it(tmp_path: Path) -> None:
    assert "| `reviews.csv` | csv | review | 3 | 2 | 1 | 0 | 0 | 2 |" in page(tmp_path)


def test_says_what_was_refused_and_why(tmp_path: Path) -> None:
    assert "- `totals.csv`: refused: neither words nor events" in page(tmp_path)


def test_shows_columns_and_no_rows(tmp_path: Path) -> None:
    written = page(tmp_path)

    assert "Columns: `id` id, `rating` rating, `text` body." in written
    assert "handle" not in written
