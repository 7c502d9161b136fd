"""Every word the page says for itself, in one place, and how it writes numbers."""

from unicodedata import east_asian_width

ROWS = {
    "goals": ("Goals", "goal"),
    "actions": ("Actions", "steps"),
    "touchpoints": ("Touchpoints", "touch"),
    "emotion": ("Emotion", "pulse"),
    "say_vs_do": ("Say vs do", "gap"),
    "pains": ("Pain points", "pain"),
    "delights": ("Delights", "delight"),
    "opportunities": ("Opportunities", "bulb"),
}
"""The rows of the map, from the top: name and icon."""

BRIEF = {
    "Awareness": "Aware", "Consideration": "Consider", "Decision": "Decide",
    "Retention": "Retain", "Advocacy": "Advocate",
}  # fmt: skip
"""The default stages as a phone has room for them."""

OTHERS = {
    "stage": "The whole stage", "sources": "Kinds of source",
    "personas": "Personas", "scores": "Scores",
}  # fmt: skip
"""What a map may not know besides a row."""

KINDS = {
    "interview": ("interview", "Interviews", "interview"),
    "review": ("review", "Reviews", "review"),
    "ticket": ("ticket", "Tickets", "ticket"),
    "survey": ("survey", "Surveys", "form"),
    "events": ("event", "Events", "event"),
}
"""The kinds of source: one, many, icon."""

CLAIMS = {
    "pain": "Pain point",
    "delight": "Delight",
    "opportunity": "Opportunity",
    "goals": "Goal",
    "actions": "Action",
    "touchpoints": "Touchpoint",
    "emotion": "Emotion",
    "gap": "Say vs do",
    "persona": "Persona",
    "unknown": "Not known",
}

SEVERITIES = ("Low", "Medium", "High", "Severe")
STRENGTHS = ("no evidence", "thin evidence", "some evidence", "strong evidence")
FEELINGS = {
    "worst": "Very bad", "bad": "Bad", "even": "Neutral",
    "good": "Good", "best": "Very good", "split": "Split",
}  # fmt: skip
STANDINGS = {
    "finding": "A finding: enough people say it, and nobody outweighs them.",
    "watchlist": "On the watchlist: too few people say it to call it a finding.",
    "contested": "Contested: as many say otherwise.",
}
STATES = ("in", "used", "empty", "duplicate", "masked", "excluded", "failed")

COUNTED = {
    "voices": ("{n} voice", "{n} voices"),
    "documents": ("{n} document", "{n} documents"),
    "quotes": ("{n} quote", "{n} quotes"),
    "people": ("{n} person", "{n} people"),
    "unknown": ("{n} cell unknown", "{n} cells unknown"),
    "kinds": ("{n} kind of source", "{n} kinds of source"),
    "otherwise": ("{n} quote says otherwise", "{n} quotes say otherwise"),
    "sessions": ("{n} session", "{n} sessions"),
    "more_quotes": ("Show {n} more quote", "Show {n} more quotes"),
    "more_refusals": ("{n} more is in map.json.", "{n} more are in map.json."),
    "agree": (
        "{n} thing people said agrees with what they did.",
        "{n} things people said agree with what they did.",
    ),
}

