"""Draw a study's map from what was read: group, check what people say, measure, and keep it."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from assistant import claims, journey, themes
from assistant.behaviour import Costs, funnel
from assistant.claims import Checked, praise, scores
from assistant.claims.praise import Praised
from assistant.claims.scores import Scored
from assistant.journey import Material, personas, stages
from assistant.journey.drawing import main_language
from assistant.journey.stages import OwnStage
from assistant.models import (
    DEFAULT_STAGES,
    Claim,
    Contradiction,
    CountedClaim,
    Draft,
    Evidence,
    EvidenceKind,
    FunnelStep,
    Piece,
    SpokenClaim,
    Theme,
    Voice,
)
from assistant.redrawing import redraw
from assistant.regrouping import Editor, regroup
from assistant.store import documents, evidence, maps, sources, tallies
from assistant.store.events import StoredLog
from assistant.store.session import Connection
from assistant.workflows.gathering import Gathered, gathered, nearness
from assistant.workflows.study import Study
from assistant.workflows.update import Updated
from ingestion.ledger import Ledger
from ingestion.models import Level, Recognition, Refusal, State, digest

_STEPS = ("find", "check", "group", "draw")
"""What a language model does, in its order."""
_NAMED = 200
"""Documents on something else that are named one by one; all are counted."""
_RECOMMENDS = re.compile(r"(?i)\bnps\b|promot|recommend")


class Brief(NamedTuple):
    """What a map is to answer, and the company's own stages; none for the default ones."""

    goal: str | None = None
    stages: tuple[OwnStage, ...] = ()


class Drawn(NamedTuple):
    """A map, and what the lists that are not in it are made with.

    Attributes:
        persona_of: The persona of each person who has one.
        stage_of: The stage of each piece that may be cited.
    """

    draft: Draft
    persona_of: dict[str, str]
    stage_of: dict[str, str]


class _Grouped(NamedTuple):
    themes: tuple[Theme, ...]
    counts: Counter[str]
    funnel: tuple[FunnelStep, ...]
    checked: Checked
    claims: tuple[Claim, ...]


def draw_map(study: Study, brief: Brief, updated: Updated, step: Callable[[str], None]) -> Drawn:
    """Draw the map of everything the study holds, and keep it.

    Args:
        study: Up to date with its files.
        brief: What the map is for.
        updated: What the study's folder holds besides its sources.
        step: Told what is being done.
    """
    with (
        study.engine.begin() as connection,
        gathered(connection, study, brief.stages) as found,
    ):
        grouped = _group(connection, study, found, step)
        step("Drawing the map")
        material = _material(connection, study, brief, found, grouped)
        drawn = journey.draw(material, nearness(found), study.desk.embed)
        draft = _accounted(_worded(drawn, study, found), updated)
        done = tallies.totals(connection, study.id) | {"group": grouped.counts}
        draft = _counted(draft, done)
        maps.save(connection, study.id, digest(draft.model_dump_json()), draft)
        stage_of = {piece.id: piece.stage for piece in found.pieces}
        return Drawn(draft, personas.members(draft.personas), stage_of)


def _worded(draft: Draft, study: Study, found: Gathered) -> Draft:
    """Have the language model word the map, where one is asked."""
    if study.model is None:
        return draft
    pieces = {piece.id: piece for piece in found.pieces}
    llm, loop, _ = study.model
    redrawn = loop.run(redraw(draft, pieces, llm, main_language(found.pieces)))
    return _counted(redrawn.draft, {"draw": redrawn.counts})


def _counted(draft: Draft, steps: Mapping[str, Mapping[str, int]]) -> Draft:
    """Keep in the map what steps did; what was not done at all is no step of it."""
    done = {
        step: {outcome: n for outcome, n in sorted(counts.items()) if n}
        for step, counts in steps.items()
    }
    known = draft.steps | {step: counts for step, counts in done.items() if counts}
    ordered = {step: known[step] for step in _STEPS if step in known}
    return draft.model_copy(update={"steps": ordered})


def _themes(study: Study, found: Gathered, costs: Costs) -> tuple[tuple[Theme, ...], Counter[str]]:
    """Group the evidence by likeness, and have the language model put it right, where one is."""
    language = main_language(found.pieces)

    def cost(_stage: str, touchpoint: str | None) -> float | None:
        return costs.at(touchpoint)

    grouped = themes.group(
        found.pieces, found.vectors, language=language, costs=cost, embedder=study.desk
    )
    if study.model is None:
        return grouped.themes, Counter()
    pieces = {piece.id: piece for piece in found.pieces}
    llm, loop, _ = study.model
    regrouped = loop.run(regroup(grouped, pieces, Editor(llm, language, cost)))
    return regrouped.themes, regrouped.counts


