"""Mails that never came, what was read, what was passed on."""

import pytest

from tests.assistant.claims.builders import HOME, claim, found, others, views, visit


@pytest.mark.parametrize(
    ("quote", "opens", "parts"),
    [
        ("I never got a single mail.", 5, True),
        ("I never got a single mail.", 0, False),
        ("The shipping confirmation mail never came.", 5, None),
    ],
)
def test_no_mail_is_held_against_mails_opened(quote: str, opens: int, parts: bool | None):
    mails = others({1: ("email_open mail/digest",)})
    opened = [e for day in range(opens) for e in visit("ann", day, "email_open mail/digest")]

    assert found(
        claim("no mail", quote), mails, visit("ann", 0, HOME), opened
    ).parts is parts  # fmt: skip


def test_reading_every_mail_is_held_against_mails_opened():
    usual = others(dict.fromkeys(range(6), ("email_open mail/digest",)))

    held = found(
        claim("reads everything", "I read all of your mails."), usual, visit("ann", 0, HOME)
    )

    assert (held.parts, held.value, held.typical) == (True, 0, 6)


RENEWAL = "message_opened /messages/renewal-notice"


@pytest.mark.parametrize(
    ("opened", "parts"), [(RENEWAL, True), ("message_opened /messages/spring-fair", None)]
)
def test_no_word_before_renewing_is_held_against_what_was_written_about_that(
    opened: str, parts: bool | None
):
    said = claim("no mail", "Nobody sent me one word before they renewed us.")

    assert found(said, visit("ann", 0, HOME), views(opened, range(4))).parts is parts


GUIDE = [f"view /guide/{name}" for name in ("doors", "post", "rooms", "noise", "rules", "keys")]


@pytest.mark.parametrize(("pages", "parts"), [(0, None), (1, True), (4, None), (6, False)])
def test_having_read_all_of_it_is_held_against_its_pages(pages: int, parts: bool | None):
    said = claim("reads everything", "I read every page of the guide before I came.")
    held = found(said, visit("bo", 0, *GUIDE), visit("ann", 1, HOME, *GUIDE[:pages]))

    assert (held.parts, held.value) == (parts, pages)


def test_a_page_is_the_same_page_whatever_it_was_asked_with():
    said = claim("reads everything", "I read every page of the guide before I came.")
    asked = [f"{page}?from=mail{n}" for page in GUIDE[:2] for n in range(3)]
    held = found(said, visit("bo", 0, *GUIDE), visit("ann", 1, HOME, *asked))

    assert (held.parts, held.value) == (True, 2)
    assert "2 of the 6 pages" in held.told


def test_what_lies_in_no_folder_was_perhaps_read_elsewhere():
    said = claim("reads everything", "I read all of the terms, every line.")

    assert found(said, visit("bo", 0, *GUIDE), visit("ann", 1, GUIDE[0])).parts is None


@pytest.mark.parametrize(
    ("quote", "sent", "parts"),
    [
        ("I sent my invitation code to everybody.", 0, True),
        ("I sent my invitation code to everybody.", 2, False),
        ("I recommend it to everybody.", 0, None),
    ],
)
def test_only_a_code_passed_on_leaves_a_trace(quote: str, sent: int, parts: bool | None):
    invited = visit("ann", 1, *["referral_invite"] * sent) if sent else []

    assert found(
        claim("recommends", quote), others({1: ("referral_invite",)}), visit("ann", 0, HOME),
        invited,
    ).parts is parts  # fmt: skip


def test_mails_arrive_as_parcels_do():
    opens = [event for day in range(3) for event in visit("ann", day, "email_open mail/renewal")]

    assert found(claim("no mail", "Not one mail ever arrived."), opens).parts is True


@pytest.mark.parametrize(
    ("opened", "times", "parts"),
    [
        ("renewal_notice_open /mail/pass-renewal", 2, True),
        ("renewal_notice_open /mail/pass-renewal", 1, None),
        ("email_open /mail/spring-fair", 2, None),
    ],
)
def test_two_notices_of_what_it_is_about_are_enough(opened: str, times: int, parts: bool | None):
    said = claim("no mail", "Nobody wrote to me before it renewed.")

    assert found(said, visit("ann", 0, HOME), views(opened, range(times))).parts is parts


@pytest.mark.parametrize(("percent", "parts"), [(15, True), (70, None), (96, False)])
@pytest.mark.parametrize(
    ("quote", "name", "page"),
    [
        ("I read the whole of the guide first.", "guide_scroll", "/guide"),
        ("I watched the whole film first.", "progress", "/film/measuring"),
    ],
)
def test_having_followed_it_to_the_end_is_held_against_how_far_it_went(
    quote: str, name: str, page: str, percent: float, parts: bool | None
):
    far = [
        event.model_copy(update={"value": value})
        for value in (5.0, percent)
        for event in visit("ann", value, f"{name} {page}")
    ]
    held = found(claim("reads everything", quote), visit("ann", 0, HOME), far)

    assert (held.parts, held.value) == (parts, percent)
    assert found(claim("reads everything", "I read all of the terms."), far).parts is None


def test_seconds_are_no_percentage():
    [event] = visit("ann", 0, "guide_scroll /guide")
    said = claim("reads everything", "I read the whole of the guide first.")

    assert found(said, [event.model_copy(update={"value": 480.0})]).parts is None


def test_that_something_was_read_does_not_say_what():
    [event] = visit("ann", 0, "article_read /blog")
    said = claim("reads everything", "I read all of the terms, every line.")

    assert found(said, [event.model_copy(update={"value": 20.0})]).parts is None
