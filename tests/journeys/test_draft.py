"""From a folder to a map, as a newcomer does it: the sample study, the real models, the command."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from html import unescape
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli import app
from api.export import markdown
from assistant import themes
from assistant.models import JourneyMap, SpokenClaim
from ingestion import parsing, redaction
from ingestion.embedding import Vectors
from ingestion.ledger import Ledger
from ingestion.models import Document, Role
from ingestion.sources import gather

SAMPLE = Path("evals/datasets/sample_study")


class Study:
    """The sample study, drafted into a folder of its own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("JOURNEY_HOME", str(folder / "home"))
        monkeypatch.setenv("JOURNEY_WORKERS", "0")
        self.folder = folder

    @property
    def out(self) -> Path:
        return self.folder / "map.json"

    @property
    def html(self) -> Path:
        return self.folder / "map.html"

    @property
    def md(self) -> Path:
        return self.folder / "map.md"

    def draft(self, path: Path = SAMPLE, to: Path | None = None, **options: Path) -> Result:
        folder = to or self.folder
        outputs = {kind: folder / f"map.{kind}" for kind in ("html", "md")}
        wanted = {"out": folder / "map.json"} | outputs | options
        named = [text for name, value in wanted.items() for text in (f"--{name}", str(value))]
        return CliRunner().invoke(app, ["draft", str(path), *named])


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        study = Study(tmp_path_factory.mktemp("study"), monkeypatch)
        result = study.draft()
        assert result.exit_code == 0, result.output
        yield study


@pytest.fixture(scope="module")
def drawn(study: Study) -> JourneyMap:
    return JourneyMap.model_validate_json(study.out.read_text("utf-8"))


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    items = (item for source in gather([SAMPLE]).sources for item in parsing.read(source).items)
    read = [redaction.redact(item).document for item in items if isinstance(item, Document)]
    return {document.id: document for document in read}


def test_every_quote_is_cut_from_what_a_customer_said(
    drawn: JourneyMap, documents: dict[str, Document]
) -> None:
    for found in drawn.evidence:
        document = documents[found.document]
        customers = [turn.text for turn in document.turns if turn.role is Role.CUSTOMER]
        assert document.text[found.start : found.end] == found.quote
        assert any(found.quote in said for said in customers)


def test_every_theme_cites_evidence_that_no_other_theme_cites(drawn: JourneyMap) -> None:
    cited = Counter(id for theme in drawn.themes for id in theme.evidence_ids)

    assert set(cited) <= {found.id for found in drawn.evidence}
    assert set(cited.values()) == {1}


def test_the_ledger_adds_up(drawn: JourneyMap) -> None:
    assert Ledger(drawn.ledger).unbalanced() == {}
    assert drawn.ledger["segments"]["used"] == len(drawn.evidence)
    assert drawn.ledger["records"]["in"] == len(drawn.documents) - 1 + sum(
        drawn.ledger["records"].get(state, 0) for state in ("duplicate", "empty", "failed")
    )


def test_the_map_has_every_part(drawn: JourneyMap) -> None:
    assert {theme.kind for theme in drawn.themes} == {"pain", "delight", "opportunity"}
    assert len({found.language for found in drawn.evidence}) >= 3
    assert drawn.contradictions
    assert drawn.personas
    assert drawn.gaps
    assert [step.sessions for step in drawn.funnel]
    assert all(point.n for point in drawn.emotion_curve)


def test_no_personal_data_reaches_a_file(study: Study) -> None:
    written = "".join(path.read_text("utf-8") for path in (study.out, study.html, study.md))

    assert "@example.org" not in written
    assert "@example.com" not in written


def test_page_and_wiki_name_the_weightiest_pain(study: Study, drawn: JourneyMap) -> None:
    pains = [theme for theme in drawn.themes if theme.kind == "pain"]
    title = max(pains, key=lambda theme: theme.priority).title

    assert title in unescape(study.html.read_text("utf-8"))
    assert markdown.escape(title) in study.md.read_text("utf-8")


def test_drafting_again_gives_the_same_map(study: Study, drawn: JourneyMap) -> None:
    result = study.draft()

    assert result.exit_code == 0
    assert JourneyMap.model_validate_json(study.out.read_text("utf-8")) == drawn


def test_a_folder_of_nothing_that_can_be_read_is_a_failure(study: Study, tmp_path: Path) -> None:
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 4)

    result = study.draft(tmp_path, to=tmp_path)

    assert result.exit_code == 1
    assert "noise.bin" in result.output


def test_a_stages_file_that_says_nothing_is_refused(study: Study, tmp_path: Path) -> None:
    (tmp_path / "stages.yaml").write_text("stages: 3", "utf-8")

    result = study.draft(to=tmp_path, stages=tmp_path / "stages.yaml")

    assert result.exit_code == 2
    assert "stages.yaml" in result.output


