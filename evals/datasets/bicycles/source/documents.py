"""The written documents (interviews, reviews, tickets, survey), from the sources into ../corpus."""

import datetime as dt
import json
import pathlib
import random
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from marks import Marks
from tables import CORPUS, write

HERE = pathlib.Path(__file__).parent
STILL_OPEN = 400  # a ticket of so many hours was not closed yet when the data were taken

Turn = tuple[str, str]  # who speaks, and what


class Interview(NamedTuple):
    """One interview, its marks stripped."""

    name: str
    language: str
    turns: list[Turn]


class Person(NamedTuple):
    """Who answered the survey, the numbers of the pains told, and whether it holds claim c3."""

    user: str
    group: str
    language: str
    pains: set[int]
    claims: bool


def interviews(marks: Marks) -> None:
    """Write the interviews, each in the format that its head line names."""
    chance = random.Random(7)  # noqa: S311 -- the seed makes the same bytes each time
    (CORPUS / "interviews").mkdir(parents=True, exist_ok=True)
    for source in ("interviews_a.txt", "interviews_b.txt"):
        for block in _blocks(source, "#"):
            head, *lines = block
            name, suffix, asker, speaker, language = head.split()
            doc = f"interviews/{name}.{suffix}"
            said = [(line[0], line[2:]) for line in lines if line.strip()]
            turns = [
                (speaker, marks.strip(doc, text)) if who == "A" else (asker, text)
                for who, text in said
            ]
            written = _written(suffix, Interview(name, language, turns), chance)
            (CORPUS / doc).write_text("\n".join(written).rstrip() + "\n", "utf-8")


def _blocks(source: str, opening: str) -> Iterator[list[str]]:
    """The lines of each block of a source; `opening` begins a block's first line and is cut off."""
    text = (HERE / source).read_text("utf-8")
    for block in re.split(rf"(?m)^{re.escape(opening)}", text)[1:]:
        yield block.strip().split("\n")


def _written(suffix: str, interview: Interview, chance: random.Random) -> list[str]:
    """The lines of an interview's file."""
    name, language, turns = interview
    if suffix == "vtt":
        return ["WEBVTT", "", f"NOTE {name}, {language}, by video", "", *_cues(turns, chance)]
    if suffix == "md":
        head = [f"# Interview {name}", "", "*By telephone, typed from the recording.*", ""]
        return head + [line for who, text in turns for line in (f"**{who}:** {text}", "")]
    return [line for who, text in turns for line in (f"{who}: {text}", "")]


def _cues(turns: list[Turn], chance: random.Random) -> Iterator[str]:
    """Captions of 8 to 13 words, timed as if read aloud."""
    clock = 3.0
    for who, text in turns:
        words = text.split(" ")
        while words:
            size = chance.randint(8, 13)
            piece, words = " ".join(words[:size]), words[size:]
            end = clock + len(piece) * 0.065
            yield from (f"{_stamp(clock)} --> {_stamp(end)}", f"<v {who}>{piece}</v>", "")
            clock = end + 0.1
        clock += chance.uniform(0.3, 1.6)


def _stamp(seconds: float) -> str:
    """Seconds as WebVTT writes them."""
    return f"{int(seconds // 3600):02d}:{int(seconds // 60 % 60):02d}:{seconds % 60:06.3f}"


def reviews(marks: Marks) -> None:
    """Write reviews.csv."""

    def row(number: int, fields: list[str]) -> list[str]:
        """One review."""
        date, stars, language, site, title, body = fields
        doc, review = f"reviews.csv#b{number:03d}", f"b{number:03d}"
        title, body = marks.strip(doc, title), marks.strip(doc, body)
        return [review, date, stars, title, body, language, site]

    head = ["id", "posted", "stars", "title", "body", "language", "site"]
    _table("reviews", head, row)


def survey(marks: Marks) -> list[Person]:
    """Write survey.csv; return who answered, for the event log holds what they did."""
    people: list[Person] = []

    def row(number: int, fields: list[str]) -> list[str]:
        """One answer; who gave it is noted."""
        date, group, nps, csat, language, reason, change = fields
        doc, user = f"survey.csv#q{number:03d}", f"u{2000 + 7 * number}"
        before = len(marks.segments)
        answers = [marks.strip(doc, reason), marks.strip(doc, change)]
        claims = marks.claims.get("c3", {}).get("doc") == doc
        people.append(Person(user, group, language, _pains(marks, before), claims))
        return [f"q{number:03d}", date, user, group, nps, csat, language, *answers]

    head = ["id", "submitted", "user_id", "group", "nps", "csat", "language"]
    asked = ["answer_main_reason_for_the_score", "answer_one_thing_to_change"]
    _table("survey", head + asked, row)
    return people


def _pains(marks: Marks, since: int) -> set[int]:
    """Numbers of the planted pains told in the segments from `since` on."""
    told = (s.pain_point_id for s in marks.segments[since:] if "pain" in s.kinds)
    return {int(pain.removeprefix("pp")) for pain in told if pain}


def _table(name: str, head: list[str], row: Callable[[int, list[str]], list[str]]) -> None:
    """Write a table, a row for each line of the source of that name."""
    lines = filter(str.strip, (HERE / f"{name}.txt").read_text("utf-8").splitlines())
    write(name, head, (row(k, _fields(line)) for k, line in enumerate(lines, 1)))


def _fields(line: str) -> list[str]:
    """Fields between bars, but a bar within a mark of personal data is no border."""
    hidden = re.sub(r"(\{\{X:\w+)\|", "\\1\0", line)
    return [part.replace("\0", "|") for part in hidden.split("|")]


def tickets(marks: Marks) -> None:
    """Write tickets.json."""
    told = [_ticket(marks, 7001 + k, block) for k, block in enumerate(_blocks("tickets.txt", "T|"))]
    text = json.dumps({"tickets": told}, ensure_ascii=False, indent=1)
    (CORPUS / "tickets.json").write_text(text + "\n", "utf-8")


def _ticket(marks: Marks, number: int, block: list[str]) -> dict[str, Any]:
    """One ticket; the comments are read before the description, and their segments come first."""
    head, *more = block
    date, hours, language, urgency, stars, subject, text = _fields(head)
    doc, opened = f"tickets.json#{number}", dt.datetime.fromisoformat(date)
    comments = [
        {
            "author_role": "agent" if line[0] == "A" else "end-user",
            "posted_at": _iso(opened, int(hours) * (0.35 + 0.6 * n / max(1, len(more)))),
            "body": marks.strip(doc, line[2:]),
        }
        for n, line in enumerate(more)
    ]
    still = int(hours) >= STILL_OPEN
    return {
        "id": number,
        "subject": subject,
        "description": marks.strip(doc, text),
        "opened_at": _iso(opened, 0),
        "closed_at": None if still else _iso(opened, int(hours)),
        "urgency": urgency,
        "state": "open" if still else "closed",
        "language": language,
        "csat": int(stars) if stars and not still else None,
        "comments": comments,
    }


def _iso(opened: dt.datetime, hours: float) -> str:
    """So many hours after a ticket was opened, to the minute."""
    return (opened + dt.timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:00Z")
