"""What the assistant asks of a language model, and what it keeps of the answers."""

from typing import Generic, Literal, NamedTuple, Protocol, TypeVar

from pydantic import BaseModel

from assistant.prompts import Prompt

Reply = TypeVar("Reply", bound=BaseModel)
_Value = TypeVar("_Value", covariant=True)

Ending = Literal["whole", "cut", "refused", "unread"]
"""whole: the model said all it had to say; cut: the reply was too long for its limit; refused:
the model, or the filter before it, would not answer; unread: the server dropped a part of what it
was sent, to fit its context, and the model answered to the rest."""


class Answer(NamedTuple, Generic[_Value]):
    """A reply that is what was asked for, and what it took.

    Attributes:
        model: Which model answered, by its name at the endpoint.
        tokens_in: As the endpoint counted them, all calls for this answer together.
        cost_usd: What it cost when it was asked for; None where no price is known.
        is_cached: It was kept from before: nothing was paid now.
    """

    value: _Value
    model: str
    tokens_in: int
    tokens_out: int
    cost_usd: float | None
    is_cached: bool


class Foreseen(NamedTuple):
    """What asking would take.

    Attributes:
        tokens_in: By our own count, the reply's schema included; 0 where the answer is kept.
        is_estimate: Counted with another model's encoding.
        usd_in: What a million tokens of it cost; None where no price is known.
        usd_out: The same for tokens of the reply.
        is_cached: The answer is kept from before.
    """

    tokens_in: int
    is_estimate: bool
    usd_in: float | None
    usd_out: float | None
    is_cached: bool


class Llm(Protocol):
    """Anything that answers a prompt with a typed reply."""

    async def ask(self, prompt: Prompt, reply: type[Reply], /, **inputs: str) -> Answer[Reply]:
        """Fill in the prompt, ask the model that it wants, and check the answer.

        Raises:
            ModelUnavailable: No answer, after every attempt; ask again another day.
            MalformedReply: Twice not a `reply`, or one too long for its limit: ask for less.
            ModelRefused: The model will not answer this.
            OverBudget: The call could cost more than the limit leaves; it was not made.
            WrongEndpoint: No call to this endpoint would succeed.
        """
        ...


class Kept(NamedTuple):
    """One answer of a model, as it came.

    Attributes:
        text: What the model wrote, whether it fits what was asked or not.
        tokens_cached: Those of `tokens_in` that the endpoint had read before, and charges less.
        cost_usd: None where no price is known.
    """

    prompt: str
    model: str
    text: str
    ending: Ending
    tokens_in: int
    tokens_cached: int
    tokens_out: int
    cost_usd: float | None


class Journal(Protocol):
    """Where answers are kept, each as soon as it arrives, so that none is paid for twice."""

    def find(self, key: str) -> Kept | None:
        """Give the answer that was kept under `key`."""
        ...

    def keep(self, key: str, answer: Kept) -> None:
        """Keep an answer; when this returns, it outlives the process."""
        ...