def test_a_map_may_have_stages_of_its_own(study: Study, tmp_path: Path) -> None:
    stages = ["Hear of it", "Weigh it up", "Sign up", "Use it", "Stay or go"]
    (tmp_path / "stages.yaml").write_text("\n".join(f"- {name}" for name in stages), "utf-8")

    result = study.draft(to=tmp_path, stages=tmp_path / "stages.yaml")

    assert result.exit_code == 0, result.output
    own = JourneyMap.model_validate_json((tmp_path / "map.json").read_text("utf-8"))
    assert [stage.name for stage in own.stages] == stages
    assert {found.stage for found in own.evidence} <= {stage.id for stage in own.stages}


def test_the_schema_is_that_of_the_export(drawn: JourneyMap) -> None:
    schema = json.loads(CliRunner().invoke(app, ["schema"]).output)

    assert set(schema["required"]) <= set(drawn.model_dump(by_alias=True))
    assert "schema" in schema["properties"]


def test_a_map_beside_its_sources_is_not_read_as_one(study: Study, tmp_path: Path) -> None:
    for path in (study.out, study.html, study.md):
        (tmp_path / path.name).write_bytes(path.read_bytes())

    gathered = gather([tmp_path])

    assert gathered.sources == ()
    assert {refusal.where for refusal in gathered.refusals} == {"map.json", "map.html", "map.md"}


def test_a_document_that_came_to_the_wrong_place_is_left_out_and_named(
    study: Study, tmp_path: Path
) -> None:
    rows = [
        '1,1,"The strap broke on the second day, and nobody answered my mail."',
        '2,1,"Sorry, wrong page. The shower at the inn dripped all night, dreadful."',
        '3,2,"The strap snapped while I was on the train, and I had to hold the bag."',
    ]
    (tmp_path / "reviews.csv").write_text("\n".join(["id,rating,text", *rows]), encoding="utf-8")
    assert study.draft(tmp_path / "reviews.csv", to=tmp_path).exit_code == 0
    drawn = JourneyMap.model_validate_json((tmp_path / "map.json").read_text("utf-8"))

    assert {one.document for one in drawn.evidence} == {"reviews.csv#1", "reviews.csv#3"}
    assert [(one.where, one.reason) for one in drawn.refusals] == [
        ("reviews.csv#2", "says that it came to the wrong place")
    ]
    assert drawn.ledger["records"]["excluded"] == 1


def test_a_ticket_that_was_sent_on_to_others_is_left_out_and_named(
    study: Study, tmp_path: Path
) -> None:
    def ticket(id: int, text: str, answer: str) -> dict[str, object]:
        replies = [{"author_role": "agent", "body": answer}]
        return {"id": id, "subject": "", "description": text, "comments": replies}

    tickets = [
        ticket(
            1, "The strap broke on the second day, that is a disgrace.", "So sorry, it is ours."
        ),
        ticket(2, "The sauna was cold again, that is a disgrace.", "I think this was for the gym."),
        ticket(3, "The sauna was cold again, dreadful.", "Hello! You have the wrong company."),
    ]
    (tmp_path / "tickets.json").write_text(json.dumps({"tickets": tickets}), encoding="utf-8")
    assert study.draft(tmp_path / "tickets.json", to=tmp_path).exit_code == 0
    drawn = JourneyMap.model_validate_json((tmp_path / "map.json").read_text("utf-8"))

    assert "tickets.json#1" in {one.document for one in drawn.evidence}
    assert [(one.where, one.reason) for one in drawn.refusals] == [
        ("tickets.json#3", "was answered that it came to the wrong place")
    ]


@pytest.mark.parametrize("told_by", ["off_topic", "unlike_others"])
def test_what_is_left_out_is_named_and_neither_cited_nor_held_against_anybody(
    study: Study, drawn: JourneyMap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told_by: str
) -> None:
    spoken = [one.claim for one in drawn.contradictions if isinstance(one.claim, SpokenClaim)]
    left_out = frozenset(claim.document for claim in spoken)

    def strays(_documents: Sequence[object], _vectors: Vectors) -> frozenset[str]:
        return left_out

    monkeypatch.setattr(themes, told_by, strays)
    assert study.draft(to=tmp_path).exit_code == 0
    drawn = JourneyMap.model_validate_json((tmp_path / "map.json").read_text("utf-8"))

    assert left_out
    assert not left_out & {one.document for one in drawn.evidence}
    assert not left_out & {
        one.claim.document for one in drawn.contradictions if isinstance(one.claim, SpokenClaim)
    }
    assert left_out <= {one.where for one in drawn.refusals if "something else" in one.reason}


def test_whoever_is_interviewed_is_meant_to_be(study: Study, tmp_path: Path) -> None:
    turns = (
        "Interviewer: How did it begin?",
        "Customer: The strap broke on the second day. Sorry, wrong page.",
        "Interviewer: And then?",
        "Customer: I sent it back, and nobody answered my mail.",
    )
    (tmp_path / "p01.txt").write_text("\n\n".join(turns), encoding="utf-8")
    assert study.draft(tmp_path / "p01.txt", to=tmp_path).exit_code == 0
    drawn = JourneyMap.model_validate_json((tmp_path / "map.json").read_text("utf-8"))

    assert "The strap broke on the second day." in {one.quote for one in drawn.evidence}
    assert drawn.refusals == ()
