"""From a folder to summaries: a page for each interview and one for the batch, all cited."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from assistant.summaries import Summaries

SAID = {
    "k01": (
        "My old shed was broken into in March, and I was afraid for my bike.",
        "The form lost my frame number twice, which made me really angry.",
        "The caretaker was so kind and let me in by hand.",
    ),
    "k02": (
        "The form lost my frame number and I had to start again.",
        "The gate closes so fast that it hit my back wheel.",
    ),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("JOURNEY_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("JOURNEY_WORKERS", "0")
    folder = tmp_path / "study"
    folder.mkdir()
    for person in SAID:
        interview(folder, person, SAID[person])
    return folder


def interview(folder: Path, person: str, said: tuple[str, ...]) -> None:
    turns = "\n\n".join(f"{person.upper()}: {line}" for line in said)
    (folder / f"{person}.txt").write_text(f"Interviewer: How was it?\n\n{turns}\n", "utf-8")


def summarise(folder: Path) -> Result:
    out, md = folder / "summaries.json", folder / "summaries.md"
    return CliRunner().invoke(app, ["summarise", str(folder), "--out", str(out), "--md", str(md)])


def summed(folder: Path) -> Summaries:
    return Summaries.model_validate_json((folder / "summaries.json").read_text("utf-8"))


def test_every_line_cites_what_was_said(folder: Path) -> None:
    result = summarise(folder)

    assert result.exit_code == 0, result.output
    pages = summed(folder)
    quotes = {each.id: each.quote for each in pages.evidence}
    assert [page.document for page in pages.interviews] == ["k01.txt", "k02.txt"]
    lines = [line for page in pages.interviews for line in (*page.moments, *page.quotes)]
    assert lines
    assert all(quotes[line.evidence_ids[0]] == line.text for line in lines)
    assert set(quotes.values()) <= {line for said in SAID.values() for line in said}


def test_the_pages_are_written_for_people_too(folder: Path) -> None:
    summarise(folder)

    page = (folder / "summaries.md").read_text("utf-8")
    assert "## The batch" in page
    assert "### How much of each stage is known" in page
    assert "“The form lost my frame number and I had to start again.” (k02.txt)" in page


def test_what_it_wrote_is_not_a_voice_and_what_came_since_is_new(folder: Path) -> None:
    summarise(folder)
    first = summed(folder)
    rain = ("The roof leaks and my saddle was soaked for a week.", "The roof leaks, it is awful.")
    interview(folder, "k03", rain)

    summarise(folder)

    second = summed(folder)
    assert not first.batch.has_before
    assert second.batch.documents == {"interview": 3}
    assert second.batch.has_before
