"""Access keys are shown once, end at once, and what is done with them stands in the log."""

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.service import create_app
from assistant.settings import Settings
from tests.api.service.simple import Simple
from tests.api.service.visiting import Site


def made(site: Site, role: str = "viewer") -> dict[str, Any]:
    return site.private("POST", "/v1/access-keys", json={"name": "Ada", "role": role}).json()


def ask(client: TestClient, secret: str, path: str = "/v1/surveys") -> int:
    return client.get(path, headers={"Authorization": f"Bearer {secret}"}).status_code


def test_a_key_opens_until_it_is_revoked(site: Site) -> None:
    key = made(site)
    before = ask(site.client, key["secret"])
    revoked = site.private("DELETE", f"/v1/access-keys/{key['id']}")
    again = site.private("DELETE", f"/v1/access-keys/{key['id']}")

    assert (before, revoked.status_code) == (200, 204)
    assert ask(site.client, key["secret"]) == 401
    assert (again.status_code, again.json()["error"]) == (404, "unknown_access_key")


def test_a_secret_is_shown_once(site: Site) -> None:
    key = made(site)
    listed = site.private("GET", "/v1/access-keys")

    assert [each["name"] for each in listed.json()] == ["ours", "Ada"]
    assert key["secret"] not in listed.text
    assert site.access_key not in listed.text


def test_the_last_owner_stays(site: Site) -> None:
    (owner,) = site.private("GET", "/v1/access-keys").json()
    kept = site.private("DELETE", f"/v1/access-keys/{owner['id']}")
    made(site, "owner")
    ended = site.private("DELETE", f"/v1/access-keys/{owner['id']}")

    assert (kept.status_code, kept.json()["error"]) == (409, "last_owner")
    assert ended.status_code == 204


@pytest.mark.parametrize("role", ["viewer", "editor"])
@pytest.mark.parametrize("path", ["/v1/access-keys", "/v1/audit"])
def test_keys_and_the_log_are_the_owners(site: Site, role: str, path: str) -> None:
    assert ask(site.client, made(site, role)["secret"], path) == 403


def test_a_role_that_does_not_exist_is_refused(site: Site) -> None:
    answer = site.private("POST", "/v1/access-keys", json={"name": "Ada", "role": "root"})

    assert (answer.status_code, answer.json()["error"]) == (422, "misunderstood")
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_log_tells_who_did_what(site: Site) -> None:
    key = made(site)
    site.private("DELETE", f"/v1/access-keys/{key['id']}")
    (owner,) = site.private("GET", "/v1/access-keys").json()

    log = site.private("GET", "/v1/audit").json()
    assert [(each["who"], each["action"], each["what"]) for each in log["items"]] == [
        (owner["id"], "key.revoked", key["id"]),
        (owner["id"], "key.made", key["id"]),
        (owner["id"], "survey.made", site.survey["key"]),
    ]
    assert key["secret"] not in str(log)


def test_the_log_is_read_a_page_at_a_time(site: Site) -> None:
    ids = [made(site)["id"] for _ in range(5)]
    seen: list[str] = []
    params: dict[str, Any] = {"limit": 2, "action": "key.made"}
    while params.get("cursor", "first"):
        page = site.private("GET", "/v1/audit", params=params).json()
        seen += [each["what"] for each in page["items"]]
        params["cursor"] = page["next"]

    assert seen == ids[::-1]


def test_what_failed_is_not_in_the_log(site: Site) -> None:
    site.private("DELETE", "/v1/access-keys/ak_unknown")

    log = site.private("GET", "/v1/audit", params={"action": "key.revoked"}).json()
    assert log == {"items": [], "next": None}


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        pytest.param("GET", "/v1/nothing", 404, id="no such route"),
        pytest.param("PATCH", "/v1/surveys", 405, id="no such method"),
        pytest.param("GET", "/v1/surveys", 401, id="no key"),
    ],
)
def test_every_refusal_is_a_problem_in_one_shape(
    client: TestClient, method: str, path: str, status: int
) -> None:
    answer = client.request(method, path)

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json().keys() == {"type", "title", "status", "detail", "error"}
    assert answer.json()["status"] == status


def test_a_failure_of_ours_is_a_problem_too_and_tells_nothing_of_itself(tmp_path: Path) -> None:
    app = create_app(Settings(home=tmp_path, workers=0), Simple(), does_work=False)

    async def fail() -> None:
        raise RuntimeError("the password is swordfish")

    app.add_api_route("/v1/broken", fail)
    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/v1/broken")

    assert (answer.status_code, answer.json()["error"]) == (500, "failed")
    assert "swordfish" not in answer.text


def test_every_route_says_what_it_is_for(client: TestClient) -> None:
    paths: dict[str, dict[str, Any]] = client.get("/openapi.json").json()["paths"]
    routes = {(path, method): each for path, it in paths.items() for method, each in it.items()}
    private = {at: each for at, each in routes.items() if at[0].startswith("/v1/")}

    assert len(private) > 25
    for at, each in private.items():
        assert each["description"].endswith("."), at
        assert each["tags"], at
        assert "4XX" in each["responses"], at
    summaries = [each["summary"] for each in private.values()]
    assert len(set(summaries)) == len(summaries)
