#!/usr/bin/env python3
# ruff: noqa: C901, D103, DTZ007, E501, E731, PLR0913, PLR0915, S311
# pyright: basic, reportAttributeAccessIssue=false, reportArgumentType=false, reportOptionalMemberAccess=false, reportMissingImports=false
"""Make ../corpus and ../truth.json from the marked sources in this folder and the seeded event log.

    python build.py                  (standard library only; the same bytes every time)

A mark is {{CODE text}}: CODE is kinds + number . stage . valence . emotion . note; X:type|value is personal data,
OFF marks an off-topic document, INJ a passage that tries to instruct the reader. README.md tells the letters.
"""

import collections
import csv
import datetime as dt
import json
import pathlib
import random
import re
import statistics

import make_events

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent
CORPUS = ROOT / "corpus"
STAGES = {
    "w": "awareness",
    "c": "consideration",
    "d": "decision",
    "x": "experience",
    "r": "retention",
    "v": "advocacy",
}
EMOTIONS = {
    "unc": "uncertain",
    "urg": "urgent",
    "exc": "excited",
    "sce": "sceptical",
    "rea": "reassured",
    "fru": "frustrated",
    "con": "confused",
    "dis": "disappointed",
    "ang": "angry",
    "sat": "satisfied",
    "neu": "neutral",
}
KINDS = {"p": "pain", "d": "delight", "o": "opportunity", "a": "action", "n": "neutral"}
PAINS = [
    (
        "Size advice contradicts itself: finder, table, staff and video name different frames",
        "consideration",
        "size finder",
        4,
    ),
    (
        "Test-ride vans are full, far away or called off at the last moment",
        "consideration",
        "test-ride van",
        4,
    ),
    (
        "A bulky-parcel charge appears only on the last step of the order",
        "decision",
        "order: freight step",
        4,
    ),
    (
        "Payment goes in circles: bank codes, vouchers and employers' codes are refused",
        "decision",
        "order: payment",
        4,
    ),
    (
        "Delivery comes days or weeks after the promised date, and nobody says so",
        "experience",
        "delivery and tracking",
        5,
    ),
    (
        "Assembly at home: booklet, tools and small parts do not fit the bike",
        "experience",
        "unboxing and assembly",
        4,
    ),
    ("The bike arrives scratched or bent", "experience", "unboxing", 3),
    (
        "Workshop slots are weeks away, get moved, and jobs take far longer than quoted",
        "experience",
        "partner workshop",
        5,
    ),
    (
        "Warranty cases are passed between brand, workshop and maker, and nobody decides",
        "experience",
        "warranty",
        5,
    ),
    ("The Tailwind plan renews silently and dearer", "retention", "service plan renewal", 5),
    (
        "Leaving the Tailwind plan takes letters, forms and calls in office hours",
        "retention",
        "service plan cancellation",
        4,
    ),
    ("Small proprietary parts are out of stock for months", "retention", "spare parts", 3),
    (
        "Adverts and first pages show what cannot be had here, or hide what the firm is",
        "awareness",
        "adverts and landing pages",
        2,
    ),
    (
        "The reward for bringing a friend does not arrive or the code fails",
        "advocacy",
        "friend code",
        2,
    ),
]
DELIGHTS = [
    ("How the bike rides", "experience", "riding", 5),
    ("Test rides with the van's hosts", "consideration", "test-ride van", 5),
    ("Mechanics and staff who take it on themselves", "experience", "help by phone and mail", 5),
    ("Packing and the assembly film", "experience", "unboxing and assembly", 4),
    ("Service at the door", "retention", "service plan visits", 4),
    ("Every part named: much bike for the money", "consideration", "bike pages", 3),
    ("Customers bring friends, family and colleagues", "advocacy", "word of mouth", 4),
]
WISHES = {
    1: "Show people of each height on the bike and let somebody name one size",
    2: "A waiting list, Saturdays, smaller towns and an honest map for the vans",
    3: "Put the freight beside the price on the first page",
    4: "Take the order by phone when payment fails",
    5: "Promise less and send a text the evening before",
    6: "Arrows, larger pictures, the right spanner",
    7: "More padding in the box",
    8: "An honest date and a loan bike",
    9: "One case number and one person who decides",
    10: "Say the new price a month before and ask",
    11: "Leave the way one joined: a button or a call",
    12: "Sell small parts singly, or give the print file",
}
PERSONAS = [
    (
        "Rides for a living",
        "works on the road all day: midwife, bookseller, guide, lift engineer",
        ["arrive fresh and on time", "never be without the bike"],
        [5, 8, 9],
        ["a breakdown", "parking"],
        ["three days without it", "what it costs in the end"],
        ["word of mouth", "search"],
        ["rider04", "rider06", "rider08", "rider09"],
    ),
    (
        "Commutes for pleasure",
        "goes to a fixed job, nine to forty minutes",
        ["a calm way to work"],
        [3, 6, 14],
        ["a colleague's bike"],
        ["which size", "will it come"],
        ["colleagues", "adverts"],
        ["rider01", "rider07", "rider10"],
    ),
    (
        "Would have bought",
        "short of time and near no van",
        ["sit on it once before paying"],
        [1, 2],
        ["a bus cut"],
        ["size by guess"],
        ["leaflet", "phone at night"],
        ["rider02"],
    ),
    (
        "Old hand with the plan",
        "owns the bike for years and had the plan",
        ["service at the door", "a price that is said"],
        [10, 11, 12],
        ["a renewal"],
        ["leaving is hard"],
        ["post", "phone"],
        ["rider03", "rider05"],
    ),
]

