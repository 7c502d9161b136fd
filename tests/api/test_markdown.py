"""The map as Markdown: everything a reader has to know, and words that stay as they were said."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from api.export import markdown
from assistant.models import (
    DEFAULT_STAGES,
    Behaviour,
    Cell,
    Contradiction,
    CountedClaim,
    CurvePoint,
    Draft,
    FunnelStep,
    Gap,
    Opportunity,
    Persona,
    SpokenClaim,
    StageCount,
    Voice,
)
from ingestion.models import DocumentKind, Level, Refusal, State
from tests.builders import evidence, theme

SAID = evidence("It took *three* weeks | and [nobody] <called>.", id="e1")
VOICE = Voice(
    id="interviews/p01.vtt",
    kind=DocumentKind.INTERVIEW,
    language="en",
    date=datetime.date(2026, 3, 2),
    participant="p01",
)

LOW = CurvePoint(stage="decision", valence=-1.62, low=-2, high=-1, n=31)
COUNT = StageCount(stage="decision", voices=1, kinds=(DocumentKind.SURVEY,))
WISH = Opportunity(
    id="o1",
    title="Say when",
    stage="experience",
    theme_ids=("t1",),
    evidence_ids=(),
    impact=4,
    effort=2,
)
NURSES = Persona(
    id="x", name="Stuck at: set-up", role="nurse", goals=("To rest.",), pains=(), triggers=(),
    objections=(), channels=("app", "email"), participants=("p1", "p2"),
)  # fmt: skip


def _draft(**fields: Any) -> Draft:  # noqa: ANN401 any field
    plain: dict[str, Any] = {
        "goal": None,
        "title": "Why do people leave?",
        "engine": {"name": "embedded", "version": "1"},
        "stages": DEFAULT_STAGES,
        "emotion_curve": tuple(
            CurvePoint(stage=s.id, valence=None, low=None, high=None, n=0) for s in DEFAULT_STAGES
        ),
        "ledger": {"files": {"in": 2, "used": 1, "failed": 1}},
    }
    lists = ("themes", "opportunities", "contradictions", "personas", "funnel", "gaps")
    return Draft.model_validate(dict.fromkeys(lists, ()) | plain | fields)


def _write(**fields: Any) -> str:  # noqa: ANN401 any field
    return markdown.write(_draft(**fields), {"e1": SAID}, {VOICE.id: VOICE})


def test_a_theme_comes_with_its_counts_and_quotes_and_their_source() -> None:
    text = _write(themes=(theme(frequency=4, standing="finding", cost=0.38),))

    assert (
        "- **Delivery takes weeks** "
        "(4 voices, severity 3.0 of 5, finding, 38% of sessions end where this is felt)\n"
        r"  - “It took \*three\* weeks \| and \[nobody\] \<called\>.” "
        "(interview, interviews/p01.vtt, 2026-03-02)"
    ) in text


def test_at_most_three_quotes_the_surest_first() -> None:
    quotes = {f"e{n}": evidence(f"Number {n}.", id=f"e{n}", confidence=n / 10) for n in range(5)}

    text = markdown.write(_draft(themes=(theme(evidence_ids=tuple(quotes)),)), quotes, {})

    assert [text.find(f"Number {n}.") > 0 for n in range(5)] == [False, False, True, True, True]
    assert text.index("Number 4.") < text.index("Number 3.") < text.index("Number 2.")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        pytest.param({"is_partial": True}, "**Partial draft.**", id="partial"),
        pytest.param({"goal": "Sell more"}, "Goal: Sell more", id="goal"),
        pytest.param(
            {"emotion_curve": (LOW,)},
            "`▁`\n\n| Stage | Feeling | Middle half | Voices |\n| --- | --- | --- | --- |\n"
            "| Decision | −1.6 very bad | −2.0 to −1.0 | 31 |",
            id="curve",
        ),
        pytest.param(
            {"stage_counts": (COUNT,)},
            "## Decision\n\n1 voice, from surveys",
            id="voices",
        ),
        pytest.param(
            {"cells": (Cell(stage="decision", row="goals", text="I wanted *calm*.", is_quote=True,
                            evidence_ids=("e1",), frequency=2),)},
            "### Goals\n\n- “I wanted \\*calm\\*.” (2 voices)",
            id="cell",
        ),
        pytest.param(
            {"themes": (theme(id="t1"),),
             "opportunities": (WISH,)},
            "- **Say when** (impact 4 of 5, effort roughly 2 of 5; "
            "would remove “Delivery takes weeks”)",
            id="opportunity",
        ),
        pytest.param(
            {"opportunities": (WISH.model_copy(update={"stage": None}),)},
            "## Not tied to one stage\n\n### Opportunities\n\n- **Say when**",
            id="opportunity of no stage",
        ),
        pytest.param(
            {"contradictions": (Contradiction(
                id="c1", claim=SpokenClaim(document="a.vtt", quote="Price? Never."),
                behaviour=Behaviour(document="events.csv", metric="views of /pricing", value=7,
                                    typical=1.8),
                explanation="A doubt is left."),)},
            "- **Says** “Price? Never.” (a.vtt)\n"
            "  - **Does** views of /pricing: 7, typically 1.8 (events.csv)\n"
            "  - A doubt is left.",
            id="say vs do",
        ),
        pytest.param(
            {"contradictions": (Contradiction(
                id="c1", claim=CountedClaim(metric="csat", value=4.6),
                behaviour=Behaviour(document="tickets.json", metric="hours to solve", value=118),
                explanation="Kind but slow."),)},
            "- **Says** csat: 4.6\n  - **Does** hours to solve: 118 (tickets.json)",
            id="score vs do",
        ),
        pytest.param({"consistent_claims": 2}, "2 things people said agree", id="agreement"),
        pytest.param(
            {"personas": (NURSES,)},
            "### Stuck at: set-up\n\n- 2 people\n- Role: nurse\n- Goals: “To rest.”\n"
            "- Channels: app; email",
            id="persona",
        ),
        pytest.param(
            {"funnel": (FunnelStep(step="basket", sessions=1412, drop_off=0.38),
                        FunnelStep(step="paid", sessions=875, drop_off=None))},
            "| basket | 1,412 | 38% |\n| paid | 875 |  |",
            id="funnel",
        ),
        pytest.param(
            {"gaps": (Gap(stage="", row="say_vs_do", why="no events", question="What happened?"),)},
            "| Not tied to one stage | Say vs do | no events | What happened? |",
            id="gap",
        ),
        pytest.param({"masked": {"phone": 2}}, "- Masked before reading: 2 phone", id="masked"),
        pytest.param({}, "- Files: 2 in: 1 used, 1 failed", id="ledger"),
    ],
)  # fmt: skip
def test_says(fields: dict[str, Any], expected: str) -> None:
    assert expected in _write(**fields)


def test_what_is_not_known_says_so() -> None:
    assert _write().count("We do not know yet.") == 6 * 6 + 1


def test_a_long_row_shows_what_weighs_most_and_counts_the_rest() -> None:
    themes = tuple(theme(f"Pain {n}", priority=n / 20) for n in range(15))

    text = _write(themes=themes)

    assert text.index("**Pain 14**") < text.index("**Pain 3**") < text.index("- 3 more in map.json")
    assert "**Pain 2**" not in text


def test_a_long_list_of_refusals_is_cut_and_counted() -> None:
    refused = Refusal(level=Level.FILES, state=State.FAILED, where="x.pdf", reason="no text")

    text = _write(refusals=(refused,) * 43)

    assert text.count("x.pdf: no text") == 40
    assert "3 more are in map.json." in text


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1))
def test_words_stay_verbatim_when_rendered(said: str) -> None:
    rendered = (
        MarkdownIt("commonmark")
        .enable(["table", "strikethrough"])
        .parseInline(f"“{markdown.escape(said)}”")
    )

    tokens = rendered[0].children or []

    assert {token.type for token in tokens} <= {"text", "text_special"}
    assert "".join(token.content for token in tokens) == f"“{' '.join(said.split())}”"
