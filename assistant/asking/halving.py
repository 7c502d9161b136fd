"""Ask a model about several things; what comes to nothing is asked again in halves."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

from assistant.errors import MalformedReply, ModelRefused, ModelUnavailable, OverBudget

_Thing = TypeVar("_Thing")
_Told = TypeVar("_Told")


class Asked(NamedTuple, Generic[_Thing, _Told]):
    """What a model told of each part it was asked about, and what it told nothing of.

    Attributes:
        told: Each part that was answered, and the answer.
        failed: What got no answer, a thing at a time, with the reason.
    """

    told: tuple[tuple[Sequence[_Thing], _Told], ...]
    failed: tuple[tuple[_Thing, str], ...]


async def ask(
    things: Sequence[_Thing], question: Callable[[Sequence[_Thing]], Awaitable[_Told]]
) -> Asked[_Thing, _Told]:
    """Ask about things together; where the reply is malformed or refused, in halves, down to one.

    One sentence that a model stumbles over or will not read costs no other sentence its reading.
    An endpoint that does not answer, and a budget that is spent, are no better in halves.

    Raises:
        WrongEndpoint: No call to the endpoint would succeed.
    """
    try:
        return Asked(((things, await question(things)),), ())
    except (ModelUnavailable, OverBudget) as error:
        return Asked((), tuple((thing, str(error)) for thing in things))
    except (MalformedReply, ModelRefused) as error:
        if len(things) == 1:
            return Asked((), ((things[0], str(error)),))
    middle = len(things) // 2
    halves = (ask(things[:middle], question), ask(things[middle:], question))
    return joined(await asyncio.gather(*halves))


def joined(parts: Sequence[Asked[_Thing, _Told]]) -> Asked[_Thing, _Told]:
    """Put together what was asked in parts."""
    return Asked(
        tuple(told for part in parts for told in part.told),
        tuple(failed for part in parts for failed in part.failed),
    )


def by_id(failed: Sequence[tuple[_Thing, str]], id: Callable[[_Thing], str]) -> Mapping[str, str]:
    """Give the reason of each thing that failed, by its id."""
    return {id(thing): reason for thing, reason in failed}