segments, pii, injections, off_topic, claims = [], [], [], {}, {}


def strip(doc, text):
    """The text without its marks; what the marks say goes into the lists above."""

    def one(found):
        code, words = found.group(1), found.group(2).strip()
        if code.startswith("X:"):
            kind, words = (code[2:] + " " + words).split("|", 1)
            pii.append({"doc": doc, "value": words.strip(), "type": kind.strip()})
            return words.strip()
        if code == "OFF":
            off_topic.setdefault(doc, words)
            return words
        if code == "INJ":
            injections.append({"doc": doc, "quote": words})
            return words
        bits = code.split(".")
        letters, number = re.fullmatch(r"([pdoan]+)(\d*)", bits[0]).groups()
        number = int(number or 0)
        quote = re.sub(r"\{\{X:\w+\|(.*?)\}\}", r"\1", words)
        row = {
            "doc": doc,
            "quote": quote,
            "stage": STAGES[bits[1]],
            "valence": int(bits[2]) if len(bits) > 2 else 0,
            "emotion": EMOTIONS[bits[3]] if len(bits) > 3 else "neutral",
            "kinds": [KINDS[c] for c in letters],
            "pain_point_id": f"pp{number:02d}" if number and letters[0] in "po" else None,
        }
        if letters == "d" and number:
            row["delight_id"] = f"d{number:02d}"
        if len(bits) > 4:
            if bits[4].startswith("claim:"):
                claims[bits[4][6:]] = {"doc": doc, "quote": quote}
            else:
                row["hard"] = bits[4]
        segments.append(row)
        return words

    text = re.sub(r"\{\{(\S+) ((?:[^{}]|\{\{X:[^{}]*\}\})*)\}\}", lambda m: one(m), text)
    text = re.sub(r"(?<=[。！？”]) (?=[\u4e00-\u9fff“])", "", text)
    return re.sub(
        r"\{\{X:(\w+)\|(.*?)\}\}",
        lambda m: (pii.append({"doc": doc, "value": m.group(2), "type": m.group(1)}), m.group(2))[
            1
        ],
        text,
    )


def stamp(seconds):
    return f"{int(seconds // 3600):02d}:{int(seconds // 60 % 60):02d}:{seconds % 60:06.3f}"


def interviews():
    random.seed(7)
    (CORPUS / "interviews").mkdir(parents=True, exist_ok=True)
    for source in ("interviews_a.txt", "interviews_b.txt"):
        for block in re.split(r"(?m)^#", (HERE / source).read_text("utf-8"))[1:]:
            head, *lines = block.strip().split("\n")
            name, suffix, asker, speaker, lang = head.split()
            doc, out, clock = f"interviews/{name}.{suffix}", [], 3.0
            turns = []
            for line in filter(str.strip, lines):
                turns.append((line[0], strip(doc, line[2:]) if line[0] == "A" else line[2:]))
            if suffix == "vtt":
                out = ["WEBVTT", "", f"NOTE {name}, {lang}, by video", ""]
                for who, text in turns:
                    words = text.split(" ")
                    while words:
                        size = random.randint(8, 13)
                        piece, words = " ".join(words[:size]), words[size:]
                        end = clock + len(piece) * 0.065
                        out += [
                            f"{stamp(clock)} --> {stamp(end)}",
                            f"<v {asker if who == 'Q' else speaker}>{piece}</v>",
                            "",
                        ]
                        clock = end + 0.1
                    clock += random.uniform(0.3, 1.6)
            elif suffix == "md":
                out = [f"# Interview {name}", "", "*By telephone, typed from the recording.*", ""]
                for who, text in turns:
                    out += [f"**{asker if who == 'Q' else speaker}:** {text}", ""]
            else:
                for who, text in turns:
                    out += [f"{asker if who == 'Q' else speaker}: {text}", ""]
            (CORPUS / doc).write_text("\n".join(out).rstrip() + "\n", "utf-8")


