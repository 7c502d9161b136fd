"""What opens when a claim is opened: its quotes, what was counted, and what it does not know.

A claim is a plain dictionary because it goes into the page as JSON, for the page's script:
`kind`, `stage`, `title`, `quotes` and `against` (places in the list of quotes), `total` (how many
the map holds), `facts` and `counted` (sentences), `related` (claims to go on to).
"""

from collections.abc import Iterable, Iterator
from typing import Any

from api.export import words
from api.export.curve import feeling
from api.export.study import Study
from api.export.words import CLAIMS, FEELINGS, STANDINGS, WORDS
from assistant.models import (
    Contradiction,
    CountedClaim,
    CurvePoint,
    Evidence,
    Gap,
    Opportunity,
    SpokenClaim,
    Theme,
)

Claim = dict[str, Any]


class Claims:
    """The claims of a page and the quotes they rest on, each quote held once."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.quotes: list[dict[str, Any]] = []
        self.documents: list[dict[str, Any]] = []
        self._at: dict[str, int] = {}
        self._document_at: dict[str, int] = {}
        self._stages = {stage.id: stage.name for stage in study.draft.stages}
        self.by_id: dict[str, Claim] = dict(self._collect())

    def _collect(self) -> Iterator[tuple[str, Claim]]:
        draft = self.study.draft
        for theme in draft.themes:
            yield theme.id, self._theme(theme)
        for opportunity in draft.opportunities:
            yield opportunity.id, self._opportunity(opportunity)
        for point in draft.emotion_curve:
            yield f"emotion:{point.stage}", self._point(point)
        for contradiction in draft.contradictions:
            yield contradiction.id, self._contradiction(contradiction)
        for gap in reversed(draft.gaps):
            yield gap_id(gap.stage, gap.row), self._gap(gap)
        yield from self._cells()
        yield from self._persona_lines()

    def _claim(self, kind: str, stage: str | None, title: str, evidence: Iterable[str]) -> Claim:
        ids = list(dict.fromkeys(evidence))
        return {
            "kind": kind,
            "label": CLAIMS[kind],
            "stage": self._stages.get(stage or "", WORDS["whole"]),
            "title": title,
            "quotes": [self._place(quote) for quote in self.study.held(ids)],
            "total": len(ids),
        }

    def _theme(self, theme: Theme) -> Claim:
        against = [self._place(quote) for quote in self.study.held(theme.counter_evidence_ids)]
        claim = self._claim(theme.kind, theme.stage, theme.title, theme.evidence_ids)
        facts = [self._voices(theme), WORDS["severity_of"].format(n=words.number(theme.severity))]
        return claim | {
            "against": against,
            "strength": strength(self.study.kinds_of(theme)),
            "facts": [*facts[: 2 if theme.kind == "pain" else 1], STANDINGS[theme.standing]],
            "counted": [] if theme.cost is None else [_cost(theme.cost)],
            "related": self._answers(theme),
        }

    def _answers(self, theme: Theme) -> list[str]:
        """Name the opportunities that would remove a pain."""
        return [one.id for one in self.study.draft.opportunities if theme.id in one.theme_ids]

    def _voices(self, theme: Theme) -> str:
        n, people = theme.frequency, self.study.people
        if n > people:
            return words.count("voices", n)
        total, share = words.number(people), words.share(n, people)
        return WORDS["base"].format(n=words.number(n), total=total, share=share)

    def _opportunity(self, opportunity: Opportunity) -> Claim:
        pains = [
            self.study.themes[one] for one in opportunity.theme_ids if one in self.study.themes
        ]
        implied = [one for theme in pains for one in theme.evidence_ids]
        ids = opportunity.evidence_ids or implied
        claim = self._claim("opportunity", opportunity.stage, opportunity.title, ids)
        facts = [WORDS["impact_of"].format(n=opportunity.impact)]
        facts += [WORDS["effort_of"].format(n=opportunity.effort)]
        facts += [] if opportunity.evidence_ids else [WORDS["implied"]]
        return claim | {"facts": facts, "related": [theme.id for theme in pains]}

    def _point(self, point: CurvePoint) -> Claim:
        ids = [one.id for one in self.study.quotes.values() if one.stage == point.stage]
        title = f"{signed_or_none(point.valence)} {FEELINGS[feeling(point)]}"
        claim = self._claim("emotion", point.stage, title, ids)
        spread = f"{signed_or_none(point.low)} … {signed_or_none(point.high)}"
        return claim | {
            "facts": [words.count("voices", point.n), f"{WORDS['band']} {spread}"],
            "total": None,
        }

    def _contradiction(self, contradiction: Contradiction) -> Claim:
        claim = self._claim("gap", contradiction.stage, contradiction.explanation, ())
        said, done = contradiction.claim, contradiction.behaviour
        counted = (
            [f"{said.metric}: {words.number(said.value)}"] if isinstance(said, CountedClaim) else []
        )
        typical = "" if done.typical is None else words.number(done.typical)
        base = f" ({WORDS['average'].format(n=typical)})" if typical else ""
        counted += [f"{done.metric}: {words.number(done.value)}{base}"]
        spoken = [self._spoken(said)] if isinstance(said, SpokenClaim) else []
        return claim | {
            "quotes": spoken, "total": len(spoken), "counted": counted, "source": done.document
        }  # fmt: skip

    def _gap(self, gap: Gap) -> Claim:
        claim = self._claim("unknown", gap.stage, words.row(gap.row), ())
        return claim | {"why": gap.why, "question": gap.question}

    def _cells(self) -> Iterator[tuple[str, Claim]]:
        for at, cell in enumerate(self.study.draft.cells):
            claim = self._claim(cell.row, cell.stage, cell.text, cell.evidence_ids)
            voices = words.count("voices", cell.frequency)
            bars = strength(self.study.kinds(cell.evidence_ids))
            claim |= {"facts": [voices], "strength": bars, "is_verbatim": cell.is_quote}
            yield cell_id(at), claim

    def _persona_lines(self) -> Iterator[tuple[str, Claim]]:
        theirs = [one for one in self.study.quotes.values() if self.study.persona(one)]
        by_words = {one.quote: one.id for one in self.study.quotes.values()}
        by_title = {theme.title: theme for theme in self.study.draft.themes}
        for persona in self.study.draft.personas:
            own = [one.id for one in theirs if self.study.persona(one) == persona.id]
            named = [id for id in persona.evidence.get("name", ()) if id in self.study.quotes]
            yield persona.id, self._claim("persona", None, persona.name, named or own)
            for line in (*persona.goals, *persona.pains, *persona.triggers, *persona.objections):
                theme = by_title.get(line)
                known = (
                    [by_words[line]] if line in by_words else theme.evidence_ids if theme else ()
                )
                ids = persona.evidence.get(line, known)
                yield line_id(persona.id, line), self._claim("persona", None, line, ids) | {
                    "is_verbatim": line in by_words
                }  # fmt: skip

    def _spoken(self, said: SpokenClaim) -> int:
        """Find the sentence among the quotes, else hold it on its own, without its context."""
        for quote in self.study.quotes.values():
            if quote.document == said.document and said.quote in quote.quote:
                return self._place(quote)
        self.quotes.append({"q": said.quote, "d": self._document(said.document)})
        return len(self.quotes) - 1

    def _place(self, quote: Evidence) -> int:
        if quote.id not in self._at:
            self._at[quote.id] = len(self.quotes)
            self.quotes.append(self._written(quote))
        return self._at[quote.id]

    def _written(self, quote: Evidence) -> dict[str, Any]:
        written = {
            "q": quote.quote,
            "d": self._document(quote.document),
            "l": quote.language,
            "b": quote.before,
            "a": quote.after,
            "k": quote.asked,
            "s": quote.stage,
            "p": self.study.persona(quote),
            "w": quote.participant,
        }
        return {key: value for key, value in written.items() if value not in ("", None)}

    def _document(self, name: str) -> int:
        if name not in self._document_at:
            voice = self.study.voices.get(name)
            known = voice.model_dump(mode="json", exclude_none=True) if voice else {"id": name}
            self._document_at[name] = len(self.documents)
            self.documents.append(known)
        return self._document_at[name]


def strength(kinds: tuple[str, ...]) -> int:
    """Rate evidence by its kinds of source: 1 thin, 2 some, 3 strong; 0 where there is none."""
    return min(len(kinds), 3)


def signed_or_none(value: float | None) -> str:
    """Write a feeling, or a dash where there is none."""
    return "–" if value is None else words.signed(value)


def cell_id(at: int) -> str:
    """Name the claim of a cell's line by its place in the draft."""
    return f"cell:{at}"


def gap_id(stage: str, row: str) -> str:
    """Name what is not known about a row of a stage."""
    return f"unknown:{stage}:{row}"


def line_id(persona: str, line: str) -> str:
    """Name a persona's line."""
    return f"{persona}:{line}"


def _cost(cost: float) -> str:
    return WORDS["cost"].format(share=words.share(cost))
