"""What can go wrong between segments and a map.

AssistantError
├── NothingRead         not one source of the study could be read
├── MalformedStages     the --stages file does not say what its guide asks for
├── UngroundedQuote     wording that nobody in the segment said; never leaves the engine
├── MissingWeights      the reader's weights are not where the package keeps them
├── UnknownPrompt       no such prompt, no such version, or a prompt file that cannot be followed
├── UnknownQuestionnaire    no questionnaire, or no version of it, has that name
├── MalformedQuestionnaire  a questionnaire that cannot be asked, with all that is wrong with it
├── NothingToAsk        a map without a gap that a person could fill
├── WrongEndpoint       the endpoint, its key or its model is not right; no call would succeed
├── UnknownPrice        a limit in money, and a model that the price table does not name
├── NotAgreed           nobody agreed to what a language model would cost
├── OverBudget          the next call could cost more than the limit leaves
└── ModelError          one call came to nothing; the others go on
    ├── ModelUnavailable    no answer, after every attempt; the same call may succeed later
    ├── MalformedReply      an answer, asked for twice, that is not what was asked for: ask for less
    └── ModelRefused        the model will not answer this
"""


class AssistantError(Exception):
    """A map could not be drawn as it was asked for."""


class NothingRead(AssistantError):
    """Not one source of the study could be read."""


class MalformedStages(AssistantError):
    """A stages file that cannot be followed."""


class NotAgreed(AssistantError):
    """Nobody agreed to what a language model would cost."""


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


class UnknownPrompt(AssistantError):
    """No such prompt, no such version, or a file that is not a prompt."""


class UnknownQuestionnaire(AssistantError):
    """No questionnaire, or no version of it, has that name."""

    def __init__(self, name: str, names: tuple[str, ...]) -> None:
        super().__init__(f"no questionnaire {name!r}; there are {', '.join(names)}")
        self.name = name


class MalformedQuestionnaire(AssistantError):
    """A questionnaire that cannot be asked as it is."""


class NothingToAsk(AssistantError):
    """A map without a gap that a person could fill."""

    def __init__(self) -> None:
        super().__init__("the map has no gap that a person could fill: there is nothing to ask")


class WrongEndpoint(AssistantError):
    """The endpoint, its key or its model is not right: no call would succeed."""


class UnknownPrice(AssistantError):
    """A limit in money cannot be kept with a model that the price table does not name."""


class OverBudget(AssistantError):
    """The next call could cost more than the limit leaves. It was not made."""


class ModelError(AssistantError):
    """One call to a model came to nothing. Others may do better."""


class ModelUnavailable(ModelError):
    """The model did not answer, after every attempt. The same call may succeed later."""


class MalformedReply(ModelError):
    """Asked twice, the model did not give what was asked for. Asked for less, it may."""


class ModelRefused(ModelError):
    """The model, or the filter before it, will not answer this."""