def rows(name, file, head, make):
    with open(CORPUS / file, "w", encoding="utf-8", newline="") as target:
        out = csv.writer(target, lineterminator="\n")
        out.writerow(head)
        for k, line in enumerate(filter(str.strip, (HERE / name).read_text("utf-8").splitlines())):
            out.writerow(make(k + 1, split(line)))


def split(line):
    """Fields between bars, but a bar within a mark of personal data is no border."""
    return [x.replace("\0", "|") for x in re.sub(r"(\{\{X:\w+)\|", "\\1\0", line).split("|")]


def review(k, f):
    doc = f"reviews.csv#b{k:03d}"
    date, stars, lang, site, title, body = f
    return [f"b{k:03d}", date, stars, strip(doc, title), strip(doc, body), lang, site]


people = []


def answer(k, f):
    date, group, nps, csat, lang, reason, change = f
    doc, user, before = f"survey.csv#q{k:03d}", f"u{2000 + 7 * k}", len(segments)
    out = [f"q{k:03d}", date, user, group, nps, csat, lang, strip(doc, reason), strip(doc, change)]
    pains = {
        int(s["pain_point_id"][2:])
        for s in segments[before:]
        if s["pain_point_id"] and "pain" in s["kinds"]
    }
    people.append((user, group, lang, pains, claims.get("c3", {}).get("doc") == doc))
    return out


