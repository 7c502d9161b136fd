#!/usr/bin/env python3
# ruff: noqa: C901, D103, E501, PLR0912, PLR0915, RET503, RUF021
# pyright: basic, reportOptionalMemberAccess=false, reportArgumentType=false
"""Check ../truth.json against ../corpus: quotes in the customer's words, counts in the tables, nothing left marked.

python check.py [PATH/TO/score.py]       (standard library only; ends with 1 where anything is wrong)
"""

import collections
import csv
import datetime as dt
import importlib.util
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).parent.parent
SCORE = sys.argv[1] if len(sys.argv) > 1 else "/work/shared/eval/score.py"


def table(name):
    with open(ROOT / "corpus" / name, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main():
    spec = importlib.util.spec_from_file_location("score", SCORE)
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    docs = score.read_corpus(ROOT)
    truth = json.loads((ROOT / "truth.json").read_text("utf-8"))
    wrong, checked = [], collections.Counter()

    def quote(part, item, key="quote"):
        checked[part] += 1
        turns = docs.get(item["doc"])
        if turns is None:
            return wrong.append((part, "no such document", item["doc"]))
        words = score.squash(item[key])
        mine = [t for v, t in turns if v == score.CUSTOMER]
        if not words or not (any(words in t for t in mine) or words in " ".join(mine)):
            wrong.append((part, "not in the customer's words", item["doc"], words[:80]))
        if " ".join(mine).count(words) > 1:
            wrong.append((part, "more than once", item["doc"], words[:80]))

    for part in ("pain_points", "delights", "opportunities"):
        for item in truth[part]:
            for cited in item["evidence"]:
                quote(part, cited)
    for part in ("segments", "injections", "off_topic"):
        for item in truth[part]:
            quote(part, item)
    for item in truth["pii"]:
        quote("pii", item, "value")
    for item in truth["contradictions"] + truth["consistent"]:
        quote("claims", item["claim"])
    labels = {
        "stage": set(truth["stages"]),
        "emotion": set(truth["emotions"]),
        "valence": {-2, -1, 0, 1, 2},
    }
    seen = set()
    for s in truth["segments"]:
        for key, known in labels.items():
            if s[key] not in known:
                wrong.append(("segments", key, s[key], s["quote"][:60]))
        if (s["doc"], s["quote"]) in seen:
            wrong.append(("segments", "twice", s["doc"], s["quote"][:60]))
        seen.add((s["doc"], s["quote"]))
        known = {p["id"] for p in truth["pain_points"]} | {None}
        if s["pain_point_id"] not in known or not set(s["kinds"]) <= {
            "pain",
            "delight",
            "opportunity",
            "action",
            "neutral",
        }:
            wrong.append(("segments", "id or kind", s["doc"], s["quote"][:60]))
        if (
            "pain" in s["kinds"]
            and "delight" not in s["kinds"]
            and s["valence"] >= 0
            or s["kinds"] == ["delight"]
            and s["valence"] <= 0
        ):
            wrong.append(("segments", "valence against kind", s["doc"], s["quote"][:60]))
    noise = {x["doc"] for x in truth["off_topic"]}
    wrong += [("off_topic", "labelled", s["doc"]) for s in truth["segments"] if s["doc"] in noise]

    events, orders = table("events.csv"), table("orders.csv")
    for step in truth["funnel"]:
        name, _, path = step["step"].partition(" ")
        held = len(
            {e["visit_id"] for e in events if e["event_name"] == name and path in ("", e["path"])}
        )
        checked["funnel"] += 1
        if held != step["sessions"]:
            wrong.append(("funnel", step["step"], step["sessions"], held))

    def count(user, name, path=None, until=None):
        return sum(
            e["user_id"] == user
            and e["event_name"] == name
            and path in (None, e["path"])
            and (until is None or e["event_time"] < until)
            for e in events
        )

    def first(user, name):
        return min(
            e["event_time"] for e in events if e["user_id"] == user and e["event_name"] == name
        )

    def riding(user):
        return len(
            {
                e["event_time"][:10]
                for e in events
                if e["user_id"] == user
                and e["event_name"] == "ride_recorded"
                and e["event_time"] >= "2025-12-01"
            }
        )

    def late(user):
        row = next(o for o in orders if o["user_id"] == user)
        told = dt.date.fromisoformat(row["delivered_on"]) - dt.date.fromisoformat(
            row["promised_on"]
        )
        return told.days

    said = {r["id"]: r["user_id"] for r in table("survey.csv")}
    claims = {c["id"]: c for c in truth["contradictions"] + truth["consistent"]}
    asker = said[claims["c3"]["claim"]["doc"].split("#")[1]]
    gap = dt.datetime.fromisoformat(
        first("rider04", "order_placed")[:-1]
    ) - dt.datetime.fromisoformat(first("rider04", "checkout_opened")[:-1])
    held = {
        "c1": round(gap.total_seconds() / 3600, 1),
        "c2": riding("rider07"),
        "c3": count(asker, "mail_read", "mail/plan-renewal", first(asker, "plan_renewed")),
        "c4": count("rider02", "viewed", "/vans/slots"),
        "c5": late("rider09"),
        "c6": count("rider01", "viewed", "/ratings", first("rider01", "order_placed")),
        "k1": count("rider03", "mail_read", "mail/plan-renewal"),
        "k2": late("rider06"),
        "k3": count("rider08", "viewed", "/what-it-costs", first("rider08", "order_placed")),
        "k4": riding("rider10"),
    }
    for key, value in held.items():
        checked["behaviour"] += 1
        if claims[key]["behaviour"]["value"] != value:
            wrong.append(("behaviour", key, claims[key]["behaviour"]["value"], value))
    for path in sorted((ROOT / "corpus").rglob("*")):
        if path.is_file() and re.search(r"\{\{|\}\}", path.read_text("utf-8")):
            wrong.append(("corpus", "a mark is left", path.name))
    turns = {
        d: sum(1 for line in (ROOT / "corpus" / d).read_text("utf-8").splitlines() if line)
        for d in docs
        if d.startswith("interviews")
    }
    print(
        f"{len(docs)} documents, {len(turns)} interviews, {len(events)} events; checked: "
        + ", ".join(f"{k} {v}" for k, v in checked.items())
    )
    for row in wrong:
        print("WRONG", *row, sep=" | ")
    print("all right" if not wrong else f"{len(wrong)} wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
