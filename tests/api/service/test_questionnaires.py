"""Questionnaires are added to, and never changed: what was asked stays what it was."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

from api.service import create_app
from api.service.doors import Doors
from assistant.settings import Settings
from assistant.store import access
from assistant.store.access import Role
from tests.api.service.visiting import Site, Visitor

OWN: dict[str, Any] = {
    "purpose": "Why a chair was chosen",
    "minutes": 3,
    "title": {"en": "Your chair"},
    "opening": {"en": "I am an automated interviewer of {asker}. It takes {minutes} minutes."},
    "consent": {"en": "May I keep your answers?"},
    "closing": {"en": "Thank you."},
    "goals": [{"id": "why", "text": "What made them choose"}],
    "questions": [{"id": "why", "goal": "why", "text": {"en": "What made you choose this chair?"}}],
}


@pytest.fixture(scope="module")
def led(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give a site whose conversations are led by the questionnaires themselves."""
    home: Path = tmp_path_factory.mktemp("home")
    app = create_app(Settings(home=home, workers=0))
    doors: Doors = app.state.doors
    with doors.engine.begin() as connection:
        secret, _ = access.make(connection, "ours", Role.OWNER)
    with TestClient(app) as client:
        yield Site(client, secret)


def add(site: Site, name: str, question: str) -> Any:  # noqa: ANN401 - JSON
    """Add a version that asks something."""
    asked = [OWN["questions"][0] | {"text": {"en": question}}]
    text = yaml.safe_dump(OWN | {"questions": asked})
    return site.private("POST", f"/v1/questionnaires/{name}", json={"text": text}).json()


def asked(visitor: Visitor) -> str:
    """Give what was asked last."""
    return visitor.view["turns"][-1]["text"]


def test_the_package_brings_some_to_begin_with(site: Site) -> None:
    listed = site.private("GET", "/v1/questionnaires").json()
    read = site.private("GET", "/v1/questionnaires/nps@1").json()

    assert {"nps", "onboarding"} <= {each["name"] for each in listed}
    assert (read["version"], read["is_own"]) == (1, False)
    assert yaml.safe_load(read["text"])["questions"]


def test_a_survey_asks_the_newest_version_and_who_began_goes_on_with_theirs(led: Site) -> None:
    assert add(led, "chairs", "What made you choose this chair?")["version"] == 1
    led.survey = led.put_up(questionnaire="chairs")
    early = led.visitor()
    assert add(led, "chairs", "How did you find this chair?")["version"] == 2
    late = led.visitor()
    early.send(to=None, kind="pause")
    early.view = early.reload().json()
    early.say(kind="pause")
    early.say(kind="resume")

    assert asked(late) == "How did you find this chair?"
    assert asked(early) == "What made you choose this chair?"
    ids = [each["id"] for each in led.private("GET", "/v1/conversations").json()["items"][:2]]
    read = [led.private("GET", f"/v1/conversations/{id}").json() for id in ids]
    versions = [each["conversation"]["questionnaire"] for each in read]
    assert sorted(versions) == ["chairs@1", "chairs@2"]


def test_a_survey_may_stay_with_a_version(led: Site) -> None:
    add(led, "tables", "What made you choose this table?")
    led.survey = led.put_up(questionnaire="tables@1")
    add(led, "tables", "How did you find this table?")

    assert asked(led.visitor()) == "What made you choose this table?"


def test_a_questionnaire_of_the_package_gets_versions_of_ones_own(site: Site) -> None:
    added = add(site, "ces", "What was hard?")
    before = site.private("GET", "/v1/questionnaires/ces@1").json()
    now = site.private("GET", "/v1/questionnaires/ces").json()

    assert (added["version"], before["is_own"], now["is_own"]) == (2, False, True)
    assert "What was hard?" in now["text"]
    assert "What was hard?" not in before["text"]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
def test_a_version_cannot_be_changed_or_removed(site: Site, method: str) -> None:
    answer = site.private(method, "/v1/questionnaires/nps@1", json={"text": "title: Other"})

    assert answer.status_code == 405


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("just words", id="no mapping"),
        pytest.param("a: [", id="no YAML"),
        pytest.param("[" * 5000, id="nested too deeply"),
        pytest.param("a: &a [x]\nb: [*a, *a]", id="what could grow without end"),
        pytest.param(yaml.safe_dump(OWN | {"questions": []}), id="no questions"),
        pytest.param(yaml.safe_dump(OWN | {"title": {"de": "Ihr Stuhl"}}), id="mixed languages"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_is_wrong(site: Site, text: str) -> None:
    answer = site.private("POST", "/v1/questionnaires/chairs", json={"text": text})

    assert (answer.status_code, answer.json()["error"]) == (422, "malformed_questionnaire")
    assert answer.json()["detail"]
    assert site.private("GET", "/v1/questionnaires/chairs").status_code == 404


def test_a_survey_of_a_questionnaire_that_is_not_there_is_refused(site: Site) -> None:
    wanted = {"study": "shop", "questionnaire": "nps@7", "asker": "Kestrel"}
    answer = site.private("POST", "/v1/surveys", json=wanted)

    assert (answer.status_code, answer.json()["error"]) == (404, "unknown_questionnaire")