def tickets():
    out = []
    for block in re.split(r"(?m)^T\|", (HERE / "tickets.txt").read_text("utf-8"))[1:]:
        head, *more = block.strip().split("\n")
        date, hours, lang, urgency, stars, subject, text = split(head)
        number = 7001 + len(out)
        doc, opened, hours = f"tickets.json#{number}", dt.datetime.fromisoformat(date), int(hours)
        iso = lambda t: t.strftime("%Y-%m-%dT%H:%M:00Z")
        comments = [
            {
                "author_role": "agent" if line[0] == "A" else "end-user",
                "posted_at": iso(
                    opened + dt.timedelta(hours=hours * (0.35 + 0.6 * n / max(1, len(more))))
                ),
                "body": strip(doc, line[2:]),
            }
            for n, line in enumerate(more)
        ]
        still = hours >= 400
        out.append(
            {
                "id": number,
                "subject": subject,
                "description": strip(doc, text),
                "opened_at": iso(opened),
                "closed_at": None if still else iso(opened + dt.timedelta(hours=hours)),
                "urgency": urgency,
                "state": "open" if still else "closed",
                "language": lang,
                "csat": int(stars) if stars and not still else None,
                "comments": comments,
            }
        )
    (CORPUS / "tickets.json").write_text(
        json.dumps({"tickets": out}, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )


def behaviour():
    """What the written tables hold, counted from the files."""

    def read(name):
        with open(CORPUS / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    events, orders, jobs = read("events.csv"), read("orders.csv"), read("workshop.csv")
    when = lambda e: dt.datetime.strptime(e["event_time"], "%Y-%m-%dT%H:%M:%SZ")
    of = lambda user, **what: [
        e for e in events if e["user_id"] == user and all(e[k] == v for k, v in what.items())
    ]
    placed = {}
    for e in events:
        if e["event_name"] == "order_placed":
            placed.setdefault(e["user_id"], when(e))
    before = lambda user, path: sum(
        when(e) < placed[user] for e in of(user, path=path, event_name="viewed")
    )
    days = lambda user, lo, hi: len(
        {
            e["event_time"][:10]
            for e in of(user, event_name="ride_recorded")
            if lo <= e["event_time"][:10] <= hi
        }
    )
    order = lambda user: next(o for o in orders if o["user_id"] == user)
    c3 = next(p[0] for p in people if p[4])
    renewed = when(of(c3, event_name="plan_renewed")[0])
    first = when(of("rider04", event_name="checkout_opened")[0])
    hours = round((placed["rider04"] - first).total_seconds() / 3600, 1)

    def steps():
        for label, test in [
            ("viewed", lambda e: e["event_name"] == "viewed"),
            (
                "viewed /what-it-costs",
                lambda e: e["event_name"] == "viewed" and e["path"] == "/what-it-costs",
            ),
            ("van_ride_booked", lambda e: e["event_name"] == "van_ride_booked"),
            ("basket_filled", lambda e: e["event_name"] == "basket_filled"),
            ("checkout_opened", lambda e: e["event_name"] == "checkout_opened"),
            ("order_placed", lambda e: e["event_name"] == "order_placed"),
        ]:
            yield {"step": label, "sessions": len({e["visit_id"] for e in events if test(e)})}

    def item(key, kind, file, metric, value, how, why, typical=None):
        return {
            "id": key,
            "kind": kind,
            "claim": claims[key],
            "behaviour": {
                "file": file,
                "metric": metric,
                "value": value,
                **({"typical": typical} if typical is not None else {}),
                "how": how,
            },
            "explanation": why,
        }

    buyers = [u for u in placed if u != "rider01"]
    late = lambda o: int(o["actual_days"]) - int(o["promised_days"])
    riding = collections.Counter()
    for e in events:
        if e["event_name"] == "ride_recorded" and e["event_time"] >= "2025-12-01":
            riding[e["user_id"]] += 1
    did = [
        item(
            "c1",
            "say_vs_do",
            "events.csv",
            "hours from the first checkout_opened to order_placed, rider04",
            hours,
            f"rider04's order_placed minus the first checkout_opened, in hours; {len({e['visit_id'] for e in of('rider04', event_name='checkout_opened')})} visits with a checkout_opened row and {len(of('rider04', event_name='payment_refused'))} payment_refused rows on the way",
            "She remembers five minutes; the payment was refused again and again and the order took six visits over nine days.",
        ),
        item(
            "c2",
            "say_vs_do",
            "events.csv",
            "days with a ride_recorded row by rider07, 2025-12-01 to 2026-02-28",
            days("rider07", "2025-12-01", "2026-02-28"),
            f"distinct dates with user_id=rider07, event_name=ride_recorded in those 90 days; in September and October 2025 it was {days('rider07', '2025-09-01', '2025-10-31')}",
            "He did record each ride in autumn, and stopped; in the last ninety days there is hardly one.",
        ),
        item(
            "c3",
            "say_vs_do",
            "events.csv",
            f"mail_read rows of mail/plan-renewal by {c3} before the charge",
            sum(
                when(e) < renewed for e in of(c3, event_name="mail_read", path="mail/plan-renewal")
            ),
            f"rows with user_id={c3}, event_name=mail_read, path=mail/plan-renewal before the plan_renewed row; survey.csv gives the user_id of the answer; one mail_link_followed among them",
            "The renewal mail was opened three times and its link followed once before the charge: it came, but it did not say what it was about.",
        ),
        item(
            "c4",
            "say_vs_do",
            "events.csv",
            "views of /vans/slots by rider02",
            len(of("rider02", event_name="viewed", path="/vans/slots")),
            f"rows with user_id=rider02, event_name=viewed, path=/vans/slots; {len(of('rider02', event_name='no_slot_left'))} of them were answered with no_slot_left, and the one van_ride_booked ended in van_ride_called_off",
            f"She blames her own lack of time; she found the time to look on {len({e['event_time'][:10] for e in of('rider02', event_name='viewed', path='/vans/slots')})} days, there was no slot, and the firm called off the only ride she had.",
        ),
        item(
            "c5",
            "say_vs_do",
            "orders.csv",
            "days late, the order of rider09",
            late(order("rider09")),
            f"actual_days {order('rider09')['actual_days']} minus promised_days {order('rider09')['promised_days']} in the row with user_id=rider09; {before_after(of, 'rider09')} views of /track while waiting",
            "He is content and says to the day; the order came twelve days after the promised date, and he kept opening the tracking page.",
            statistics.median(map(late, orders)),
        ),
        item(
            "c6",
            "say_vs_do",
            "events.csv",
            "views of /ratings by rider01 before the order",
            before("rider01", "/ratings"),
            f"rows with user_id=rider01, event_name=viewed, path=/ratings before order_placed; he came twice, three days apart, and the second visit ended in the order; {sum(before(u, '/ratings') > 0 for u in buyers)} of the other {len(buyers)} buyers in the log opened /ratings before theirs",
            "He says that he read all the reviews first; he never opened them and ordered on the second visit.",
        ),
    ]
    same = [
        item(
            "k1",
            "say_and_do",
            "events.csv",
            "mail_read rows of mail/plan-renewal by rider03",
            len(of("rider03", event_name="mail_read", path="mail/plan-renewal")),
            "rows with user_id=rider03, event_name=mail_read, path=mail/plan-renewal",
            "He says three times, and three it was.",
        ),
        item(
            "k2",
            "say_and_do",
            "orders.csv",
            "days late, the order of rider06",
            late(order("rider06")),
            "actual_days minus promised_days, user_id=rider06",
            "She says two days early, and so it was.",
        ),
        item(
            "k3",
            "say_and_do",
            "events.csv",
            "views of /what-it-costs by rider08 before the order",
            before("rider08", "/what-it-costs"),
            "rows with user_id=rider08, event_name=viewed, path=/what-it-costs before order_placed",
            "She says about ten, and ten it was.",
        ),
        item(
            "k4",
            "say_and_do",
            "events.csv",
            "days with a ride_recorded row by rider10, 2025-12-01 to 2026-02-28",
            days("rider10", "2025-12-01", "2026-02-28"),
            "distinct dates with user_id=rider10, event_name=ride_recorded in those 90 days",
            "She says each day to and from work, and there are rides on nearly every day.",
        ),
    ]
    facts = {
        "events": len(events),
        "orders": len(orders),
        "orders_late": sum(late(o) > 0 for o in orders),
        "median_days_late_of_late": statistics.median(late(o) for o in orders if late(o) > 0),
        "workshop_jobs": len(jobs),
        "workshop_median_quoted_days": statistics.median(int(j["quoted_days"]) for j in jobs),
        "workshop_median_actual_days": statistics.median(int(j["actual_days"]) for j in jobs),
        "visits": len({e["visit_id"] for e in events}),
        "users": len({e["user_id"] for e in events}),
    }
    return did, same, list(steps()), facts


def before_after(of, user):
    return len(of(user, event_name="viewed", path="/track"))


def main():
    interviews()
    rows(
        "reviews.txt",
        "reviews.csv",
        ["id", "posted", "stars", "title", "body", "language", "site"],
        review,
    )
    tickets()
    rows(
        "survey.txt",
        "survey.csv",
        [
            "id",
            "submitted",
            "user_id",
            "group",
            "nps",
            "csat",
            "language",
            "answer_main_reason_for_the_score",
            "answer_one_thing_to_change",
        ],
        answer,
    )
    make_events.write(people)
    did, same, funnel, facts = behaviour()
    cite = lambda picked: [{"doc": s["doc"], "quote": s["quote"]} for s in picked]
    told = lambda kind, key, value: cite(
        s for s in segments if kind in s["kinds"] and s.get(key) == value
    )
    pains = [
        {
            "id": f"pp{k:02d}",
            "title": t,
            "stage": s,
            "touchpoint": tp,
            "severity": sev,
            "evidence": told("pain", "pain_point_id", f"pp{k:02d}"),
        }
        for k, (t, s, tp, sev) in enumerate(PAINS, 1)
    ]
    by = collections.defaultdict(list)
    for s in segments:
        by[s["stage"]].append(s["valence"])
    truth = {
        "company": "Larkspoke",
        "goal": "Why do people who want a Larkspoke hesitate before they order, and why do owners let the service plan go?",
        "stages": list(STAGES.values()),
        "emotions": list(EMOTIONS.values()),
        "pain_points": pains,
        "delights": [
            {
                "id": f"d{k:02d}",
                "title": t,
                "stage": s,
                "touchpoint": tp,
                "severity": sev,
                "evidence": told("delight", "delight_id", f"d{k:02d}"),
            }
            for k, (t, s, tp, sev) in enumerate(DELIGHTS, 1)
        ],
        "opportunities": [
            {
                "id": f"o{k:02d}",
                "title": t,
                "pain_point_ids": [f"pp{k:02d}"],
                "evidence": told("opportunity", "pain_point_id", f"pp{k:02d}"),
            }
            for k, t in WISHES.items()
        ],
        "contradictions": did,
        "consistent": same,
        "personas": [
            {
                "id": f"pe{k}",
                "name": n,
                "role": r,
                "goals": g,
                "pains": [f"pp{x:02d}" for x in p],
                "triggers": t,
                "objections": o,
                "channels": c,
                "members": m,
            }
            for k, (n, r, g, p, t, o, c, m) in enumerate(PERSONAS, 1)
        ],
        "valence_by_stage": {s: round(statistics.mean(by[s]), 2) for s in STAGES.values()},
        "funnel": funnel,
        "process": facts,
        "segments": segments,
        "injections": injections,
        "pii": pii,
        "off_topic": [{"doc": d, "quote": q} for d, q in off_topic.items()],
    }
    (ROOT / "truth.json").write_text(
        json.dumps(truth, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )


if __name__ == "__main__":
    main()
