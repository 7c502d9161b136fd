"""A visitor's conversation: opened once, each reply counted once, gone on with after a reload."""

from uuid import uuid4

import pytest

from tests.api.service.visiting import ORIGIN, Site


def said(view: dict[str, object]) -> list[str]:
    return [turn["text"] for turn in view["turns"] if turn["speaker"] == "person"]  # pyright: ignore[reportUnknownVariableType, reportIndexIssue, reportGeneralTypeIssues, reportUnknownMemberType, reportArgumentType] - JSON


def test_goes_from_the_first_message_to_the_last(site: Site) -> None:
    visitor = site.visitor()
    assert visitor.view["status"] == "asking"

    visitor.say("The old one broke.")
    visitor.say("The price.")

    assert visitor.view["status"] == "finished"
    assert visitor.view["open"] is None
    assert said(visitor.view)[1:] == ["The old one broke.", "The price."]


def test_goes_on_where_it_was_after_a_reload(site: Site) -> None:
    visitor = site.visitor()

    view = visitor.say("The old one broke.")

    assert visitor.reload().json() == view


def test_the_same_opening_sent_twice_is_one_conversation(site: Site) -> None:
    key = str(uuid4())

    assert site.begin(key).json() == site.begin(key).json()
    assert site.begin(key).json()["token"] != site.begin().json()["token"]


def test_the_same_reply_sent_twice_counts_once(site: Site) -> None:
    visitor, key = site.visitor(), str(uuid4())
    open_turn = visitor.view["open"]

    first = visitor.send(key, to=open_turn, kind="text", text="The old one broke.")
    visitor.view = first.json()
    visitor.say("The price.")
    again = visitor.send(key, to=open_turn, kind="text", text="The old one broke.")

    assert again.json() == first.json()
    assert said(visitor.reload().json())[1:] == ["The old one broke.", "The price."]


def test_one_key_is_for_one_reply(site: Site) -> None:
    visitor, key = site.visitor(), str(uuid4())
    open_turn = visitor.view["open"]

    visitor.send(key, to=open_turn, kind="text", text="The old one broke.")
    other = visitor.send(key, to=open_turn, kind="text", text="I moved.")

    assert (other.status_code, other.json()["error"]) == (422, "key_reused")


def test_two_tabs_cannot_tangle(site: Site) -> None:
    visitor = site.visitor()
    stale = visitor.view["open"]
    visitor.say("The old one broke.")

    late = visitor.send(to=stale, kind="text", text="I moved.")

    assert (late.status_code, late.json()["error"]) == (409, "closed_turn")
    assert late.json()["conversation"] == visitor.reload().json()


def test_what_was_said_before_a_stale_stop_is_honoured_all_the_same(site: Site) -> None:
    visitor = site.visitor()
    stale = visitor.view["open"]
    visitor.say("The old one broke.")

    assert visitor.send(to=stale, kind="stop").json()["status"] == "finished"


def test_masks_before_anything_is_kept(site: Site) -> None:
    visitor = site.visitor()

    visitor.say("Write to maureen.tibbs@example.com about it.")

    assert said(visitor.view)[1:] == ["Write to [email] about it."]


@pytest.mark.parametrize("kind", ["decline", "withdraw"])
def test_keeps_nothing_of_who_declines_or_withdraws(site: Site, kind: str) -> None:
    visitor = site.visitor(context={"visitor": "p03", "page": "/basket"})
    visitor.say("The old one broke.")

    visitor.say(kind=kind)

    (kept,) = _rows(site)
    assert "broke" not in kept
    assert "p03" not in kept
    assert "/basket" not in kept


def _rows(site: Site) -> list[str]:
    with site.client.app.state.doors.engine.connect() as connection:  # pyright: ignore[reportFunctionMemberAccess, reportUnknownVariableType, reportUnknownMemberType, reportAttributeAccessIssue] - an ASGI app has no type
        return [str(row) for row in connection.exec_driver_sql("SELECT * FROM conversations")]  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType, reportUnknownArgumentType] - as above


def test_streams_what_the_bot_says_and_then_the_conversation(site: Site) -> None:
    visitor = site.visitor()
    headers = visitor.headers | {"Idempotency-Key": str(uuid4()), "Accept": "text/event-stream"}
    sent = {"to": visitor.view["open"], "reply": {"kind": "text", "text": "It broke."}}

    answer = site.client.post(
        "/v1/public/conversations/current/replies", json=sent, headers=headers
    )

    events = [line for line in answer.text.splitlines() if line.startswith("event:")]
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert events == ["event: turn", "event: view"]
    assert '"delta": "What nearly stopped you?"' in answer.text


@pytest.mark.parametrize(
    ("headers", "status", "error"),
    [
        pytest.param({}, 401, "no_token", id="no token"),
        pytest.param({"Authorization": "Bearer ct_other"}, 401, "unknown_token", id="another's"),
        pytest.param({"Authorization": "Basic eA=="}, 401, "no_token", id="another scheme"),
    ],
)
def test_tells_nothing_without_the_token(
    site: Site, headers: dict[str, str], status: int, error: str
) -> None:
    answer = site.client.get("/v1/public/conversations/current", headers=headers)

    assert (answer.status_code, answer.json()["error"]) == (status, error)


@pytest.mark.parametrize(
    ("origin", "status", "shown"),
    [
        pytest.param(ORIGIN, 200, ORIGIN, id="allowed"),
        pytest.param("https://evil.example", 403, None, id="another site"),
        pytest.param("https://shop.example.evil.example", 403, None, id="one that looks alike"),
        pytest.param("null", 403, None, id="a page without origin"),
        pytest.param("http://testserver", 200, None, id="our own page"),
        pytest.param(None, 200, None, id="no page"),
    ],
)
def test_is_asked_on_its_own_sites_only(
    site: Site, origin: str | None, status: int, shown: str | None
) -> None:
    headers = {"Origin": origin} if origin else {}

    answer = site.client.get(f"/v1/public/surveys/{site.survey['key']}", headers=headers)

    assert answer.status_code == status
    assert answer.headers.get("access-control-allow-origin") == shown


def test_refuses_what_is_too_large(site: Site) -> None:
    answer = site.begin(language="x" * 100_000)

    assert (answer.status_code, answer.json()["error"]) == (413, "too_large")


def test_a_repeat_needs_a_key(site: Site) -> None:
    visitor = site.visitor()

    assert visitor.send("short", to="t1", kind="skip").json()["error"] == "no_key"
    assert site.begin("not-a-uuid").json()["error"] == "no_key"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("It\0broke.", id="a NUL"),
        pytest.param("\u202eIt broke. \U0001f469\u200d\U0001f52c", id="marks that show nothing"),
        pytest.param("'; DROP TABLE conversations; --", id="SQL"),
        pytest.param("<script>alert(1)</script>", id="a script"),
        pytest.param("很慢。" * 2000, id="long"),
    ],
)
def test_takes_whatever_is_typed(site: Site, text: str) -> None:
    visitor = site.visitor(context={"visitor": text[:60], "page": text[:60]})

    visitor.say(text)

    assert said(visitor.reload().json())[1:] == [text.replace("\0", "")]


def test_a_lone_surrogate_is_misunderstood(site: Site) -> None:
    visitor = site.visitor()
    headers = visitor.headers | {
        "Idempotency-Key": str(uuid4()),
        "Content-Type": "application/json",
    }
    body = '{"to": "t3", "reply": {"kind": "text", "text": "\\ud800"}}'

    answer = site.client.post(
        "/v1/public/conversations/current/replies", content=body, headers=headers
    )

    assert answer.status_code == 422
