"""The listening that ships, its reader asked once for each text."""

from collections.abc import Sequence

from assistant.embedded.reader import EmbeddedReader
from assistant.interviewing import Attentive, Listening
from assistant.models import Reading
from ingestion.models import Segment


class _Remembering:
    """Reads each text once, in the light of the question that it first answered."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._reader = EmbeddedReader()
        self._read: dict[str, tuple[Reading, ...]] = {}

    def read(self, segments: Sequence[Segment]) -> tuple[Reading, ...]:
        """Give a reading a segment, in order."""
        for each in segments:
            if each.text not in self._read:
                self._read[each.text] = self._reader.read((each,))
        return tuple(reading for each in segments for reading in self._read[each.text])


def with_reader() -> Listening:
    """Listen as the product does."""
    return Attentive(_Remembering())
