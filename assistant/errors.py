"""What can go wrong between segments and a map.

AssistantError
├── NothingRead         not one source of the study could be read
├── MalformedStages     the --stages file does not say what its guide asks for
├── UngroundedQuote     wording that nobody in the segment said; never leaves the engine
└── MissingWeights      the reader's weights are not where the package keeps them
"""


class AssistantError(Exception):
    """A map could not be drawn as it was asked for."""


class NothingRead(AssistantError):
    """Not one source of the study could be read."""


class MalformedStages(AssistantError):
    """A stages file that cannot be followed."""


class UngroundedQuote(AssistantError):
    """Wording that the segment does not hold.

    Attributes:
        wording: What was claimed to have been said.
        segment_id: Where it was claimed to have been said.
    """

    def __init__(self, wording: str, segment_id: str) -> None:
        super().__init__(f"not said in {segment_id}: {wording!r}")
        self.wording = wording
        self.segment_id = segment_id


class MissingWeights(AssistantError):
    """The reader's weights are not where the package keeps them."""
