"""What the documents promise, kept in step with the code."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from api.cli import app
from assistant.settings import Settings

ROOT = Path(__file__).parent.parent
SETTINGS = {f"JOURNEY_{name.upper()}": field for name, field in Settings.model_fields.items()}


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def test_the_example_lists_every_setting_with_its_meaning() -> None:
    listed = dict(re.findall(r"# (.+)\n# (?:(JOURNEY_\w+)=)", read(".env.example")))

    assert {name: meaning for meaning, name in listed.items()} == {
        name: field.description for name, field in SETTINGS.items()
    }


def test_the_guide_to_running_lists_every_setting_with_its_meaning() -> None:
    rows = re.findall(r"^\| `(JOURNEY_\w+)` \| .+ \| (.+) \|$", read("docs/operations.md"), re.M)

    assert dict(rows) == {name: field.description for name, field in SETTINGS.items()}


def test_the_guide_to_running_lists_every_command_with_its_help() -> None:
    rows = re.findall(r"^\| `journey (\w+)[^`]*` \| (.+) \|$", read("docs/operations.md"), re.M)

    commands = get_command(app).commands  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] - click's groups are not typed here
    helps = {name: command.help.split("\n")[0] for name, command in commands.items()}  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - as above
    assert dict(rows) == helps


@pytest.mark.parametrize("package", ["ingestion", "assistant"])
def test_the_layers_are_as_the_contract_says(package: str) -> None:
    found = re.search(
        rf"<!-- layers: {package} -->\n(.+?)<!-- end -->", read("docs/architecture.md"), re.S
    )
    contracts = tomllib.loads(read("pyproject.toml"))["tool"]["importlinter"]["contracts"]

    (contract,) = [each for each in contracts if each.get("containers") == [package]]
    assert found
    assert [line.removeprefix("- ") for line in found[1].splitlines()] == contract["layers"]


def test_readme_gives_two_commands_that_the_makefile_has() -> None:
    commands = re.findall(r"^make (\w+)", read("README.md"), re.M)

    assert commands[:2] == ["run", "test"]
    assert all(re.search(rf"^{command}:", read("Makefile"), re.M) for command in commands)


def test_help_tells_each_command_in_full_and_loads_nothing_large() -> None:
    asked = "import sys, api.cli; api.cli.app(['--help'], standalone_mode=False)"
    loaded = "print(*sys.modules, file=sys.stderr)"

    ended = subprocess.run(
        [sys.executable, "-c", f"{asked}; {loaded}"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"COLUMNS": "80"},
    )

    helps = re.findall(r"^\| `journey \w+[^`]*` \| (.+) \|$", read("docs/operations.md"), re.M)
    assert [told for told in helps if told not in ended.stdout] == []
    large = {"chromadb", "sqlalchemy", "numpy", "onnxruntime", "scipy", "rich"}
    assert not large & set(ended.stderr.split())


PUBLIC = re.compile(r"^class ([A-Z]\w+)\(Record\)", re.M)


RECORDS = "".join(path.read_text("utf-8") for path in (ROOT / "ingestion/models").glob("*.py"))


@pytest.mark.parametrize("word", sorted(PUBLIC.findall(RECORDS)))
def test_a_record_that_a_newcomer_meets_is_explained(word: str) -> None:
    explained = re.findall(r"\*\*(\w+)\*\*", read("docs/glossary.md"))

    assert word in {*explained, "Span", "Score"}
