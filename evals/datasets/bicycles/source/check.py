#!/usr/bin/env python3
"""Check ../truth.json against ../corpus: quotes in the customer's words, counts, no mark left.

python check.py PATH/TO/score.py       (standard library only; ends with 1 where anything is wrong)

It counts by itself and shares no code with build.py, so that a slip there shows here.
"""

import collections
import csv
import datetime as dt
import importlib.util
import json
import pathlib
import re
import sys
from collections.abc import Iterator
from typing import Any, Protocol, cast

ROOT = pathlib.Path(__file__).parent.parent
CORPUS = ROOT / "corpus"
KINDS = {"pain", "delight", "opportunity", "action", "neutral"}

Told = dict[str, Any]  # a record as truth.json has it
Row = dict[str, str]  # a line of a table
Docs = dict[str, list[tuple[str, str]]]  # (voice, words) of each turn of a document
Wrong = tuple[object, ...]  # where, what, and the details


class Scorer(Protocol):
    """What is used of the shared evaluation's score.py."""

    CUSTOMER: str

    def read_corpus(self, folder: pathlib.Path) -> Docs:
        """Each document's turns."""
        ...

    def squash(self, text: str) -> str:
        """The text as it is compared."""
        ...


def main() -> bool:
    """Print what was checked and what is wrong; return whether anything is."""
    score = _scorer(sys.argv[1])
    docs = score.read_corpus(ROOT)
    truth = json.loads((ROOT / "truth.json").read_text("utf-8"))
    events, orders = _table("events"), _table("orders")
    checked: collections.Counter[str] = collections.Counter()
    wrong = [
        *_quotes(truth, score, docs, checked),
        *_segments(truth),
        *_funnel(truth, events, checked),
        *_behaviour(truth, events, orders, checked),
        *_marks_left(),
    ]
    spoken = sum(doc.startswith("interviews") for doc in docs)
    counts = ", ".join(f"{part} {count}" for part, count in checked.items())
    print(f"{len(docs)} documents, {spoken} interviews, {len(events)} events; checked: {counts}")
    for row in wrong:
        print("WRONG", *row, sep=" | ")
    print(f"{len(wrong)} wrong" if wrong else "all right")
    return bool(wrong)


def _scorer(path: str) -> Scorer:
    """The scorer's module: quotes are found as it finds them."""
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file: give the path of score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    return cast(Scorer, score)


