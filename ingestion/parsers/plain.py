"""Read plain text and Markdown, as people and meeting tools write transcripts.

`Name:`, `**Name:**`, `[00:12:03] Name:`, `Name (00:12):`, and a name with a time on a line of its
own, as Otter, Zoom, Teams, Fireflies and Rev write it.
"""

import re

from ingestion import decoding
from ingestion.models import Turn
from ingestion.speech import labels, prose


def recognises(head: str) -> bool:
    """Whether lines of it open with labels that behave like speakers' names."""
    openings = [labels.read(line) for line in re.split(r"\r\n|\n|\r", head)]
    return bool(labels.believed(opening for opening in openings if opening))


def parse(data: bytes) -> tuple[Turn, ...]:
    """Turn a text into turns.

    Raises:
        MalformedSource: It is not text.
    """
    return turns(decoding.decode(data)[0])


def turns(text: str) -> tuple[Turn, ...]:
    """Turn a text that is already decoded into turns, say the cell of a table."""
    return prose.turns(text)
