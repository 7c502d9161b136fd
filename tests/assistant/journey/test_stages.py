"""A company's own stages: read from a file, and every reading finds its place among them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import MalformedStages
from assistant.journey import stages
from assistant.models import DEFAULT_STAGES
from tests.assistant.journey.study import embed

DEFAULTS = [stage.id for stage in DEFAULT_STAGES]


def _load(folder: Path, text: str) -> tuple[stages.OwnStage, ...]:
    file = folder / "stages.yaml"
    file.write_text(text, "utf-8")
    return stages.load(file)


def _certain(stage: str) -> list[float]:
    return [float(default == stage) for default in DEFAULTS]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("- Find us\n- First ride\n- Stay", id="names"),
        pytest.param(
            "stages:\n  - name: Find us\n  - name: First ride\n  - name: Stay", id="under a key"
        ),
        pytest.param('["Find us", {"name": "First ride"}, "Stay"]', id="JSON"),
    ],
)
def test_reads_stages_however_they_are_listed(tmp_path: Path, text: str) -> None:
    assert [stage.id for stage in _load(tmp_path, text)] == ["find-us", "first-ride", "stay"]


def test_lays_the_defaults_along_stages_that_do_not_say(tmp_path: Path) -> None:
    own = _load(tmp_path, "- Find\n- Ride\n- Stay")

    assert [stage.covers for stage in own] == [
        ("awareness", "consideration"),
        ("decision", "experience"),
        ("retention", "advocacy"),
    ]


def test_a_stage_covers_the_default_of_its_name(tmp_path: Path) -> None:
    own = _load(tmp_path, "- Advocacy\n- Everything else")

    assert stages.assign(own, _certain("advocacy")) == "advocacy"
    assert stages.assign(own, _certain("retention")) == "everything-else"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        pytest.param("", "no list of stages", id="empty"),
        pytest.param("name: Find", "no list of stages", id="not a list"),
        pytest.param("- 3", "3 is no stage", id="a number"),
        pytest.param("- name: Find\n  covers: [finding]", "covers 'finding'", id="unknown default"),
        pytest.param("- name: Find\n  colour: red", "colour: extra inputs", id="unknown field"),
        pytest.param("- name: ''", "a stage has no name", id="no name"),
        pytest.param("- Find\n- find", "same id", id="twice"),
        pytest.param("- [", "neither YAML nor JSON", id="no YAML"),
    ],
)
def test_refuses_a_file_it_cannot_follow(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(MalformedStages, match=reason):
        _load(tmp_path, text)


def test_says_when_there_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(MalformedStages, match="cannot be read"):
        stages.load(tmp_path / "none.yaml")


@given(
    st.lists(st.integers(0, 99), min_size=1, max_size=12, unique=True),
    st.sampled_from(DEFAULTS),
)
def test_every_default_has_a_stage_that_covers_it(names: list[int], default: str) -> None:
    own = stages.covering(tuple(stages.OwnStage(id=f"s{n}", name=f"S{n}") for n in names))

    chosen = next(s for s in own if s.id == stages.assign(own, _certain(default)))

    assert default in chosen.covers


def test_meaning_decides_between_stages_of_one_default(tmp_path: Path) -> None:
    own = _load(
        tmp_path,
        "- {name: Delivery, covers: [experience], description: the parcel arrives}\n"
        "- {name: Repair, covers: [experience], description: something broke}",
    )
    prototypes = stages.prototypes(own, embed)
    near = (prototypes @ embed(["then something broke"])[0]).tolist()

    assert stages.assign(own, _certain("experience"), near) == "repair"
