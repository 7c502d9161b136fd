"""The script that is served: small, what its source gives, and nothing a strict policy forbids."""

import gzip
import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from api.service.keys import is_signed

WIDGET = Path(__file__).parents[3] / "api" / "widget"
BUILT = (WIDGET / "widget.js").read_text("utf-8")
HEAD, _, CODE = BUILT.partition("\n")


def test_is_at_most_15_kilobytes_gzipped() -> None:
    assert len(gzip.compress(BUILT.encode(), 9)) <= 15_000


def test_was_built_from_the_source_as_it_is() -> None:
    sources = ["build.mjs", "package-lock.json", *sorted(f"src/{p.name}" for p in _sources())]
    text = "\n".join(f"{name}\n{(WIDGET / name).read_text('utf-8')}" for name in sources)

    assert f"source {_digest(text)} " in HEAD, "the source changed: run `make widget`"


def test_was_not_changed_after_it_was_built() -> None:
    assert f"code {_digest(CODE)} " in HEAD, "widget.js was edited: edit its source"


@pytest.mark.skipif(
    not (shutil.which("npm") and (WIDGET / "node_modules").exists()),
    reason="building needs node, and `make widget` or `make widget-check` once",
)
def test_is_byte_for_byte_what_the_source_gives() -> None:
    check = ["npm", "run", "--silent", "check"]
    run = subprocess.run(check, cwd=WIDGET, capture_output=True, text=True, check=False)

    assert (run.returncode, run.stdout + run.stderr) == (0, "")


@pytest.mark.parametrize(
    "banned",
    ["eval(", "new Function", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write",
     ".cssText", ".style.", 'createElement("style")', '"style",', "document.cookie"],
)  # fmt: skip
def test_has_nothing_that_a_strict_policy_forbids(banned: str) -> None:
    assert banned not in CODE


def test_has_a_dependency_on_nothing() -> None:
    assert not re.search(r"\brequire\(|\bimport\(|^import ", CODE, re.MULTILINE)


def _sources() -> list[Path]:
    return list((WIDGET / "src").iterdir())


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def test_every_attribute_is_documented() -> None:
    config = (WIDGET / "src" / "config.ts").read_text("utf-8")
    names = re.findall(r'data\["(\w+)"\]', config)
    names += re.findall(r'"(\w+)"', "".join(re.findall(r"const \w+ = \[.*?\]", config)))
    documents = (WIDGET.parents[1] / "docs" / "widget.md").read_text("utf-8")

    attributes = {"data-" + re.sub("[A-Z]", lambda m: f"-{m[0].lower()}", name) for name in names}
    assert len(attributes) > 25
    assert attributes - {"data-open"} <= set(re.findall(r"data-[a-z0-9-]+", documents))


def test_a_visitor_is_signed_as_the_documents_say() -> None:
    documents = (WIDGET.parents[1] / "docs" / "widget.md").read_text("utf-8")
    example = documents.partition("```python\n")[2].partition("```")[0]
    names = {"secret": "s3cret", "visitor": "c-1042"}

    exec(example, names)  # noqa: S102 - the documents' own example

    assert is_signed("s3cret", "c-1042", names["signature"])
