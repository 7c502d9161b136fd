"""What the service is made of: all that listening takes is ready before anybody waits for it."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from api.service import means
from assistant import questionnaires
from assistant.claims.kinds import kinds
from assistant.models import Reading
from assistant.settings import Settings
from ingestion.embedding import Vectors
from ingestion.models import Segment


class Counting:
    """A reader that remembers what it was asked to embed."""

    def __init__(self) -> None:
        self.embedded = set[str]()

    def read(self, segments: Sequence[Segment]) -> tuple[Reading, ...]:
        """Nobody says anything here."""
        raise AssertionError(segments)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Give every text the same vector."""
        self.embedded.update(texts)
        return np.full((len(texts), 4), 0.5, np.float32)


def test_claims_are_found_without_a_visitor_waiting_for_it(tmp_path: Path) -> None:
    told = {sentence for kind in kinds() for sentence in (*kind.says, *kind.unlike)}

    assert asyncio.run(_embedded_while_nobody_speaks(told, tmp_path)) == told


async def _embedded_while_nobody_speaks(awaited: set[str], home: Path) -> set[str]:
    reader, settings = Counting(), Settings(home=home)
    async with means.interviewers(settings, questionnaires.load, lambda: reader):
        with suppress(TimeoutError):
            async with asyncio.timeout(10):
                while reader.embedded != awaited:
                    await asyncio.sleep(0.01)
        return set(reader.embedded)
