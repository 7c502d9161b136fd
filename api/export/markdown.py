"""Write a map as Markdown, for wikis: stage by stage, each claim with its quotes and sources."""

import re
from collections.abc import Iterator, Mapping, Sequence

from api.export import curve, words
from assistant.models import (
    Cell,
    Contradiction,
    CurvePoint,
    Draft,
    Evidence,
    Opportunity,
    Persona,
    SpokenClaim,
    Stage,
    Theme,
    Voice,
)

_QUOTES = 3
_LINES = 12
"""Claims of a row that are written out; the others are counted."""
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~&$]|(?<!\S)#")
MARK = "<!-- journey-map/1 -->"
"""What a map is known by, so that it is not taken for a source."""

_BARS = "▁▂▃▄▅▆▇█"
_KINDS = {"pain": "pains", "delight": "delights"}
_FEW = 30
_REFUSALS = 40


def write(draft: Draft, quotes: Mapping[str, Evidence], voices: Mapping[str, Voice]) -> str:
    """Write the map in CommonMark with tables.

    Customers' words stay verbatim: what Markdown would read as a mark is escaped.

    Args:
        draft: The map.
        quotes: Evidence by id; evidence a map cites that is not here is left out.
        voices: Documents by id, for the date and kind behind a quote.
    """
    page = _Page(draft, quotes, voices)
    parts = (
        page.head(),
        page.curve(),
        *(page.stage(stage) for stage in draft.stages),
        page.everywhere(),
        page.say_and_do(),
        page.personas(),
        page.funnel(),
        page.gaps(),
        page.ledger(),
    )
    return "\n\n".join([MARK, *(block for part in parts for block in part)]) + "\n"


def escape(text: str) -> str:
    r"""Keep Markdown from reading marks into words; line breaks become spaces.

    Example:
        >>> escape("2 * 3 [sic]")
        '2 \\* 3 \\[sic\\]'
    """
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split())).replace(r"\&", "&amp;")


class _Page:
    """A map and what its claims lead to, written part by part: each part yields blocks."""

    def __init__(
        self, draft: Draft, quotes: Mapping[str, Evidence], voices: Mapping[str, Voice]
    ) -> None:
        self._draft, self._quotes, self._voices = draft, quotes, voices
        self._titles = {theme.id: theme.title for theme in draft.themes}

    def head(self) -> Iterator[str]:
        draft = self._draft
        yield f"# {escape(draft.title)}"
        if draft.goal and draft.goal != draft.title:
            yield f"Goal: {escape(draft.goal)}"
        engine = escape(draft.drafted_by)
        yield words.WORDS["machine"].format(engine=engine)
        if draft.is_partial:
            yield f"**{words.WORDS['partial']}.** {words.WORDS['partial_why']}"

    def curve(self) -> Iterator[str]:
        points = self._draft.emotion_curve
        yield "## How it felt"
        yield f"`{''.join(map(_bar, points))}`"
        names = {stage.id: stage.name for stage in self._draft.stages}
        rows = [[escape(names.get(p.stage, p.stage)), *_felt(p)] for p in points]
        yield _table(["Stage", "Feeling", "Middle half", "Voices"], rows)
        yield f"From −2 to +2; each person counts once. Under {_FEW} voices a value is a hint."

    def stage(self, stage: Stage) -> Iterator[str]:
        yield f"## {escape(stage.name)}"
        count = next((c for c in self._draft.stage_counts if c.stage == stage.id), None)
        if count:
            kinds = ", ".join(words.KINDS[kind][1].lower() for kind in count.kinds)
            yield f"{words.count('voices', count.voices)}{f', from {kinds}' if kinds else ''}"
        for row in ("goals", "actions", "touchpoints"):
            cells = [c for c in self._draft.cells if (c.stage, c.row) == (stage.id, row)]
            yield from self._row(row, [_cell(cell) for cell in cells])
        for kind, row in _KINDS.items():
            themes = [t for t in self._draft.themes if (t.stage, t.kind) == (stage.id, kind)]
            themes.sort(key=lambda theme: (-theme.priority, theme.id))
            yield from self._row(row, [self._theme(theme) for theme in themes])
        asked = [o for o in self._draft.opportunities if o.stage == stage.id]
        yield from self._row("opportunities", [self._opportunity(wish) for wish in asked])

    def everywhere(self) -> Iterator[str]:
        names = {stage.id for stage in self._draft.stages}
        wishes = [o for o in self._draft.opportunities if o.stage not in names]
        if wishes:
            yield f"## {words.WORDS['whole']}"
            yield from self._row("opportunities", [self._opportunity(wish) for wish in wishes])

    def say_and_do(self) -> Iterator[str]:
        draft = self._draft
        yield "## What people say and what they do"
        if draft.contradictions:
            yield "\n".join(map(_contradiction, draft.contradictions))
        else:
            yield f"{words.WORDS['none_found']}."
        if draft.consistent_claims:
            yield words.count("agree", draft.consistent_claims)

    def personas(self) -> Iterator[str]:
        yield "## Personas"
        if not self._draft.personas:
            yield f"{words.WORDS['unknown']}."
        for persona in self._draft.personas:
            yield f"### {escape(persona.name)}"
            yield _persona(persona)

    def funnel(self) -> Iterator[str]:
        if not self._draft.funnel:
            return
        yield "## Funnel"
        rows = [
            [escape(step.step), words.number(step.sessions), _lost(step.drop_off)]
            for step in self._draft.funnel
        ]
        yield _table(["Step", "Sessions", "Went no further"], rows)

    def gaps(self) -> Iterator[str]:
        yield "## What this map does not know"
        if not self._draft.gaps:
            yield "Nothing that it knows of."
            return
        names = {stage.id: stage.name for stage in self._draft.stages}
        whole = words.WORDS["whole"]
        rows = [
            [names.get(gap.stage, gap.stage) or whole, _name(gap.row), gap.why, gap.question]
            for gap in self._draft.gaps
        ]
        yield _table(
            ["Stage", "Row", "Why", "What to ask"], [list(map(escape, row)) for row in rows]
        )

    def ledger(self) -> Iterator[str]:
        yield f"## {words.WORDS['ledger']}"
        levels = self._draft.ledger.items()
        lines = [f"- {escape(_name(level))}: {_states(states)}" for level, states in levels]
        masked = [f"{n} {escape(kind)}" for kind, n in self._draft.masked.items()]
        if masked:
            lines.append(f"- {words.WORDS['masked']}: {', '.join(masked)}")
        refusals = self._draft.refusals
        lines += [f"- {escape(r.where)}: {escape(r.reason)}" for r in refusals[:_REFUSALS]]
        if len(refusals) > _REFUSALS:
            lines.append(f"- {words.count('more_refusals', len(refusals) - _REFUSALS)}")
        yield "\n".join(lines) or "Empty."

    def _row(self, row: str, lines: Sequence[str]) -> Iterator[str]:
        yield f"### {words.ROWS[row][0]}"
        shown = list(lines[:_LINES])
        if len(lines) > _LINES:
            shown.append(f"- {len(lines) - _LINES} more in map.json")
        yield "\n".join(shown) or f"{words.WORDS['unknown']}."

    def _theme(self, theme: Theme) -> str:
        facts = [
            words.count("voices", theme.frequency),
            f"severity {theme.severity:.1f} of 5",
            theme.standing,
        ]
        if theme.cost is not None:
            facts.append(words.WORDS["cost"].format(share=words.share(theme.cost)).rstrip("."))
        if theme.counter_evidence_ids:
            facts.append(words.count("otherwise", len(theme.counter_evidence_ids)))
        return self._cited(f"**{escape(theme.title)}** ({', '.join(facts)})", theme.evidence_ids)

    def _opportunity(self, wish: Opportunity) -> str:
        removed = [f"“{escape(self._titles[id])}”" for id in wish.theme_ids if id in self._titles]
        answers = f"; would remove {', '.join(removed)}" if removed else ""
        rated = f"impact {wish.impact} of 5, effort roughly {wish.effort} of 5"
        return self._cited(f"**{escape(wish.title)}** ({rated}{answers})", wish.evidence_ids)

    def _cited(self, claim: str, evidence_ids: Sequence[str]) -> str:
        known = [self._quotes[id] for id in evidence_ids if id in self._quotes]
        known.sort(key=lambda said: -said.confidence)
        return "\n".join([f"- {claim}", *(f"  - {self._quote(said)}" for said in known[:_QUOTES])])

    def _quote(self, said: Evidence) -> str:
        voice = self._voices.get(said.document)
        when = f", {voice.date.isoformat()}" if voice and voice.date else ""
        kind = f"{voice.kind.value}, " if voice else ""
        return f"“{escape(said.quote)}” ({kind}{escape(said.document)}{when})"