def _table(name: str) -> list[Row]:
    """The lines of one CSV file of the corpus."""
    with (CORPUS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _cited(truth: Told) -> Iterator[tuple[str, str, str]]:
    """(part, document, quote) of every quote in the truth."""
    for part in ("pain_points", "delights", "opportunities"):
        for item in truth[part]:
            yield from ((part, cited["doc"], cited["quote"]) for cited in item["evidence"])
    for part in ("segments", "injections", "off_topic"):
        yield from ((part, item["doc"], item["quote"]) for item in truth[part])
    yield from (("pii", item["doc"], item["value"]) for item in truth["pii"])
    for item in truth["contradictions"] + truth["consistent"]:
        yield "claims", item["claim"]["doc"], item["claim"]["quote"]


def _quotes(
    truth: Told, score: Scorer, docs: Docs, checked: collections.Counter[str]
) -> Iterator[Wrong]:
    """Quotes that do not stand once in the customer's words."""
    for part, doc, quote in _cited(truth):
        checked[part] += 1
        if doc not in docs:
            yield part, "no such document", doc
            continue
        mine = [text for voice, text in docs[doc] if voice == score.CUSTOMER]
        words, all_mine = score.squash(quote), " ".join(mine)
        if not words or words not in all_mine:
            yield part, "not in the customer's words", doc, words[:80]
        if all_mine.count(words) > 1:
            yield part, "more than once", doc, words[:80]


def _segments(truth: Told) -> Iterator[Wrong]:
    """Segments labelled twice, in off-topic documents, or with labels that cannot be."""
    seen: set[tuple[str, str]] = set()
    noise = {item["doc"] for item in truth["off_topic"]}
    for segment in truth["segments"]:
        doc, quote = segment["doc"], segment["quote"]
        yield from (("segments", *slip, quote[:60]) for slip in _slips(segment, truth))
        if (doc, quote) in seen:
            yield "segments", "twice", doc, quote[:60]
        if doc in noise:
            yield "off_topic", "labelled", doc
        seen.add((doc, quote))


def _slips(segment: Told, truth: Told) -> Iterator[Wrong]:
    """What is wrong with one segment's labels."""
    known = {
        "stage": truth["stages"],
        "emotion": truth["emotions"],
        "valence": range(-2, 3),
        "pain_point_id": [None, *(pain["id"] for pain in truth["pain_points"])],
    }
    yield from ((key, segment[key]) for key, values in known.items() if segment[key] not in values)
    kinds, valence = set(segment["kinds"]), segment["valence"]
    if not kinds <= KINDS:
        yield "kind", segment["doc"]
    sore = "pain" in kinds and "delight" not in kinds
    if (sore and valence >= 0) or (kinds == {"delight"} and valence <= 0):
        yield "valence against kind", segment["doc"]


def _funnel(truth: Told, events: list[Row], checked: collections.Counter[str]) -> Iterator[Wrong]:
    """Steps of the funnel that hold another number of visits."""
    for step in truth["funnel"]:
        name, _, path = step["step"].partition(" ")
        rows = [e for e in events if e["event_name"] == name and path in ("", e["path"])]
        held = len({row["visit_id"] for row in rows})
        checked["funnel"] += 1
        if held != step["sessions"]:
            yield "funnel", step["step"], step["sessions"], held


def _behaviour(
    truth: Told, events: list[Row], orders: list[Row], checked: collections.Counter[str]
) -> Iterator[Wrong]:
    """Claims whose figure is another one in the tables."""
    claims = {claim["id"]: claim for claim in truth["contradictions"] + truth["consistent"]}
    answered = {row["id"]: row["user_id"] for row in _table("survey")}
    asker = answered[claims["c3"]["claim"]["doc"].split("#")[1]]
    for key, held in _held(events, orders, asker).items():
        checked["behaviour"] += 1
        value = claims[key]["behaviour"]["value"]
        if value != held:
            yield "behaviour", key, value, held


def _held(events: list[Row], orders: list[Row], asker: str) -> dict[str, float]:
    """What the tables hold about each claim; the asker made c3's."""
    renewed, mail = _first(events, asker, "plan_renewed"), "mail/plan-renewal"
    return {
        "c1": _hours_to_order(events, "rider04"),
        "c2": _riding(events, "rider07"),
        "c3": len([t for t in _times(events, asker, "mail_read", mail) if t < renewed]),
        "c4": len(_times(events, "rider02", "viewed", "/vans/slots")),
        "c5": _late(orders, "rider09"),
        "c6": _seen_before_order(events, "rider01", "/ratings"),
        "k1": len(_times(events, "rider03", "mail_read", mail)),
        "k2": _late(orders, "rider06"),
        "k3": _seen_before_order(events, "rider08", "/what-it-costs"),
        "k4": _riding(events, "rider10"),
    }


def _times(events: list[Row], user: str, name: str, path: str = "") -> list[str]:
    """When a user's events of a name happened, where wanted on one path."""
    mine = [e for e in events if e["user_id"] == user and e["event_name"] == name]
    return [e["event_time"] for e in mine if path in ("", e["path"])]


def _first(events: list[Row], user: str, name: str) -> str:
    """When a user's first event of a name happened."""
    return min(_times(events, user, name))


def _hours_to_order(events: list[Row], user: str) -> float:
    """Hours from the first checkout to the order."""
    start = dt.datetime.fromisoformat(_first(events, user, "checkout_opened"))
    end = dt.datetime.fromisoformat(_first(events, user, "order_placed"))
    return round((end - start).total_seconds() / 3600, 1)


def _riding(events: list[Row], user: str) -> int:
    """Days with a recorded ride in the last ninety."""
    days = {time[:10] for time in _times(events, user, "ride_recorded")}
    return sum(day >= "2025-12-01" for day in days)


def _seen_before_order(events: list[Row], user: str, path: str) -> int:
    """Views of a path before the first order."""
    until = _first(events, user, "order_placed")
    return sum(time < until for time in _times(events, user, "viewed", path))


def _late(orders: list[Row], user: str) -> int:
    """Days from the promised date to the delivery."""
    order = next(order for order in orders if order["user_id"] == user)
    promised, delivered = (
        dt.date.fromisoformat(order[column]) for column in ("promised_on", "delivered_on")
    )
    return (delivered - promised).days


def _marks_left() -> Iterator[Wrong]:
    """Files of the corpus in which a mark is left."""
    for path in sorted(CORPUS.rglob("*")):
        if path.is_file() and re.search(r"\{\{|\}\}", path.read_text("utf-8")):
            yield "corpus", "a mark is left", path.name


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: python check.py PATH/TO/score.py")
    sys.exit(main())
