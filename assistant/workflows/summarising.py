"""Sum a study up: a page for each interview and one for the batch, from its map and evidence."""

from collections.abc import Callable

from assistant import summaries
from assistant.journey.drawing import main_language
from assistant.models import Piece
from assistant.store import documents, evidence, maps
from assistant.store.session import Connection
from assistant.summaries import Batch, Line, Summaries, Worded
from assistant.workflows import drawing
from assistant.workflows.drawing import Drawn
from assistant.workflows.study import Study
from ingestion.models import DocumentKind

_PROMPTS = ("summarise_interview", "summarise_batch")


def summarise(study: Study, drawn: Drawn, step: Callable[[str], None]) -> Summaries:
    """Sum up everything that the study holds.

    Args:
        study: Up to date with its files.
        drawn: Its map.
        step: Told what is being done.
    """
    step("Summing up")
    with study.engine.connect() as connection:
        pieces = _pieces(connection, study, drawn)
        interviews, batch = _read(connection, study, drawn, pieces)
        worded = _worded(study, interviews, batch, pieces)
        cited = {id for line in _lines(worded) for id in line.evidence_ids}
        quotes = evidence.quotes(connection, study.id, cited & pieces.keys())
    left_out = {name: n for name, n in sorted(worded.counts.items()) if name.startswith("not ")}
    return Summaries(
        schema="summaries/1",
        title=drawn.draft.title,
        engine=drawn.draft.engine | _engine(study),
        interviews=worded.interviews,
        batch=worded.batch,
        evidence=tuple(drawing.seen(quotes[id], drawn) for id in sorted(quotes)),
        left_out=left_out | ({"failed": n} if (n := worded.counts.get("failed", 0)) else {}),
    )


def _pieces(connection: Connection, study: Study, drawn: Drawn) -> dict[str, Piece]:
    """Give the evidence that the map cites, with the map's stages."""
    blocks = evidence.blocks(connection, study.id)
    return {
        piece.id: piece._replace(stage=drawn.stage_of[piece.id])
        for found, _, _ in blocks
        for piece in found
        if piece.id in drawn.stage_of
    }


def _read(
    connection: Connection, study: Study, drawn: Drawn, pieces: dict[str, Piece]
) -> tuple[tuple[summaries.InterviewSummary, ...], summaries.BatchSummary]:
    draft, roles = drawn.draft, documents.described(connection, study.id, "role")
    interviews = tuple(
        summaries.read(
            voice,
            [piece for piece in pieces.values() if piece.document == voice.id],
            draft.contradictions,
            roles.get(voice.participant or voice.id),
        )
        for voice in documents.voices(connection, study.id)
        if voice.kind is DocumentKind.INTERVIEW
    )
    counts, before = (
        documents.counts(connection, study.id),
        maps.before(connection, study.id, draft),
    )
    batch = Batch(draft.stages, draft.themes, draft.personas, pieces, counts, before)
    return interviews, summaries.sum_up(batch)


def _worded(
    study: Study,
    interviews: tuple[summaries.InterviewSummary, ...],
    batch: summaries.BatchSummary,
    pieces: dict[str, Piece],
) -> Worded:
    """Have the language model word the summaries, where one is asked."""
    if study.model is None:
        return Worded(interviews, batch)
    llm, loop, _ = study.model
    language = main_language(pieces.values())
    return loop.run(summaries.word(interviews, batch, pieces, llm, language))


def _engine(study: Study) -> dict[str, str]:
    if study.model is None:
        return {}
    return study.model.described(_PROMPTS)


def _lines(worded: Worded) -> list[Line]:
    whole = worded.batch
    lines = [*whole.shared, *whole.differs, *whole.new, *whole.alone]
    for page in worded.interviews:
        forces = page.forces
        lines += [*page.situation, *page.timeline, *page.moments, *page.quotes]
        lines += [*forces.push, *forces.pull, *forces.anxiety, *forces.habit]
    return lines
