"""Prompt files: read, filled in, and never changed once released."""

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import prompts
from assistant.errors import UnknownPrompt
from evals import released

HEAD = "purpose: Ask.\nmodel: quick\ninputs: [said]\nchanged: First."
ASK = f"---\n{HEAD}\n---\n# system\nRead.\n# user\n<said>$said</said>\n"


def test_reads_front_matter_and_words() -> None:
    prompt = prompts.parse(ASK, "ask", 3)

    assert str(prompt) == "ask@3"
    assert (prompt.purpose, prompt.model, prompt.temperature) == ("Ask.", "quick", 0.0)
    assert prompt.render(said="Hello.") == ("Read.", "<said>Hello.</said>")


@given(st.text())
def test_what_is_filled_in_stays_as_it_is(said: str) -> None:
    assert prompts.parse(ASK, "ask", 1).render(said=said).user == f"<said>{said}</said>"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Read this.", id="no front matter"),
        pytest.param(ASK.replace("# user", "# customer"), id="no user"),
        pytest.param(ASK.replace("[said]", "[said, asked]"), id="an input that is not used"),
        pytest.param(ASK.replace("$said", "$said $asked"), id="an input that is not declared"),
        pytest.param(ASK.replace("quick", "gpt-4o"), id="a model by name"),
        pytest.param(ASK.replace("purpose", "porpoise"), id="an unknown field"),
        pytest.param(ASK.replace("changed: First.", ""), id="a field missing"),
        pytest.param(ASK.replace("[said]", "[said"), id="not YAML"),
    ],
)
def test_refuses_a_file_that_it_cannot_follow(text: str) -> None:
    with pytest.raises(UnknownPrompt, match="ask@1"):
        prompts.parse(text, "ask", 1)


@pytest.mark.parametrize(("name", "version"), [("nothing", None), ("mend_reply", 99)])
def test_refuses_a_prompt_that_is_not_there(name: str, version: int | None) -> None:
    with pytest.raises(UnknownPrompt, match=name):
        prompts.load(name, version)


def test_an_input_that_is_missing_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError, match="said"):
        prompts.parse(ASK, "ask", 1).render()


@pytest.mark.parametrize("prompt", prompts.everything(), ids=str)
def test_every_prompt_can_be_followed(prompt: prompts.Prompt) -> None:
    filled = prompt.render(**{name: f"<{name}>" for name in prompt.inputs})

    assert not re.search(r"\$\w", "".join(filled))


SUMS = (prompts.PROMPTS / "SHA256SUMS").read_text("utf-8").splitlines()


@pytest.mark.parametrize("line", SUMS)
def test_a_released_version_never_changes(line: str) -> None:
    digest, name = line.split("  ")

    assert hashlib.sha256((prompts.PROMPTS / name).read_bytes()).hexdigest() == digest


def test_only_the_newest_version_may_still_be_at_work() -> None:
    files = {f"{each.name}/v{each.version}.md" for each in prompts.everything()}
    live = {f"{name}/v{prompts.load(name).version}.md" for name in {f.split("/")[0] for f in files}}

    assert files - live <= {line.split("  ")[1] for line in SUMS}


def test_the_guide_to_prompts_is_what_their_front_matter_says() -> None:
    assert released.GUIDE.read_text("utf-8") == released.guide(), "python -m evals.released"