def _group(
    connection: Connection, study: Study, found: Gathered, step: Callable[[str], None]
) -> _Grouped:
    step("Counting what people did")
    log = StoredLog(connection, study.id)
    steps = funnel(log)
    costs = Costs(steps)
    step("Grouping evidence")
    grouped, counts = _themes(study, found, costs)
    step("Checking what people say against what they do")
    rated = (Scored(**each._asdict()) for each in documents.rated(connection, study.id))
    praised = praise.compare(_praised(found.pieces), costs, log.totals().source)
    compared = (*scores.compare(rated, log), *praised)
    every = evidence.claimed(connection, study.id)
    made = tuple(claim for claim in every if claim.document not in found.off_topic)
    checked = claims.check(made, log, compared)
    return _Grouped(grouped, counts, steps, checked, made)


def _praised(pieces: Iterable[Piece]) -> Iterator[Praised]:
    """Count, for each touchpoint, the people who praise it and those who complain."""
    fans, critics = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for piece in pieces:
        for kind, people in ((EvidenceKind.DELIGHT, fans), (EvidenceKind.PAIN, critics)):
            if piece.touchpoint and kind in piece.kinds:
                people[piece.touchpoint].add(piece.person)
    for touchpoint, people in sorted(fans.items()):
        yield Praised(touchpoint, len(people), len(critics[touchpoint]))


def _left_out(found: Gathered) -> Iterator[Refusal]:
    for document, reason in islice(found.off_topic.items(), _NAMED):
        yield Refusal(level=Level.RECORDS, state=State.EXCLUDED, where=document, reason=reason)


def _material(
    connection: Connection, study: Study, brief: Brief, found: Gathered, grouped: _Grouped
) -> Material:
    ledger, masked = sources.totals(connection, study.id)
    ledger.move(Level.SEGMENTS, State.USED, State.EXCLUDED, found.n_off_topic)
    ledger.move(Level.RECORDS, State.USED, State.EXCLUDED, len(found.off_topic))
    return Material(
        goal=brief.goal,
        study=study.name,
        engine=_engine(study),
        stages=[stage.stage for stage in brief.stages] or DEFAULT_STAGES,
        pieces=found.pieces,
        themes=grouped.themes,
        voices=documents.counts(connection, study.id),
        ledger=ledger.counts(),
        contradictions=tuple(_staged(grouped, brief.stages)),
        consistent_claims=grouped.checked.consistent,
        funnel=grouped.funnel,
        masked=masked,
        refusals=(*sources.refused(connection, study.id), *_left_out(found)),
        silent_scores=documents.silent_scores(connection, study.id),
        segments=documents.described(connection, study.id, "segment"),
        roles=documents.described(connection, study.id, "role"),
    )


def _engine(study: Study) -> dict[str, str]:
    described = study.model.described() if study.model else {}
    return {"name": study.reader, "version": study.desk.version} | described


def _staged(grouped: _Grouped, own: Sequence[OwnStage]) -> Iterator[Contradiction]:
    """Put each contradiction at the stage that its claim speaks of.

    A score of how likely somebody is to recommend speaks of advocacy, any other of the experience.
    """
    spoken = {(made.document, made.quote): made.detail.get("stage") for made in grouped.claims}
    for found in grouped.checked.contradictions:
        match found.claim:
            case SpokenClaim(document=document, quote=quote):
                stage = spoken.get((document, quote))
            case CountedClaim(metric=metric):
                stage = "advocacy" if _RECOMMENDS.search(metric) else "experience"
        yield found.model_copy(update={"stage": stages.own(stage, own) if stage else None})


def _accounted(draft: Draft, updated: Updated) -> Draft:
    """Add the files that were passed over to the map's account."""
    ledger = Ledger(draft.ledger)
    ledger.add(updated.ledger)
    refusals = updated.passed_over + draft.refusals
    return draft.model_copy(update={"ledger": ledger.counts(), "refusals": refusals})


def cited(connection: Connection, study: str, drawn: Drawn) -> Iterator[Evidence]:
    """Give the evidence of a map, by document and position, as the map sees it."""
    for kept in evidence.of_study(connection, study):
        if kept.id in drawn.stage_of:
            yield seen(kept, drawn)


def seen(kept: Evidence, drawn: Drawn) -> Evidence:
    """Give a piece of evidence the stage and the persona that the map gives it."""
    person = kept.participant or kept.document
    return kept.model_copy(
        update={"stage": drawn.stage_of[kept.id], "persona": drawn.persona_of.get(person)}
    )


def quoted(connection: Connection, study: str, drawn: Drawn, most: int) -> dict[str, Evidence]:
    """Give the evidence behind each line of a map, `most` pieces a line at the most."""
    draft = drawn.draft
    lines = [*draft.themes, *draft.opportunities, *draft.cells]
    ids = {id for line in lines for id in line.evidence_ids[:most]}
    ids |= {id for theme in draft.themes for id in theme.counter_evidence_ids}
    ids |= {id for one in draft.personas for told in one.evidence.values() for id in told}
    found = evidence.quotes(connection, study, ids & drawn.stage_of.keys())
    return {id: seen(kept, drawn) for id, kept in found.items()}


def voices(connection: Connection, study: str) -> Iterator[Voice]:
    """Give every document of the study, event logs last."""
    return documents.voices(connection, study)


def recognised(connection: Connection, study: str) -> tuple[Recognition, ...]:
    """Tell what each source of the study was taken for."""
    return sources.recognitions(connection, study)
