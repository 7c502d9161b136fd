"""Find, check, regroup and draw, as a study is drawn."""

import asyncio
import time
from typing import NamedTuple

import numpy as np

from assistant.checking import Checked, Checker
from assistant.embedded.reader import EmbeddedReader
from assistant.finding import Finder
from assistant.journey import Material, draw
from assistant.llm import Endpoint, LangChainLlm, Limits
from assistant.models import DEFAULT_STAGES, Piece, Reading
from assistant.redrawing import redraw
from assistant.regrouping import Editor, regroup
from assistant.themes import group
from evals.llm_bench.corpora import MODEL, Corpus
from evals.llm_bench.runs import CONCURRENCY, Answers, Notebook
from evals.llm_bench.stand_in import StandIn
from ingestion.models import Segment


class Steps(NamedTuple):
    """What the steps took together, for every token that customers said."""

    tokens_in: float
    after_find: float
    themes: int
    wall: float


def run(at: StandIn, corpus: Corpus) -> Steps:
    """Take every step once."""
    return asyncio.run(_all(at, corpus))


async def _all(at: StandIn, corpus: Corpus) -> Steps:
    at.reset()
    readings, known = EmbeddedReader().read_and_embed(corpus.segments)
    endpoint = Endpoint(at.failing(""), MODEL)
    async with LangChainLlm(endpoint, Answers(), Limits(CONCURRENCY)) as llm:
        began = time.monotonic()
        found = await Finder(llm, Notebook(), MODEL).read(corpus.segments)
        find = at.stats()["prompt_tokens"]
        told = [
            (row, segment, found.findings[segment.id].onto(readings[row]))
            for row, segment in enumerate(corpus.segments)
            if segment.id in found.findings
        ]
        checked = [Checked(segment, reading.kinds) for _, segment, reading in told]
        await Checker(llm, Notebook(), MODEL).check(checked)
        made = [_piece(segment, reading) for _, segment, reading in told]
        pieces = {piece.id: piece for piece in made}
        rows = known([segment.text for _, segment, _ in told])
        grouped = group(made, np.concatenate([rows, rows], axis=1))
        regrouped = await regroup(grouped, pieces, Editor(llm))
        material = Material("Why?", "bench", {}, DEFAULT_STAGES, made, (), {}, {})
        await redraw(draw(material._replace(themes=regrouped.themes)), pieces, llm)
        wall = time.monotonic() - began
    every = at.stats()["prompt_tokens"]
    shares = every / corpus.tokens, (every - find) / corpus.tokens
    return Steps(*shares, len(regrouped.themes), wall)


def _piece(segment: Segment, reading: Reading) -> Piece:
    said = {name: getattr(reading, name) for name in Piece._fields if name in Reading._fields}
    return Piece(
        id=segment.id,
        document=segment.document_id,
        source=segment.document_id,
        participant=segment.participant,
        document_kind=segment.kind,
        language=segment.language,
        quote=segment.text,
        position=segment.position,
        **said,
    )
