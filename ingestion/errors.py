"""What can go wrong between a file and its segments.

IngestionError
├── UnsupportedFormat    nothing here reads this kind of file
├── MalformedSource      the parser refused the file, with the line it stopped at
├── SourceTooLarge       a file that has to be held in memory whole, and is too large for that
├── MalformedMapping     the --mapping file does not say what its guide asks for
├── MalformedKey         the key for keeping originals is none, or another one
└── EmbeddingUnavailable the embedding model could not be loaded or reached
"""


class IngestionError(Exception):
    """A source could not become a document."""


class UnsupportedFormat(IngestionError):
    """Nothing here reads this kind of file."""


class MalformedSource(IngestionError):
    """The file breaks its own format.

    Attributes:
        line: Where the parser stopped, counted from 1; None in a binary format.
    """

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(f"line {line}: {reason}" if line else reason)
        self.reason = reason
        self.line = line


class SourceTooLarge(IngestionError):
    """A format that is read whole, and a file too large for that."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(
            f"{size:,} bytes, and this format is read whole up to {limit:,}: split the file"
        )
        self.size = size
        self.limit = limit


class MalformedMapping(IngestionError):
    """A mapping file that cannot be followed."""


class MalformedKey(IngestionError):
    """A key that is none, or not the one a file was encrypted with."""


class EmbeddingUnavailable(IngestionError):
    """The embedding model could not be loaded or reached."""