WORDS = {
    "all": "All",
    "adds_up": "Every state adds up to what went in.",
    "asked": "Asked (not the customer’s words)",
    "assumption": "assumption",
    "at_least": "at least {n}",
    "average": "typical: {n}",
    "band": "Band: middle half",
    "base": "{n} of {total} voices ({share})",
    "close": "Close evidence",
    "compact": "Compact",
    "contested": "contested",
    "counted": "Counted, not quoted.",
    "cost": "{share} of sessions end where this is felt.",
    "curve_all": "The line shows everyone",
    "dark": "Switch between light and dark",
    "does": "Does:",
    "draft": "Draft",
    "drawn": "Drawn {date}.",
    "effort": "Effort",
    "effort_of": "effort {n} of 5",
    "emotion_of": "{stage}: {word}, {value}, middle half {low} to {high}, {voices}",
    "everyone": "Everyone",
    "evidence_for": "Evidence for: {title}",
    "fewer": "Show fewer",
    "fix_first": "Fix first",
    "formula": (
        "Score = 100 × the geometric mean of emotional dip, frequency and cost, each divided "
        "by its highest on this map. Where nobody is lost cost counts half. Where no events "
        "give a cost (~), it is the mean of the other two."
    ),
    "formula_short": "score: dip × frequency × cost",
    "good": "good",
    "bad": "bad",
    "split": "split",
    "even": "neutral",
    "impact": "Impact",
    "impact_of": "impact {n} of 5",
    "implied": (
        "Nobody asks for this in so many words. These are the quotes of the pains it would remove."
    ),
    "ledger": "What went in",
    "ledger_lead": (
        "Nothing is left out unseen: each thing that came in ended in exactly one state."
    ),
    "legend": "Legend",
    "level": "Level",
    "light_print": "Print or save as poster",
    "line": "Line: middle of people",
    "lost_head": "Sessions that end here",
    "lost_here": "Go no further",
    "machine": "Drafted by {engine}. Quotes are cut from the sources, never written by a machine.",
    "main": "Main",
    "map": "Map",
    "masked": "Masked before reading",
    "more": "more",
    "next_claim": "Next claim",
    "next_stage": "Next stage",
    "none_quoted": "none quoted",
    "none_found": "No gap found",
    "none_proposed": "None proposed",
    "no_events": "No events linked",
    "no_persona": "Nothing from these people",
    "no_quote": "No quote of this stage can be shown.",
    "no_quotes": "No quotes are kept for this line. It is an assumption.",
    "no_score": "No themes with a priority yet.",
    "noscript": (
        "This page needs its own script to open the quotes behind a claim. The map itself is "
        "complete without it."
    ),
    "otherwise": "Says otherwise",
    "partial": "Partial draft",
    "partial_why": "Some of what came in could not be read. What to do about it stands below.",
    "people_said": "{quotes} from {people}",
    "personas": "Personas",
    "personas_lead": "People of the study who differ from the others in the same way.",
    "position": "Quote {n} of {total}",
    "previous_claim": "Previous claim",
    "previous_stage": "Previous stage",
    "print_note": (
        "Each cell shows the strongest. "
        "Quotes are verbatim, personal data masked. Line: middle of people. Band: middle half of "
        "voices. Dotted: under 30 voices."
    ),
    "priorities": "Priorities",
    "question": "A question that would tell",
    "questions": "Questions",
    "questions_lead": "What this map does not know, and what to ask customers to find out.",
    "reason": "What happened",
    "refusals": "Not used, and why",
    "removes": "Would remove: {title}",
    "roomy": "Roomy",
    "row": "Row",
    "row_height": "Row height",
    "says": "Says",
    "score": "Score",
    "sessions": "Sessions",
    "sessions_lead": "Where sessions are lost, counted from events.",
    "severity": "Severity",
    "severity_of": "severity {n} of 5",
    "share": "Voices",
    "shown": "{n} of {total} quotes shown; all are in map.json.",
    "skip": "Skip to the map",
    "source_kind": "Kind of source",
    "sources": "Sources",
    "stage": "Stage",
    "stages": "Stages, with the emotion curve",
    "standing": "Standing",
    "state": "State",
    "step": "Step",
    "theme": "Pain point",
    "thin_line": "under 30 voices",
    "title": "Journey map",
    "triggers": "Triggers",
    "objections": "Objections",
    "channels": "Channels",
    "goals": "Goals",
    "pains": "Pain points",
    "unknown": "We do not know yet",
    "verbatim": "In their words",
    "voices_none": "No voices",
    "what_to_ask": "What to ask",
    "where": "Where",
    "whole": "Not tied to one stage",
    "whose": "Whose journey",
    "why": "Why it is not known",
}


def count(what: str, n: int) -> str:
    """Say how many: "1 voice", "1,126 voices"."""
    return COUNTED[what][n != 1].format(n=number(n))


def row(id: str) -> str:
    """Name a row of the map, or what else of it is not known."""
    return ROWS[id][0] if id in ROWS else OTHERS.get(id, id)


def brief(stage: str) -> str:
    """Name a stage in what a sixth of a phone's width can hold.

    Example:
        >>> brief("Consideration"), brief("First delivery")
        ('Consider', 'First')
    """
    return BRIEF.get(stage) or shorten(stage, 10).rstrip("…")


def noun(what: str, n: int) -> str:
    """Name what was counted, without the number: "voices"."""
    return COUNTED[what][n != 1].replace("{n} ", "")


def number(value: float) -> str:
    """Write a number with its thousands apart and at most two decimals.

    Example:
        >>> number(1126), number(1.80), number(-0.256)
        ('1,126', '1.8', '−0.26')
    """
    plain = f"{value:,.2f}".rstrip("0").rstrip(".")
    return plain.replace("-", "\u2212")


def signed(value: float) -> str:
    """Write a feeling with its sign, to one decimal.

    Example:
        >>> signed(-1.62), signed(0.9), signed(-0.04)
        ('−1.6', '+0.9', '0.0')
    """
    rounded = round(value, 1) + 0.0
    return f"{rounded:+.1f}".replace("-", "\u2212") if rounded else "0.0"


def spoken(value: float) -> str:
    """Write a feeling as it is read aloud: "minus 1.6"."""
    return signed(value).replace("\u2212", "minus ").replace("+", "plus ")


def share(part: float, whole: float = 1) -> str:
    """Write a part of a whole in per cent; below one per cent as such.

    Example:
        >>> share(38, 100), share(1, 400), share(0, 7)
        ('38%', 'under 1%', '0%')
    """
    percent = 100 * part / whole
    return "under 1%" if 0 < percent < 1 else f"{percent:.0f}%"


def shorten(text: str, width: int) -> str:
    """Cut a text that is too wide, between words where it has any; Chinese counts double.

    Example:
        >>> shorten("Delivery date moves, no notice", 16), shorten("送货日期改了又改", 9)
        ('Delivery date…', '送货日…')
    """
    head, rest = split(text, width)
    return f"{head}…" if rest else head


def split(text: str, width: int) -> tuple[str, str]:
    """Part a text where `shorten` would cut it: both parts together are the text."""
    room = width
    for at, letter in enumerate(text):
        room -= 2 if east_asian_width(letter) in "WF" else 1
        if room < 0:
            head = _cut(text[: max(at - 1, 1)])
            return head, text[len(head) :]
    return text, ""


def _cut(text: str) -> str:
    """Drop a word that was cut in two, unless that would drop most of the text."""
    head, space, _ = text.rpartition(" ")
    return (head if space and len(head) > len(text) / 2 else text).rstrip(" ,;:.–-")
