"""Taking documents out of a corpus takes whole documents, and nothing else."""

import csv
import json
from pathlib import Path

import pytest

from evals.suites.grouping import thin


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "interviews").mkdir(parents=True)
    for at in range(60):
        (folder / f"interviews/p{at}.txt").write_text(f"Participant {at}", encoding="utf-8")
    rows = "".join(f'{at},"Line one\nand two, {at}"\n' for at in range(200))
    (folder / "reviews.csv").write_text(f"id,body\n{rows}", encoding="utf-8")
    (folder / "events.csv").write_text("at,name\n" + "1,view\n" * 200, encoding="utf-8")
    tickets = {"tickets": [{"id": at} for at in range(200)]}
    (folder / "tickets.json").write_text(json.dumps(tickets), encoding="utf-8")
    return folder


def test_one_in_twenty_goes_and_the_rest_is_as_it_was(corpus: Path, tmp_path: Path) -> None:
    thin(corpus, tmp_path / "out", seed=1)

    with (tmp_path / "out/reviews.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    tickets = json.loads((tmp_path / "out/tickets.json").read_text("utf-8"))["tickets"]
    files = list((tmp_path / "out/interviews").iterdir())
    assert all(row["body"] == f"Line one\nand two, {row['id']}" for row in rows)
    assert all(path.read_text("utf-8") == f"Participant {path.stem[1:]}" for path in files)
    assert 180 <= len(rows) < 200
    assert 180 <= len(tickets) < 200
    assert 50 <= len(files) < 60


def test_what_people_did_is_kept_whole(corpus: Path, tmp_path: Path) -> None:
    thin(corpus, tmp_path / "out", seed=1)

    assert (tmp_path / "out/events.csv").read_bytes() == (corpus / "events.csv").read_bytes()