def _bar(point: CurvePoint) -> str:
    if point.valence is None:
        return "·"
    return _BARS[min(len(_BARS) - 1, int((point.valence + 2) / 4 * len(_BARS)))]


def _felt(point: CurvePoint) -> list[str]:
    if point.valence is None or point.low is None or point.high is None:
        return ["not known", "", "0"]
    feeling = words.FEELINGS[curve.feeling(point)].lower()
    band = f"{words.signed(point.low)} to {words.signed(point.high)}"
    return [f"{words.signed(point.valence)} {feeling}", band, words.number(point.n)]


def _cell(cell: Cell) -> str:
    said = f"“{escape(cell.text)}”" if cell.is_quote else escape(cell.text)
    return f"- {said} ({words.count('voices', cell.frequency)})"


def _lost(drop_off: float | None) -> str:
    return "" if drop_off is None else words.share(drop_off)


def _contradiction(found: Contradiction) -> str:
    claim, did = found.claim, found.behaviour
    if isinstance(claim, SpokenClaim):
        said = f"“{escape(claim.quote)}” ({escape(claim.document)})"
    else:
        said = f"{escape(claim.metric)}: {words.number(claim.value)}"
    typical = "" if did.typical is None else f", typically {words.number(did.typical)}"
    counted = f"{escape(did.metric)}: {words.number(did.value)}{typical} ({escape(did.document)})"
    return f"- **Says** {said}\n  - **Does** {counted}\n  - {escape(found.explanation)}"


def _persona(persona: Persona) -> str:
    lines = [f"- {words.count('people', len(persona.participants))}"]
    if persona.role:
        lines.append(f"- Role: {escape(persona.role)}")
    told = {
        "Goals": [f"“{escape(said)}”" for said in persona.goals],
        "Pains": [escape(title) for title in persona.pains],
        "Triggers": [f"“{escape(said)}”" for said in persona.triggers],
        "Objections": [f"“{escape(said)}”" for said in persona.objections],
        "Channels": [escape(channel) for channel in persona.channels],
    }
    lines += [f"- {name}: {'; '.join(values)}" for name, values in told.items() if values]
    return "\n".join(lines)


def _states(states: Mapping[str, int]) -> str:
    others = ", ".join(f"{n:,} {escape(state)}" for state, n in states.items() if state != "in")
    return f"{states.get('in', 0):,} in: {others or 'none'}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _name(word: str) -> str:
    plain = word.replace("_", " ")
    return plain[:1].upper() + plain[1:]
