"""Mail: each message is a ticket; agents and machines are not customers, nor are their quotes."""

from pathlib import Path

import pytest

from ingestion.errors import MalformedSource
from ingestion.models import Document, Refusal, Role, State
from tests.ingestion.records.tables import documents, items, read

QUESTION = """\
From: Nora Birch <nora@birch.example>
To: help@fernpost.example
Subject: =?utf-8?q?Gr=C3=B6=C3=9Fe=3F?=
Date: Tue, 04 Mar 2025 10:00:00 +0100
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Seit zwei Wochen höre ich nichts.

On Mon, 3 Mar 2025 at 09:00, Rita <help@fernpost.example> wrote:
> It is on its way.
--
Nora Birch, Tel. 0151 000000
"""
ANSWER = """\
From: help@fernpost.example
To: nora@birch.example
Subject: Re: Größe?
Date: Tue, 04 Mar 2025 12:00:00 +0100

We are looking into it.
"""
MACHINE = """\
From: no-reply@courier.example
To: help@fernpost.example
Subject: Delayed
Auto-Submitted: auto-generated

Parcel delayed.
"""


def test_a_message_is_a_ticket_in_its_senders_own_words(tmp_path: Path) -> None:
    (mail,) = documents(tmp_path, "x.eml", QUESTION)

    assert [(turn.field, turn.text) for turn in mail.turns] == [
        ("subject", "Größe?"),
        ("description", "Seit zwei Wochen höre ich nichts."),
    ]
    assert (mail.id, mail.attributes["created_at"]) == ("x.eml", "2025-03-04T09:00:00Z")


def test_addresses_are_not_kept(tmp_path: Path) -> None:
    (mail,) = documents(tmp_path, "x.eml", QUESTION)

    assert str(mail.participant).startswith("person-")
    assert "birch.example" not in mail.model_dump_json()


def test_who_wrote_each_message_of_a_mailbox_is_told(tmp_path: Path) -> None:
    box = "".join(f"From x Tue Mar  4 10:00:00 2025\n{m}\n" for m in (QUESTION, ANSWER, MACHINE))
    found = documents(tmp_path, "x.mbox", box)

    assert [mail.turns[0].role for mail in found] == [Role.CUSTOMER, Role.AGENT, Role.BOT]
    assert [mail.id for mail in found] == ["x.mbox#1", "x.mbox#2", "x.mbox#3"]


def test_markup_is_taken_out(tmp_path: Path) -> None:
    text = (
        "From: a@b.example\nContent-Type: text/html\n\n<p>Too <b>slow</b>.</p><p>Bye &amp; out</p>"
    )
    (mail,) = documents(tmp_path, "x.eml", text)

    assert mail.turns[0].text == "Too slow.\nBye & out"


@pytest.mark.parametrize("charset", ["nonsense", "utf-7", "unknown-8bit"])
def test_a_charset_nobody_knows_stops_nothing(charset: str, tmp_path: Path) -> None:
    text = f"From: a@b.example\nSubject: Hi\nContent-Type: text/plain; charset={charset}\n\nHello"
    (mail,) = items(tmp_path, "x.eml", text)

    assert isinstance(mail, Document)


def test_a_mail_without_words_is_empty(tmp_path: Path) -> None:
    (empty,) = items(tmp_path, "x.mbox", "From x\nFrom: a@b.example\n\n> only a quote\n")

    assert isinstance(empty, Refusal)
    assert empty.state == State.EMPTY


def test_what_has_no_headers_is_no_mail(tmp_path: Path) -> None:
    with pytest.raises(MalformedSource, match="headers"):
        read(tmp_path, "x.eml", "\n\nDear diary")
